import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import {
  Desk,
  jsonLines,
  processesOf,
  runnersOf,
  type Started,
  script,
  shellSweep,
  untilGo,
} from "../../support/cli.js";
import { kill, runs } from "../../support/run-study.js";
import { until } from "../../support/until.js";

const sweepOf = (cap: number, more = "") =>
  shellSweep(`method: random
run_cap: ${cap}
metric: {name: loss, goal: minimize}
parameters: {lr: {min: 0.0, max: 1.0}}
${more}`);

/** Reports once, waits to be let go, and reports again. */
const patient = script(`echo "loss=2 step=0"\n${untilGo}\necho "loss=1 step=1"`);

/** Every attempt was started, and none twice. */
function startsOf(desk: Desk): readonly string[] {
  const starts = [...desk.lines("starts")].sort();
  expect(new Set(starts), "each attempt starts once").to.have.property("size", starts.length);
  return starts;
}

const attempt = (trial: number, number = 1) =>
  `${String(trial).padStart(4, "0")}/attempts/${number}`;

const started = (desk: Desk, count: number) =>
  until(`${count} trials have started`, () => desk.lines("starts").length === count);

/** Until what they have printed first is in the journal. */
const reported = (run: Started, count: number) =>
  until(
    `${count} reports are read`,
    () =>
      jsonLines(wholeLines(run.stdout())).filter(({ type }) => type === "report").length >= count,
  );

const wholeLines = (text: string) => text.slice(0, text.lastIndexOf("\n") + 1);

/** The state and the number of trials of the only study, as `list` has them. */
async function listed(desk: Desk): Promise<readonly unknown[]> {
  const { stdout } = await desk.run(["list", "--json"]);
  const [study] = JSON.parse(stdout);
  return [study.state, study.trials];
}

const statesOf = async (desk: Desk) => (await desk.show()).trials.map(({ state }) => state);

describe("a sweep that is interrupted", function () {
  this.timeout(60_000);

  it("stops its trials at the first Ctrl-C, and runs them again when it is resumed", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(3), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml", "--slots", "2", "--json"]);
    await started(desk, 2);
    await reported(run, 2);
    run.child.kill("SIGINT");
    const { code, stdout, stderr } = await run.ended;
    expect(code).to.equal(130);
    expect(stderr).to.include("once more kills them");
    expect(jsonLines(stdout).at(-1)).to.deep.include({ type: "finished", state: "interrupted" });
    expect(await statesOf(desk)).to.deep.equal(["stopped", "stopped"]);
    await until("nothing of it runs", () => processesOf(desk.folder).length === 0);

    const before = (await desk.show()).trials;
    desk.write("go", "");
    expect((await desk.run(["resume", "latest"])).code).to.equal(0);
    const { trials } = await desk.show();
    expect(trials.map(({ state }) => state)).to.deep.equal([
      "stopped",
      "stopped",
      "complete",
      "complete",
      "complete",
    ]);
    // The same configurations, and the one that the cap still left.
    expect(trials.slice(2, 4).map(({ params }) => params)).to.deep.equal(
      before.map(({ params }) => params),
    );
    expect(startsOf(desk)).to.deep.equal([0, 1, 2, 3, 4].map((trial) => attempt(trial)));
  });

  it("kills trials that ignore it at the second Ctrl-C", async () => {
    const stubborn = script(`trap '' INT TERM\nwhile :; do sleep 0.02; done`);
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": stubborn });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    run.child.kill("SIGINT");
    await until("the first is answered", () => run.stderr().includes("once more kills them"));
    await until("the wish is written down", () =>
      readFileSync(
        path.join(desk.study(studyOf(desk)), "trials/0000/attempts/1/stop.json"),
        "utf8",
      ),
    );
    expect(runs(run.pid)).to.equal(true);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(code).to.equal(130);
    expect(stderr).to.include("Killing the trials.");
    expect(await statesOf(desk)).to.deep.equal(["stopped"]);
    await until("nothing of it runs", () => processesOf(desk.folder).length === 0);
  });

  it("loses nothing and starts nothing twice when its conductor is killed", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(5), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml", "--slots", "2", "--json"]);
    await started(desk, 2);
    await reported(run, 2);
    kill(run.pid);
    await run.ended;
    const resumed = await desk.start(["resume", "latest", "--slots", "2", "--json"]);
    await until("its trials are adopted", () => resumed.stdout().includes("trial-adopted"));
    desk.write("go", "");
    const { code, stdout } = await resumed.ended;
    expect(code).to.equal(0);
    const adopted = jsonLines(stdout).filter(({ type }) => type === "trial-adopted");
    expect(adopted.map(({ trial }) => trial)).to.deep.equal([0, 1]);
    const { trials } = await desk.show();
    expect(trials.map(({ state }) => state)).to.deep.equal(Array(5).fill("complete"));
    for (const { reports, value, attempts } of trials) {
      expect(reports).to.deep.equal([
        [0, 2],
        [1, 1],
      ]);
      expect([value, attempts]).to.deep.equal([1, 1]);
    }
    expect(startsOf(desk)).to.deep.equal([0, 1, 2, 3, 4].map((trial) => attempt(trial)));
  });

  it("keeps results that came while nobody conducted", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    kill(run.pid);
    await run.ended;
    desk.write("go", "");
    const exit = path.join(desk.study(studyOf(desk)), "trials/0000/attempts/1/exit");
    await until("the trial has ended", () => /^0\s*$/.test(readFileSync(exit, "utf8")));
    expect(await listed(desk)).to.deep.equal(["interrupted", 1]);
    expect((await desk.run(["resume", "latest"])).code).to.equal(0);
    expect(await statesOf(desk)).to.deep.equal(["complete", "complete"]);
    expect(startsOf(desk)).to.deep.equal([attempt(0), attempt(1)]);
  });

  it("trains on when a runner is killed, and keeps the exit code", async () => {
    const failing = script(`${untilGo}\necho "loss=0.25"\nexit 7`);
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": failing });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    const [runner, ...others] = runnersOf(desk.study(studyOf(desk)));
    expect(others).to.deep.equal([]);
    kill(runner ?? 0);
    desk.write("go", "");
    expect((await run.ended).code).to.equal(1);
    const { trials } = await desk.show();
    expect(trials.map(({ state, reason }) => [state, reason])).to.deep.equal([
      ["failed", "exit 7: loss=0.25"],
      ["failed", "exit 7: loss=0.25"],
    ]);
    expect(startsOf(desk)).to.deep.equal([attempt(0), attempt(1)]);
  });

  it("tries a trial again whose whole group was killed", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(1), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    const pid = path.join(desk.study(studyOf(desk)), "trials/0000/attempts/1/pid");
    process.kill(-Number(readFileSync(pid, "utf8").split("\n")[0]), "SIGKILL");
    await started(desk, 2);
    desk.write("go", "");
    expect((await run.ended).code).to.equal(0);
    const { trials } = await desk.show();
    expect(trials.map(({ state }) => state)).to.deep.equal(["failed", "complete"]);
    expect(trials[0]?.reason).to.include("exit unknown");
    expect(trials[1]?.params).to.deep.equal(trials[0]?.params);
  });

  it("stops by the word of another process", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    const stop = await desk.run(["stop", "latest", "--json"]);
    expect(stop.code).to.equal(0);
    expect(JSON.parse(stop.stdout)).to.deep.equal({
      ok: true,
      message: "the trials are being stopped",
    });
    expect((await run.ended).code).to.equal(130);
    expect(await statesOf(desk)).to.deep.equal(["stopped"]);
  });

  it("stops one trial alone, for good, and goes on", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    expect((await desk.run(["stop", "latest", "--trial", "0"])).code).to.equal(0);
    await started(desk, 2);
    desk.write("go", "");
    expect((await run.ended).code).to.equal(0);
    expect(await statesOf(desk)).to.deep.equal(["stopped", "complete"]);
    const unknown = await desk.run(["stop", "latest", "--trial", "0"]);
    expect([unknown.code, unknown.stderr]).to.deep.equal([
      1,
      "Nobody conducts this study now: resume it first.\n",
    ]);
  });

  it("ends what runs on after its conductor was killed, when it is told to stop", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    kill(run.pid);
    await run.ended;
    const { code, stderr } = await desk.run(["stop", "latest"]);
    expect([code, stderr]).to.deep.equal([0, "nothing of this study runs any more\n"]);
    expect(await statesOf(desk)).to.deep.equal(["stopped"]);
    await until("nothing of it runs", () => processesOf(desk.folder).length === 0);
  });

  it("is not ended by a closed terminal", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(1), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    run.child.kill("SIGHUP");
    run.child.stderr?.destroy();
    desk.write("go", "");
    expect((await run.ended).code).to.equal(0);
    expect(await statesOf(desk)).to.deep.equal(["complete"]);
  });
});

describe("a sweep that runs", function () {
  this.timeout(60_000);

  it("is read by others as it stands", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(1), "train.sh": patient });
    const run = await desk.start(["run", "sweep.yaml", "--json"]);
    await reported(run, 1);
    const shown = await until("the report is in the journal", async () => {
      const [trial] = (await desk.show()).trials;
      return trial?.reports.length === 1 && trial;
    });
    expect(shown).to.deep.include({ state: "running", value: 2, reason: null, attempts: 1 });
    expect(shown.seconds).to.be.above(0);
    expect(await listed(desk)).to.deep.equal(["running", 1]);
    const best = await desk.run(["best", "latest", "--json"]);
    expect([best.code, best.stdout]).to.deep.equal([1, "null\n"]);
    desk.write("go", "");
    expect((await run.ended).code).to.equal(0);
  });
});

describe("a study that two want", function () {
  this.timeout(60_000);

  it("is conducted by one of two that take it up at one instant; the other is told by whom", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": patient });
    const first = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    kill(first.pid);
    await first.ended;

    const both = await Promise.all([1, 2].map(() => desk.start(["run", "sweep.yaml"])));
    const loser = await Promise.race(both.map(async (run) => ({ run, ...(await run.ended) })));
    expect(loser.code).to.equal(3);
    const winner = both.find((run) => run !== loser.run);
    expect(loser.stderr).to.match(/The command line conducts this study already: process \d+ on /i);
    expect(loser.stderr).to.include(`process ${winner?.pid} `);
    desk.write("go", "");
    expect((await winner?.ended)?.code).to.equal(0);
    expect(startsOf(desk)).to.deep.equal([attempt(0), attempt(1)]);
    expect(await statesOf(desk)).to.deep.equal(["complete", "complete"]);
  });

  it("is one study where two run a new file at one instant", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(1), "train.sh": patient });
    const both = await Promise.all([1, 2].map(() => desk.start(["run", "sweep.yaml"])));
    const loser = await Promise.race(both.map(async (run) => ({ run, ...(await run.ended) })));
    expect(loser.code).to.equal(3);
    desk.write("go", "");
    expect((await both.find((run) => run !== loser.run)?.ended)?.code).to.equal(0);
    const { stdout } = await desk.run(["list", "--json"]);
    expect(JSON.parse(stdout)).to.have.length(1);
    expect(startsOf(desk)).to.deep.equal([attempt(0)]);
  });

  it("passes to another who insists, with its trials running on", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(2), "train.sh": patient });
    const first = await desk.start(["run", "sweep.yaml"]);
    await started(desk, 1);
    const second = await desk.start(["resume", "latest", "--take-over", "--json"]);
    expect((await first.ended).code).to.equal(3);
    await until("the trial is adopted", () => second.stdout().includes("trial-adopted"));
    desk.write("go", "");
    expect((await second.ended).code).to.equal(0);
    expect(startsOf(desk)).to.deep.equal([attempt(0), attempt(1)]);
    expect(await statesOf(desk)).to.deep.equal(["complete", "complete"]);
  });

  it("waits for the user's word where its conductor is on another machine", async () => {
    using desk = new Desk({ "sweep.yaml": sweepOf(1), "train.sh": patient, go: "" });
    await desk.run(["run", "sweep.yaml"]);
    const record = {
      number: 2,
      pid: 1,
      startTime: "1",
      bootId: "another",
      host: "far-away",
      program: "editor",
      at: new Date().toISOString(),
      released: false,
    };
    const file = path.join(desk.study(studyOf(desk)), "conductor-2.json");
    writeFileSync(file, JSON.stringify(record));
    const refused = await desk.run(["resume", "latest"]);
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.match(/VS Code conducts .* process 1 on far-away/);
    expect((await desk.run(["resume", "latest", "--take-over"])).code).to.equal(0);
  });
});

/** The only study of the desk's sweep.yaml, which is called by the folder. */
function studyOf(desk: Desk): string {
  return `${path.basename(desk.folder)}-1`;
}
