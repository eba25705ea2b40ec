/**
 * When a whole study is not worth going on: so many trials have ended since the best of them.
 *
 * A count, and no bound on the regret: a bound is only as good as the model behind it, which knows
 * least where it would have to be trusted, and there is none for a grid or a random search. What the
 * count is worth can be said without a model: of n + m trials in random order each is as likely to be
 * the best, so the chance that m more hold a better one than n before them is m/(n + m).
 */
import type { Observation } from "../space/history.js";
import { type Goal, isBetter } from "./curves.js";

export interface NoImprovement {
  /** How many trials have ended since the best one. */
  readonly since: number;
  /** How many have ended in all, complete or pruned. */
  readonly ended: number;
  readonly best: { readonly trial: number; readonly value: number };
  /** That as many trials more would hold a better one, were they drawn at random. */
  readonly chance: number;
}

/**
 * Undefined while the study should go on: fewer than `trials` (at least 1) have ended since the best.
 * Complete and pruned trials count, in the order in which they ended; only one that is complete can
 * be the best, by being better than all before it. What failed or was stopped by the user says nothing.
 */
export function noImprovement(
  observations: readonly Observation[],
  trials: number,
  goal: Goal,
): NoImprovement | undefined {
  const ended = observations
    .filter(({ state }) => state === "complete" || state === "pruned")
    .sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0));
  let best: NoImprovement["best"] | undefined;
  let since = 0;
  for (const { number, state, value } of ended) {
    const isCandidate = state === "complete" && value !== null && Number.isFinite(value);
    if (isCandidate && (best === undefined || isBetter(value, best.value, goal))) {
      best = { trial: number, value };
      since = 0;
    } else if (best !== undefined) since += 1;
  }
  if (best === undefined || since < trials) return undefined;
  return { since, ended: ended.length, best, chance: trials / (ended.length + trials) };
}

/** `no better trial among the last 30 of 80: trial 12 is still the best`. */
export function noImprovementSentence({ since, ended, best, chance }: NoImprovement): string {
  const percent = Math.round(100 * chance);
  return `no better trial among the last ${since} of ${ended}: trial ${best.trial} is still the best, and as many more at random would hold a better one with a chance of ${percent} %`;
}
