import { expect } from "chai";
import { Desk, script, shellSweep } from "../../support/cli.js";

/** The wider, the better, and the more memory. */
const train = script(`
case "$*" in
  *8*) echo "loss=3 memory=8 step=0" ;;
  *16*) echo "loss=2 memory=14 step=0" ;;
  *32*) echo "loss=1 memory=20 step=0" ;;
  *) echo "loss=4 memory=2 step=0" ;;
esac`);

const sweep = shellSweep(`method: grid
metric: {name: loss, goal: minimize}
parameters: {width: {values: [8, 16, 32, 4]}}
sweepdeck: {outcomes: ["memory <= 12"]}`);

describe("a sweep with outcomes", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(async () => {
    desk = new Desk({ "train.sh": train, "digits.yaml": sweep });
    const { code, stderr } = await desk.run(["run", "digits.yaml"]);
    expect(code, stderr).to.equal(0);
  });

  after(() => desk[Symbol.dispose]());

  it("ranks trials that miss one behind all that do not, by how much they miss it", async () => {
    const { stdout } = await desk.run(["show", "latest"]);
    const rows = stdout.split("\n").slice(1, 5);
    expect(rows.map((row) => row.trim().split(/ {2,}/))).to.deep.equal([
      ["1", "0", "complete", "3", "8"],
      ["2", "3", "complete", "4", "4"],
      ["3", "1", "complete", "2", "16", "misses its outcomes by 2"],
      ["4", "2", "complete", "1", "32", "misses its outcomes by 8"],
    ]);
  });

  it("calls best the best of those that keep them", async () => {
    const { stdout } = await desk.run(["best", "latest", "--json"]);
    expect(JSON.parse(stdout)).to.deep.include({ number: 0, value: 3 });
  });

  it("leaves the misses in the journal as Optuna writes them", () => {
    const journal = desk.read(".sweepdeck/digits-1/journal.log");
    expect(journal).to.match(/"system_attr":\{"constraints":\[0\]\}|"constraints":\[0\]/);
    expect(journal).to.match(/"constraints":\[8\]/);
  });
});
