/** Reading curves: the value at a count, the best so far, and how a trial stands beside others. */
import type { Metric } from "../sweep/sweep.js";
import type { Curve, CurvePoint, StopReason } from "./rule.js";

export type Goal = Metric["goal"];

/** A metric by its name, and which way it is better. */
export interface Measure {
  readonly name: string;
  readonly goal: Goal;
}

/** A value of a trial that others are compared with. */
export interface Contender {
  readonly trial: number;
  readonly value: number;
}

export function isBetter(value: number, than: number, goal: Goal): boolean {
  return goal === "maximize" ? value > than : value < than;
}

/** For sorting: negative where `a` is better. */
export function byGoal(goal: Goal): (a: number, b: number) => number {
  return goal === "maximize" ? (a, b) => b - a : (a, b) => a - b;
}

/** The points with finite values: all but, it may be, the last. */
export function finitePoints({ points }: Curve): readonly CurvePoint[] {
  const last = points.at(-1);
  return last === undefined || Number.isFinite(last.value) ? points : points.slice(0, -1);
}

/** The report of that count, which is finite; undefined where the trial has not got there, or where it was thinned out. */
export function pointAt({ points }: Curve, count: number): CurvePoint | undefined {
  let [low, high] = [0, points.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point === undefined) return undefined;
    if (point.count === count) return Number.isFinite(point.value) ? point : undefined;
    if (point.count < count) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** The first of the best; undefined where none is finite. */
export function bestPoint(points: readonly CurvePoint[], goal: Goal): CurvePoint | undefined {
  let best: CurvePoint | undefined;
  for (const point of points) {
    if (!Number.isFinite(point.value)) continue;
    if (best === undefined || isBetter(point.value, best.value, goal)) best = point;
  }
  return best;
}

/** What the trials have at a count, those that got so far. */
export function valuesAt(curves: readonly Curve[], count: number): readonly Contender[] {
  const values: Contender[] = [];
  for (const curve of curves) {
    const point = pointAt(curve, count);
    if (point !== undefined) values.push({ trial: curve.trial, value: point.value });
  }
  return values;
}

/** So many are named in a reason. */
const competitorsKept = 20;

/** How a value stands among others: those that are equal share the better rank. */
export function standing(
  value: number,
  others: readonly Contender[],
  goal: Goal,
): Pick<StopReason, "rank" | "competitors" | "compared"> {
  const compare = byGoal(goal);
  const sorted = [...others].sort((a, b) => compare(a.value, b.value) || a.trial - b.trial);
  const better = others.filter((other) => isBetter(other.value, value, goal)).length;
  return {
    rank: better + 1,
    competitors: sorted.slice(0, competitorsKept),
    compared: others.length,
  };
}

/** For a rule that compares with no others. */
export const alone: Pick<StopReason, "rank" | "competitors" | "compared"> = {
  rank: null,
  competitors: [],
  compared: 0,
};

/** The report that a verdict was reached at, as its reason carries it. */
export function reportOf({
  step,
  count,
  value,
}: CurvePoint): Pick<StopReason, "step" | "count" | "value"> {
  return { step, count, value: Number.isFinite(value) ? value : null };
}
