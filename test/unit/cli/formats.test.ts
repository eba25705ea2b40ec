import { readdirSync } from "node:fs";
import { expect } from "chai";
import { Desk, type Ended, jsonLines, script, shellSweep } from "../../support/cli.js";

/** One study of four trials: 1.5, 1.5, 0.5, and one that fails. */
const grid = shellSweep(`
method: grid
metric: {name: loss, goal: minimize}
parameters:
  model:
    parameters:
      width: {values: [8, 16]}
      kind: {value: mlp}
  lr: {values: [0.1, 0.2]}
`);

const train = script(`
case "$*" in
  *16*0.2*) echo "out of luck" >&2; exit 3 ;;
  *8*0.2*) echo "loss=2.5 step=0"; echo "loss=0.5 step=1" ;;
  *) echo "loss=2.5 step=0"; echo "loss=1.5 step=1" ;;
esac`);

const paramsOf = (width: number, lr: number) => ({ model: { width, kind: "mlp" }, lr });
const best = {
  number: 2,
  state: "complete",
  params: paramsOf(8, 0.2),
  value: 0.5,
  reports: [
    [0, 2.5],
    [1, 0.5],
  ],
  reason: null,
  initial: null,
  attempts: 1,
};

describe("the command line's JSON", function () {
  this.timeout(60_000);
  let desk: Desk;
  let ran: Ended;

  before(async () => {
    desk = new Desk({
      "formats.yaml": grid,
      "train.sh": train,
      "broken.yaml":
        "program: train.sh\nmethod: grid\nparameters:\n  ä:\n    min: 2\n    max: 1\n  b: [\n",
      "wrong.yaml":
        "program: train.sh\nmethod: random\nmetric: {name: x}\nrun_cap: 2\nparameters:\n  lr:\n    min: 2\n    max: 1\n",
      "random.yaml": shellSweep("method: random\nrun_cap: 3\nparameters: {lr: {min: 0, max: 1.0}}"),
    });
    ran = await desk.run(["run", "formats.yaml", "--json"]);
  });

  after(() => desk[Symbol.dispose]());

  const json = async (...argv: string[]) => {
    const { code, stdout, stderr } = await desk.run([...argv, "--json"]);
    expect(stdout.split("\n"), stderr).to.have.length(2);
    return { code, json: JSON.parse(stdout) };
  };

  it("tells a run as events, one a line, of which the last says how it ended", () => {
    expect(ran.code).to.equal(0);
    const events = jsonLines(ran.stdout);
    expect(events.map(({ type }) => type)).to.deep.equal([
      "started",
      ...["trial-started", "report", "report", "trial-ended"],
      ...["trial-started", "report", "report", "trial-ended"],
      ...["trial-started", "report", "report", "trial-ended"],
      ...["trial-started", "trial-ended"],
      "draining",
      "finished",
    ]);
    expect(events[0]).to.deep.equal({
      type: "started",
      study: "formats-1",
      dir: desk.study("formats-1"),
      slots: ["CPU 0"],
      cap: null,
    });
    expect(events[9]).to.deep.equal({
      type: "trial-started",
      trial: 2,
      slot: "CPU 0",
      params: paramsOf(8, 0.2),
    });
    expect(events[11]).to.deep.equal({ type: "report", trial: 2, step: 1, value: 0.5 });
    expect(events[14]).to.deep.include({ trial: 3, state: "failed", value: null });
    const { best: top, ...last } = events.at(-1) ?? {};
    expect(last).to.deep.equal({
      type: "finished",
      study: "formats-1",
      dir: desk.study("formats-1"),
      state: "finished",
      reason: "every configuration has been tried",
      counts: {
        waiting: 0,
        running: 0,
        complete: 3,
        pruned: 0,
        failed: 1,
        stopped: 0,
        lost: 0,
      },
    });
    expect(top).to.deep.include(best);
  });

  it("keeps words apart from it, on standard error", () => {
    expect(ran.stderr).to.match(/^One trial at a time: .*\.\n$/);
  });

  it("shows a study with its trials, nested parameters as objects", async () => {
    const { code, json: shown } = await json("show", "formats-1");
    expect(code).to.equal(0);
    expect(shown).to.have.all.keys("study", "metric", "sampler", "trials");
    expect(shown.sampler).to.deep.equal({ name: "grid", why: null });
    expect(shown.study).to.equal("formats-1");
    expect(shown.metric).to.deep.equal({ name: "loss", goal: "minimize" });
    expect(shown.trials.map(({ number }: { number: number }) => number)).to.deep.equal([
      0, 1, 2, 3,
    ]);
    const { seconds, ...third } = shown.trials[2];
    expect(third).to.deep.equal(best);
    expect(seconds).to.be.a("number").above(0);
    expect(shown.trials[3]).to.deep.include({
      state: "failed",
      params: paramsOf(16, 0.2),
      value: null,
      reports: [],
      reason: "exit 3: out of luck",
      attempts: 1,
    });
  });

  it("gives the best trial as it is shown", async () => {
    const shown = await desk.show();
    const { code, json: top } = await json("best", "latest");
    expect(code).to.equal(0);
    expect(top).to.deep.equal(shown.trials[2]);
  });

  it("compares two trials, what differs first", async () => {
    const { code, json: rows } = await json("diff", "latest", "0", "2");
    expect(code).to.equal(0);
    expect(rows).to.deep.equal([
      { path: "lr", a: 0.1, b: 0.2 },
      { path: "model.width", a: 8, b: 8 },
      { path: "model.kind", a: "mlp", b: "mlp" },
    ]);
  });

  it("exports trials as JSON lines, each as it is shown", async () => {
    const { trials } = await desk.show();
    for (const flag of ["--jsonl", "--json"]) {
      const { code, stdout } = await desk.run(["export", "latest", flag]);
      expect(code).to.equal(0);
      expect(jsonLines(stdout)).to.deep.equal(trials);
    }
  });

  it("exports trials as CSV, one row each", async () => {
    const { code, stdout } = await desk.run(["export", "latest", "--csv"]);
    expect(code).to.equal(0);
    const rows = stdout.trimEnd().split("\r\n");
    expect(rows[0]).to.equal(
      "number,state,loss,params.model.width,params.model.kind,params.lr,seconds,started,draw,retry_of,reason",
    );
    expect(rows[3]).to.match(/^2,complete,0\.5,8,mlp,0\.2,[\d.]+,20\d\d-.*Z,2,,$/);
    expect(rows[4]).to.match(/^3,failed,,16,mlp,0\.2,.*,exit 3: out of luck$/);
    expect(rows).to.have.length(5);
  });

  it("lists the studies below a folder", async () => {
    const { code, json: studies } = await json("list");
    expect(code).to.equal(0);
    expect(studies).to.deep.equal([
      {
        study: "formats-1",
        dir: desk.study("formats-1"),
        state: "finished",
        trials: 4,
        best: 0.5,
      },
    ]);
  });

  it("says of a finished study that nothing runs, and leaves it finished", async () => {
    const { code, json: answer } = await json("stop", "latest");
    expect(code).to.equal(0);
    expect(answer).to.deep.equal({ ok: true, message: "nothing of this study runs any more" });
    const { json: studies } = await json("list");
    expect(studies[0].state).to.equal("finished");
  });

  it("previews configurations, nested, in the order in which they ran", async () => {
    const { trials } = await desk.show();
    const { code, json: all } = await json("preview", "formats.yaml");
    expect(code).to.equal(0);
    expect(all).to.deep.equal(trials.map(({ params }) => params));
    expect((await json("preview", "formats.yaml", "-n", "2")).json).to.deep.equal(all.slice(0, 2));
    expect((await json("preview", "formats.yaml", "-n", "9")).json).to.deep.equal(all);
  });

  it("previews by seed, as many as are asked for", async () => {
    const first = await json("preview", "random.yaml", "-n", "5", "--seed", "1");
    expect(first.json).to.have.length(5);
    expect((await json("preview", "random.yaml", "-n", "5")).json).to.deep.equal(first.json);
    const other = await json("preview", "random.yaml", "-n", "5", "--seed", "2");
    expect(other.json).not.to.deep.equal(first.json);
    // Where nobody says how many, no more than the sweep would run.
    expect((await json("preview", "random.yaml")).json).to.deep.equal(first.json.slice(0, 3));
  });

  it("runs what it has previewed", async () => {
    const { json: previewed } = await json("preview", "random.yaml");
    expect((await desk.run(["run", "random.yaml"])).code).to.equal(0);
    const { trials } = await desk.show("random-1");
    expect(trials.map(({ params }) => params)).to.deep.equal(previewed);
  });

  it("validates files, with ranges counted from zero", async () => {
    const { code, json: reports } = await json("validate", "formats.yaml", "wrong.yaml");
    expect(code).to.equal(1);
    expect(reports).to.deep.equal([
      { file: "formats.yaml", problems: [] },
      {
        file: "wrong.yaml",
        problems: [
          {
            code: "min-not-below-max",
            severity: "error",
            message: "`lr` has min 2, which is not below max 1. Change one of them.",
            range: { start: { line: 6, character: 9 }, end: { line: 6, character: 10 } },
            related: [],
            fixes: [
              {
                title: "Swap min and max",
                isPreferred: true,
                edits: [
                  {
                    range: { start: { line: 6, character: 9 }, end: { line: 6, character: 10 } },
                    newText: "1",
                  },
                  {
                    range: { start: { line: 7, character: 9 }, end: { line: 7, character: 10 } },
                    newText: "2",
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
    expect((await json("validate", "formats.yaml")).code).to.equal(0);
  });

  it("validates what is no YAML, without stopping at the first problem", async () => {
    const { code, json: reports } = await json("validate", "broken.yaml");
    expect(code).to.equal(1);
    const { problems } = reports[0];
    const lines = problems.map(
      ({ range }: { range: { start: { line: number } } }) => range.start.line,
    );
    expect(problems.map(({ severity }: { severity: string }) => severity)).to.include("error");
    expect(Math.max(...lines)).to.be.within(6, 7);
  });

  it("tries one configuration outside of any study, and says what it saw", async () => {
    const { code, json: report } = await json("try", "formats.yaml");
    expect(code).to.equal(0);
    expect(report).to.deep.include({
      params: paramsOf(8, 0.1),
      exit: 0,
      metrics: { loss: 1.5 },
      objective: "loss",
      objectiveReports: 2,
      ready: true,
    });
    expect(readdirSync(desk.study("tries"))).to.deep.equal(["formats-try-1"]);
    expect((await desk.show("formats-1")).trials).to.have.length(4);
  });
});

describe("the command line's words", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(async () => {
    desk = new Desk({ "sweep.yaml": grid, "train.sh": train });
    await desk.run(["run", "sweep.yaml"]);
  });

  after(() => desk[Symbol.dispose]());

  it("tell a run without a terminal in plain lines", async () => {
    const { code, stdout, stderr } = await desk.run(["run", "sweep.yaml", "--new"]);
    expect(code).to.equal(0);
    expect(stdout).to.equal("");
    expect(stderr).not.to.include("\u001b");
    expect(stderr).to.match(/^trial 0 started on CPU 0$/m);
    expect(stderr).to.match(/^trial 2 complete 0\.5 \(best\) after [\d.]+ s$/m);
    expect(stderr).to.match(/^trial 3 failed after [\d.]+ s: exit 3: out of luck$/m);
    expect(stderr).to.match(/^3 complete, 1 failed, 0 stopped; best 0\.5 \(trial 2\)$/m);
  });

  it("show the leaderboard, best first, with what varies", async () => {
    const { stdout } = await desk.run(["show", "latest"]);
    const [head, first, , , last] = stdout.split("\n").map((line) => line.trim().split(/\s{2,}/));
    expect(head).to.deep.equal(["#", "trial", "state", "loss", "model.width", "lr", "note"]);
    expect(first).to.deep.equal(["1", "2", "complete", "0.5", "8", "0.2"]);
    expect(last).to.deep.equal(["3", "failed", "–", "16", "0.2", "exit 3: out of luck"]);
  });

  it("name problems as compilers do", async () => {
    desk.write("wrong.yaml", "program: train.sh\nmethod: magic\nparameters: {a: {value: 1}}\n");
    const { code, stdout } = await desk.run(["validate", "wrong.yaml"]);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^wrong\.yaml:2:9: error: .*magic.* \[[a-z-]+\]$/m);
  });

  it("say what one configuration showed", async () => {
    const { code, stdout, stderr } = await desk.run(["try", "sweep.yaml"]);
    expect(code).to.equal(0);
    expect(stdout).to.equal("");
    expect(stderr).to.include("loss=2.5 step=0");
    expect(stderr).to.include("Metrics: seen: loss=1.5. loss decides.");
    expect(stderr).to.include("the sweep is ready to run");
  });
});
