/**
 * One launch of a trial, as its files tell it (docs/studies-on-disk.md, "Slots and attempts").
 *
 * Nothing here remembers anything: whoever reads the same files comes to the same status.
 */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { AttemptPlace, AttemptStatus, StopIntent } from "../study/executor.js";
import {
  errorCode,
  publishOnce,
  readJsonIfThere,
  readTextIfThere,
  writeWhole,
} from "../study/files.js";
import {
  type Liveness,
  livenessOf,
  type ProcessIdentity,
  parseProcStat,
  processIdentitySchema,
  thisProcess,
} from "../study/process.js";
import { stopIntentSchema } from "../study/stop-intent.js";
import { folderMark } from "./folderMark.js";
import { ownerOf } from "./processTree.js";

const commandSchema = z.object({
  argv: z.array(z.string()).min(1),
  cwd: z.string(),
  /** Added to, or put over, what the runner's own environment has. */
  env: z.record(z.string(), z.string()),
  /** Put in front of a list of folders, such as PYTHONPATH, that may be there already. */
  prepend: z.record(z.string(), z.string()).default({}),
  /** Taken out; a name may end in `*`. */
  unset: z.array(z.string()).default([]),
  /** The slot's name, as shown to people. */
  slot: z.string(),
  study: z.string().nullable().default(null),
});
export type AttemptCommand = z.infer<typeof commandSchema>;

const claimSchema = z.object({
  ...processIdentitySchema.shape,
  by: z.enum(["runner", "conductor"]),
  slot: z.int().nonnegative(),
  at: z.string(),
  /** `folderMark` of the attempt: in a copy of the study the claim is another attempt's. */
  folder: z.string().optional(),
});
export type AttemptClaim = z.infer<typeof claimSchema>;

const endSchema = z.object({
  /** The script's exit code, as its leader wrote it. */
  code: z.int().nullable(),
  /** The signal that ended the leader itself. */
  signal: z.string().nullable(),
  /** Null when it never started. */
  startedAt: z.string().nullable(),
  endedAt: z.string(),
  /** The wish that ended it, if one did. */
  stop: z.enum(["interrupt", "kill"]).nullable(),
  /** Why it did not start, or could not be ended; a sentence. */
  why: z.string().nullable().default(null),
});
export type AttemptEnd = z.infer<typeof endSchema>;

export function attemptDirectoryOf(place: AttemptPlace): string {
  return path.join(place.trialDirectory, "attempts", String(place.attempt));
}

export function readCommand(attemptDirectory: string): AttemptCommand | undefined {
  const parsed = commandSchema.safeParse(
    readJsonIfThere(path.join(attemptDirectory, "command.json")),
  );
  return parsed.success ? parsed.data : undefined;
}

/** `unreadable` where a claim is there that this version does not understand: somebody has the attempt. */
export function readClaim(attemptDirectory: string): AttemptClaim | "unreadable" | undefined {
  const text = readTextIfThere(path.join(attemptDirectory, "claim.json"));
  if (text === undefined) return undefined;
  const parsed = claimSchema.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : "unreadable";
}

/** Takes the attempt; of any number of callers, in any processes, one gets true. */
export function claimAttempt(
  attemptDirectory: string,
  by: AttemptClaim["by"],
  slot: number,
): boolean {
  const folder = folderMark(attemptDirectory);
  const claim: AttemptClaim = {
    by,
    slot,
    at: new Date().toISOString(),
    ...thisProcess(),
    ...(folder === undefined ? {} : { folder }),
  };
  return publishOnce(path.join(attemptDirectory, "claim.json"), JSON.stringify(claim));
}

/** Takes back an attempt that nobody has claimed, so that it never starts; false when a runner was first. */
export function withdrawAttempt(place: AttemptPlace): boolean {
  const directory = attemptDirectoryOf(place);
  mkdirSync(directory, { recursive: true });
  if (claimAttempt(directory, "conductor", 0)) return true;
  const claim = readClaim(directory);
  return claim !== "unreadable" && claim?.by === "conductor";
}

export function readStop(attemptDirectory: string): StopIntent | undefined {
  const parsed = stopIntentSchema.safeParse(
    readJsonIfThere(path.join(attemptDirectory, "stop.json")),
  );
  return parsed.success ? parsed.data : undefined;
}

/** Puts the wish to end it on disk. The first reason stays; a later wish can only make it stronger. */
export function writeStop(attemptDirectory: string, intent: StopIntent): void {
  const earlier = readStop(attemptDirectory);
  if (earlier !== undefined && (earlier.mode === "kill" || intent.mode === "interrupt")) return;
  const wish = earlier === undefined ? intent : { ...earlier, mode: intent.mode };
  writeWhole(
    path.join(attemptDirectory, "stop.json"),
    JSON.stringify({ ...wish, at: new Date().toISOString() }),
  );
}

export function readEnd(attemptDirectory: string): AttemptEnd | undefined {
  const parsed = endSchema.safeParse(readJsonIfThere(path.join(attemptDirectory, "end.json")));
  return parsed.success ? parsed.data : undefined;
}

export function writeEnd(attemptDirectory: string, end: AttemptEnd): void {
  writeWhole(path.join(attemptDirectory, "end.json"), JSON.stringify(end), "quick");
}

/** Whether the process that claimed the attempt still has it; one that claimed what this is a copy of is `gone`. */
export function claimLiveness(claim: AttemptClaim, attemptDirectory: string): Liveness {
  const liveness = livenessOf(claim);
  return liveness === "alive" && !isClaimOf(claim, attemptDirectory) ? "gone" : liveness;
}

function isClaimOf(claim: AttemptClaim, attemptDirectory: string): boolean {
  return claim.folder === undefined || claim.folder === folderMark(attemptDirectory);
}

/**
 * Whether a leader runs; `another's` where it does, and leads the attempt that this one is a copy
 * of: a pid with its start time says who runs, never for whom.
 */
export function leaderLiveness(
  identity: ProcessIdentity,
  claim: AttemptClaim,
  attemptDirectory: string,
): Liveness | "another's" {
  const liveness = livenessOf(identity);
  if (liveness !== "alive") return liveness;
  const owner = ownerOf(identity.pid, attemptDirectory);
  const isOurs = owner === "unknown" ? isClaimOf(claim, attemptDirectory) : owner === "attempt";
  return isOurs ? "alive" : "another's";
}

/** Who leads the attempt's process group; `origin` is where its claim was made, for the leader does not know it. */
export type Leader =
  | { readonly state: "absent" }
  /** The leader has made its file and is about to write it: a moment, unless the disk is full. */
  | { readonly state: "writing"; readonly sinceMs: number }
  /** The name was taken so that no leader starts any more. */
  | { readonly state: "forestalled" }
  | { readonly state: "known"; readonly identity: ProcessIdentity };

const forestalledText = "never started\n";

export function readLeader(
  attemptDirectory: string,
  origin: Pick<ProcessIdentity, "host" | "pidNamespace">,
): Leader {
  const file = path.join(attemptDirectory, "pid");
  const text = readTextIfThere(file);
  if (text === undefined) return { state: "absent" };
  if (text === forestalledText) return { state: "forestalled" };
  const [pid, stat, bootId, rest] = text.split("\n");
  if (rest === undefined) return { state: "writing", sinceMs: statSync(file).mtimeMs };
  const identity = processIdentitySchema.safeParse({
    pid: Number(pid),
    startTime: parseProcStat(stat ?? "")?.startTime ?? (stat ?? "").trim(),
    bootId,
    host: origin.host,
    pidNamespace: origin.pidNamespace,
  });
  return identity.success
    ? { state: "known", identity: identity.data }
    : { state: "writing", sinceMs: statSync(file).mtimeMs };
}

/**
 * Takes the leader's name, so that one which was about to start gives up. False when it was there
 * first. In the leader's own way (O_EXCL), for the two must see each other on any file system.
 */
export function forestallLeader(attemptDirectory: string): boolean {
  try {
    writeFileSync(path.join(attemptDirectory, "pid"), forestalledText, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

export interface Exit {
  readonly code: number;
  readonly atMs: number;
}

/** Undefined until the leader has written the whole line; before that, what holds its place on the disk stands there. */
export function readExit(attemptDirectory: string): Exit | undefined {
  const file = path.join(attemptDirectory, "exit");
  const match = /^(\d+) *\n$/.exec(readTextIfThere(file) ?? "");
  return match === null ? undefined : { code: Number(match[1]), atMs: statSync(file).mtimeMs };
}

/** A leader writes its file in a moment; one that has not done so after this long never will. */
const writingLimitMs = 10_000;

/** What the files say, and the process that they name. Changes nothing. */
export function readAttempt(place: AttemptPlace): AttemptStatus {
  const directory = attemptDirectoryOf(place);
  const claim = readClaim(directory);
  if (claim === undefined) return { state: "unclaimed" };
  if (claim === "unreadable") return { state: "unknown", host: "a newer version of Sweepdeck" };
  if (claim.by === "conductor") return { state: "withdrawn" };
  const leader = readLeader(directory, claim);
  switch (leader.state) {
    case "known":
      return ledBy(leader.identity, claim, directory);
    case "forestalled":
      return {
        state: "gone",
        why: readEnd(directory)?.why ?? "it never started: its runner was gone",
      };
    case "writing":
      return Date.now() - leader.sinceMs > writingLimitMs
        ? { state: "gone", why: "it never started: its pid file could not be written" }
        : { state: "starting", slot: claim.slot };
    case "absent":
      return notLed(claim, directory);
  }
}

function ledBy(identity: ProcessIdentity, claim: AttemptClaim, directory: string): AttemptStatus {
  // The process is asked for before the file: a leader writes `exit` and only then is gone, so the
  // other way round a trial that ended in between would seem to have left no exit code.
  const liveness = leaderLiveness(identity, claim, directory);
  const exit = readExit(directory);
  if (exit !== undefined) return { state: "ended", code: exit.code, endedAtMs: exit.atMs };
  switch (liveness) {
    case "alive":
      return { state: "running", slot: claim.slot, pid: identity.pid };
    case "another's":
      return {
        state: "gone",
        why: "exit unknown: this study is a copy, and the trial runs on in the one that it was copied from",
      };
    case "elsewhere":
      return { state: "unknown", host: identity.host };
    case "gone": {
      const signal = readEnd(directory)?.signal;
      return {
        state: "gone",
        why:
          signal === undefined || signal === null
            ? "exit unknown: its process is gone and left no exit code"
            : `exit unknown: ${signal} ended it before its exit code was written`,
      };
    }
  }
}

function notLed(claim: AttemptClaim, directory: string): AttemptStatus {
  const end = readEnd(directory);
  if (end !== undefined) {
    return { state: "gone", why: end.why ?? "it was stopped before it started" };
  }
  return livenessOf(claim) === "elsewhere"
    ? { state: "unknown", host: claim.host }
    : { state: "starting", slot: claim.slot };
}

/** Settles an attempt whose runner died before it started anything, for else it would be starting for ever. */
export function closeAbandoned(place: AttemptPlace): void {
  const directory = attemptDirectoryOf(place);
  const claim = readClaim(directory);
  if (claim === undefined || claim === "unreadable" || claim.by === "conductor") return;
  if (readLeader(directory, claim).state !== "absent") return;
  if (claimLiveness(claim, directory) !== "gone") return;
  if (readEnd(directory) === undefined) forestallLeader(directory);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
