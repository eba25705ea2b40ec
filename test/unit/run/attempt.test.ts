import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import * as esbuild from "esbuild";
import {
  claimAttempt,
  closeAbandoned,
  forestallLeader,
  readAttempt,
  readStop,
  withdrawAttempt,
  writeEnd,
  writeStop,
} from "../../../src/run/attempt.js";
import { folderMark } from "../../../src/run/folderMark.js";
import { attemptMarkVariable, attemptVariable } from "../../../src/run/processTree.js";
import type { AttemptPlace } from "../../../src/study/executor.js";
import { bootId, startTimeOf, thisProcess } from "../../../src/study/process.js";
import { attemptOf, RunStudy, textOf } from "../../support/run-study.js";

describe("the status of an attempt", function () {
  this.timeout(20_000);
  let study: RunStudy;
  let place: AttemptPlace;
  let leading: { readonly pid: number; readonly startTime: string };
  beforeEach(() => {
    study = new RunStudy();
    place = study.prepare(1, { argv: ["true"] });
    leading = startLeading({ [attemptVariable]: attemptOf(place) });
  });
  afterEach(() => {
    for (const process of processes.splice(0)) process.kill("SIGKILL");
    study[Symbol.dispose]();
  });

  const processes: ChildProcess[] = [];
  /** A process that may stand for a leader, with these marks in its environment. */
  const startLeading = (marks: NodeJS.ProcessEnv) => {
    const child = spawn("sleep", ["600"], { env: { PATH: process.env.PATH, ...marks } });
    processes.push(child);
    const pid = child.pid ?? 0;
    return { pid, startTime: startTimeOf(pid) ?? "" };
  };

  const write = (file: string, text: string) =>
    writeFileSync(path.join(attemptOf(place), file), text);
  const claimBy = (more: object) =>
    write(
      "claim.json",
      JSON.stringify({
        by: "runner",
        slot: 2,
        at: "2026-11-24T00:00:00Z",
        ...thisProcess(),
        ...more,
      }),
    );
  /** A process that was, on this boot: its number may be another's now. */
  const dead = { startTime: "1" };
  const leader = (startTime = leading.startTime, boot = bootId()) => {
    const fields = Array.from({ length: 50 }, () => "0");
    fields[19] = startTime;
    write(
      "pid",
      `${leading.pid}\n${leading.pid} (a (name) with brackets) ${fields.join(" ")}\n${boot}\n`,
    );
  };
  const end = (more: object) =>
    writeEnd(attemptOf(place), {
      code: null,
      signal: null,
      startedAt: null,
      endedAt: "2026-11-24T00:00:00Z",
      stop: null,
      why: null,
      ...more,
    });

  it("is unclaimed until somebody takes it, also where nothing is there at all", () => {
    expect(readAttempt(place)).to.deep.equal({ state: "unclaimed" });
    expect(readAttempt({ ...place, attempt: 9 })).to.deep.equal({ state: "unclaimed" });
  });

  it("is withdrawn when the conductor took it back, and stays so", () => {
    expect(withdrawAttempt({ ...place, attempt: 9 })).to.equal(true);
    expect(withdrawAttempt({ ...place, attempt: 9 })).to.equal(true);
    expect(readAttempt({ ...place, attempt: 9 })).to.deep.equal({ state: "withdrawn" });
    expect(claimAttempt(path.join(place.trialDirectory, "attempts/9"), "runner", 0)).to.equal(
      false,
    );
  });

  it("cannot be withdrawn once a runner has it", () => {
    expect(claimAttempt(attemptOf(place), "runner", 3)).to.equal(true);
    expect(withdrawAttempt(place)).to.equal(false);
    expect(readAttempt(place)).to.deep.equal({ state: "starting", slot: 3 });
  });

  it("is starting while its leader is writing its name, but not for ever", () => {
    claimBy({});
    write("pid", "12");
    expect(readAttempt(place)).to.deep.equal({ state: "starting", slot: 2 });
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(path.join(attemptOf(place), "pid"), longAgo, longAgo);
    expect(readAttempt(place)).to.include({ state: "gone" });
  });

  it("is running while the leader lives, whatever its runner does", () => {
    claimBy(dead);
    leader();
    expect(readAttempt(place)).to.deep.equal({ state: "running", slot: 2, pid: leading.pid });
  });

  it("is ended with the exit code, once that is written whole", () => {
    claimBy({});
    leader();
    write("exit", "13");
    expect(readAttempt(place)).to.include({ state: "running" });
    appendFileSync(path.join(attemptOf(place), "exit"), "7\n");
    expect(readAttempt(place)).to.include({ state: "ended", code: 137 });
  });

  it("is gone when another process has the leader's number", () => {
    claimBy({});
    leader("1");
    expect(readAttempt(place)).to.deep.equal({
      state: "gone",
      why: "exit unknown: its process is gone and left no exit code",
    });
    end({ signal: "SIGKILL" });
    expect(readAttempt(place)).to.have.property("why").that.contains("SIGKILL ended it");
  });

  it("is gone after the machine was restarted, unless it left its exit code", () => {
    claimBy({ bootId: "another" });
    leader(leading.startTime, "another");
    expect(readAttempt(place)).to.include({ state: "gone" });
    write("exit", "0\n");
    expect(readAttempt(place)).to.include({ state: "ended", code: 0 });
  });

  it("is unknown on another machine, unless it left its exit code", () => {
    claimBy({ host: `not-${hostname()}`, bootId: "another" });
    expect(readAttempt(place)).to.deep.equal({ state: "unknown", host: `not-${hostname()}` });
    leader(leading.startTime, "another");
    expect(readAttempt(place)).to.deep.equal({ state: "unknown", host: `not-${hostname()}` });
    closeAbandoned(place);
    write("exit", "0\n");
    expect(readAttempt(place)).to.include({ state: "ended", code: 0 });
  });

  it("is the same machine's after that was given another name, but not another container's", () => {
    claimBy({ host: `not-${hostname()}` });
    leader();
    expect(readAttempt(place)).to.include({ state: "running" });
    leader("1");
    expect(readAttempt(place)).to.include({ state: "gone" });
    claimBy({ host: `not-${hostname()}`, pidNamespace: "pid:[1]" });
    expect(readAttempt(place)).to.include({ state: "unknown" });
  });

  it("is gone in a copy of its study, though the process of the original lives", () => {
    claimBy({ folder: folderMark(attemptOf(place)) });
    leader();
    expect(readAttempt(place)).to.include({ state: "running" });
    const copy = { ...place, trialDirectory: `${place.trialDirectory}-copy` };
    cpSync(place.trialDirectory, copy.trialDirectory, { recursive: true });
    expect(readAttempt(copy)).to.include({ state: "gone" });
    expect(readAttempt(copy)).to.have.property("why").that.contains("this study is a copy");
    expect(readAttempt(place)).to.include({ state: "running" });
  });

  it("is running where its study was moved, or is reached by another path", () => {
    const mark = folderMark(attemptOf(place)) ?? "";
    leading = startLeading({ [attemptVariable]: attemptOf(place), [attemptMarkVariable]: mark });
    claimBy({ folder: mark });
    leader();
    const linked = { ...place, trialDirectory: path.join(study.directory, "linked") };
    symlinkSync(place.trialDirectory, linked.trialDirectory);
    expect(readAttempt(linked)).to.include({ state: "running" });
    const moved = { ...place, trialDirectory: path.join(study.directory, "moved") };
    renameSync(place.trialDirectory, moved.trialDirectory);
    expect(readAttempt(moved)).to.include({ state: "running" });
  });

  it("starts in a copy neither as the original's runner starts it, nor ever", () => {
    claimAttempt(attemptOf(place), "runner", 0);
    const copy = { ...place, trialDirectory: `${place.trialDirectory}-copy` };
    cpSync(place.trialDirectory, copy.trialDirectory, { recursive: true });
    closeAbandoned(place);
    closeAbandoned(copy);
    expect(readAttempt(place)).to.include({ state: "starting" });
    expect(readAttempt(copy)).to.include({ state: "gone" });
  });

  it("is unknown where a later version has claimed it", () => {
    write("claim.json", '{"by": "somebody else"}');
    expect(readAttempt(place)).to.include({ state: "unknown" });
    expect(withdrawAttempt(place)).to.equal(false);
  });

  it("is gone, never started, when its runner died before the leader: one that comes late gives up", () => {
    claimBy(dead);
    closeAbandoned(place);
    expect(readAttempt(place)).to.deep.equal({
      state: "gone",
      why: "it never started: its runner was gone",
    });
    expect(textOf(place, "pid")).to.equal("never started\n");
  });

  it("is not given up while its runner lives, nor over a leader that was first", () => {
    claimBy({});
    closeAbandoned(place);
    expect(textOf(place, "pid")).to.equal(undefined);
    claimBy(dead);
    leader();
    closeAbandoned(place);
    expect(readAttempt(place)).to.include({ state: "running" });
    expect(forestallLeader(attemptOf(place))).to.equal(false);
  });

  it("says what its runner said, where it never started", () => {
    claimBy({});
    end({ why: "it never started: no folder" });
    expect(readAttempt(place)).to.deep.equal({ state: "gone", why: "it never started: no folder" });
  });

  it("keeps the first reason to stop, and the strongest mode", () => {
    const directory = attemptOf(place);
    writeStop(directory, { mode: "interrupt", by: "rule", reason: "hopeless" });
    writeStop(directory, { mode: "interrupt", by: "user", reason: "bored" });
    expect(readStop(directory)).to.deep.equal({
      mode: "interrupt",
      by: "rule",
      reason: "hopeless",
    });
    writeStop(directory, { mode: "kill", by: "user", reason: "bored" });
    writeStop(directory, { mode: "interrupt", by: "user", reason: "late" });
    expect(readStop(directory)).to.deep.equal({ mode: "kill", by: "rule", reason: "hopeless" });
  });

  it("has one taker, however many processes try at once", async () => {
    const places = Array.from({ length: 200 }, (_, trial) =>
      study.prepare(trial + 10, { argv: ["true"] }),
    );
    const racer = path.join(mkdtempSync(path.join(study.directory, "racer-")), "racer.mjs");
    esbuild.buildSync({
      stdin: {
        contents: `
          import { claimAttempt } from "./attempt.ts";
          import { existsSync, writeFileSync } from "node:fs";
          const [ready, go, ...places] = process.argv.slice(2);
          writeFileSync(ready, "");
          while (!existsSync(go));
          console.log(JSON.stringify(places.map((place) => claimAttempt(place, "runner", 0))));`,
        resolveDir: path.resolve(import.meta.dirname, "../../../src/run"),
      },
      outfile: racer,
      bundle: true,
      platform: "node",
      format: "esm",
    });
    const go = path.join(study.directory, "go");
    const racers = [1, 2, 3, 4].map((number) =>
      promisify(execFile)(process.execPath, [
        racer,
        path.join(study.directory, `ready-${number}`),
        go,
        ...places.map(attemptOf),
      ]),
    );
    writeFileSync(go, "");
    const won: boolean[][] = (await Promise.all(racers)).map(({ stdout }) => JSON.parse(stdout));
    for (const [index, each] of places.entries()) {
      expect(won.filter((wins) => wins[index])).to.have.length(1);
      expect(JSON.parse(readFileSync(path.join(attemptOf(each), "claim.json"), "utf8"))).to.include(
        { by: "runner" },
      );
    }
  });
});
