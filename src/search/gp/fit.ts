/**
 * Hyperparameters that fit what was observed: the maximum of their posterior density, that is, of the
 * marginal likelihood times a prior (Rasmussen & Williams, "Gaussian processes for machine
 * learning", 2006, section 5.4.1).
 */
import { distancesBetween, type Features, type Hyperparameters } from "./kernel.js";
import { cholesky, invert, solveLower, solveUpper } from "./matrix.js";
import { minimize, type Objective } from "./minimize.js";
import { expOfMinus } from "./special.js";

/** Of the logarithm of a hyperparameter: normal within bounds. */
export interface LogPrior {
  readonly mean: number;
  readonly sd: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Priors {
  readonly length: LogPrior;
  readonly signal: LogPrior;
  readonly noise: LogPrior;
  readonly interaction: LogPrior;
}

export interface Observed {
  readonly rows: readonly Features[];
  /** Standardised losses. */
  readonly y: Float64Array;
  readonly isCategory: readonly boolean[];
}

const iterations = 20;
const evaluations = 30;
const jitter = 1e-9;

/**
 * The best of one descent from each of `noiseStarts`, logarithms of σ²; all else starts from the means
 * of its prior. One start with little noise and one with much: the gradient in log σ² vanishes at
 * small σ², so noise is not found from there.
 */
export function fitted(
  observed: Observed,
  priors: Priors,
  noiseStarts: readonly number[],
): Hyperparameters {
  const { length, signal, noise, interaction } = priors;
  const of = [...observed.isCategory.map(() => length), signal, noise, interaction];
  const objective = objectiveOf(observed, of);
  const limits = {
    lower: Float64Array.from(of, ({ lower }) => lower),
    upper: Float64Array.from(of, ({ upper }) => upper),
    iterations,
    evaluations,
  };
  const minima = noiseStarts.map((start) => {
    const means = of.map((prior) => (prior === noise ? start : prior.mean));
    return minimize(objective, means, limits);
  });
  const [first, ...others] = minima;
  const best = others.reduce((a, b) => (a !== undefined && a.value <= b.value ? a : b), first);
  const theta = best?.x ?? Float64Array.from(of, ({ mean }) => mean);
  return hyperparametersOf(theta);
}

export function hyperparametersOf(theta: Float64Array): Hyperparameters {
  const parameters = theta.length - 3;
  return {
    lengths: theta.slice(0, parameters).map(Math.exp),
    signal: Math.exp(theta[parameters] ?? 0),
    noise: Math.exp(theta[parameters + 1] ?? 0),
    interaction: Math.exp(theta[parameters + 2] ?? 0),
  };
}

/** Minus the log density of θ = log (ℓ₁, ..., s², σ², w), with its gradient. */
export function objectiveOf(observed: Observed, priors: readonly LogPrior[]): Objective {
  const likelihood = likelihoodOf(observed);
  return (theta, gradient) => {
    let value = likelihood(theta, gradient);
    for (const [i, { mean, sd }] of priors.entries()) {
      const away = ((theta[i] ?? 0) - mean) / sd;
      value += 0.5 * away * away;
      gradient[i] = (gradient[i] ?? 0) + away / sd;
    }
    return value;
  };
}

function likelihoodOf({ rows, y, isCategory }: Observed): Objective {
  const size = rows.length;
  const parameters = isCategory.length;
  const distances = pairDistances(rows, isCategory);
  const k = new Float64Array(size * size);
  const l = new Float64Array(size * size);
  const inverse = new Float64Array(size * size);
  const shares = new Float64Array(distances.length);
  const joint = new Float64Array(size * size);

  return (theta, gradient) => {
    const { lengths, signal, noise, interaction } = hyperparametersOf(theta);
    fillCovariance({ distances, k, shares, joint, size, lengths, signal, interaction });
    l.set(k);
    for (let row = 0; row < size; row += 1) l[row * size + row] = signal + noise + jitter;
    if (!cholesky(l, size)) return Number.POSITIVE_INFINITY;
    const weights = y.slice();
    let value = 0.5 * size * Math.log(2 * Math.PI);
    for (let row = 0; row < size; row += 1) value += Math.log(l[row * size + row] ?? 1);
    solveLower(l, weights, size);
    for (const each of weights) value += 0.5 * each * each;
    solveUpper(l, weights, size);
    // L is not needed any more once it is inverted, and `l` has room for nothing else.
    invert(l, inverse, l.slice(), size);
    gradient.fill(0);
    let ofSignal = 0;
    let ofNoise = 0;
    let ofInteraction = 0;
    for (let row = 0, pair = 0; row < size; row += 1) {
      const weight = weights[row] ?? 0;
      const start = row * size;
      const onDiagonal = weight * weight - (inverse[start + row] ?? 0);
      ofSignal -= 0.5 * onDiagonal * signal;
      ofNoise -= 0.5 * onDiagonal * noise;
      for (let column = 0; column < row; column += 1, pair += parameters) {
        const pull =
          (weight * (weights[column] ?? 0) - (inverse[start + column] ?? 0)) *
          (k[start + column] ?? 0);
        ofSignal -= pull;
        ofInteraction -= pull * (joint[start + column] ?? 0);
        for (let i = 0; i < parameters; i += 1) {
          gradient[i] = (gradient[i] ?? 0) - pull * (shares[pair + i] ?? 0);
        }
      }
    }
    gradient[parameters] = ofSignal;
    gradient[parameters + 1] = ofNoise;
    gradient[parameters + 2] = ofInteraction;
    return value;
  };
}

interface Filling {
  readonly distances: Float64Array;
  readonly k: Float64Array;
  /** ∂ log K / ∂ log ℓᵢ of each pair, a number for each parameter. */
  readonly shares: Float64Array;
  /** ∂ log K / ∂ log w of each pair. */
  readonly joint: Float64Array;
  readonly size: number;
  readonly lengths: Float64Array;
  readonly signal: number;
  readonly interaction: number;
}

function fillCovariance(filling: Filling): void {
  const { distances, k, shares, joint, size, lengths, signal, interaction } = filling;
  const parameters = lengths.length;
  const rates = lengths.map((each) => 1 / each);
  const perFactor = 1 / (1 + interaction);
  const atOne = interaction * perFactor;
  for (let row = 0, pair = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1, pair += parameters) {
      let product = signal;
      let together = 0;
      for (let i = 0; i < parameters; i += 1) {
        const r = (rates[i] ?? 0) * (distances[pair + i] ?? 0);
        if (r === 0) {
          shares[pair + i] = 0;
          continue;
        }
        const decay = expOfMinus(r);
        const correlated = interaction * (1 + r * (1 + r / 3)) * decay;
        const factor = 1 + correlated;
        product *= factor * perFactor;
        together += correlated / factor - atOne;
        shares[pair + i] = (interaction * ((r * r) / 3) * (1 + r) * decay) / factor;
      }
      k[row * size + column] = product;
      joint[row * size + column] = together;
    }
  }
}

function pairDistances(rows: readonly Features[], isCategory: readonly boolean[]): Float64Array {
  const parameters = isCategory.length;
  const distances = new Float64Array(((rows.length * (rows.length - 1)) / 2) * parameters);
  let at = 0;
  for (const [row, a] of rows.entries()) {
    for (const b of rows.slice(0, row)) {
      distancesBetween(a, b, isCategory, distances, at);
      at += parameters;
    }
  }
  return distances;
}
