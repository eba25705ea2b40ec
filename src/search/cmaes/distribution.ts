/**
 * The search distribution of CMA-ES, N(mean, step² C), and how a generation moves it (Hansen, "The
 * CMA Evolution Strategy: A Tutorial", 2016, figure 6, active update).
 */
import { normalQuantile } from "../../space/normal.js";
import type { RandomStream } from "../../space/random.js";
import { diagonalOf, eigenOf, identityMatrix } from "./eigen.js";
import type { Strategy } from "./strategy.js";

export interface SearchDistribution {
  readonly strategy: Strategy;
  readonly generation: number;
  readonly mean: Float64Array;
  /** The step size, of all directions. */
  readonly step: number;
  /** C, by rows. */
  readonly covariance: Float64Array;
  /** Eigenvectors of C, in the columns. */
  readonly axes: Float64Array;
  /** Square roots of the eigenvalues of C. */
  readonly lengths: Float64Array;
  readonly stepPath: Float64Array;
  readonly covariancePath: Float64Array;
}

/** One member of a generation, as far as it was drawn. */
export interface Member {
  /** (x - mean) / step. */
  readonly offset: Float64Array;
  /** Of each coordinate, whether it took part: what does not exist in a configuration says nothing. */
  readonly isActive: readonly boolean[];
}

export function initialDistribution(
  strategy: Strategy,
  mean: Float64Array,
  step: number,
): SearchDistribution {
  const n = mean.length;
  return {
    strategy,
    generation: 0,
    mean,
    step,
    covariance: identityMatrix(n),
    axes: identityMatrix(n),
    lengths: new Float64Array(n).fill(1),
    stepPath: new Float64Array(n),
    covariancePath: new Float64Array(n),
  };
}

/** A draw from N(0, C). */
export function drawOffset(distribution: SearchDistribution, random: RandomStream): Float64Array {
  const { axes, lengths } = distribution;
  return product(
    axes,
    lengths.map((length) => length * normalQuantile(random.next())),
  );
}

/** Where an offset leads. */
export function reach({ mean, step }: SearchDistribution, offset: Float64Array): Float64Array {
  return combined(1, mean, step, offset);
}

/** The length of an offset in units of the distribution: of C^(-1/2) times it. */
export function lengthOf(distribution: SearchDistribution, offset: Float64Array): number {
  return Math.hypot(...whitened(distribution, offset));
}

/** `members` are a whole generation, the best first. */
export function advance(
  distribution: SearchDistribution,
  members: readonly Member[],
): SearchDistribution {
  const { strategy, mean, step, generation } = distribution;
  const { selectionMass: mass, stepRate, pathRate, expectedLength, dimensions } = strategy;
  const shift = meanOffset(strategy, members);
  const white = product(distribution.axes, whitened(distribution, shift));
  const stepGain = Math.sqrt(stepRate * (2 - stepRate) * mass);
  const stepPath = combined(1 - stepRate, distribution.stepPath, stepGain, white);
  const pathLength = Math.hypot(...stepPath);
  const settled = Math.sqrt(1 - (1 - stepRate) ** (2 * (generation + 1)));
  // The path of the covariance stands still while the step size is growing in leaps.
  const isSteady = pathLength / settled < (1.4 + 2 / (dimensions + 1)) * expectedLength;
  const pathGain = isSteady ? Math.sqrt(pathRate * (2 - pathRate) * mass) : 0;
  const covariancePath = combined(1 - pathRate, distribution.covariancePath, pathGain, shift);
  return {
    strategy,
    generation: generation + 1,
    mean: combined(1, mean, step, shift),
    step: step * Math.exp((stepRate / strategy.stepDamping) * (pathLength / expectedLength - 1)),
    ...decomposed(adapted(distribution, members, covariancePath, isSteady), strategy),
    stepPath,
    covariancePath,
  };
}

/** The weighted mean of the better half. */
function meanOffset({ weights }: Strategy, members: readonly Member[]): Float64Array {
  const shift = new Float64Array(members[0]?.offset.length ?? 0);
  members.forEach(({ offset, isActive }, rank) => {
    const weight = Math.max(0, weights[rank] ?? 0);
    offset.forEach((each, index) => {
      if (isActive[index] === true) shift[index] = (shift[index] ?? 0) + weight * each;
    });
  });
  return shift;
}

/** Equation 47. */
function adapted(
  distribution: SearchDistribution,
  members: readonly Member[],
  path: Float64Array,
  isSteady: boolean,
): Float64Array {
  const { strategy, covariance } = distribution;
  const { weights, rankOneRate, rankManyRate, pathRate, isSeparable } = strategy;
  const n = path.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lost = isSteady ? 0 : pathRate * (2 - pathRate);
  const kept = 1 + rankOneRate * lost - rankOneRate - rankManyRate * total;
  const steered = members.map((member, rank) => steering(distribution, member, weights[rank] ?? 0));
  const next = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = isSeparable ? i : 0; j <= i; j += 1) {
      const before = covariance[i * n + j] ?? 0;
      let many = 0;
      for (const [rank, { offset, isActive }] of members.entries()) {
        if (isActive[i] === true && isActive[j] === true) {
          many += (steered[rank] ?? 0) * (offset[i] ?? 0) * (offset[j] ?? 0);
        } else if (isActive[i] === isActive[j]) {
          // What did not exist leaves its own variance as it is.
          many += (weights[rank] ?? 0) * before;
        }
      }
      const one = (path[i] ?? 0) * (path[j] ?? 0);
      const entry = kept * before + rankOneRate * one + rankManyRate * many;
      next[i * n + j] = entry;
      next[j * n + i] = entry;
    }
  }
  return next;
}

/** Equation 46: a bad step counts against its direction alone, however long it was. */
function steering(distribution: SearchDistribution, member: Member, weight: number): number {
  if (weight >= 0) return weight;
  const { offset, isActive } = member;
  const active = offset.map((each, index) => (isActive[index] === true ? each : 0));
  const count = isActive.filter((each) => each).length;
  return (weight * count) / (lengthOf(distribution, active) ** 2 + 1e-8);
}

/** Relative to the largest eigenvalue; rounding can take one below 0. */
const leastEigenvalue = 1e-16;

/** A covariance with its axes, as the fields of a distribution that go together. */
export function decomposed(
  covariance: Float64Array,
  { isSeparable }: Strategy,
): Pick<SearchDistribution, "covariance" | "axes" | "lengths"> {
  const n = Math.round(Math.sqrt(covariance.length));
  const { values, vectors } = isSeparable
    ? { values: diagonalOf(covariance, n), vectors: identityMatrix(n) }
    : eigenOf(covariance, n);
  const floor = values.reduce((most, value) => Math.max(most, value), 0) * leastEigenvalue;
  return {
    covariance,
    axes: vectors,
    lengths: values.map((value) => Math.sqrt(Math.max(value, floor))),
  };
}

/** D^(-1) Bᵀ times an offset, where C = B D² Bᵀ. */
function whitened({ axes, lengths }: SearchDistribution, offset: Float64Array): Float64Array {
  const n = offset.length;
  return lengths.map((length, column) => {
    let sum = 0;
    for (let row = 0; row < n; row += 1) sum += (axes[row * n + column] ?? 0) * (offset[row] ?? 0);
    return sum / length;
  });
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let column = 0; column < n; column += 1) {
      sum += (matrix[row * n + column] ?? 0) * (vector[column] ?? 0);
    }
    return sum;
  });
}

function combined(a: number, x: Float64Array, b: number, y: Float64Array): Float64Array {
  return x.map((each, index) => a * each + b * (y[index] ?? 0));
}
