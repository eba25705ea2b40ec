/**
 * A Parzen estimator of the configurations in a set of trials: a kernel on each, and one that stands
 * for the prior, each a product over the axes (Watanabe, "Tree-structured Parzen estimator:
 * understanding its algorithm components and their roles for better empirical performance", 2023).
 *
 * Where a parameter does not exist in a trial, its kernel is that of the prior along this axis. So
 * every trial takes part in one model of the whole tree, in which what exists and what it depends
 * on are drawn together.
 */
import type { RandomStream } from "../../space/random.js";
import type { Axis, Cell } from "./axis.js";
import { halfLogTwoPi, massBetween, quantileWithin } from "./gauss.js";
import { type KernelParts, type Kernels, kernelsOf, noChoice } from "./kernels.js";

export interface ParzenEstimator {
  /** Coordinates; those of parameters that would not exist have a value all the same. */
  sample(stream: RandomStream): Float64Array;
  /**
   * The log of the density at each of several places, of what exists alone: axes whose coordinate is
   * NaN are left out.
   */
  logDensities(places: readonly Float64Array[]): Float64Array;
}

export function parzenEstimator(parts: KernelParts): ParzenEstimator {
  const kernels = kernelsOf(parts);
  return {
    sample: (stream) => sampled(kernels, stream),
    logDensities: (places) => logDensitiesOf(kernels, places),
  };
}

function sampled(kernels: Kernels, stream: RandomStream): Float64Array {
  const { axes, middles, inverseWidths, ownShares, count, cumulativeWeights } = kernels;
  const rank = stream.next();
  const found = cumulativeWeights.findIndex((each) => rank < each);
  const kernel = found < 0 ? count - 1 : found;
  const coordinates = new Float64Array(axes.length);
  for (const [at, axis] of axes.entries()) {
    const middle = middles[kernel * axes.length + at] ?? 0;
    const probability = stream.next();
    if (axis.kind === "choice") {
      const share = middle === noChoice ? 0 : (ownShares[at] ?? 0);
      coordinates[at] =
        probability < share
          ? middle
          : choiceAt(axis.probabilities, (probability - share) / (1 - share));
      continue;
    }
    const sigma = 1 / (inverseWidths[kernel * axes.length + at] ?? 1);
    const drawn = quantileWithin(middle, sigma, probability);
    coordinates[at] = axis.kind === "cells" ? axis.cellAt(drawn).middle : drawn;
  }
  return coordinates;
}

function choiceAt(probabilities: readonly number[], probability: number): number {
  let sum = 0;
  for (const [index, each] of probabilities.entries()) {
    sum += each;
    if (probability < sum) return index;
  }
  return probabilities.length - 1;
}

/** What is smaller by so much in its logarithm is lost beside the largest. */
const negligible = 40;

/** Along one axis what the log density of a kernel falls by; Infinity where it is more than `room`. */
type Fall = (kernel: number, room: number) => number;

interface Asked {
  /** Of each axis that is a line; NaN where it is left out. */
  readonly onLines: Float64Array;
  readonly elsewhere: readonly Fall[];
  readonly absent: readonly number[];
  /** The largest term so far, and the sum of all, as multiples of it. */
  top: number;
  total: number;
}

function logDensitiesOf(kernels: Kernels, places: readonly Float64Array[]): Float64Array {
  const { axes, count, constants, norms } = kernels;
  const width = axes.length;
  const along = (kind: Axis["kind"]) => [...axes.keys()].filter((at) => axes[at]?.kind === kind);
  const lines = Int32Array.from(along("line"));
  // What is dear to work out comes last, and then only for kernels that are near so far.
  const elsewhere = [...along("choice"), ...along("cells")];
  const asked = places.map((place) => askedAt(kernels, place, lines, elsewhere));
  // The prior comes first: it is never far off, and shows which others are too far off to matter.
  for (let kernel = count - 1; kernel >= 0; kernel -= 1) {
    for (const one of asked) {
      let log = constants[kernel] ?? 0;
      for (const at of one.absent) log += norms[kernel * width + at] ?? 0;
      const least = one.top - negligible;
      log -= fallOnLines(kernels, kernel, lines, one.onLines, log - least);
      for (const fall of one.elsewhere) if (log > least) log -= fall(kernel, log - least);
      if (log > least) include(one, log);
    }
  }
  return Float64Array.from(asked, ({ top, total }) => top + Math.log(total));
}

function include(one: Asked, log: number): void {
  if (log > one.top) {
    one.total = one.total * Math.exp(one.top - log) + 1;
    one.top = log;
  } else one.total += Math.exp(log - one.top);
}

function askedAt(
  kernels: Kernels,
  place: Float64Array,
  lines: Int32Array,
  elsewhere: readonly number[],
): Asked {
  const onLines = new Float64Array(lines.length);
  for (let line = 0; line < lines.length; line += 1) {
    onLines[line] = place[lines[line] ?? 0] ?? Number.NaN;
  }
  const isWhole = !place.some(Number.isNaN);
  return {
    onLines,
    elsewhere: elsewhere.flatMap((at) => fallAt(kernels, at, place[at] ?? Number.NaN) ?? []),
    absent: isWhole ? [] : [...place.keys()].filter((at) => Number.isNaN(place[at])),
    top: -Infinity,
    total: 0,
  };
}

/** Undefined where the axis is left out. */
function fallAt(kernels: Kernels, at: number, coordinate: number): Fall | undefined {
  const axis = kernels.axes[at];
  if (Number.isNaN(coordinate) || axis === undefined || axis.kind === "line") return undefined;
  return axis.kind === "cells"
    ? fallInCell(kernels, at, axis.cellAt(coordinate))
    : fallAmongChoices(kernels, at, axis.probabilities, coordinate);
}

function fallOnLines(
  { axes, middles, inverseWidths }: Kernels,
  kernel: number,
  lines: Int32Array,
  place: Float64Array,
  room: number,
): number {
  const first = kernel * axes.length;
  let fall = 0;
  for (let line = 0; line < lines.length && fall <= room; line += 1) {
    const x = place[line] ?? 0;
    if (Number.isNaN(x)) continue;
    const cell = first + (lines[line] ?? 0);
    const z = (x - (middles[cell] ?? 0)) * (inverseWidths[cell] ?? 0);
    fall += 0.5 * z * z;
  }
  return fall;
}

function fallAmongChoices(
  { axes, middles, ownShares }: Kernels,
  at: number,
  probabilities: readonly number[],
  choice: number,
): Fall {
  const width = axes.length;
  const probability = probabilities[choice] ?? 0;
  const share = ownShares[at] ?? 0;
  const prior = -Math.log(probability);
  const same = -Math.log(share + (1 - share) * probability);
  const other = -Math.log((1 - share) * probability);
  return (kernel) => {
    const own = middles[kernel * width + at] ?? noChoice;
    if (own === choice) return same;
    return own === noChoice ? prior : other;
  };
}

/** A cell that is narrow beside the kernel has nearly the same density all over. */
const narrow = 0.02;

function fallInCell(
  { axes, middles, inverseWidths }: Kernels,
  at: number,
  { left, middle, right }: Cell,
): Fall {
  const width = axes.length;
  const breadth = Math.max(right - left, Number.MIN_VALUE);
  return (kernel, room) => {
    const index = kernel * width + at;
    const own = middles[index] ?? 0;
    const inverse = inverseWidths[index] ?? 1;
    if (breadth * inverse < narrow) {
      const z = (middle - own) * inverse;
      return 0.5 * z * z + halfLogTwoPi - Math.log(breadth * inverse);
    }
    const apart = (own < left ? left - own : own > right ? own - right : 0) * inverse;
    // No point of the cell is nearer: what that already rules out need not be integrated.
    if (0.5 * apart * apart > room) return Infinity;
    return -Math.log(massBetween((left - own) * inverse, (right - own) * inverse));
  };
}
