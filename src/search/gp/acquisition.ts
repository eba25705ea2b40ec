/** How much a point is worth trying. */
import type { Features } from "./kernel.js";
import type { Posterior, Prediction } from "./posterior.js";
import { logImprovement, logNormalCumulative } from "./special.js";

/** To be maximised. */
export interface Acquisition {
  at(x: Features): number;
  /** The same, with its derivatives by each number of `x`. */
  withGradient(x: Features, gradient: Float64Array): number;
}

/**
 * The logarithm of the expected improvement on `best`; with `constraint`, whose loss is to be at
 * most 0, of that times the probability that it is (Gardner et al., "Bayesian optimization with
 * inequality constraints", 2014). Without a `best`, of that probability alone.
 */
export function logExpectedImprovement(
  loss: Posterior,
  best: number | undefined,
  constraint?: Posterior,
): Acquisition {
  return {
    at: (x) => {
      const improvement = best === undefined ? 0 : improvementAt(loss.at(x), best).value;
      if (constraint === undefined) return improvement;
      const { mean, variance } = constraint.at(x);
      return improvement + logNormalCumulative(-mean / Math.sqrt(variance)).value;
    },
    withGradient: (x, gradient) => {
      const ofMean = new Float64Array(x.length);
      const ofVariance = new Float64Array(x.length);
      gradient.fill(0);
      let value = 0;
      if (best !== undefined) {
        const improvement = improvementAt(loss.withGradient(x, ofMean, ofVariance), best);
        value += improvement.value;
        combine(gradient, ofMean, improvement.byMean, ofVariance, improvement.byVariance);
      }
      if (constraint !== undefined) {
        const { mean, variance } = constraint.withGradient(x, ofMean, ofVariance);
        const sd = Math.sqrt(variance);
        const feasible = logNormalCumulative(-mean / sd);
        value += feasible.value;
        const byVariance = (feasible.slope * mean) / (2 * variance * sd);
        combine(gradient, ofMean, -feasible.slope / sd, ofVariance, byVariance);
      }
      return value;
    },
  };
}

function improvementAt({ mean, variance }: Prediction, best: number) {
  const sd = Math.sqrt(variance);
  const z = (best - mean) / sd;
  const { value, slope } = logImprovement(z);
  return {
    value: value + Math.log(sd),
    byMean: -slope / sd,
    byVariance: (1 - slope * z) / (2 * variance),
  };
}

function combine(
  gradient: Float64Array,
  a: Float64Array,
  timesA: number,
  b: Float64Array,
  timesB: number,
): void {
  for (let i = 0; i < gradient.length; i += 1) {
    gradient[i] = (gradient[i] ?? 0) + timesA * (a[i] ?? 0) + timesB * (b[i] ?? 0);
  }
}
