/** `sweepdeck simulate`: what it prints of recorded curves, and of a study. */
import { expect } from "chai";
import { Desk, script, shellSweep } from "../../support/cli.js";

const head = "method: random\nmetric: {name: loss}\nparameters: {lr: {min: 0.0, max: 1.0}}\n";
const asha = "{type: asha, min_steps: 1, max_steps: 4, eta: 3}";

const curves = [
  { config: { lr: 1 }, loss: [4, 3, 2, 1], acc: [0.1, 0.2, 0.3, 0.4] },
  { config: { lr: 2 }, loss: [9, 9, 9, 9], acc: [0, 0, 0, 0] },
  { config: { lr: 3 }, loss: [9.5, 9.5, 9.5, 9.5], acc: [0, 0, 0, 0] },
];
const lines = curves.map((row) => JSON.stringify(row)).join("\n");

describe("sweepdeck simulate", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(() => {
    desk = new Desk({
      "one.yaml": shellSweep(`${head}sweepdeck: {stopping: [${asha}]}`),
      "two.yaml": shellSweep(
        `${head}sweepdeck: {stopping: [${asha}, {type: threshold, upper: 9, metric: norm}]}`,
      ),
      "none.yaml": shellSweep("method: random\nparameters: {lr: {min: 0.0, max: 1.0}}"),
      "study.yaml": shellSweep(
        "method: grid\nmetric: {name: loss}\nparameters: {lr: {values: [1, 8, 9]}}",
      ),
      "train.sh": script('for step in 1 2 3; do echo "loss=$1"; done'.replace("$1", "${1#--lr=}")),
      "curves.jsonl": `${lines}\n`,
      "odd.jsonl": `{"loss": [NaN, 2, null]}\n\n{"loss": [1, 1, 1], "time": [1, 2, 3]}\n`,
      "broken.jsonl": `${lines}\n{"loss": [1, 2\n`,
    });
  });

  after(() => desk[Symbol.dispose]());

  async function simulated(...argv: readonly string[]) {
    const { code, stdout, stderr } = await desk.run(["simulate", ...argv, "--json"]);
    expect(code, stderr).to.equal(0);
    return { printed: JSON.parse(stdout), stderr };
  }

  it("says what the rules would have spent, found and stopped, and why", async () => {
    const { printed } = await simulated("one.yaml", "--curves", "curves.jsonl", "--slots", "3");
    const { stopped, ...counts } = printed;
    expect(counts).to.deep.equal({
      ...{ epochs_full: 12, epochs_spent: 6, best_full: 1, best_found: 1, slots: 3 },
    });
    const [first, second] = stopped;
    expect(first).to.deep.include({ row: 1, step: 1, rule: "asha", as: "pruned" });
    expect(first.reason).to.equal(
      "asha stopped it at step 1: loss 9 ranked 2nd of 2, of whom the best one goes on (4 or better)",
    );
    expect(first.why).to.deep.include({ value: 9, threshold: 4, rank: 2, compared: 1 });
    expect(second).to.deep.include({ row: 2, step: 1 });
  });

  it("shows a table, with a line for each stop", async () => {
    const { code, stdout, stderr } = await desk.run([
      "simulate",
      "one.yaml",
      "--curves",
      "curves.jsonl",
    ]);
    expect([code, stderr]).to.deep.equal([0, "1 trial at a time.\n"]);
    expect(stdout).to.match(/^rules +reports +spent +stopped +best loss found +best of all\n/);
    expect(stdout).to.match(/^asha +6 of 12 +50\.0 % +2 +1 +1$/m);
    expect(stdout).to.include("trial 1: asha stopped it at step 1");
  });

  it("replays several rules together and each alone, and says which sees nothing", async () => {
    const { printed, stderr } = await simulated("two.yaml", "--curves", "curves.jsonl");
    expect(stderr).to.equal(
      "threshold looks at norm, of which there are no curves: here it stops nothing.\n",
    );
    expect(printed.epochs_spent).to.equal(6);
    const alone = printed.rules.map((each: Record<string, unknown>) => [
      each["rule"],
      each["epochs_spent"],
    ]);
    expect(alone).to.deep.equal([
      ["asha", 6],
      ["threshold", 12],
    ]);
  });

  it("reads what is no number as Python and JavaScript write it, and what reports cost", async () => {
    const { printed } = await simulated("one.yaml", "--curves", "odd.jsonl");
    expect(printed).to.deep.include({ epochs_full: 6, time_full: 9, best_full: 1 });
    expect(printed.stopped[0].reason).to.equal(
      "asha stopped it at step 1: loss is no finite number",
    );
  });

  it("replays over the trials of a study", async () => {
    expect((await desk.run(["run", "study.yaml"])).code).to.equal(0);
    const { printed } = await simulated("one.yaml", "--curves", "study-1");
    expect(printed).to.deep.include({
      epochs_full: 9,
      epochs_spent: 5,
      best_full: 1,
      best_found: 1,
    });
    expect(printed.stopped.map(({ row }: { row: number }) => row)).to.deep.equal([1, 2]);
  });

  const unusable: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no curves", ["one.yaml"], /Say which curves/],
    ["a sweep without a metric", ["none.yaml", "--curves", "curves.jsonl"], /no metric/],
    ["a file that is not there", ["one.yaml", "--curves", "nowhere.jsonl"], /no file nowhere/],
    [
      "a broken line",
      ["one.yaml", "--curves", "broken.jsonl"],
      /broken\.jsonl:4: .*no JSON object/,
    ],
    ["no slots", ["one.yaml", "--curves", "curves.jsonl", "--slots", "0"], /from 1 up/],
  ];
  for (const [what, argv, says] of unusable) {
    it(`says what is wrong with ${what}`, async () => {
      const { code, stderr } = await desk.run(["simulate", ...argv]);
      expect(code).to.equal(2);
      expect(stderr).to.match(says);
    });
  }

  it("says which lists a line has, where the metric is not among them", async () => {
    desk.write("other.jsonl", '{"val_acc": [1], "config": {}}\n');
    const { code, stderr } = await desk.run(["simulate", "one.yaml", "--curves", "other.jsonl"]);
    expect(code).to.equal(2);
    expect(stderr).to.equal(
      "other.jsonl:1: there is no list of numbers named loss. It has val_acc.\n",
    );
  });
});
