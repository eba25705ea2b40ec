import { expect } from "chai";
import { Desk, script, shellSweep } from "../../support/cli.js";

const train = script('echo "loss=1.5 step=0"');

const sweep = (method: string, more: string) =>
  shellSweep(
    `method: ${method}\nrun_cap: 3\nmetric: {name: loss, goal: minimize}\nparameters: {lr: {min: 0.0, max: 1.0}}\n${more}`,
  );

describe("sweepdeck run with warm_start", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(() => {
    desk = new Desk({ "train.sh": train, "digits.yaml": sweep("random", "") });
  });

  after(() => desk[Symbol.dispose]());

  it("begins with earlier results, keeps them with the study, and replays to the same suggestions", async () => {
    const first = await desk.run(["run", "digits.yaml"]);
    expect(first.code, first.stderr).to.equal(0);
    desk.write("digits.yaml", sweep("bayes", "sweepdeck: {warm_start: [digits-1]}"));
    const second = await desk.run(["run", "digits.yaml", "--new"]);
    expect(second.code, second.stderr).to.equal(0);
    expect(second.stderr).to.include("The search begins with 3 earlier results of 1 study.");
    const { earlier } = JSON.parse(desk.read(".sweepdeck/digits-2/study.json"));
    expect(earlier).to.have.length(3);
    expect(earlier[0]).to.deep.include({ study: "digits-1", trial: 0, values: [1.5] });
    const replayed = await desk.run(["replay", "digits-2", "--json"]);
    expect(replayed.code, replayed.stderr).to.equal(0);
    expect(JSON.parse(replayed.stdout)).to.include({ suggestions: 3, same: 3 });
  });

  it("does not run with a study that is none", async () => {
    desk.write("other.yaml", sweep("bayes", "sweepdeck: {warm_start: [digits-1]}"));
    const { code, stderr } = await desk.run(["run", "other.yaml"]);
    expect(code).to.equal(2);
    expect(stderr).to.include("`warm_start` names digits-1, which is no study of this file");
  });
});
