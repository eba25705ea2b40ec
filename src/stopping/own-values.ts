/**
 * Rules that look at a trial's own values and at no others: bounds, a target, patience, settling,
 * divergence.
 */
import type { StoppingChoice } from "../sweep/deck-types.js";
import { alone, bestPoint, finitePoints, isBetter, type Measure, reportOf } from "./curves.js";
import { looksAt } from "./looks.js";
import {
  type Curve,
  type CurvePoint,
  goOn,
  type StoppingRule,
  type StopReason,
  type Verdict,
} from "./rule.js";

type Choice<T extends StoppingChoice["type"]> = Extract<StoppingChoice, { type: T }>;

/** Values out of bounds, and those that are no finite numbers, which no bounds hold. */
export function thresholdRule(choice: Choice<"threshold">, measure: Measure): StoppingRule {
  const { lower = -Infinity, upper = Infinity } = choice;
  return ownRule(choice, measure, (point) => {
    if (point.count <= choice.warmupSteps) return;
    if (!Number.isFinite(point.value)) return { point, threshold: null };
    if (!looksAt(choice, point.count) || (point.value >= lower && point.value <= upper)) return;
    return { point, threshold: point.value < lower ? lower : upper };
  });
}

/** What is wanted has been reached: the trial is complete. */
export function targetRule(choice: Choice<"target">, measure: Measure): StoppingRule {
  const { value: target } = choice;
  return ownRule(choice, measure, (point) => {
    if (!Number.isFinite(point.value) || isBetter(target, point.value, measure.goal)) return;
    return { point, threshold: target, as: "complete" };
  });
}

/**
 * As Keras has it: an improvement is one of more than `minDelta` on the last one, and a trial ends at
 * the report that is the `patience`-th without. The warm-up delays the end and not the counting.
 */
export function patienceRule(choice: Choice<"patience">, measure: Measure): StoppingRule {
  const { patience, minDelta, warmupSteps } = choice;
  return ownRule(choice, measure, (point, trial) => {
    if (point.count <= warmupSteps) return;
    const improved = lastImprovement(finitePoints(trial), minDelta, measure);
    if (improved === undefined || point.count - improved.count < patience) return;
    const details = { patience, since: improved.step };
    return { point, threshold: improved.value, details };
  });
}

function lastImprovement(
  points: readonly CurvePoint[],
  minDelta: number,
  { goal }: Measure,
): CurvePoint | undefined {
  const bar = (value: number) => (goal === "maximize" ? value + minDelta : value - minDelta);
  return points.reduce<CurvePoint | undefined>(
    (last, point) =>
      last === undefined || isBetter(point.value, bar(last.value), goal) ? point : last,
    undefined,
  );
}

/** The standard deviation of the last `window` reports, of those themselves, is below `std`. */
export function plateauRule(choice: Choice<"plateau">, measure: Measure): StoppingRule {
  const { std, window, warmupSteps } = choice;
  return ownRule(choice, measure, (point, trial) => {
    if (point.count <= warmupSteps || !Number.isFinite(point.value)) return;
    const last = trial.points.slice(-window);
    if (last.length < window) return;
    const deviation = standardDeviation(last.map(({ value }) => value));
    return deviation < std ? { point, threshold: std, details: { std: deviation } } : undefined;
  });
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
}

/**
 * No finite number any more, or `factor` times worse than its own best: for a metric that is
 * minimised, above `factor` times it; for one that is maximised, below a `factor`-th of it. Values of
 * either sign have no such ratio, so only a positive best is compared.
 */
export function divergenceRule(choice: Choice<"divergence">, measure: Measure): StoppingRule {
  const { factor, warmupSteps } = choice;
  return ownRule(choice, measure, (point, trial) => {
    if (point.count <= warmupSteps) return;
    if (!Number.isFinite(point.value)) return { point, threshold: null };
    const best = bestPoint(trial.points, measure.goal)?.value;
    if (factor === undefined || best === undefined || !(best > 0)) return;
    const worst = measure.goal === "maximize" ? best / factor : best * factor;
    const details = { factor, best };
    return isBetter(worst, point.value, measure.goal)
      ? { point, threshold: worst, details }
      : undefined;
  });
}

interface Decided {
  readonly point: CurvePoint;
  readonly threshold: number | null;
  readonly details?: StopReason["details"];
  readonly as?: "complete";
}

/** `decide` is shown the report that was made last; undefined lets the trial go on. */
function ownRule(
  { type: rule, metric }: StoppingChoice,
  { name }: Measure,
  decide: (point: CurvePoint, trial: Curve) => Decided | undefined,
): StoppingRule {
  const judge = (trial: Curve): Verdict => {
    const last = trial.points.at(-1);
    const decided = last === undefined ? undefined : decide(last, trial);
    if (decided === undefined) return goOn;
    const { point, threshold, details = {}, as = "pruned" } = decided;
    const why = { rule, metric: name, ...reportOf(point), threshold, ...alone, details };
    return { kind: "stop", as, why };
  };
  return { name: rule, metric, comparesAt: () => false, looksAgain: false, judge };
}
