/** How a hyperband rule thins out the trials of a sweep, worked out before it runs. */
import { bandsOf, survivorsOf } from "../sweep/hyperband-bands.js";
import type { Hyperband } from "../sweep/sweep.js";

export interface Rung {
  /** How many values of the metric a trial has reported when it is judged. */
  readonly reports: number;
  /** How many trials get here, and how many go on. */
  readonly reach: number;
  readonly goOn: number;
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
