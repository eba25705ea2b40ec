/**
 * The conductor's view of one running trial: what it has measured, and what of that belongs into
 * the journal.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { Measured } from "./closing.js";
import type { AttemptPlace, StopIntent } from "./executor.js";
import { errorCode, readJsonIfThere } from "./files.js";
import type { OpenReader, Reader } from "./reader.js";
import { Thinning } from "./thinning.js";
import type { Goal, Report } from "./trial.js";

export interface ObjectiveRule {
  readonly name: string;
  readonly goal: Goal;
  readonly value: "best" | "last";
}

export interface Pursuit {
  readonly place: AttemptPlace;
  /** Reports that the journal should carry and does not yet, oldest first. */
  read(): readonly Report[];
  /** As `read`, once the trial has ended: the last report is among them, whatever was thinned out. */
  readToEnd(): readonly Report[];
  measured(): Measured;
}

/**
 * Follows an attempt from its beginning. `journaled` are the objective's reports that the journal
 * holds already: an adopted trial is read again from the start, and nothing is written twice.
 */
export function pursue(
  place: AttemptPlace,
  objective: ObjectiveRule | undefined,
  journaled: readonly Report[],
  openReader: OpenReader,
): Pursuit {
  const reader: Reader = openReader(place);
  const known = new Map(journaled);
  /** The last value of every metric. */
  const metrics: Record<string, number> = {};
  /** The same at the step of the report that counts, so that values of one step stand together. */
  let counted:
    | { readonly step: number | undefined; readonly metrics: Record<string, number> }
    | undefined;
  const thinning = new Thinning();
  let count = 0;
  let best: number | null = null;
  let last: number | null = null;
  let pending: Report | undefined;

  const isBetter = (value: number, than: number) =>
    objective?.goal === "maximize" ? value > than : value < than;

  const take = (measurements: ReturnType<Reader["read"]>): Report[] => {
    const fresh: Report[] = [];
    for (const { step, metrics: values } of measurements) {
      Object.assign(metrics, values);
      // What a script prints of a step may come in several lines.
      if (step !== undefined && counted?.step === step) Object.assign(counted.metrics, values);
      const value = objective === undefined ? undefined : values[objective.name];
      if (value === undefined) continue;
      const report: Report = [step ?? count, value];
      count += 1;
      if (!Number.isNaN(value)) {
        last = value;
        const isBest = best === null || isBetter(value, best);
        if (isBest) best = value;
        if (isBest || objective?.value === "last") counted = { step, metrics: { ...metrics } };
      }
      if (!thinning.keeps(report)) {
        pending = report;
        continue;
      }
      pending = undefined;
      if (isNew(report)) fresh.push(report);
    }
    return fresh;
  };

  const isNew = ([step, value]: Report): boolean => {
    if (Object.is(known.get(step), value)) return false;
    known.set(step, value);
    return true;
  };

  return {
    place,
    read: () => take(reader.read()),
    readToEnd: () => {
      const fresh = take(reader.readToEnd());
      if (pending !== undefined && isNew(pending)) fresh.push(pending);
      pending = undefined;
      return fresh;
    },
    measured: () => ({
      value: objective?.value === "last" ? last : best,
      reports: count,
      metrics: counted?.metrics ?? metrics,
    }),
  };
}

const stopFileSchema = z.object({
  mode: z.enum(["interrupt", "kill"]),
  by: z.string(),
  reason: z.string(),
});

/** The wish to end the attempt, from its file: it outlives the conductor that wrote it. */
export function stopIntentOf(
  place: AttemptPlace,
): (StopIntent & { readonly atMs: number }) | undefined {
  const file = path.join(attemptDirectory(place), "stop.json");
  const parsed = stopFileSchema.safeParse(readJsonIfThere(file));
  return parsed.success ? { ...parsed.data, atMs: statSync(file).mtimeMs } : undefined;
}

export function attemptDirectory(place: AttemptPlace): string {
  return path.join(place.trialDirectory, "attempts", String(place.attempt));
}

/** The number of the trial's newest attempt; 0 when it has none. */
export function newestAttempt(trialDirectory: string): number {
  try {
    const names = readdirSync(path.join(trialDirectory, "attempts"));
    return Math.max(0, ...names.map(Number).filter(Number.isInteger));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0;
    throw error;
  }
}

const tailBytes = 4096;

/** The last lines that an attempt printed, at most `count`, oldest first, blank ones left out. */
export function lastLines(place: AttemptPlace, count: number): readonly string[] {
  return tailOf(path.join(attemptDirectory(place), "output.log"))
    .split(/\r?\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .slice(-count);
}

/** Its end alone is read, for a log may be larger than any string. */
function tailOf(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
  try {
    const bytes = Buffer.alloc(tailBytes);
    const from = Math.max(0, fstatSync(descriptor).size - tailBytes);
    return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, tailBytes, from));
  } finally {
    closeSync(descriptor);
  }
}
