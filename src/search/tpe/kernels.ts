/** The kernels of a Parzen estimator: where each lies along every axis, how wide it is, and its weight. */
import type { Axis } from "./axis.js";
import { halfLogTwoPi, massBetween } from "./gauss.js";
import type { Rows } from "./rows.js";

/** Row by row, the prior last; of each axis a number. */
export interface Kernels {
  readonly count: number;
  readonly axes: readonly Axis[];
  /** Where the kernel lies, or the index of its choice; `noChoice` for the prior of choices. */
  readonly middles: Float64Array;
  readonly inverseWidths: Float64Array;
  /** What the kernel is divided by along the axis, so that it sums to 1: a logarithm. */
  readonly norms: Float64Array;
  /** The log of the weight, less all norms. */
  readonly constants: Float64Array;
  readonly cumulativeWeights: Float64Array;
  /** Of each axis of choices how much of a kernel is its own choice; the rest is the prior. */
  readonly ownShares: Float64Array;
}

export const noChoice = -1;

const priorMiddle = 0.5;
const priorWidth = 1;

/** Of each trial with the axis, in ascending order, how wide its kernel is: `middles` in, `widths` out. */
export type Bandwidth = (middles: Float64Array, widths: Float64Array) => void;

/**
 * As wide as the larger gap to a neighbour, or to the end of the range where there is but one trial;
 * no wider than the range, and no narrower than a part of it that shrinks with the trials down to a
 * hundredth ("magic clip").
 */
export const neighbourBandwidth: Bandwidth = (middles, widths) => {
  const last = middles.length - 1;
  const least = 1 / Math.min(100, middles.length + 2);
  for (let at = 0; at <= last; at += 1) {
    const own = middles[at] ?? 0;
    // The ends of the range are no neighbours of the outermost, once there are two.
    const left = at > 0 ? own - (middles[at - 1] ?? 0) : last > 0 ? 0 : own;
    const right = at < last ? (middles[at + 1] ?? 0) - own : last > 0 ? 0 : 1 - own;
    widths[at] = Math.min(1, Math.max(least, left, right));
  }
};

export interface KernelParts {
  /** Those that are modelled. */
  readonly axes: readonly Axis[];
  /** Where each of them stands in the rows. */
  readonly columns: readonly number[];
  readonly rows: Rows;
  /** Which rows, ascending. */
  readonly members: readonly number[];
  /** Of each member; the prior weighs 1. */
  readonly weights: Float64Array;
  readonly bandwidth: Bandwidth;
}

export function kernelsOf(parts: KernelParts): Kernels {
  const { axes, members, weights } = parts;
  const count = members.length + 1;
  const size = count * axes.length;
  const kernels: Kernels = {
    count,
    axes,
    middles: new Float64Array(size),
    inverseWidths: new Float64Array(size),
    norms: new Float64Array(size),
    constants: new Float64Array(count),
    cumulativeWeights: new Float64Array(count),
    ownShares: new Float64Array(axes.length),
  };
  weigh(kernels, weights);
  const isMember = new Uint8Array(parts.rows.count);
  for (const row of members) isMember[row] = 1;
  for (const [at, axis] of axes.entries()) {
    if (axis.kind === "choice") layChoices(kernels, at, axis.probabilities.length, parts);
    else layBells(kernels, at, isMember, parts);
  }
  return kernels;
}

function weigh({ count, constants, cumulativeWeights }: Kernels, weights: Float64Array): void {
  let total = 1;
  for (let kernel = 0; kernel < count - 1; kernel += 1) total += weights[kernel] ?? 0;
  let sum = 0;
  for (let kernel = 0; kernel < count; kernel += 1) {
    const weight = (weights[kernel] ?? 1) / total;
    sum += weight;
    cumulativeWeights[kernel] = sum;
    constants[kernel] = Math.log(weight);
  }
}

function layChoices(
  { axes, middles, count, ownShares }: Kernels,
  at: number,
  choices: number,
  { rows, columns, members }: KernelParts,
): void {
  const width = axes.length;
  const column = columns[at] ?? at;
  let present = 0;
  for (let kernel = 0; kernel < count - 1; kernel += 1) {
    const row = members[kernel] ?? 0;
    const own = rows.coordinates[row * rows.width + column] ?? Number.NaN;
    const isThere = !Number.isNaN(own);
    middles[kernel * width + at] = isThere ? own : noChoice;
    if (isThere) present += 1;
  }
  middles[(count - 1) * width + at] = noChoice;
  // A pseudo-observation of the prior, shared among all kernels.
  ownShares[at] = 1 / (1 + choices / (present + 1));
}

/** A kernel of a trial that lacks the axis is that of the prior. */
function layBells(
  { axes, middles, inverseWidths, norms, constants, count }: Kernels,
  at: number,
  isMember: Uint8Array,
  { rows, columns, members, bandwidth }: KernelParts,
): void {
  const width = axes.length;
  const column = columns[at] ?? at;
  const normOf = normsOf(axes[at]?.kind === "line");
  const widths = widthsOf(rows, column, isMember, bandwidth);
  for (let kernel = 0; kernel < count; kernel += 1) {
    const row = members[kernel] ?? rows.count;
    const own = rows.coordinates[row * rows.width + column] ?? Number.NaN;
    const isThere = !Number.isNaN(own);
    const middle = isThere ? own : priorMiddle;
    const sigma = isThere ? (widths[row] ?? priorWidth) : priorWidth;
    const norm = normOf(middle, sigma);
    const cell = kernel * width + at;
    middles[cell] = middle;
    inverseWidths[cell] = 1 / sigma;
    norms[cell] = norm;
    constants[kernel] = (constants[kernel] ?? 0) - norm;
  }
}

/** Of each row that is a member and has the axis. */
function widthsOf(
  rows: Rows,
  column: number,
  isMember: Uint8Array,
  bandwidth: Bandwidth,
): Float64Array {
  const sorted = rows.sorted(column);
  const middles = new Float64Array(sorted.rows.length);
  let count = 0;
  for (let rank = 0; rank < sorted.rows.length; rank += 1) {
    if (isMember[sorted.rows[rank] ?? 0] !== 1) continue;
    middles[count] = sorted.coordinates[rank] ?? 0;
    count += 1;
  }
  const ranked = new Float64Array(count);
  bandwidth(middles.subarray(0, count), ranked);
  const widths = new Float64Array(rows.count);
  count = 0;
  for (let rank = 0; rank < sorted.rows.length; rank += 1) {
    const row = sorted.rows[rank] ?? 0;
    if (isMember[row] !== 1) continue;
    widths[row] = ranked[count] ?? priorWidth;
    count += 1;
  }
  return widths;
}

/** Cells have a mass and lines a density, each of a normal variable cut off at both ends. */
function normsOf(isLine: boolean): (middle: number, sigma: number) => number {
  let known = Number.NaN;
  let normOfKnown = 0;
  return (middle, sigma) => {
    // Most kernels are as narrow as they may be, and share the logarithm of that.
    if (sigma !== known) {
      known = sigma;
      normOfKnown = isLine ? Math.log(sigma) + halfLogTwoPi : 0;
    }
    const mass = massBetween(-middle / sigma, (1 - middle) / sigma);
    return mass === 1 ? normOfKnown : normOfKnown + Math.log(mass);
  };
}
