import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Desk, jsonLines, script, shellSweep, untilGo } from "../../support/cli.js";
import { until } from "../../support/until.js";

const random = `method: random
metric: {name: loss, goal: minimize}
parameters: {lr: {min: 0.0, max: 1.0}}`;

const constant = script('echo "loss=1"');

describe("sweepdeck run", function () {
  this.timeout(60_000);

  it("runs to the cap, and to another with --cap", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(`${random}\nrun_cap: 3`), "train.sh": constant });
    expect((await desk.run(["run", "a.yaml"])).code).to.equal(0);
    expect((await desk.show("a-1")).trials).to.have.length(3);
    expect((await desk.run(["run", "a.yaml", "--cap", "2"])).code).to.equal(0);
    expect((await desk.show("a-2")).trials).to.have.length(2);
  });

  it("goes on beyond the cap of a finished study when it is resumed with a higher one", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(`${random}\nrun_cap: 1`), "train.sh": constant });
    await desk.run(["run", "a.yaml"]);
    desk.write("train.sh", script('echo "loss=2"'));
    const { code, stderr } = await desk.run(["resume", "a-1", "--cap", "3"]);
    expect(code).to.equal(0);
    // What was best before is best still.
    expect(stderr).to.match(/^trial 1 complete 2 after/m);
    expect(stderr).to.match(/; best 1 \(trial 0\)$/m);
    expect((await desk.show("a-1")).trials).to.have.length(3);
  });

  it("continues the newest unfinished study of the file", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep(`${random}\nrun_cap: 2`),
      "train.sh": script(`${untilGo}\necho "loss=1"`),
    });
    await interrupted(desk, "a.yaml");
    desk.write("go", "");
    const { code, stderr } = await desk.run(["run", "a.yaml"]);
    expect(code).to.equal(0);
    expect(stderr).to.include("continuing a-1 (--new starts another)");
    expect(await studies(desk)).to.deep.equal([["a-1", "finished"]]);
    await desk.run(["run", "a.yaml"]);
    expect(await studies(desk)).to.deep.equal([
      ["a-1", "finished"],
      ["a-2", "finished"],
    ]);
  });

  it("starts no sweep that the script refuses, unless it is to", async () => {
    const parser = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float)
parser.parse_args()
`;
    using desk = new Desk({
      "a.yaml": `program: train.py\n${random}\nrun_cap: 1\n`,
      "train.py": parser,
    });
    const { code, stdout, stderr } = await desk.run(["run", "a.yaml"]);
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.include("would refuse every trial of a.yaml").and.to.include("--anyway");
    expect(stderr).to.match(/^a\.yaml:4:14: error: .* no `--lr`.*\[parameter-refused\]$/m);
    expect(await studies(desk)).to.deep.equal([]);

    await desk.run(["run", "a.yaml", "--anyway"]);
    expect((await desk.show("a-1")).trials.map(({ state }) => state)).to.deep.equal(["failed"]);
  });

  it("asks what is meant where the file has changed since", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep(`${random}\nrun_cap: 2`),
      "train.sh": script(`${untilGo}\necho "loss=1"`),
    });
    await interrupted(desk, "a.yaml");
    desk.write("go", "");
    desk.write("a.yaml", shellSweep(`${random}\nrun_cap: 3`));
    const { code, stdout, stderr } = await desk.run(["run", "a.yaml"]);
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/a\.yaml has changed since a-1, .*--as-recorded.*--new/);

    expect((await desk.run(["run", "a.yaml", "--new"])).code).to.equal(0);
    expect((await desk.show("a-2")).trials).to.have.length(3);
    expect((await desk.run(["run", "a.yaml", "--as-recorded"])).code).to.equal(0);
    const { trials } = await desk.show("a-1");
    expect(trials.map(({ state }) => state)).to.deep.equal(["stopped", "complete", "complete"]);
  });

  it("gives another seed to each study, and the same one where the sweep says", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep(`${random}\nrun_cap: 1`),
      "b.yaml": shellSweep(`${random}\nrun_cap: 1\nsweepdeck: {sampler: {seed: 5}}`),
      "train.sh": constant,
    });
    for (const file of ["a.yaml", "a.yaml", "b.yaml", "b.yaml"]) await desk.run(["run", file]);
    const first = async (study: string) => (await desk.show(study)).trials[0]?.params;
    expect(await first("a-1")).not.to.deep.equal(await first("a-2"));
    expect(await first("b-1")).to.deep.equal(await first("b-2"));
  });

  it("gives scripts the environment and the folder that the sweep says", async () => {
    using desk = new Desk({
      "a.yaml": `method: grid
metric: {name: loss, goal: minimize}
parameters: {lr: {value: 0.5}}
command: [/bin/sh, -c, 'pwd; env; echo "$0 $1" ; echo loss=1', "\${envvar:WHO} and \${envvar:SWEEPDECK_TRIAL}", "\${args_json}"]
sweepdeck:
  cwd: inner
  env: {WHO: me, COUNT: 3, FLAG: true}
`,
    });
    mkdirSync(path.join(desk.folder, "inner"));
    expect((await desk.run(["run", "a.yaml"])).code).to.equal(0);
    const output = desk.lines(".sweepdeck/a-1/trials/0000/attempts/1/output.log");
    expect(output[0]).to.equal(path.join(desk.folder, "inner"));
    expect(output).to.include.members([
      "WHO=me",
      "COUNT=3",
      "SWEEPDECK_STUDY=a-1",
      "SWEEPDECK_TRIAL=0",
      'SWEEPDECK_PARAMS={"lr": 0.5}',
      'me and 0 {"lr": 0.5}',
    ]);
  });

  it("takes values from the Python module without a printed line", async () => {
    using desk = new Desk({
      "a.yaml": `program: train.py
method: grid
metric: {name: val/loss, goal: maximize}
parameters: {opt: {parameters: {lr: {values: [1, 2]}}}}
`,
      "train.py": `import sweepdeck
lr = sweepdeck.params()["opt"]["lr"]
for step in range(3):
    sweepdeck.report({"val/loss": lr * step}, step=step)
`,
    });
    expect((await desk.run(["run", "a.yaml"])).code).to.equal(0);
    const { trials } = await desk.show("a-1");
    expect(trials.map(({ value }) => value)).to.deep.equal([2, 4]);
    expect(trials[1]?.reports).to.deep.equal([
      [0, 0],
      [1, 2],
      [2, 4],
    ]);
  });

  it("counts the last value where the sweep says so", async () => {
    const train = script('for loss in 3 1 2; do echo "loss=$loss"; done');
    using desk = new Desk({
      "best.yaml": shellSweep(`${random}\nrun_cap: 1`),
      "last.yaml": shellSweep(`${random}\nrun_cap: 1\nsweepdeck: {metrics: {value: last}}`),
      "train.sh": train,
    });
    for (const file of ["best.yaml", "last.yaml"]) await desk.run(["run", file]);
    expect((await desk.show("best-1")).trials[0]?.value).to.equal(1);
    expect((await desk.show("last-1")).trials[0]?.value).to.equal(2);
  });

  it("runs a sweep without a metric, whose trials nothing ranks", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep("method: grid\nparameters: {lr: {values: [1, 2]}}"),
      "train.sh": constant,
    });
    const { code, stdout } = await desk.run(["run", "a.yaml", "--json"]);
    expect(code).to.equal(0);
    expect(jsonLines(stdout).at(-1)).to.deep.include({ state: "finished", best: null });
    const shown = await desk.show();
    expect(shown.metric).to.equal(null);
    expect(shown.trials.map(({ state }) => state)).to.deep.equal(["complete", "complete"]);
    const best = await desk.run(["best", "latest", "--json"]);
    expect([best.code, best.stdout]).to.deep.equal([2, ""]);
    expect(best.stderr).to.include("has no metric");
  });

  it("says of a sweep without a cap that it runs until it is stopped", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(random), "train.sh": constant });
    const run = await desk.start(["run", "a.yaml"]);
    await until("three have run", () => desk.lines("starts").length >= 3);
    expect(run.stderr()).to.include("has no run_cap: it runs until it is stopped");
    expect((await desk.run(["stop", "latest"])).code).to.equal(0);
    expect((await run.ended).code).to.equal(130);
  });

  it("ends when the target is reached", async () => {
    const train = script('echo "loss=$((10 - $SWEEPDECK_TRIAL))"');
    using desk = new Desk({
      "a.yaml": shellSweep(random.replace("minimize}", "minimize, target: 8}")),
      "train.sh": train,
    });
    const { code, stderr } = await desk.run(["run", "a.yaml"]);
    expect(code).to.equal(0);
    expect(stderr).to.include("finished: trial 2 reached the target of 8");
    expect((await desk.show()).trials.map(({ value }) => value)).to.deep.equal([10, 9, 8]);
  });

  it("gives each slot its GPU", async () => {
    const train = script(`echo "loss=1"; echo "cuda:$CUDA_VISIBLE_DEVICES:$CUDA_DEVICE_ORDER"
[ $(wc -l <"$DESK/starts") -ge 2 ] || ${untilGo}`);
    using desk = new Desk({
      "a.yaml": shellSweep(`${random}\nrun_cap: 2`),
      "train.sh": train,
      "bin/nvidia-smi": `#!/bin/sh
echo "0, GPU-aa, NVIDIA A100, 40960"
echo "1, GPU-bb, NVIDIA A100, 40960"
`,
    });
    const bin = path.join(desk.folder, "bin");
    const env = { PATH: `${bin}:${process.env["PATH"]}` };
    chmodSync(path.join(bin, "nvidia-smi"), 0o755);
    const run = await desk.start(["run", "a.yaml", "--json"], { env });
    await until("both have started", () => desk.lines("starts").length === 2);
    desk.write("go", "");
    const { code, stdout, stderr } = await run.ended;
    expect(code).to.equal(0);
    expect(stderr).to.include("One trial a GPU: there are 2 GPUs.");
    const events = jsonLines(stdout);
    expect(events[0]).to.deep.include({ slots: ["GPU 0", "GPU 1"] });
    for (const trial of [0, 1]) {
      const slot = events.find(({ type, trial: of }) => type === "trial-started" && of === trial)?.[
        "slot"
      ];
      const output = desk.lines(`.sweepdeck/a-1/trials/000${trial}/attempts/1/output.log`);
      expect(output).to.include(`cuda:${String(slot).slice("GPU ".length)}:PCI_BUS_ID`);
    }
  });

  it("says in the terminal what it will not carry out yet", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep(`${random.replace("random", "custom")}\nrun_cap: 1`),
      "train.sh": constant,
    });
    const { code, stderr } = await desk.run(["run", "a.yaml"]);
    expect(code).to.equal(0);
    expect(stderr).to.match(/no custom scheduler/);
  });

  it("goes on without a reader of what it prints", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(`${random}\nrun_cap: 3`), "train.sh": constant });
    const run = await desk.start(["run", "a.yaml", "--json"]);
    run.child.stdout?.destroy();
    run.child.stderr?.destroy();
    expect((await run.ended).code).to.equal(0);
    expect((await desk.show()).trials).to.have.length(3);
  });

  it("knows studies by name, beginning, path and latest", async () => {
    using desk = new Desk({
      "alpha.yaml": shellSweep(`${random}\nrun_cap: 1`),
      "beta.yaml": shellSweep(`${random}\nrun_cap: 1`),
      "train.sh": constant,
    });
    for (const file of ["beta.yaml", "alpha.yaml"]) await desk.run(["run", file]);
    const named = async (word: string) => (await desk.show(word)).study;
    expect(await named("alpha-1")).to.equal("alpha-1");
    expect(await named("b")).to.equal("beta-1");
    expect(await named("latest")).to.equal("alpha-1");
    expect(await named(desk.study("beta-1"))).to.equal("beta-1");
    mkdirSync(path.join(desk.folder, "empty"));
    const { code, stderr } = await desk.run(["show", "latest"], { cwd: "empty" });
    expect(code).to.equal(2);
    expect(stderr).to.include("There is no study at or below");
  });

  it("keeps its hands off the folder of the sweep, but for .sweepdeck", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(`${random}\nrun_cap: 1`), "train.sh": constant });
    await desk.run(["run", "a.yaml"]);
    expect(desk.read(".sweepdeck/.gitignore")).to.equal("*\n");
    expect(readdirSync(desk.folder).sort()).to.deep.equal([
      ".sweepdeck",
      "a.yaml",
      "starts",
      "train.sh",
    ]);
  });
});

/** A study with one trial that was killed on its way. */
async function interrupted(desk: Desk, file: string): Promise<void> {
  const run = await desk.start(["run", file]);
  await until("a trial has started", () => existsSync(path.join(desk.folder, "starts")));
  run.child.kill("SIGINT");
  expect((await run.ended).code).to.equal(130);
}

async function studies(desk: Desk): Promise<unknown> {
  const { stdout } = await desk.run(["list", "--json"]);
  const listed: { study: string; state: string }[] = JSON.parse(stdout);
  return listed.map(({ study, state }) => [study, state]);
}
