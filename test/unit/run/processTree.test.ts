import { type ChildProcess, spawn } from "node:child_process";
import { expect } from "chai";
import {
  attemptVariable,
  endTree,
  parsePs,
  treeMemoryMiB,
  treeOf,
} from "../../../src/run/processTree.js";
import { startTimeOf } from "../../../src/study/process.js";
import { kill, runs } from "../../support/run-study.js";
import { until } from "../../support/until.js";

/** A leader with a child in its group, a grandchild that left it, and one that left it and forgot its origin. */
const family = `
import os, sys, time
def child(run):
    if os.fork() == 0:
        run(); os.write(1, b"%d\\n" % os.getpid()); time.sleep(600); os._exit(0)
def daemon():
    os.setsid()
    if os.fork(): os._exit(0)
child(lambda: None)
child(daemon)
ballast = b"x" * 160_000_000
os.write(1, b"%d\\n" % os.getpid())
time.sleep(600)`;

describe("the process tree of a trial", function () {
  this.timeout(20_000);
  const families: ChildProcess[] = [];
  afterEach(() => {
    for (const { pid, stdout } of families.splice(0)) {
      stdout?.destroy();
      if (pid !== undefined) kill(-pid);
    }
  });

  const startFamily = async () => {
    const directory = `/nowhere/attempt-${Math.random()}`;
    const child = spawn("python3", ["-c", family], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, [attemptVariable]: directory },
    });
    families.push(child);
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    await until("all have said their numbers", () => text.split("\n").length === 4);
    const pid = child.pid ?? 0;
    const startTime = await until("it is there", () => startTimeOf(pid));
    const pids = text.trim().split("\n").map(Number);
    return { root: { pid, startTime, attemptDirectory: directory, trust: "mark" } as const, pids };
  };

  it("holds the group and the daemons that left it, and nobody else", async () => {
    const { root, pids } = await startFamily();
    expect([...treeOf(root)].sort()).to.deep.equal([...pids].sort());
    expect(treeMemoryMiB(root)).to.be.greaterThan(100).and.lessThan(1000);
    await endTree(root, [{ afterMs: 0, signal: "SIGKILL" }]);
    expect(pids.filter(runs)).to.deep.equal([]);
  });

  it("is found by its mark when the leader is gone, and its number is another's", async () => {
    const { root, pids } = await startFamily();
    process.kill(root.pid, "SIGKILL");
    await until("the leader is gone", () => !runs(root.pid));
    const reused = { ...root, pid: process.pid, startTime: "1" };
    expect([...treeOf(reused)].sort()).to.deep.equal(pids.filter((pid) => pid !== root.pid).sort());
    await endTree(reused, [{ afterMs: 0, signal: "SIGTERM" }]);
    expect(pids.filter(runs)).to.deep.equal([]);
  });

  it("is left alone when somebody else goes on with it", async () => {
    const { root, pids } = await startFamily();
    expect(
      await endTree(root, [{ afterMs: 0, signal: "SIGTERM" }], AbortSignal.abort()),
    ).to.deep.equal([]);
    expect(pids.filter(runs)).to.deep.equal(pids);
    await endTree(root, [{ afterMs: 0, signal: "SIGKILL" }]);
  });

  it("is read from ps where there is no /proc, without zombies", () => {
    const text =
      "    1     0     1   4096 Ss   Tue Nov 24 03:44:31 2026    \n" +
      "  501     1   501  20480 Z    Tue Nov 24 03:44:31 2026    \n" +
      "  502   501   501 102400 R+   Wed Nov  4 13:00:01 2026\n";
    expect(parsePs(text)).to.deep.equal([
      { pid: 1, parentPid: 0, group: 1, residentKiB: 4096, startTime: "Tue Nov 24 03:44:31 2026" },
      {
        pid: 502,
        parentPid: 501,
        group: 501,
        residentKiB: 102400,
        startTime: "Wed Nov  4 13:00:01 2026",
      },
    ]);
  });
});
