/**
 * The conductor's view of one running trial: what it has measured, and what of that belongs into
 * the journal.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import path from "node:path";
import type { CurvePoint } from "../stopping/rule.js";
import type { Measured } from "./closing.js";
import type { AttemptPlace, StopIntent } from "./executor.js";
import { errorCode, readJsonIfThere } from "./files.js";
import type { OpenReader, Reader } from "./reader.js";
import { stopIntentSchema } from "./stop-intent.js";
import { Tally } from "./tally.js";
import { type ComparesAt, Thinning } from "./thinning.js";
import type { Objective, Report } from "./trial.js";

export interface ObjectiveRule extends Objective {
  readonly value: "best" | "last";
}

export interface Pursuit {
  readonly place: AttemptPlace;
  read(): Reading;
  /** As `read`, once the trial has ended: the last report is among them, whatever was thinned out. */
  readToEnd(): Reading;
  measured(): Measured;
}

/** What was measured since the last reading. */
export interface Reading {
  /** Those of the objective that the journal should carry and does not yet, oldest first. */
  readonly reports: readonly Report[];
  /** Every one of the metrics that rules look at, oldest first. */
  readonly points: readonly FreshPoint[];
}

export interface FreshPoint {
  readonly metric: string;
  readonly point: CurvePoint;
  /** An earlier conductor has journaled it, or a later one, and so has judged it. */
  readonly isKnown: boolean;
}

export interface PursuitOptions {
  readonly objective: ObjectiveRule | undefined;
  /** The metrics that stopping rules look at. */
  readonly metrics: ReadonlySet<string>;
  /** Where other trials are compared with the objective of this one. */
  readonly comparesAt: ComparesAt;
  /**
   * How many reports of the trial the journal holds already: an adopted trial is read again from
   * the start, and nothing is written twice.
   */
  readonly journaled: number;
  readonly openReader: OpenReader;
}

/** Follows an attempt from its beginning. */
export function pursue(place: AttemptPlace, options: PursuitOptions): Pursuit {
  const { objective } = options;
  const reader = options.openReader(place);
  const tally = new Tally(objective);
  const finite = new Map<string, number>();
  const thinning = new Thinning(options.comparesAt);
  /** How many of the reports that the journal carries are still to be met with. */
  let known = options.journaled;
  let pending: Report | undefined;

  const pointOf = (metric: string, step: number | undefined, value: number): FreshPoint => {
    const before = finite.get(metric) ?? 0;
    if (Number.isFinite(value)) finite.set(metric, before + 1);
    const point = { count: before + 1, step: step ?? before, value };
    return { metric, point, isKnown: known > 0 };
  };

  const take = (measurements: ReturnType<Reader["read"]>) => {
    const reports: Report[] = [];
    const points: FreshPoint[] = [];
    for (const { step, metrics } of measurements) {
      const report = tally.take(step, metrics);
      for (const [metric, value] of Object.entries(metrics)) {
        const named = metric === objective?.name ? report?.[0] : step;
        if (options.metrics.has(metric)) points.push(pointOf(metric, named, value));
      }
      if (report === undefined) continue;
      pending = thinning.keeps(report[1]) ? undefined : report;
      if (pending === undefined && isNew()) reports.push(report);
    }
    return { reports, points };
  };

  const isNew = (): boolean => {
    known -= 1;
    return known < 0;
  };

  return {
    place,
    read: () => take(reader.read()),
    readToEnd: () => {
      const { reports, points } = take(reader.readToEnd());
      if (pending !== undefined && isNew()) reports.push(pending);
      pending = undefined;
      return { reports, points };
    },
    measured: () => tally.measured(),
  };
}

/** The wish to end the attempt, from its file: it outlives the conductor that wrote it. */
export function stopIntentOf(
  place: AttemptPlace,
): (StopIntent & { readonly atMs: number }) | undefined {
  const file = path.join(attemptDirectory(place), "stop.json");
  const parsed = stopIntentSchema.safeParse(readJsonIfThere(file));
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
