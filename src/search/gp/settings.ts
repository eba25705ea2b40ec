/** What is believed of losses before any was seen. */
import type { LogPrior, Priors } from "./fit.js";

const of = (mean: number, sd: number, least: number, most: number): LogPrior => ({
  mean,
  sd,
  lower: Math.log(least),
  upper: Math.log(most),
});

const noise = of(-11, 3, 1e-7, 1);

const priors: Priors = {
  length: of(Math.log(0.5), 1, 0.02, 50),
  signal: of(0, 1, 0.02, 50),
  noise,
  // Leaning to the product: parameters of real networks interact.
  interaction: of(3, 1.5, 0.01, 100),
};

/** Logarithms of σ² to begin a fit from. */
export const noiseStarts: readonly number[] = [-7, -2.3];

export function priorsFor(isDeterministic: boolean): Priors {
  return isDeterministic
    ? { ...priors, noise: { ...noise, mean: noise.lower, upper: noise.lower } }
    : priors;
}
