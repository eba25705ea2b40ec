/** Whether the best trials crowd at an end of a parameter's range, and how far it might go on. */
import type { NumericDimension } from "../space/dimension.js";
import { namesOf } from "../space/search-space.js";
import type { Curve } from "./partial-dependence.js";
import type { Axis, Results } from "./results.js";

export type End = "lower" | "upper";

export interface Edge {
  readonly parameter: string;
  readonly end: End;
  /** The last value at that end. */
  readonly bound: number;
  /** So many of the best trials have it, or lie at most a tenth of the scale away. */
  readonly near: number;
  readonly best: number;
  /** The value where that tenth begins; the bound itself where values are few. */
  readonly from: number;
  /** A new bound, or one more value; undefined where the end is a natural one. */
  readonly proposed: number | undefined;
}

const outerPart = 0.1;
const bestPart = 0.1;
const leastBest = 5;
/** How many of the best must be near the end, and how unlikely that may be by chance. */
const leastNear = 0.6;
const mostLikely = 0.01;
/** The curve must be best here too: crowding alone may be the sampler's doing. */
const curvePart = 0.2;
/** The outermost values come out of a quantile function: what is behind the tenth digit is its rounding. */
const digits = 10;
/** A bound of 0 comes out as this much of the range at most. */
const noise = 1e-10;

/** Undefined for what has no ends: words, unbounded distributions, fewer than three values. */
export function edgeOf(results: Results, index: number, curve: Curve): Edge | undefined {
  const axis = results.axes[index];
  const column = results.columns[index];
  const parts = axis === undefined ? undefined : endsOf(axis);
  if (axis === undefined || column === undefined || parts === undefined) return undefined;
  const best = bestRows(results).filter((row) => !Number.isNaN(column[row] ?? Number.NaN));
  for (const end of ["lower", "upper"] as const) {
    const width = parts.width(end);
    const isNear = (row: number) => distance(column[row] ?? 0.5, end) <= width;
    const near = best.filter(isNear).length;
    const others = [...column.keys()].filter((row) => !best.includes(row));
    const usual = others.filter(isNear).length / Math.max(1, others.length);
    const isCrowded =
      best.length >= leastBest &&
      near >= leastNear * best.length &&
      near / best.length > usual &&
      chanceOf(near, best.length, width) < mostLikely;
    if (!isCrowded || !isBestAt(curve, end, results.sign)) continue;
    const parameter = namesOf(axis.dimension)[0] ?? "";
    return { parameter, end, near, best: best.length, ...parts.at(end) };
  }
  return undefined;
}

function bestRows({ losses }: Results): readonly number[] {
  const count = Math.max(leastBest, Math.ceil(bestPart * losses.length));
  return [...losses.keys()]
    .sort((a, b) => (losses[a] ?? 0) - (losses[b] ?? 0) || a - b)
    .slice(0, count);
}

function distance(coordinate: number, end: End): number {
  return end === "lower" ? coordinate : 1 - coordinate;
}

/** That `near` or more of `count` fall into a part of so much probability. */
function chanceOf(near: number, count: number, part: number): number {
  let term = (1 - part) ** count;
  let below = 0;
  for (let hits = 0; hits < near; hits += 1) {
    below += term;
    term *= ((count - hits) / (hits + 1)) * (part / (1 - part));
  }
  return 1 - below;
}

function isBestAt({ grid, mean }: Curve, end: End, sign: number): boolean {
  const losses = mean.map((value) => value * sign);
  const least = Math.min(...losses);
  const places = grid.places ?? [];
  const outermost = end === "lower" ? places[0] : places.at(-1);
  return losses.some(
    (loss, point) =>
      loss === least &&
      (distance(places[point] ?? 0.5, end) <= curvePart || places[point] === outermost),
  );
}

interface Ends {
  /** How much of the scale counts as near. */
  width(end: End): number;
  at(end: End): Pick<Edge, "bound" | "from" | "proposed">;
}

function endsOf({ dimension, coordinateOf }: Axis): Ends | undefined {
  if (dimension.kind === "numeric") return numericEnds(dimension);
  const { choices, places, probabilities } = dimension;
  if (places === undefined) return undefined;
  const values = choices
    .map(([value], choice) => ({
      value: Number(value),
      probability: probabilities[choice] ?? 0,
      coordinate: coordinateOf(choice),
    }))
    .sort((a, b) => a.coordinate - b.coordinate);
  const ascending = values.map(({ value }) => value);
  return {
    width: (end) => (end === "lower" ? values[0] : values.at(-1))?.probability ?? 0,
    at: (end) => {
      const [last = 0, before = 0] = end === "lower" ? ascending : [...ascending].reverse();
      return {
        bound: last,
        from: last,
        proposed: nextValue(last, before, isLogarithmic(ascending)),
      };
    },
  };
}

function numericEnds(dimension: NumericDimension): Ends | undefined {
  const { cardinality, distribution } = dimension;
  if (!("min" in distribution) || cardinality < 3) return undefined;
  // Where values are few, the outermost one is a larger part than a tenth.
  const width = Math.max(outerPart, 1 / cardinality);
  const span = dimension.valueAt(1) - dimension.valueAt(0);
  const exactAt = (place: number) => {
    const value = dimension.valueAt(place);
    return Math.abs(value) < noise * span ? 0 : rounded(value, digits);
  };
  return {
    width: () => width,
    at: (end) => {
      const [last, inner] = end === "lower" ? [0, width] : [1, 1 - width];
      const bound = exactAt(last);
      return {
        bound,
        from: width > outerPart ? bound : exactAt(inner),
        proposed: furtherBound(dimension, bound, exactAt(1 - last)),
      };
    },
  };
}

/** On a logarithmic scale a decade more, else half of the range; never through 0, nor from below 1 beyond it. */
function furtherBound(
  { distribution }: NumericDimension,
  bound: number,
  opposite: number,
): number | undefined {
  const isLog = distribution.kind.includes("log");
  const isLower = bound < opposite;
  const step = "q" in distribution ? distribution.q : distribution.kind === "int_uniform" ? 1 : 0;
  if (isLog) {
    const factor = Math.min(10, Math.max(bound, opposite) / Math.min(bound, opposite));
    return onSteps(rounded(isLower ? bound / factor : bound * factor), step, bound);
  }
  const further = bound + (bound - opposite) / 2;
  const floor = step > 0 && bound >= 1 ? 1 : 0;
  if (isLower && bound >= 0) return onSteps(Math.max(floor, rounded(further)), step, bound);
  if (!isLower && step === 0 && opposite >= 0 && bound <= 1) {
    return onSteps(Math.min(1, rounded(further)), step, bound);
  }
  return onSteps(rounded(further), step, bound);
}

/** Undefined where the steps leave nothing beyond the bound. */
function onSteps(value: number, step: number, bound: number): number | undefined {
  const whole = step > 0 ? rounded(Math.round(value / step) * step) : value;
  return whole === bound || !Number.isFinite(whole) ? undefined : whole;
}

function isLogarithmic(ascending: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = ascending;
  return first > 0 && Math.abs(third / second - second / first) < 1e-6 * (second / first);
}

/** One more in the row that the last two begin; none below 0 where all are above. */
function nextValue(last: number, before: number, isLog: boolean): number | undefined {
  const next = rounded(isLog ? (last * last) / before : last + (last - before));
  return next <= 0 && last > 0 && before > 0 ? undefined : next;
}

function rounded(value: number, to = 3): number {
  return Number(value.toPrecision(to));
}
