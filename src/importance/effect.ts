/**
 * Which parameters seem to do no more than one that does nothing.
 *
 * Judged by how much their splits explain, interactions included, and not by their fractions alone:
 * two parameters that matter only together have none of their own.
 */
import type { RandomStream } from "../space/random.js";
import { growShadowForest } from "./forest.js";
import type { Results } from "./results.js";

export interface Effect {
  /** The mean share of what a tree's splits explain that this axis has. */
  readonly share: number;
  /** What a shuffled copy of it has in three of four trees at most. */
  readonly shadow: number;
  readonly isMeasurable: boolean;
}

const shadowTrees = 40;
/**
 * A tree varies more than the mean of all, so this is stricter than it reads: of parameters that do
 * nothing about three of four are found out, and few that do something are suspected.
 */
const shadowQuantile = 0.75;

/** One for each axis. */
export function effectsOf(results: Results, draws: RandomStream): readonly Effect[] {
  const count = results.axes.length;
  const { trees } = growShadowForest(results, draws, shadowTrees);
  const shares = trees.map(({ gains }) => {
    const total = gains.reduce((sum, gain) => sum + gain, 0) || 1;
    return gains.map((gain) => gain / total);
  });
  return results.axes.map((_, axis) => {
    const share = shares.reduce((sum, each) => sum + (each[axis] ?? 0), 0) / shares.length;
    const shadows = shares.map((each) => each[count + axis] ?? 0).sort((a, b) => a - b);
    const shadow = shadows[Math.ceil(shadowQuantile * shadows.length) - 1] ?? 0;
    return { share, shadow, isMeasurable: share > shadow };
  });
}
