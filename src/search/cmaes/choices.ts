/**
 * Choices without an order, which CMA-ES does not know: drawn by chances that move towards the
 * choices of the better half of each generation, and never so far that the others are no longer
 * tried.
 *
 * The step is that of population-based incremental learning (Baluja, 1994), which is the natural
 * gradient of independent categories, with the ranks of CMA-ES for weights; the margin is that of
 * CatCMA (Hamano et al., "CatCMA: stochastic optimization for mixed-category problems", 2024).
 */
import type { RandomStream } from "../../space/random.js";
import { indexAt } from "../prior.js";

/** Of each unordered dimension, the chance of each of its choices. */
export type Chances = readonly (readonly number[])[];

/** How much of the way the chances go with each generation. */
const rate = 0.25;
/** How often every choice of a configuration is the likeliest one, when the chances have settled. */
const settled = 0.73;

export function drawChoices(chances: Chances, random: RandomStream): readonly number[] {
  return chances.map((row) => indexAt(row, random.next()));
}

/**
 * `chosen` are the choices of a generation, the best first, NaN where a parameter does not exist;
 * `weights` those of the ranks, negative ones for the worse half.
 */
export function learnedChances(
  chances: Chances,
  chosen: readonly (readonly number[])[],
  weights: readonly number[],
): Chances {
  return chances.map((row, dimension) => {
    const votes = row.map(() => 0);
    for (const [rank, choices] of chosen.entries()) {
      const choice = choices[dimension] ?? Number.NaN;
      const vote = votes[choice];
      if (vote !== undefined) votes[choice] = vote + Math.max(0, weights[rank] ?? 0);
    }
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    if (total === 0) return row;
    const moved = row.map((chance, choice) => {
      return chance + rate * ((votes[choice] ?? 0) / total - chance);
    });
    const least = (1 - settled ** (1 / chances.length)) / (row.length - 1);
    return atLeast(moved, Math.min(least, 1 / row.length));
  });
}

/** What is missing at the least ones is taken from what the others have above the least. */
function atLeast(chances: readonly number[], least: number): readonly number[] {
  const raised = chances.map((chance) => Math.max(chance, least));
  const above = raised.reduce((sum, chance) => sum + chance - least, 0);
  const spare = 1 - least * chances.length;
  return raised.map((chance) => (above > 0 ? least + ((chance - least) * spare) / above : chance));
}
