/** What a Gaussian process says of a point, given what was observed and its hyperparameters. */
import {
  covariance,
  covarianceWithGradient,
  type Features,
  type Hyperparameters,
  kernelOf,
} from "./kernel.js";
import { cholesky, dot, solveLower, solveUpper } from "./matrix.js";

export interface Prediction {
  readonly mean: number;
  /** Of the loss without its noise. */
  readonly variance: number;
}

export interface Posterior {
  readonly hyperparameters: Hyperparameters;
  at(x: Features): Prediction;
  /** Fills in the derivatives by each number of `x`; those by categories are 0. */
  withGradient(x: Features, ofMean: Float64Array, ofVariance: Float64Array): Prediction;
}

/** Added to the diagonal, and ten times as much as long as the matrix is not positive definite. */
const leastJitter = 1e-9;

/**
 * `y` has mean 0 a priori. `pending` are points whose results are still out: they stand with the
 * posterior mean for a value, which leaves the mean as it is and takes away the variance around them.
 */
export function posteriorOf(
  rows: readonly Features[],
  y: Float64Array,
  hyperparameters: Hyperparameters,
  isCategory: readonly boolean[],
  pending: readonly Features[] = [],
): Posterior {
  const kernel = kernelOf(hyperparameters, isCategory);
  const { signal, noise } = hyperparameters;
  const all = [...rows, ...pending];
  const size = all.length;
  const parameters = isCategory.length;
  const l = decomposed(size, noise, (a, b) => covariance(kernel, all[a] ?? y, all[b] ?? y));
  const weights = new Float64Array(size);
  weights.set(y);
  solveLower(l, weights, rows.length, size);
  solveUpper(l, weights, rows.length, size);
  const leastVariance = 1e-12 * signal + 1e-14;
  const k = new Float64Array(size);
  const slopes = new Float64Array(size * parameters);

  return {
    hyperparameters,
    at: (x) => {
      for (let row = 0; row < size; row += 1) k[row] = covariance(kernel, x, all[row] ?? x);
      const mean = dot(k, 0, weights, 0, size);
      solveLower(l, k, size);
      return { mean, variance: Math.max(leastVariance, signal - dot(k, 0, k, 0, size)) };
    },
    withGradient: (x, ofMean, ofVariance) => {
      for (let row = 0; row < size; row += 1) {
        k[row] = covarianceWithGradient(kernel, x, all[row] ?? x, slopes, row * parameters);
      }
      const mean = dot(k, 0, weights, 0, size);
      solveLower(l, k, size);
      const variance = Math.max(leastVariance, signal - dot(k, 0, k, 0, size));
      solveUpper(l, k, size);
      for (let i = 0; i < parameters; i += 1) {
        let slopeOfMean = 0;
        let slopeOfVariance = 0;
        for (let row = 0; row < size; row += 1) {
          const slope = slopes[row * parameters + i] ?? 0;
          slopeOfMean += slope * (weights[row] ?? 0);
          slopeOfVariance -= 2 * slope * (k[row] ?? 0);
        }
        ofMean[i] = slopeOfMean;
        ofVariance[i] = slopeOfVariance;
      }
      return { mean, variance };
    },
  };
}

function decomposed(
  size: number,
  noise: number,
  element: (row: number, column: number) => number,
): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      matrix[row * size + column] = element(row, column);
    }
  }
  for (let jitter = leastJitter; ; jitter *= 10) {
    const l = matrix.slice();
    for (let row = 0; row < size; row += 1) {
      l[row * size + row] = (l[row * size + row] ?? 0) + noise + jitter;
    }
    if (cholesky(l, size) || jitter > 1) return l;
  }
}
