/**
 * The processes of a trial, all of them, and how they are ended.
 *
 * A trial is its leader's process group, whatever descends from it, and whatever carries its mark
 * in the environment: a daemon that called setsid(2) has left the group, and has pid 1 for a parent.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "../study/files.js";
import { parseProcStat } from "../study/process.js";
import { folderMark } from "./folderMark.js";

/** The variable that marks the processes of one attempt; its value is the attempt's folder. */
export const attemptVariable = "SWEEPDECK_ATTEMPT_DIR";
/** Marks them too, by which folder that is: a study may be moved while its trials run. */
export const attemptMarkVariable = "SWEEPDECK_ATTEMPT_ID";

export interface TreeRoot {
  readonly pid: number;
  /** As in `ProcessIdentity`, of the leader: a pid is used again. */
  readonly startTime: string;
  readonly attemptDirectory: string;
  /**
   * `group`: the caller has seen the group all along, so what is in it is the trial's.
   * `mark`: once the leader is gone its number may be another's, so members need the mark too.
   */
  readonly trust: "group" | "mark";
}

interface Entry {
  readonly pid: number;
  readonly parentPid: number;
  readonly group: number;
  readonly startTime: string;
  readonly residentKiB: number | undefined;
}

/** The pids of the attempt's processes that still run; zombies run nothing and are left out. */
export function treeOf(root: TreeRoot): readonly number[] {
  return membersOf(root).map((entry) => entry.pid);
}

/** Resident memory of all of them, in MiB; pages that they share are counted once for each. */
export function treeMemoryMiB(root: TreeRoot): number {
  const kiB = membersOf(root).map((entry) => entry.residentKiB ?? residentKiBOf(entry.pid));
  return kiB.reduce((sum, each) => sum + each, 0) / 1024;
}

function membersOf(root: TreeRoot): readonly Entry[] {
  const entries = process.platform === "linux" ? entriesFromProc() : entriesFromPs();
  const leader = entries.find((entry) => entry.pid === root.pid);
  const leaderLives = leader?.startTime === root.startTime;
  const isReused = leader !== undefined && !leaderLives;
  const members = new Set<Entry>();
  for (const entry of entries) {
    if (entry.pid === process.pid || startedBefore(entry, root)) continue;
    const isOfGroup = entry.group === root.pid && !isReused;
    const isTrusted = isOfGroup && (leaderLives || root.trust === "group");
    if (isTrusted || ownerOf(entry.pid, root.attemptDirectory) === "attempt") members.add(entry);
  }
  addDescendants(members, entries);
  return [...members];
}

function addDescendants(members: Set<Entry>, entries: readonly Entry[]): void {
  const pids = new Set([...members].map((entry) => entry.pid));
  for (let grown = true; grown; ) {
    grown = false;
    for (const entry of entries) {
      if (pids.has(entry.pid) || !pids.has(entry.parentPid) || entry.pid === process.pid) continue;
      members.add(entry);
      pids.add(entry.pid);
      grown = true;
    }
  }
}

/** Spares the reading of most environments: what is older than the leader is not of its trial. */
function startedBefore(entry: Entry, root: TreeRoot): boolean {
  return Number(entry.startTime) < Number(root.startTime);
}

/**
 * Whose process it is, by its environment: the attempt's in this folder, or anything else's, such
 * as that of the study which this one is a copy of. `unknown` where no environment can be read.
 */
export function ownerOf(pid: number, attemptDirectory: string): "attempt" | "another" | "unknown" {
  if (process.platform !== "linux") return "unknown";
  let environment: readonly string[];
  try {
    environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return "unknown";
  }
  const directory = valueIn(environment, attemptVariable);
  if (directory === undefined) return "another";
  if (directory === attemptDirectory) return "attempt";
  const mark = folderMark(attemptDirectory);
  const isSame =
    mark !== undefined &&
    (valueIn(environment, attemptMarkVariable) === mark || folderMark(directory) === mark);
  return isSame ? "attempt" : "another";
}

function valueIn(environment: readonly string[], name: string): string | undefined {
  return environment.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
}

function entriesFromProc(): readonly Entry[] {
  const entries: Entry[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    let text: string;
    try {
      text = readFileSync(`/proc/${name}/stat`, "utf8");
    } catch {
      continue;
    }
    const stat = parseProcStat(text);
    if (stat === undefined || stat.state === "Z" || stat.state === "X") continue;
    entries.push({
      pid,
      parentPid: stat.parentPid,
      group: stat.group,
      startTime: stat.startTime,
      residentKiB: undefined,
    });
  }
  return entries;
}

/** The fields of `ps`, the start date last because it holds spaces. */
function entriesFromPs(): readonly Entry[] {
  const text = execFileSync("ps", ["-axo", "pid=,ppid=,pgid=,rss=,stat=,lstart="], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  return parsePs(text);
}

/** Reads the output of `ps -axo pid=,ppid=,pgid=,rss=,stat=,lstart=`. */
export function parsePs(text: string): readonly Entry[] {
  const line = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/gm;
  return [...text.matchAll(line)]
    .filter(([, , , , , state]) => state?.startsWith("Z") === false)
    .map(([, pid, parentPid, group, rss, , startTime]) => ({
      pid: Number(pid),
      parentPid: Number(parentPid),
      group: Number(group),
      residentKiB: Number(rss),
      startTime: startTime ?? "",
    }));
}

function residentKiBOf(pid: number): number {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match === null ? 0 : Number(match[1]);
  } catch {
    return 0;
  }
}

/** Which signal is sent how long after the wish, in the order of time. */
export type Schedule = readonly { readonly afterMs: number; readonly signal: NodeJS.Signals }[];

export const defaultGraceMs = 10_000;

/** SIGINT, and a grace period later SIGTERM, and another later SIGKILL. */
export function interruptSchedule(graceMs: number): Schedule {
  return [
    { afterMs: 0, signal: "SIGINT" },
    { afterMs: graceMs, signal: "SIGTERM" },
    { afterMs: 2 * graceMs, signal: "SIGKILL" },
  ];
}

export const killSchedule: Schedule = [{ afterMs: 0, signal: "SIGKILL" }];

/**
 * For what is left when the leader has ended: wandb's service, say, is still writing its file, and
 * is gone a moment later.
 */
export const sweepSchedule: Schedule = [
  { afterMs: 1_000, signal: "SIGTERM" },
  { afterMs: 6_000, signal: "SIGKILL" },
];

const lookEveryMs = 40;
/** How long the leader is left to write the exit code of a script that SIGKILL has ended. */
const leaderGraceMs = 2_000;
/** What SIGKILL has not ended by then hangs in the kernel, or is another user's. */
const patienceMs = 30_000;

/**
 * Ends every process of the tree, by the schedule. Resolves when none is left, or when `abandon`
 * says that somebody else goes on with it, with the pids that could not be ended.
 */
export async function endTree(
  root: TreeRoot,
  schedule: Schedule,
  abandon?: AbortSignal,
): Promise<readonly number[]> {
  const startedMs = performance.now();
  const giveUpMs = patienceMs + (schedule.at(-1)?.afterMs ?? 0);
  let sent = -1;
  while (abandon?.aborted !== true) {
    const members = membersOf(root);
    const elapsedMs = performance.now() - startedMs;
    if (members.length === 0) return [];
    if (elapsedMs > giveUpMs) return members.map((entry) => entry.pid);
    const due = schedule.findLastIndex((step) => step.afterMs <= elapsedMs);
    const step = schedule[due];
    if (step?.signal === "SIGKILL") {
      killAll(members, root, elapsedMs - step.afterMs > leaderGraceMs);
    } else if (step !== undefined && due > sent) {
      signalAll(members, root, step.signal);
    }
    sent = due;
    await delay(lookEveryMs);
  }
  return [];
}

/** The group by one call, so that none forked meanwhile is left out; those who left it one by one. */
function signalAll(members: readonly Entry[], root: TreeRoot, signal: NodeJS.Signals): void {
  if (members.some((entry) => entry.group === root.pid)) send(-root.pid, signal);
  for (const entry of members) {
    if (entry.group !== root.pid) send(entry.pid, signal);
  }
}

/** Again at every look, since what was forked between a look and its signals is still there. */
function killAll(members: readonly Entry[], root: TreeRoot, leaderToo: boolean): void {
  for (const { pid } of members) {
    if (pid !== root.pid || leaderToo) send(pid, "SIGKILL");
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // EPERM: it has become another user's (sudo), and is not ours to end.
    const code = errorCode(error);
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
