/** Curves as they are drawn: thinned, in one frame for the whole study, against the field. */
import type { Curve, Field } from "../../protocol.js";
import type { Goal, Report } from "../../study/trial.js";
import type { BoardRow } from "./boardRows.js";

/** A sparkline is 62 pixels wide. */
export const sparklinePoints = 64;
export const chartPoints = 500;
const fieldSteps = 48;
/** How many trials stand for the field: its percentiles move by less than a pixel with more. */
const fieldSample = 300;

export function curveOf(row: BoardRow, points: number, reports: readonly Report[]): Curve {
  const counts = countingReport(row, reports);
  const thin = thinned(reports, points, counts);
  return {
    trial: row.trial.number,
    reports: row.trial.reports.length,
    steps: Float64Array.from(thin, ([step]) => step),
    values: Float64Array.from(thin, ([, value]) => value),
    counts: counts === undefined ? null : { step: counts[0], value: counts[1] },
  };
}

/**
 * The last report where that has the trial's value, else the first that does: its best may be long
 * past. Undefined where that is no number that can be drawn.
 */
function countingReport({ trial }: BoardRow, reports: readonly Report[]): Report | undefined {
  const has = ([, value]: Report): boolean => value === trial.value;
  const last = reports.at(-1);
  const counts = last !== undefined && has(last) ? last : (reports.find(has) ?? last);
  return Number.isFinite(counts?.[1]) ? counts : undefined;
}

/** Every k-th report, the one that counts, and the last. */
export function thinned(
  reports: readonly Report[],
  points: number,
  counts?: Report,
): readonly Report[] {
  const every = Math.ceil(reports.length / points);
  return reports.filter(
    (report, place) => place % every === 0 || report === counts || place === reports.length - 1,
  );
}

/** The frame of the curves and the middle 80% of the field; null before the first two reports. */
export function fieldOf(
  rows: readonly BoardRow[],
  goal: Goal,
  lastStep: number | null,
): Field | null {
  const reporting = rows.filter((row) => row.trial.reports.length > 0);
  if (reporting.length === 0) return null;
  const every = Math.max(1, Math.floor(reporting.length / fieldSample));
  const sample = reporting
    .filter((_, place) => place % every === 0)
    .map((row) => sampled(row))
    .filter(({ reports }) => reports.length > 0);
  const firstStep = Math.min(...sample.map(({ reports }) => reports[0]?.[0] ?? 0));
  const longest = Math.max(...sample.map(({ reports }) => reports.at(-1)?.[0] ?? 0));
  const counted = reporting.every(({ trial: { reports } }) => areCounted(reports));
  const last = Math.max(longest, (lastStep ?? 0) - (counted ? 1 : 0));
  if (sample.length === 0 || last <= firstStep) return null;
  const steps = stepsBetween(firstStep, longest);
  const bands = steps.map((step) => bandAt(sample, step));
  const values = sample
    .flatMap(({ reports }) => reports)
    .map(([, value]) => value)
    .sort((a, b) => a - b);
  const log = goal === "minimize" && (values[0] ?? 0) > 0;
  return {
    firstStep,
    lastStep: last,
    counted,
    ...frameOf(values, goal),
    log,
    steps: Float64Array.from(steps),
    low: Float64Array.from(bands, ([low]) => low),
    high: Float64Array.from(bands, ([, high]) => high),
  };
}

function areCounted(reports: readonly Report[]): boolean {
  return reports[0]?.[0] === 0 && reports.at(-1)?.[0] === reports.length - 1;
}

/** The good end whole; of the bad end, a diverged trial must not flatten all others. */
function frameOf(sorted: readonly number[], goal: Goal): { min: number; max: number } {
  const at = (fraction: number): number => sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0;
  const [min, max] = goal === "minimize" ? [at(0), at(0.98)] : [at(0.02), at(1)];
  return min < max ? { min, max } : { min: min - 0.5, max: max + 0.5 };
}

function stepsBetween(first: number, last: number): number[] {
  const count = Math.min(fieldSteps, Math.floor(last - first) + 1);
  if (count < 2) return [first, last];
  return Array.from(
    { length: count },
    (_, place) => first + ((last - first) * place) / (count - 1),
  );
}

interface Sampled {
  readonly reports: readonly Report[];
  readonly ended: boolean;
}

function sampled({ state, trial }: BoardRow): Sampled {
  const thin = thinned(trial.reports, sparklinePoints);
  return {
    reports: thin.filter(([, value]) => Number.isFinite(value)),
    ended: state !== "running",
  };
}

/**
 * The 10th and 90th percentile of what trials had come to by a step. One that has ended keeps its
 * last value: else the band would narrow to the survivors wherever a rule stops the rest.
 */
function bandAt(sample: readonly Sampled[], step: number): [low: number, high: number] {
  const values: number[] = [];
  for (const { reports, ended } of sample) {
    const last = reports.at(-1);
    if (last === undefined || (last[0] < step && !ended)) continue;
    const value = latestAt(reports, step);
    if (value !== undefined) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (fraction: number): number =>
    values[Math.round((values.length - 1) * fraction)] ?? Number.NaN;
  return [at(0.1), at(0.9)];
}

function latestAt(reports: readonly Report[], step: number): number | undefined {
  let [low, high] = [0, reports.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((reports[middle]?.[0] ?? Number.POSITIVE_INFINITY) <= step) low = middle;
    else high = middle - 1;
  }
  const found = reports[low];
  return found !== undefined && found[0] <= step ? found[1] : undefined;
}
