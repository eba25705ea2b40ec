import { existsSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Desk } from "../../support/cli.js";
import { openInOptuna } from "../../support/optuna.js";
import { until } from "../../support/until.js";

const sweep = `program: train.py
method: random
metric: {name: loss, goal: minimize}
run_cap: 4
parameters:
  lr: {min: 0.0, max: 1.0}
  width: {values: [1, 2]}
sweepdeck:
  initial: [defaults, {lr: 0.25}]
`;

const script = (lr: number) => `import argparse, os, time
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=${lr})
parser.add_argument("--width", type=int, default=7)
args = parser.parse_args()
open("started", "w").close()
while not os.path.exists("go"):
    time.sleep(0.02)
print(f"loss={args.lr}")
`;

describe("a sweep with initial configurations", function () {
  this.timeout(120_000);

  it("goes on as it began when its script has changed, and stays a study of Optuna's", async () => {
    using desk = new Desk({ "a.yaml": sweep, "train.py": script(3) });
    const { stdout: preview, stderr: origins } = await desk.run(["preview", "a.yaml"]);
    const previewed: unknown[] = JSON.parse(
      (await desk.run(["preview", "a.yaml", "--json"])).stdout,
    );
    expect(preview.split("\n").map((line) => line.endsWith("initial"))).to.deep.equal([
      ...[false, true, true, false, false],
      false,
    ]);
    expect(origins).to.include("Draw 0: lr, width from the script.");
    expect(origins).to.include("Draw 1: width drawn.");

    const run = await desk.start(["run", "a.yaml"]);
    await until("a trial has started", () => existsSync(path.join(desk.folder, "started")));
    run.child.kill("SIGINT");
    expect((await run.ended).code).to.equal(130);
    desk.write("train.py", script(9).replace("default=7", "default=2"));
    desk.write("go", "");
    expect((await desk.run(["resume", "a-1"])).code).to.equal(0);

    const { trials } = await desk.show("a-1");
    expect(trials.map(({ initial, state }) => [initial, state])).to.deep.equal([
      [0, "stopped"],
      [0, "complete"],
      [1, "complete"],
      [null, "complete"],
      [null, "complete"],
    ]);
    expect(trials.slice(1).map(({ params }) => params)).to.deep.equal(previewed);
    expect(previewed.slice(0, 1)).to.deep.equal([{ lr: 3, width: 7 }]);
    const { stdout: board } = await desk.run(["show", "a-1"]);
    expect(board.match(/initial/g)).to.have.length(3);

    const file = path.join(desk.study("a-1"), "journal.log");
    const [seen] = openInOptuna([{ file, ask: ["a-1"] }]);
    expect(seen?.error).to.equal(undefined);
    const study = seen?.studies[0];
    expect(study?.dashboard).to.deep.include({ listing: 200, study: 200, trials: 5, json: true });
    expect(study?.trials.map(({ user }) => user["sweepdeck:initial"])).to.deep.equal([
      ...[0, 0, 1],
      ...[undefined, undefined],
    ]);
    expect(seen?.asked["a-1"]?.["lr"]).to.be.within(0, 1);
  });

  it("tries the first of them in a try", async () => {
    using desk = new Desk({ "a.yaml": sweep, "train.py": script(3), go: "" });
    const { stdout } = await desk.run(["try", "a.yaml", "--json"]);
    expect(JSON.parse(stdout).params).to.deep.equal({ lr: 3, width: 7 });
  });
});
