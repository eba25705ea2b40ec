/** Studies as other programs read them: one object a trial, or one row. */
import { nest } from "../space/configuration.js";
import { ownValue } from "../space/record.js";
import type { Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { trialAttribute } from "./folded-trial.js";
import { stringifyJson } from "./json.js";
import type { Report, Trial, TrialState } from "./trial.js";

/** A trial as `show --json` and `export --jsonl` print it: a format that scripts rely on. */
export interface TrialRecord {
  readonly number: number;
  readonly state: TrialState;
  /** Nested groups as nested objects. */
  readonly params: Readonly<Record<string, Json>>;
  readonly value: number | null;
  /** One for each objective where a sweep has several and the trial is complete; absent where it has one. */
  readonly values?: readonly number[];
  readonly reports: readonly Report[];
  /** From start to end, or to now while it runs; null where it never started. */
  readonly seconds: number | null;
  readonly reason: string | null;
  /** Which of the sweep's initial configurations it is; null for all others. */
  readonly initial: number | null;
  /** How often it was launched. */
  readonly attempts: number;
}

export function trialRecord(
  space: Space,
  trial: Trial,
  attempts: number,
  nowMs: number,
): TrialRecord {
  return {
    number: trial.number,
    state: trial.state,
    params: nest(space, trial.configuration),
    value: trial.value,
    ...(trial.values.length > 1 && { values: trial.values }),
    reports: trial.reports,
    seconds: secondsOf(trial, nowMs),
    reason: trial.reason,
    initial: trial.initial,
    attempts,
  };
}

/** To the millisecond. */
export function secondsOf(trial: Trial, nowMs: number): number | null {
  if (trial.startedAtMs === null) return null;
  if (trial.endedAtMs === null && trial.state !== "running") return null;
  return ((trial.endedAtMs ?? nowMs) - trial.startedAtMs) / 1000;
}

/**
 * One row a trial, with a header: RFC 4180, in UTF-8. Parameters are `params.<name>`, the last
 * value of each metric `metrics.<name>`; values that are neither words nor numbers are JSON.
 */
export function* csvLines(
  space: Space,
  objective: string | null,
  trials: readonly Trial[],
  nowMs: number,
): Generator<string> {
  const parameters = namesOf(
    space.parameters.map(({ name }) => name),
    trials.map((trial) => trial.configuration),
  );
  const metrics = namesOf([], trials.map(metricsOf)).filter((name) => name !== objective);
  yield csvLine([
    "number",
    "state",
    objective ?? "value",
    ...parameters.map((name) => `params.${name}`),
    ...metrics.map((name) => `metrics.${name}`),
    "seconds",
    "started",
    "draw",
    "retry_of",
    "reason",
  ]);
  for (const trial of trials) {
    const measured = metricsOf(trial);
    yield csvLine([
      trial.number,
      trial.state,
      trial.value,
      ...parameters.map((name) => ownValue(trial.configuration, name)),
      ...metrics.map((name) => ownValue(measured, name)),
      secondsOf(trial, nowMs),
      trial.startedAtMs === null ? null : new Date(trial.startedAtMs).toISOString(),
      trial.draw,
      trial.retryOf,
      trial.reason,
    ]);
  }
}

/** The known names in their order, then those that only some trials have. */
function namesOf(
  known: readonly string[],
  records: readonly Readonly<Record<string, Json>>[],
): readonly string[] {
  const names = new Set(known);
  for (const record of records) {
    for (const name of Object.keys(record)) names.add(name);
  }
  return [...names];
}

/** The last value of each metric that a trial reported. */
export function metricsOf(trial: Trial): Readonly<Record<string, Json>> {
  const metrics = ownValue(trial.attributes, trialAttribute.metrics);
  return typeof metrics === "object" && metrics !== null && !Array.isArray(metrics)
    ? (metrics as Readonly<Record<string, Json>>)
    : {};
}

function csvLine(cells: readonly (Json | undefined)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : stringifyJson(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
