import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { readAttempt } from "../../../src/run/attempt.js";
import {
  type LocalExecutor,
  type LocalExecutorOptions,
  localExecutor,
} from "../../../src/run/executors/local.js";
import { preparation } from "../../../src/run/preparation.js";
import type { AttemptPlace, Launch } from "../../../src/study/executor.js";
import {
  attemptOf,
  jsonOf,
  RunStudy,
  runs,
  type StartedRunner,
  textOf,
} from "../../support/run-study.js";
import { until } from "../../support/until.js";

const slot = { index: 0, name: "CPU 0", environment: {} };

describe("the executor of this machine", function () {
  this.timeout(20_000);
  let study: RunStudy;
  let runners: StartedRunner[];
  let executors: LocalExecutor[];
  beforeEach(() => {
    study = new RunStudy();
    runners = [];
    executors = [];
    study.beat(1);
  });
  afterEach(async () => {
    for (const executor of executors) await executor.close("leave");
    study[Symbol.dispose]();
  });

  const executor = (script: string, more: Partial<LocalExecutorOptions> = {}) => {
    writeFileSync(path.join(study.directory, "train.py"), script);
    const made = localExecutor({
      studyDirectory: study.directory,
      slots: [slot],
      conductor: 1,
      prepare: preparation({
        study: "digits-1",
        seed: 1,
        sweepFolder: study.directory,
        environment: process.env,
        helperDirectory: undefined,
        sweep: {
          command: [],
          program: "train.py",
          deck: { env: {} },
          space: {
            parameters: [
              { name: "lr", path: ["lr"], distribution: { kind: "uniform", min: 0, max: 1 } },
              {
                name: "opt.name",
                path: ["opt", "name"],
                distribution: { kind: "constant", value: "adam" },
              },
            ],
          },
        },
      }),
      startRunner: (wanted) => {
        const runner = study.runner([study.directory, String(wanted.index)]);
        runners.push(runner);
        return runner.ended.then(({ code }) => `exit ${code}`);
      },
      graceMs: 200,
      ...more,
    });
    executors.push(made);
    return made;
  };
  const launch = (trial = 0, attempt = 1): Launch => ({
    trial,
    attempt,
    trialDirectory: path.join(study.directory, "trials", String(trial).padStart(4, "0")),
    configuration: { lr: 1e-5, "opt.name": "adam" },
  });
  const reaches = <State extends string>(made: LocalExecutor, place: AttemptPlace, state: State) =>
    until(`the attempt is ${state}`, () => {
      const status = made.status(place);
      return status.state === state ? (status as Extract<typeof status, { state: State }>) : false;
    });
  const printed = (place: AttemptPlace, text: string) =>
    until(`the script prints ${text}`, () => textOf(place, "output.log")?.includes(text));
  /** Prints its pid, and then ignores what it is told, or not. */
  const patient = (ignores = false) =>
    `import os, signal, time\n${ignores ? "for s in (2, 15): signal.signal(s, signal.SIG_IGN)\n" : ""}print('pid', os.getpid(), flush=True)\ntime.sleep(600)`;

  it("runs trials with their parameters, one runner for all of them", async () => {
    const made = executor(
      "import sys, json, os; print(sys.argv[1:], os.environ['SWEEPDECK_TRIAL'])",
    );
    for (const trial of [0, 1]) {
      await made.launch(slot, launch(trial));
      expect(await reaches(made, launch(trial), "ended")).to.include({ code: 0 });
      expect(textOf(launch(trial), "output.log")).to.equal(
        `['--lr=1e-05', "--opt={'name': 'adam'}"] ${trial}\n`,
      );
    }
    expect(runners).to.have.length(1);
    const read = (file: string) => readFileSync(path.join(launch(1).trialDirectory, file), "utf8");
    expect(read("config.json")).to.equal('{"lr": 1e-05, "opt": {"name": "adam"}}\n');
    expect(read("config.yaml")).to.contain('"lr": {value: 1.0e-05}');
    await made.close("end");
    expect(await runners[0]?.ended).to.deep.equal({ code: 0, signal: null });
  });

  it("starts an attempt once, however often it is asked", async () => {
    const made = executor("open('starts', 'a').write('x')");
    await made.launch(slot, launch());
    await made.launch(slot, launch());
    await reaches(made, launch(), "ended");
    await made.launch(slot, launch());
    await made.launch(slot, launch(1));
    await reaches(made, launch(1), "ended");
    expect(readFileSync(path.join(study.directory, "starts"), "utf8")).to.equal("xx");
  });

  it("hints when something changes", async () => {
    const made = executor("print(1)");
    await made.launch(slot, launch());
    let hints = 0;
    using _watch = made.watch(launch(), () => {
      hints += 1;
    });
    await reaches(made, launch(), "ended");
    await until("hints came", () => hints > 0);
  });

  it("gives the slot a new runner when its runner was killed, and follows the orphan to its end", async () => {
    const gate = path.join(study.directory, "gate");
    const made = executor(
      `import os, time\nprint('up', flush=True)\nwhile not os.path.exists(${JSON.stringify(gate)}): time.sleep(.02)\nraise SystemExit(5)`,
    );
    await made.launch(slot, launch());
    await printed(launch(), "up");
    runners[0]?.child.kill("SIGKILL");
    await runners[0]?.ended;
    expect(made.status(launch())).to.include({ state: "running", slot: 0 });
    expect(made.memoryMiB(launch())).to.be.greaterThan(1);
    writeFileSync(gate, "");
    expect(await reaches(made, launch(), "ended")).to.include({ code: 5 });
    await until("its end is written down for the dead runner", () => {
      made.status(launch());
      return jsonOf(launch(), "end.json");
    });
    expect(jsonOf(launch(), "end.json")).to.include({ code: 5, stop: null });
    await made.launch(slot, launch(1));
    expect(await reaches(made, launch(1), "ended")).to.include({ code: 5 });
    expect(runners).to.have.length(2);
  });

  it("stops a trial whose runner is dead by itself, with the same escalation", async () => {
    const made = executor(patient(true));
    await made.launch(slot, launch());
    await printed(launch(), "pid");
    runners[0]?.child.kill("SIGKILL");
    await runners[0]?.ended;
    made.stop(launch(), { mode: "interrupt", by: "test", reason: "enough" });
    expect(await reaches(made, launch(), "ended")).to.include({ code: 137 });
    expect(runs(Number(/pid (\d+)/.exec(textOf(launch(), "output.log") ?? "")?.[1]))).to.equal(
      false,
    );
  });

  it("sweeps up after a trial whose runner is dead", async () => {
    const made = executor(
      "import os, time\nif os.fork() == 0:\n    os.setsid(); print('pid', os.getpid(), flush=True); time.sleep(600)\ntime.sleep(600)",
    );
    await made.launch(slot, launch());
    await printed(launch(), "pid");
    const daemon = Number(/pid (\d+)/.exec(textOf(launch(), "output.log") ?? "")?.[1]);
    runners[0]?.child.kill("SIGKILL");
    await runners[0]?.ended;
    const status = made.status(launch());
    process.kill(status.state === "running" ? status.pid : 0, "SIGKILL");
    await reaches(made, launch(), "gone");
    await until("the daemon is swept up", () => !runs(daemon));
  });

  it("takes back what nobody has claimed when it is to be stopped: it never starts", async () => {
    const made = executor("open('starts', 'a')", {
      startRunner: () => new Promise(() => undefined),
    });
    await made.launch(slot, launch());
    made.stop(launch(), { mode: "interrupt", by: "test", reason: "enough" });
    expect(made.status(launch())).to.deep.equal({ state: "withdrawn" });
    const runner = study.runner();
    await until("a runner is there", () =>
      existsSync(path.join(study.directory, "slots/0/runner-1.json")),
    );
    await made.close("end");
    await runner.ended;
    expect(existsSync(path.join(study.directory, "starts"))).to.equal(false);
  });

  it("either starts or takes back an attempt that is stopped as it starts", async () => {
    const made = executor(patient());
    for (let trial = 0; trial < 12; trial += 1) {
      await made.launch(slot, launch(trial));
      if (trial % 3 > 0)
        await until("it is seen", () => readAttempt(launch(trial)).state !== "unclaimed");
      made.stop(launch(trial), { mode: "kill", by: "test", reason: "enough" });
      await until("it is over", () =>
        ["ended", "gone", "withdrawn"].includes(made.status(launch(trial)).state),
      );
      const pid = Number(/pid (\d+)/.exec(textOf(launch(trial), "output.log") ?? "")?.[1] ?? 0);
      if (pid > 0) await until("nothing of it runs", () => !runs(pid));
    }
  });

  it("retires a slot whose runner does not start, after three tries, and says why", async () => {
    let starts = 0;
    const made = executor("", {
      startRunner: () => {
        starts += 1;
        return Promise.reject(new Error("no terminal could be opened"));
      },
    });
    await made.launch(slot, launch());
    await until("the slot is retired", () => made.retired().size === 1);
    expect(made.retired().get(0)).to.equal(
      "its runner did not start, 3 times: no terminal could be opened",
    );
    expect(starts).to.equal(3);
    made.revive();
    expect(made.retired().size).to.equal(0);
  });

  it("does not wait for ever for a start that never happens", async () => {
    const made = executor("", {
      startRunner: () => new Promise(() => undefined),
      startLimitMs: 100,
    });
    await made.launch(slot, launch());
    await until("the slot is retired", () => made.retired().size === 1);
    expect(made.retired().get(0)).to.contain("nothing of it was seen");
  });

  it("starts another runner for one that ended before it took the attempt", async () => {
    let starts = 0;
    const made = executor("print(1)", {
      startRunner: (wanted) => {
        starts += 1;
        if (starts === 1) return Promise.resolve("exit 1");
        return study.runner([study.directory, String(wanted.index)]).ended.then(String);
      },
    });
    await made.launch(slot, launch());
    expect(await reaches(made, launch(), "ended")).to.include({ code: 0 });
    expect(made.retired().size).to.equal(0);
  });

  it("ends the trial and the runner of a slot that the user closes", async () => {
    const made = executor(patient());
    await made.launch(slot, launch());
    await printed(launch(), "pid");
    made.retire(slot, "its terminal was closed");
    expect(await reaches(made, launch(), "ended")).to.include({ code: 130 });
    await runners[0]?.ended;
    expect(made.retired().get(0)).to.equal("its terminal was closed");
    expect(jsonOf(launch(), "stop.json")).to.include({ reason: "its terminal was closed" });
  });

  it("leaves runners and trials to the next conductor, and that one finds them", async () => {
    const first = executor(patient());
    await first.launch(slot, launch());
    await printed(launch(), "pid");
    await first.close("leave");
    const second = executor(patient(), { conductor: 2 });
    expect(second.status(launch())).to.include({ state: "running", slot: 0 });
    second.stop(launch(), { mode: "kill", by: "test", reason: "enough" });
    await reaches(second, launch(), "ended");
    await second.launch(slot, launch(1));
    await printed(launch(1), "pid");
    expect(runners).to.have.length(1);
  });

  it("has the runner disregard a conductor that was overtaken", async () => {
    const second = executor("print(1)", { conductor: 2 });
    await second.launch(slot, launch());
    await reaches(second, launch(), "ended");
    const overtaken = executor("print(1)", { conductor: 1 });
    await overtaken.launch(slot, launch(1));
    await second.launch(slot, launch(2));
    await reaches(second, launch(2), "ended");
    expect(readAttempt(launch(1))).to.deep.equal({ state: "unclaimed" });
  });

  it("ends nothing of the study that its own is a copy of, and has a runner of its own", async () => {
    const made = executor(patient());
    await made.launch(slot, launch());
    await printed(launch(), "pid");
    using copy = new RunStudy();
    cpSync(study.directory, copy.directory, { recursive: true });
    const copied = { ...launch(), trialDirectory: path.join(copy.directory, "trials/0000") };
    const started: StartedRunner[] = [];
    const other = executor(patient(), {
      studyDirectory: copy.directory,
      conductor: 2,
      startRunner: (wanted) => {
        const runner = copy.runner([copy.directory, String(wanted.index)]);
        started.push(runner);
        return runner.ended.then(String);
      },
    });
    expect(other.status(copied)).to.include({ state: "gone" });
    other.stop(copied, { mode: "kill", by: "test", reason: "enough" });
    expect(other.memoryMiB(copied)).to.equal(undefined);
    const next = { ...copied, trial: 1, trialDirectory: path.join(copy.directory, "trials/0001") };
    await other.launch(slot, next);
    await printed(next, "pid");
    expect(started).to.have.length(1);
    other.stop(next, { mode: "kill", by: "test", reason: "enough" });
    await reaches(other, next, "ended");
    expect(made.status(launch())).to.include({ state: "running" });
    made.stop(launch(), { mode: "kill", by: "test", reason: "enough" });
    await reaches(made, launch(), "ended");
  });

  it("follows and ends a trial whose study was moved, and its runner lets go of it", async () => {
    const made = executor(patient());
    await made.launch(slot, launch());
    await printed(launch(), "pid");
    const moved = `${study.directory}-moved`;
    renameSync(study.directory, moved);
    try {
      await runners[0]?.ended;
      mkdirSync(study.directory);
      const place = { ...launch(), trialDirectory: path.join(moved, "trials/0000") };
      const other = executor(patient(), { studyDirectory: moved, conductor: 2 });
      expect(other.status(place)).to.include({ state: "running" });
      other.stop(place, { mode: "kill", by: "test", reason: "enough" });
      expect(await reaches(other, place, "ended")).to.include({ code: 137 });
    } finally {
      rmSync(study.directory, { recursive: true, force: true });
      renameSync(moved, study.directory);
    }
  });

  it("writes its assignment again where a conductor that was overtaken has written over it", async () => {
    const made = executor("print(1)", {
      conductor: 2,
      startRunner: () => new Promise(() => undefined),
    });
    const next = path.join(study.directory, "slots/0/next.json");
    await made.launch(slot, launch());
    writeFileSync(next, JSON.stringify({ conductor: 1, sequence: 9, do: "wait" }));
    study.runner();
    expect(await reaches(made, launch(), "ended")).to.include({ code: 0 });
    expect(JSON.parse(readFileSync(next, "utf8"))).to.include({ conductor: 2, do: "run" });
  });

  it("leaves the assignment of a conductor that has overtaken it", async () => {
    const made = executor("print(1)", { startRunner: () => new Promise(() => undefined) });
    await made.launch(slot, launch());
    const second = executor("print(2)", { conductor: 2 });
    await second.launch(slot, launch(1));
    expect(await reaches(second, launch(1), "ended")).to.include({ code: 0 });
    expect(made.status(launch())).to.deep.equal({ state: "unclaimed" });
  });

  it("rejects a launch that never could start, with what to do", async () => {
    const made = executor("");
    rmSync(path.join(study.directory, "train.py"));
    const error = await made.launch(slot, launch()).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.have.property("name", "LaunchProblem");
    expect(error)
      .to.have.property("message")
      .that.matches(/There is no train\.py in/);
    expect(existsSync(attemptOf(launch()))).to.equal(false);
  });
});
