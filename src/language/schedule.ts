/**
 * How a hyperband rule thins out the trials of a sweep, worked out before it runs.
 *
 * The bands and the number that survives are those of W&B's engine (`hyperband_stopping.py`): at a
 * band the value at position `floor(n / eta)` of the sorted ones is the threshold, and it passes
 * itself, so `floor(n / eta) + 1` trials go on, not `n / eta`.
 */
import type { Hyperband } from "../sweep/sweep.js";

export interface Rung {
  /** How many values of the metric a trial has reported when it is judged. */
  readonly reports: number;
  /** How many trials get here, and how many go on. */
  readonly reach: number;
  readonly goOn: number;
}

/** More bands than this are not counted: without `max_iter` they go on for ever. */
const bandsCounted = 100;

/** In reported values, in ascending order; empty where the rule is not whole. */
export function bandsOf({ minIter, maxIter, s, eta }: Hyperband): readonly number[] {
  if (maxIter !== undefined) return s === undefined ? [] : bandsBelow(maxIter, s, eta);
  if (minIter === undefined) return [];
  const bands = Array.from({ length: bandsCounted }, (_, index) =>
    Math.floor(minIter * eta ** index),
  );
  return bands.filter(Number.isSafeInteger);
}

function bandsBelow(maxIter: number, s: number, eta: number): readonly number[] {
  const bands: number[] = [];
  let band = maxIter;
  for (let index = 0; index < s; index += 1) {
    band /= eta;
    if (band < 1) break;
    bands.push(Math.floor(band));
  }
  return bands.reverse();
}

/** How many of `reach` trials that are compared at a band are not behind its threshold. */
export function survivorsOf(reach: number, eta: number): number {
  return Math.min(reach, Math.floor(reach / eta) + 1);
}

/**
 * What becomes of `trials` trials when each is judged beside all the others. Trials that run one
 * after another are judged beside fewer, so more of them may get further. Ends where the rule stops
 * none any more.
 */
export function scheduleOf(rule: Hyperband, trials: number): readonly Rung[] {
  const rungs: Rung[] = [];
  let reach = trials;
  for (const reports of bandsOf(rule)) {
    const goOn = survivorsOf(reach, rule.eta);
    // Two bands at the same count, as a small eta gives, are one.
    if (rungs.at(-1)?.reports === reports) continue;
    if (goOn === reach) break;
    rungs.push({ reports, reach, goOn });
    reach = goOn;
  }
  return rungs;
}
