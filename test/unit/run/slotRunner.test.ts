import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { readAttempt, withdrawAttempt, writeStop } from "../../../src/run/attempt.js";
import { attemptOf, jsonOf, RunStudy, runnerFile, runs, textOf } from "../../support/run-study.js";
import { until } from "../../support/until.js";

/** A script that prints a line, and then waits to be told its end by a file. */
function waiting(study: RunStudy, before = ""): { argv: string[]; finish: () => void } {
  const gate = path.join(study.directory, "gate");
  const source = `${before}
import os, time
print("waiting", flush=True)
while not os.path.exists(${JSON.stringify(gate)}): time.sleep(0.02)
print("loss=0.5", flush=True)
raise SystemExit(3)`;
  return {
    ...study.python(source),
    argv: [...study.python(source).argv],
    finish: () => writeFileSync(gate, ""),
  };
}

const stop = (mode: "interrupt" | "kill") => ({ mode, by: "test", reason: "by a test" }) as const;

describe("the runner of a slot", function () {
  this.timeout(20_000);
  let study: RunStudy;
  beforeEach(() => {
    study = new RunStudy();
    study.beat(1);
  });
  afterEach(() => study[Symbol.dispose]());

  const printed = (place: Parameters<typeof textOf>[0], text: string) =>
    until(`the script prints ${text}`, () => textOf(place, "output.log")?.includes(text));
  const ended = (place: Parameters<typeof textOf>[0]) =>
    until("the runner has told the end", () => jsonOf(place, "end.json"));

  it("runs one attempt after another, shows their output under a header, and ends when told", async () => {
    const first = study.prepare(7, study.python("print('from the first')"));
    const second = study.prepare(8, study.python("print('from the second'); raise SystemExit(4)"));
    study.assign(first);
    const runner = study.runner();
    await ended(first);
    study.assign(second);
    await ended(second);
    study.end();
    expect(await runner.ended).to.deep.equal({ code: 0, signal: null });
    expect(
      runner
        .printed()
        .split("\n")
        .map((line) => line.replace(/[\d.]+ s$/, "0 s")),
    ).to.deep.equal([
      "── Trial 7 · lr=0.1 opt.name=adam · CPU 0",
      "from the first",
      "── Trial 7 · done · 0 s",
      "── Trial 8 · lr=0.1 opt.name=adam · CPU 0",
      "from the second",
      "── Trial 8 · exit 4 · 0 s",
      "── Slot closed. The sweep needs it no longer.",
      "",
    ]);
    expect(readAttempt(second)).to.include({ state: "ended", code: 4 });
  });

  it("shows bytes as they are, and none of them is held back for a line's end", async () => {
    const bytes = "sys.stdout.buffer.write(b'\\x80\\xff\\r50%|##'); sys.stdout.flush()";
    const place = study.prepare(1, study.python(`import sys, time; ${bytes}; time.sleep(60)`));
    study.assign(place);
    const runner = study.runner();
    const chunks: Buffer[] = [];
    runner.child.stdout?.on("data", (chunk) => chunks.push(chunk));
    await until("the bytes are shown", () =>
      Buffer.concat(chunks).includes(Buffer.from([0x80, 0xff, 0x0d, 0x35, 0x30, 0x25])),
    );
  });

  it("leaves the training running when it is killed, and the exit code is kept", async () => {
    const script = waiting(study);
    const place = study.prepare(1, script);
    study.assign(place);
    const runner = study.runner();
    await printed(place, "waiting");
    runner.child.kill("SIGKILL");
    await runner.ended;
    expect(readAttempt(place)).to.include({ state: "running", slot: 0 });
    script.finish();
    const status = await until("it has ended", () => {
      const now = readAttempt(place);
      return now.state === "ended" && now;
    });
    expect(status.code).to.equal(3);
    expect(textOf(place, "output.log")).to.equal("waiting\nloss=0.5\n");
    expect(jsonOf(place, "end.json")).to.equal(undefined);
  });

  it("lives on when its terminal is gone", async () => {
    const script = waiting(study);
    const place = study.prepare(1, script);
    study.assign(place);
    const runner = study.runner();
    await printed(place, "waiting");
    runner.child.stdout?.destroy();
    runner.child.stderr?.destroy();
    runner.child.kill("SIGHUP");
    script.finish();
    expect(await ended(place)).to.include({ code: 3, stop: null });
    const next = study.prepare(2, study.python("print(1)"));
    study.assign(next);
    expect(await ended(next)).to.include({ code: 0 });
  });

  it("runs on while its terminal takes nothing", async () => {
    const loud = study.prepare(1, study.python("print('x' * 1_000_000)"));
    const next = study.prepare(2, study.python("print('done')"));
    study.assign(loud);
    const runner = study.runner();
    runner.child.stdout?.pause();
    await ended(loud);
    study.assign(next);
    await ended(next);
    runner.child.stdout?.resume();
    await until("all is shown after all", () => runner.printed().includes("Trial 2 · done"));
    expect(runner.printed()).to.contain("x".repeat(1_000_000));
  });

  it("runs on in a terminal whose window has stopped reading, and when that is gone", async () => {
    const loud = study.prepare(1, study.python("print('x' * 1_000_000)"));
    const next = study.prepare(2, study.python("print('done')"));
    study.assign(loud);
    // The other end of the runner's terminal: it never reads, and goes when its own input ends.
    const window = spawn(
      "python3",
      [
        "-c",
        "import os, pty, subprocess, sys\n" +
          "ours, theirs = pty.openpty()\n" +
          "subprocess.Popen(sys.argv[1:], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)\n" +
          "os.close(theirs)\nsys.stdin.read()",
        process.execPath,
        runnerFile(),
        study.directory,
        "0",
      ],
      { stdio: ["pipe", "ignore", "inherit"] },
    );
    try {
      await ended(loud);
    } finally {
      window.stdin.end();
    }
    await new Promise((resolve) => window.once("exit", resolve));
    study.assign(next);
    expect(await ended(next)).to.include({ code: 0 });
    study.end();
    const { pid } = JSON.parse(
      readFileSync(path.join(study.directory, "slots/0/runner-1.json"), "utf8"),
    );
    await until("the runner has ended", () => !runs(pid));
  });

  it("is alone in its slot", async () => {
    const first = study.runner();
    await until("the first serves", () =>
      existsSync(path.join(study.directory, "slots/0/runner-1.json")),
    );
    const second = study.runner();
    expect(await second.ended).to.deep.equal({ code: 0, signal: null });
    expect(second.printed()).to.contain(`served already, by process ${first.child.pid}`);
  });

  it("is one of many that start at the same instant", async () => {
    const runners = Array.from({ length: 6 }, () => study.runner());
    const alive = () => runners.filter(({ child }) => child.exitCode === null);
    await until("all but one have ended", () => alive().length === 1);
    study.end();
    await Promise.all(runners.map((runner) => runner.ended));
    const served = runners.filter((runner) => runner.printed().includes("no longer"));
    expect(served).to.have.length(1);
  });

  it("takes the place of one that was killed", async () => {
    const first = study.runner();
    await until("the first serves", () =>
      existsSync(path.join(study.directory, "slots/0/runner-1.json")),
    );
    first.child.kill("SIGKILL");
    await first.ended;
    const place = study.prepare(1, study.python("print(1)"));
    study.assign(place);
    study.runner();
    expect(await ended(place)).to.include({ code: 0 });
    expect(existsSync(path.join(study.directory, "slots/0/runner-2.json"))).to.equal(true);
  });

  it("starts nothing that was taken back", async () => {
    const place = study.prepare(1, study.python("print('started')"));
    expect(withdrawAttempt(place)).to.equal(true);
    study.assign(place);
    const runner = study.runner();
    const next = study.prepare(2, study.python("print(1)"));
    await until("it serves", () => existsSync(path.join(study.directory, "slots/0/runner-1.json")));
    study.assign(next);
    await ended(next);
    expect(existsSync(path.join(attemptOf(place), "output.log"))).to.equal(false);
    expect(runner.printed()).to.not.contain("Trial 1");
  });

  it("starts nothing that was stopped before", async () => {
    const place = study.prepare(1, study.python("print('started')"));
    writeStop(attemptOf(place), stop("interrupt"));
    study.assign(place);
    study.runner();
    expect(await ended(place)).to.include({ startedAt: null, stop: "interrupt" });
    expect(readAttempt(place)).to.deep.equal({
      state: "gone",
      why: "it was stopped before it started",
    });
    expect(existsSync(path.join(attemptOf(place), "output.log"))).to.equal(false);
  });

  it("interrupts first, so that a script may save and choose its exit code", async () => {
    const source =
      "import signal, sys, time\n" +
      "signal.signal(signal.SIGINT, lambda *_: (print('saved', flush=True), sys.exit(9)))\n" +
      "print('ready', flush=True)\ntime.sleep(60)";
    const place = study.prepare(1, study.python(source));
    study.assign(place);
    study.runner();
    await printed(place, "ready");
    writeStop(attemptOf(place), stop("interrupt"));
    expect(await ended(place)).to.include({ code: 9, signal: null, stop: "interrupt" });
    expect(textOf(place, "output.log")).to.equal("ready\nsaved\n");
  });

  it("kills a script that ignores every wish, and all that it has forked", async () => {
    const source = `
import os, signal, sys, time
for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(s, signal.SIG_IGN)
if os.fork() == 0:
    os.fork()
elif os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
os.write(1, b"pid %d\\n" % os.getpid())
while True: time.sleep(1)`;
    const place = study.prepare(1, study.python(source));
    study.assign(place);
    study.runner(["--grace-ms", "150", study.directory, "0"]);
    const pids = () =>
      [...(textOf(place, "output.log") ?? "").matchAll(/pid (\d+)/g)].map((m) => Number(m[1]));
    await until("all four run", () => pids().length === 4);
    writeStop(attemptOf(place), stop("interrupt"));
    expect(await ended(place)).to.include({ code: 137, stop: "interrupt", why: null });
    expect(pids().filter(runs)).to.deep.equal([]);
  });

  it("makes a wish stronger while it is carried out", async () => {
    const source =
      "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('ready', flush=True)\ntime.sleep(60)";
    const place = study.prepare(1, study.python(source));
    study.assign(place);
    study.runner(["--grace-ms", "60000", study.directory, "0"]);
    await printed(place, "ready");
    writeStop(attemptOf(place), stop("interrupt"));
    writeStop(attemptOf(place), { ...stop("kill"), reason: "another" });
    expect(await ended(place)).to.include({ code: 137, stop: "kill" });
    expect(jsonOf(place, "stop.json")).to.include({ reason: "by a test" });
  });

  it("sweeps up what a script leaves behind, though it left the group", async () => {
    const source = `
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
    os.write(1, b"daemon %d\\n" % os.getpid())
    time.sleep(600)
time.sleep(0.3)`;
    const place = study.prepare(1, study.python(source));
    study.assign(place);
    study.runner();
    await printed(place, "daemon");
    const daemon = Number(/daemon (\d+)/.exec(textOf(place, "output.log") ?? "")?.[1]);
    expect(await ended(place)).to.include({ code: 0, why: null });
    expect(runs(daemon)).to.equal(false);
  });

  it("takes Ctrl-C for the end of its slot: the trial stops by grace", async () => {
    const place = study.prepare(
      1,
      study.python("import time\nprint('ready', flush=True)\ntime.sleep(60)"),
    );
    study.assign(place);
    const runner = study.runner();
    await printed(place, "ready");
    runner.child.kill("SIGINT");
    expect(await runner.ended).to.deep.equal({ code: 0, signal: null });
    expect(readAttempt(place)).to.include({ state: "ended", code: 130 });
    expect(jsonOf(place, "stop.json")).to.include({
      mode: "interrupt",
      by: "terminal",
      reason: "ended by Ctrl-C in its terminal",
    });
    const retired = JSON.parse(
      readFileSync(path.join(study.directory, "slots/0/retired.json"), "utf8"),
    );
    expect(retired.reason).to.equal("ended by Ctrl-C in its terminal");
  });

  it("kills at the second Ctrl-C", async () => {
    const source =
      "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('ready', flush=True)\ntime.sleep(60)";
    const place = study.prepare(1, study.python(source));
    study.assign(place);
    const runner = study.runner();
    await printed(place, "ready");
    runner.child.kill("SIGINT");
    await until("it says what it does", () => runner.printed().includes("Ctrl-C again"));
    runner.child.kill("SIGINT");
    await runner.ended;
    expect(readAttempt(place)).to.include({ state: "ended", code: 137 });
  });

  it("goes when no conductor is there and nothing runs, not before", async () => {
    const script = waiting(study);
    const place = study.prepare(1, script);
    study.assign(place);
    const runner = study.runner(["--idle-ms", "300", study.directory, "0"]);
    await printed(place, "waiting");
    for (let beat = 0; beat < 5; beat += 1) await until("time passes", () => true);
    script.finish();
    expect(await runner.ended).to.deep.equal({ code: 0, signal: null });
    expect(readAttempt(place)).to.include({ state: "ended", code: 3 });
    expect(runner.printed()).to.match(/Nobody has conducted this sweep/);
  });

  it("ends when its study is moved or deleted", async () => {
    const runner = study.runner();
    await until("it serves", () => existsSync(path.join(study.directory, "slots/0/runner-1.json")));
    rmSync(study.directory, { recursive: true });
    expect(await runner.ended).to.deep.equal({ code: 0, signal: null });
    expect(runner.printed()).to.contain("moved or deleted");
  });

  it("says in the row's words why an attempt could not start, and goes on", async () => {
    const nowhere = study.prepare(1, { argv: ["true"], cwd: "/no/such/folder" });
    const unknown = study.prepare(2, { argv: ["no-such-program"] });
    study.assign(nowhere);
    study.runner();
    await ended(nowhere);
    expect(readAttempt(nowhere))
      .to.have.property("why")
      .that.contains("there is no folder /no/such/folder");
    study.assign(unknown);
    await ended(unknown);
    expect(readAttempt(unknown)).to.include({ state: "ended", code: 127 });
    expect(textOf(unknown, "output.log")).to.contain("no-such-program");
  });

  const refusals: [string, { argv: string[]; env?: Record<string, string> }, RegExp][] = [
    ["a NUL", { argv: ["true", "--a=1", "--text=a\0b"] }, /argument --text holds a NUL/],
    ["a NUL after its name", { argv: ["true", "--text", "a\0b"] }, /argument --text holds a NUL/],
    ["a novel", { argv: ["true", `--text=${"x".repeat(2 ** 17)}`] }, /--text is 129 KiB long/],
    ["a NUL in a variable", { argv: ["true"], env: { A: "\0" } }, /variable A holds a NUL/],
  ];
  for (const [what, command, why] of refusals) {
    it(`names what cannot be handed to any program: ${what}`, async () => {
      const place = study.prepare(1, command);
      study.assign(place);
      study.runner();
      expect(await ended(place))
        .to.have.property("why")
        .that.matches(why);
    });
  }

  it("takes an argument of the greatest length that there is", async () => {
    const place = study.prepare(1, { argv: ["true", "x".repeat(2 ** 17 - 1)] });
    study.assign(place);
    study.runner();
    expect(await ended(place)).to.include({ code: 0, why: null });
  });

  it("gives the trial its environment, without what is the editor's", async () => {
    process.env.VSCODE_TEST_ONLY = "1";
    process.env.PYTHONPATH = "/theirs";
    const source =
      "import os; print([os.environ.get(n) for n in ('A', 'VSCODE_TEST_ONLY', 'PYTHONPATH', 'SWEEPDECK_ATTEMPT_DIR')])";
    const place = study.prepare(1, {
      ...study.python(source),
      env: { A: "ours" },
      prepend: { PYTHONPATH: "/ours" },
      unset: ["VSCODE_*"],
    });
    study.assign(place);
    try {
      study.runner();
      await ended(place);
    } finally {
      delete process.env.VSCODE_TEST_ONLY;
      delete process.env.PYTHONPATH;
    }
    expect(textOf(place, "output.log")).to.equal(
      `['ours', None, '/ours:/theirs', '${attemptOf(place)}']\n`,
    );
  });

  it("runs one prepared attempt, and exits as its script did", async () => {
    const place = study.prepare(1, study.python("print('tried'); raise SystemExit(6)"));
    const runner = study.runner(["--once", attemptOf(place)]);
    expect(await runner.ended).to.deep.equal({ code: 6, signal: null });
    expect(runner.printed()).to.contain("tried\n");
    const again = study.runner(["--once", attemptOf(place)]);
    expect((await again.ended).code).to.equal(1);
    expect(again.printed()).to.contain("has this attempt already");
  });

  it("says how it is used", async () => {
    const runner = study.runner(["nonsense"]);
    expect((await runner.ended).code).to.equal(2);
    expect(runner.printed()).to.contain("usage: runner");
  });
});
