/**
 * The covariance of losses at two points:
 *
 *   K(x, x′) = s² Πᵢ (1 + w kᵢ) / (1 + w),
 *
 * where kᵢ is Matérn 5/2 of |xᵢ - x′ᵢ| / ℓᵢ. The one scalar w learns how much parameters interact: towards
 * 0 the losses are a sum of functions of one parameter each, towards infinity the kernel is the
 * usual product. Additive structure is what makes a loss learnable from few trials in many
 * dimensions (Duvenaud et al., "Additive Gaussian processes", 2011), and w asks for no subsets.
 */
import { expOfMinus } from "./special.js";

/** For each parameter a number; two categories are 1 apart, or 0 where they are the same. */
export type Features = Float64Array;

export interface Hyperparameters {
  /** ℓ, one for each parameter, in units of its range. */
  readonly lengths: Float64Array;
  /** s². */
  readonly signal: number;
  /** σ², the variance of the noise. */
  readonly noise: number;
  /** w. */
  readonly interaction: number;
}

const root5 = Math.sqrt(5);

/** √5 |xᵢ - x′ᵢ| of two points into `distances` from `at` on. */
export function distancesBetween(
  a: Features,
  b: Features,
  isCategory: readonly boolean[],
  distances: Float64Array,
  at: number,
): void {
  for (let i = 0; i < isCategory.length; i += 1) {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    distances[at + i] = root5 * (isCategory[i] === true && difference > 0 ? 1 : difference);
  }
}

/** A kernel with its hyperparameters worked out as far as they go. */
export interface Kernel {
  readonly isCategory: readonly boolean[];
  /** √5 / ℓᵢ. */
  readonly rates: Float64Array;
  readonly signal: number;
  readonly interaction: number;
  readonly perFactor: number;
}

export function kernelOf(
  { lengths, signal, interaction }: Hyperparameters,
  isCategory: readonly boolean[],
): Kernel {
  return {
    isCategory,
    rates: lengths.map((each) => root5 / each),
    signal,
    interaction,
    perFactor: 1 / (1 + interaction),
  };
}

export function covariance(kernel: Kernel, a: Features, b: Features): number {
  const { isCategory, rates, interaction, perFactor } = kernel;
  let product = kernel.signal;
  for (let i = 0; i < rates.length; i += 1) {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    if (difference === 0) continue;
    const r = (rates[i] ?? 0) * (isCategory[i] === true ? 1 : difference);
    product *= (1 + interaction * (1 + r * (1 + r / 3)) * expOfMinus(r)) * perFactor;
  }
  return product;
}

/** The covariance, and its derivative by each of `a`'s numbers (0 for categories) into `gradient` from `at` on. */
export function covarianceWithGradient(
  kernel: Kernel,
  a: Features,
  b: Features,
  gradient: Float64Array,
  at: number,
): number {
  const { isCategory, rates, interaction, perFactor } = kernel;
  let product = kernel.signal;
  for (let i = 0; i < rates.length; i += 1) {
    gradient[at + i] = 0;
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference === 0) continue;
    const isNumber = isCategory[i] !== true;
    const rate = rates[i] ?? 0;
    const r = rate * (isNumber ? Math.abs(difference) : 1);
    const decay = expOfMinus(r);
    const factor = 1 + interaction * (1 + r * (1 + r / 3)) * decay;
    product *= factor * perFactor;
    if (isNumber) {
      const slope = ((interaction * rate * r * (1 + r)) / 3) * decay;
      gradient[at + i] = (difference > 0 ? -slope : slope) / factor;
    }
  }
  for (let i = 0; i < rates.length; i += 1) {
    gradient[at + i] = (gradient[at + i] ?? 0) * product;
  }
  return product;
}
