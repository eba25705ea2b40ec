/**
 * When a run of CMA-ES has nothing more to find, so that another one begins, with twice the
 * population: IPOP (Auger & Hansen, "A restart CMA evolution strategy with increasing population
 * size", 2005, section 2; Hansen 2016, appendix B.3).
 *
 * The criteria for steps lost in rounding (NoEffectAxis, NoEffectCoord) are left out: in a unit cube
 * `tinyStep` comes long before them.
 */
import type { SearchRun } from "./search-run.js";

/** A billionth of the range: no metric of a trained model tells two such configurations apart. */
const tinyStep = 1e-9;
const tinyDifference = 1e-12;
const largeGrowth = 1e4;
const largeCondition = 1e14;

/** `losses` are those of the last generation, the best first; `sigma` is the first step of the run. */
export function isDone(run: SearchRun, losses: readonly number[], sigma: number): boolean {
  const { distribution, stretch } = run;
  const { mean, step, lengths, covariance, covariancePath, strategy, generation } = distribution;
  const n = mean.length;
  const { population } = strategy;
  const limit = 100 + (50 * (n + 3) ** 2) / Math.sqrt(population);
  if (generation > limit || isFlat(run, losses) || isStagnant(run)) return true;
  if (n === 0) return false;
  const longest = lengths.reduce((a, b) => Math.max(a, b));
  const shortest = lengths.reduce((a, b) => Math.min(a, b));
  if (longest / shortest > Math.sqrt(largeCondition)) return true;
  if (step * longest > largeGrowth * sigma) return true;
  return mean.every((_, at) => {
    const deviation = Math.sqrt(covariance[at * n + at] ?? 0);
    const reach = Math.max(deviation, Math.abs(covariancePath[at] ?? 0));
    return step * (stretch[at] ?? 1) * reach < tinyStep;
  });
}

/** EqualFunValues and TolFun. */
function isFlat({ distribution, best }: SearchRun, losses: readonly number[]): boolean {
  const { mean, strategy } = distribution;
  const span = 10 + Math.ceil((30 * mean.length) / strategy.population);
  if (best.length < span) return false;
  const last = best.slice(-span);
  return rangeOf(last) === 0 || rangeOf([...last, ...losses]) < tinyDifference;
}

/** Neither the best nor the middle of the generations has become better for a fifth of the run. */
function isStagnant({ distribution, best, median }: SearchRun): boolean {
  const { mean, strategy } = distribution;
  const least = 120 + (30 * mean.length) / strategy.population;
  const span = Math.min(20_000, Math.max(least, 0.2 * best.length));
  if (best.length < span) return false;
  return [best, median].every((history) => {
    const last = history.slice(-Math.ceil(span));
    const part = Math.ceil(last.length * 0.3);
    return middleOf(last.slice(-part)) >= middleOf(last.slice(0, part));
  });
}

/** Not a number, and so no reason to stop, where something is infinite. */
function rangeOf(losses: readonly number[]): number {
  return losses.reduce((a, b) => Math.max(a, b)) - losses.reduce((a, b) => Math.min(a, b));
}

function middleOf(losses: readonly number[]): number {
  return losses.toSorted((a, b) => a - b)[losses.length >> 1] ?? Infinity;
}
