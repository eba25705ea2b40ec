/**
 * A minimiser for smooth functions within bounds: limited-memory BFGS, projected.
 *
 * Variables that stand at a bound and would leave it are held; the rest take a quasi-Newton step by
 * the two-loop recursion (Nocedal, "Updating quasi-Newton matrices with limited storage", 1980),
 * and a backtracking search goes along the projected path (Bertsekas, "Projected Newton methods for
 * optimization problems with simple constraints", 1982).
 */

/** Fills `gradient` and gives the value; NaN or Infinity where the function has none. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface Limits {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const memory = 8;
const sufficient = 1e-4;
/** The first step has no curvature to go by: shorter ones stick in the basin of the start. */
const firstStep = 4;
const enoughGradient = 1e-5;
const enoughDecrease = 1e-9;

export function minimize(objective: Objective, start: ArrayLike<number>, limits: Limits): Minimum {
  const { iterations, evaluations } = limits;
  const size = limits.lower.length;
  let x: Float64Array = projected(Float64Array.from(start), limits);
  let gradient: Float64Array = new Float64Array(size);
  let value = objective(x, gradient);
  let pairs: readonly Pair[] = [];
  let used = 1;
  for (let iteration = 0; iteration < iterations && Number.isFinite(value); iteration += 1) {
    const free = freeVariables(x, gradient, limits);
    if (largest(gradient, free) < enoughGradient) break;
    const search = descent(gradient, free, pairs);
    if (!search.isNewton) pairs = [];
    let step = search.isNewton ? 1 : Math.min(1, firstStep / norm(gradient, free));
    let next: { x: Float64Array; gradient: Float64Array; value: number } | undefined;
    while (used < evaluations && next === undefined) {
      const trial = projected(plus(x, search.direction, step), limits);
      const slope = new Float64Array(size);
      const found = objective(trial, slope);
      used += 1;
      const expected = along(gradient, trial, x);
      if (Number.isFinite(found) && found <= value + sufficient * expected) {
        next = { x: trial, gradient: slope, value: found };
      } else {
        step *= shrinkage(found, value, expected);
        if (step < 1e-12) break;
      }
    }
    if (next === undefined) break;
    pairs = remembered(pairs, x, gradient, next.x, next.gradient);
    const decrease = value - next.value;
    ({ x, gradient, value } = next);
    if (decrease < enoughDecrease * (1 + Math.abs(value))) break;
  }
  return { x, value };
}

function projected(x: Float64Array, { lower, upper }: Limits): Float64Array {
  for (let i = 0; i < x.length; i += 1) {
    x[i] = Math.min(upper[i] ?? 0, Math.max(lower[i] ?? 0, x[i] ?? 0));
  }
  return x;
}

/** 1 for each variable that may move, and 0 for those that a bound holds. */
function freeVariables(
  x: Float64Array,
  gradient: Float64Array,
  { lower, upper }: Limits,
): Float64Array {
  return x.map((each, i) => {
    const slope = gradient[i] ?? 0;
    const isHeld = (each <= (lower[i] ?? 0) && slope > 0) || (each >= (upper[i] ?? 0) && slope < 0);
    return isHeld ? 0 : 1;
  });
}

function descent(
  gradient: Float64Array,
  free: Float64Array,
  pairs: readonly Pair[],
): { readonly direction: Float64Array; readonly isNewton: boolean } {
  const steepest = gradient.map((each, i) => -each * (free[i] ?? 0));
  const last = pairs.at(-1);
  if (last === undefined) return { direction: steepest, isNewton: false };
  const direction = steepest.slice();
  const weights: number[] = [];
  for (const { step, change, curvature } of [...pairs].reverse()) {
    const weight = inner(step, direction) / curvature;
    weights.push(weight);
    add(direction, change, -weight);
  }
  const scale = last.curvature / inner(last.change, last.change);
  for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale;
  for (const { step, change, curvature } of pairs) {
    const weight = weights.pop() ?? 0;
    add(direction, step, weight - inner(change, direction) / curvature);
  }
  for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * (free[i] ?? 0);
  // Holding variables after the recursion can spoil the descent.
  return inner(direction, gradient) < 0
    ? { direction, isNewton: true }
    : { direction: steepest, isNewton: false };
}

function remembered(
  pairs: readonly Pair[],
  x: Float64Array,
  gradient: Float64Array,
  nextX: Float64Array,
  nextGradient: Float64Array,
): readonly Pair[] {
  const step = nextX.map((each, i) => each - (x[i] ?? 0));
  const change = nextGradient.map((each, i) => each - (gradient[i] ?? 0));
  const curvature = inner(step, change);
  if (!(curvature > 1e-10 * inner(change, change))) return pairs;
  return [...pairs.slice(1 - memory), { step, change, curvature }];
}

/** By how much to shorten: to the least of the parabola through what is known, within a tenth and a half. */
function shrinkage(found: number, value: number, expected: number): number {
  if (!Number.isFinite(found)) return 0.1;
  const best = -expected / (2 * (found - value - expected));
  return Math.min(0.5, Math.max(0.1, best));
}

function plus(x: Float64Array, direction: Float64Array, step: number): Float64Array {
  return x.map((each, i) => each + step * (direction[i] ?? 0));
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] ?? 0) + times * (what[i] ?? 0);
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function along(gradient: Float64Array, to: Float64Array, from: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < to.length; i += 1) {
    sum += (gradient[i] ?? 0) * ((to[i] ?? 0) - (from[i] ?? 0));
  }
  return sum;
}

function norm(gradient: Float64Array, free: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < free.length; i += 1) sum += (free[i] ?? 0) * (gradient[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}

function largest(gradient: Float64Array, free: Float64Array): number {
  let most = 0;
  for (let i = 0; i < free.length; i += 1) {
    most = Math.max(most, (free[i] ?? 0) * Math.abs(gradient[i] ?? 0));
  }
  return most;
}
