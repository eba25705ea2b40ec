/** The completed trials of a study as columns of numbers: what importance is worked out from. */
import type { Dimension } from "../space/dimension.js";
import type { SearchSpace } from "../space/search-space.js";
import type { Configuration } from "../space/space.js";

export interface Measurement {
  /** Of the trial. */
  readonly number: number;
  readonly configuration: Configuration;
  /** Of the metric; trials where it is NaN are left out. */
  readonly value: number;
}

/** A dimension as trees split it. */
export interface Axis {
  readonly dimension: Dimension;
  /**
   * Of each choice its probability, where the choices have no order: coordinates are indexes then.
   * Undefined where there is one: coordinates lie in [0, 1], and a length there is a probability.
   */
  readonly weights: readonly number[] | undefined;
  /** From the place, or the index of the choice, that a point has for this dimension. */
  coordinateOf(place: number): number;
}

export interface Results {
  readonly search: SearchSpace;
  /** One for each dimension of the space, in its order. */
  readonly axes: readonly Axis[];
  /** Of each axis the trials' coordinates; NaN where the parameter does not exist. */
  readonly columns: readonly Float64Array[];
  /** Less is better; what is far worse than the rest counts as little more than the worst of it. */
  readonly losses: Float64Array;
  /** Of the trials. */
  readonly numbers: readonly number[];
  /** 1 where less is better, else -1: a loss times this is on the metric's own scale. */
  readonly sign: 1 | -1;
}

/** Configurations of another space, or with a value beyond its bounds, are left out: they lie in no box. */
export function resultsOf(
  search: SearchSpace,
  measurements: readonly Measurement[],
  goal: "minimize" | "maximize",
): Results {
  const sign = goal === "maximize" ? -1 : 1;
  const axes = search.dimensions.map(axisOf);
  const inside = measurements.flatMap(({ number, configuration, value }) => {
    const point = Number.isNaN(value) ? undefined : search.pointOf(configuration);
    if (point === undefined) return [];
    const row = axes.map(({ coordinateOf }, index) => coordinateOf(point[index] ?? Number.NaN));
    const isOutside = row.some((each, index) => isBeyond(axes[index], each));
    return isOutside ? [] : [{ number, row, loss: value * sign }];
  });
  return {
    search,
    axes,
    columns: axes.map((_, index) =>
      Float64Array.from(inside, ({ row }) => row[index] ?? Number.NaN),
    ),
    losses: fenced(inside.map(({ loss }) => loss)),
    numbers: inside.map(({ number }) => number),
    sign,
  };
}

function isBeyond(axis: Axis | undefined, coordinate: number): boolean {
  return axis?.weights === undefined && (coordinate < 0 || coordinate > 1);
}

/** Of a choice among numbers the middle of its stretch of probability, the choices in their order. */
function axisOf(dimension: Dimension): Axis {
  const asIs = (place: number) => place;
  if (dimension.kind === "numeric") {
    return { dimension, weights: undefined, coordinateOf: asIs };
  }
  const { places, probabilities } = dimension;
  if (places === undefined) return { dimension, weights: probabilities, coordinateOf: asIs };
  const middles = new Float64Array(places.length);
  let below = 0;
  for (const index of orderOf(places)) {
    const probability = probabilities[index] ?? 0;
    middles[index] = below + probability / 2;
    below += probability;
  }
  return {
    dimension,
    weights: undefined,
    coordinateOf: (index) => middles[index] ?? Number.NaN,
  };
}

function orderOf(places: readonly number[]): readonly number[] {
  return places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
}

/**
 * One diverged trial would own all the variance there is, and every other effect would vanish beside
 * it. So losses, infinite ones too, end at Tukey's outer fence: three interquartile ranges beyond the
 * quartile. The good end is left as it is, but for minus infinity, which counts as the least that is finite.
 */
function fenced(losses: readonly number[]): Float64Array {
  const finite = Float64Array.from(losses.filter(Number.isFinite)).sort();
  const least = finite[0] ?? 0;
  const largest = finite.at(-1) ?? 0;
  const lower = finite[Math.floor((finite.length - 1) / 4)] ?? 0;
  const upper = finite[Math.ceil(((finite.length - 1) * 3) / 4)] ?? 0;
  // Where half of the trials are equal there is no range to measure by.
  const fence = upper > lower ? Math.min(largest, upper + 3 * (upper - lower)) : largest;
  return Float64Array.from(losses, (loss) => Math.min(fence, Math.max(least, loss)));
}
