/**
 * Runs one attempt: claims it, starts its leader, shows its output, ends it when that is wished,
 * and writes down how it ended. It only watches: killed at any point, it takes nothing with it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, statSync } from "node:fs";
import path from "node:path";
import type { StopIntent } from "../study/executor.js";
import { startTimeOf, thisProcess } from "../study/process.js";
import {
  type AttemptCommand,
  type AttemptEnd,
  claimAttempt,
  readCommand,
  readExit,
  readLeader,
  readStop,
  writeEnd,
} from "./attempt.js";
import { environmentOf } from "./environment.js";
import { folderMark } from "./folderMark.js";
import { leaderArguments, leaderGaveUp } from "./leader.js";
import { unpassable } from "./passing.js";
import {
  attemptMarkVariable,
  attemptVariable,
  endTree,
  interruptSchedule,
  killSchedule,
  sweepSchedule,
  type TreeRoot,
} from "./processTree.js";
import type { Terminal } from "./terminal.js";
import type { Wake } from "./wake.js";

export interface AttemptRunOptions {
  /** Absolute. */
  readonly attemptDirectory: string;
  readonly slot: number;
  /** Undefined where nobody looks. */
  readonly terminal: Terminal | undefined;
  readonly wake: Wake;
  readonly graceMs: number;
  /** Called once the attempt is ours, before it starts. */
  readonly onClaimed: (command: AttemptCommand | undefined) => void;
}

/** Undefined when somebody else has the attempt, or its folder was moved or deleted as it ran. */
export type AttemptRun = AttemptEnd | undefined;

const lookEveryMs = 50;

export async function runAttempt(options: AttemptRunOptions): Promise<AttemptRun> {
  const { attemptDirectory, slot } = options;
  if (!claimAttempt(attemptDirectory, "runner", slot)) return undefined;
  const command = readCommand(attemptDirectory);
  options.onClaimed(command);
  const refusal = refusalOf(command, attemptDirectory);
  if (refusal !== undefined || command === undefined) {
    return conclude(attemptDirectory, { ...neverStarted(attemptDirectory), why: refusal ?? null });
  }
  const startedAt = new Date().toISOString();
  const started = await startLeader(command, attemptDirectory);
  if ("failure" in started) {
    return conclude(attemptDirectory, { ...neverStarted(attemptDirectory), why: started.failure });
  }
  const death = await follow(options, started);
  if (death === undefined) return undefined;
  if (death.code === leaderGaveUp && !leads(started, attemptDirectory)) return undefined;
  const left = await endTree(rootOf(started, attemptDirectory), sweepSchedule);
  return conclude(attemptDirectory, {
    code: readExit(attemptDirectory)?.code ?? null,
    signal: death.signal,
    startedAt,
    endedAt: new Date().toISOString(),
    stop: readStop(attemptDirectory)?.mode ?? null,
    why: left.length === 0 ? null : `could not be ended: process ${left.join(", ")}`,
  });
}

function conclude(attemptDirectory: string, end: AttemptEnd): AttemptEnd {
  writeEnd(attemptDirectory, end);
  return end;
}

function neverStarted(attemptDirectory: string): AttemptEnd {
  const stop = readStop(attemptDirectory)?.mode ?? null;
  return {
    code: null,
    signal: null,
    startedAt: null,
    endedAt: new Date().toISOString(),
    stop,
    why: null,
  };
}

/** Why the attempt is not started, as a sentence; undefined when nothing speaks against it. */
function refusalOf(command: AttemptCommand | undefined, attemptDirectory: string) {
  if (command === undefined) return "it never started: its command.json cannot be read";
  if (readStop(attemptDirectory) !== undefined) return "it was stopped before it started";
  const trouble = unpassable(command);
  if (trouble !== undefined) return `it never started: ${trouble}`;
  try {
    if (statSync(command.cwd).isDirectory()) return undefined;
  } catch {
    // Said below: whatever stands in the way, it is no folder for us.
  }
  return `it never started: there is no folder ${command.cwd}; set sweepdeck.cwd to one that exists`;
}

interface StartedLeader {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly startTime: string;
  readonly death: Promise<Death>;
}

interface Death {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

async function startLeader(
  command: AttemptCommand,
  attemptDirectory: string,
): Promise<StartedLeader | { readonly failure: string }> {
  const env: Record<string, string> = {
    ...environmentOf(command, process.env),
    [attemptVariable]: attemptDirectory,
    [attemptMarkVariable]: folderMark(attemptDirectory) ?? "",
  };
  const log = openSync(path.join(attemptDirectory, "output.log"), "a");
  try {
    const child = spawn("/bin/sh", leaderArguments(attemptDirectory, command.argv, env.PATH), {
      cwd: command.cwd,
      env,
      detached: true,
      stdio: ["ignore", log, log],
    });
    const death = new Promise<Death>((resolve) =>
      child.once("exit", (code, signal) => resolve({ code, signal })),
    );
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    const pid = child.pid ?? 0;
    return { child, pid, startTime: startTimeOf(pid) ?? "", death };
  } catch (error) {
    return { failure: `it never started: ${error instanceof Error ? error.message : error}` };
  } finally {
    closeSync(log);
  }
}

/**
 * Until the leader has ended, or undefined when the attempt's folder has gone from its place: the
 * trial runs on, and is for whoever conducts the study where that is now.
 */
async function follow(
  { attemptDirectory, terminal, wake, graceMs }: AttemptRunOptions,
  leader: StartedLeader,
): Promise<Death | undefined> {
  const followed = terminal?.follow(path.join(attemptDirectory, "output.log"));
  const watching = wake.watch(attemptDirectory);
  let death: Death | undefined;
  void leader.death.then((how) => {
    death = how;
    wake.hint();
  });
  let ending: { mode: StopIntent["mode"]; abandon: AbortController } | undefined;
  try {
    while (death === undefined && existsSync(attemptDirectory)) {
      terminal?.pump();
      const mode = readStop(attemptDirectory)?.mode;
      if (mode !== undefined && mode !== ending?.mode) {
        ending?.abandon.abort();
        ending = { mode, abandon: new AbortController() };
        const schedule = mode === "kill" ? killSchedule : interruptSchedule(graceMs);
        void endTree(rootOf(leader, attemptDirectory), schedule, ending.abandon.signal);
      }
      await wake.next(lookEveryMs);
    }
    return death;
  } finally {
    ending?.abandon.abort();
    watching[Symbol.dispose]();
    followed?.end();
  }
}

function rootOf({ pid, startTime }: StartedLeader, attemptDirectory: string): TreeRoot {
  return { pid, startTime, attemptDirectory, trust: "group" };
}

/** Whether the leader that we started is the one whose name is on the attempt. */
function leads({ pid }: StartedLeader, attemptDirectory: string): boolean {
  const leader = readLeader(attemptDirectory, thisProcess());
  return leader.state === "known" && leader.identity.pid === pid;
}
