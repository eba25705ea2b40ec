/** Whether a difference is more than chance: Wilcoxon's test for pairs, and Holm's correction for many. */
import { signedRankPValue } from "../../src/stopping/signed-ranks.js";

/** Two-sided; 1 where there are no pairs. */
export function signedRank(differences: readonly number[]): number {
  if (differences.length === 0) return 1;
  const sides = [differences, differences.map((each) => -each)].map(signedRankPValue);
  return Math.min(1, 2 * Math.min(...sides));
}

/** Holm, "A simple sequentially rejective multiple test procedure" (1979): adjusted, in the given order. */
export function holm(probabilities: readonly number[]): readonly number[] {
  const order = probabilities.map((each, index) => ({ each, index }));
  order.sort((a, b) => a.each - b.each);
  const adjusted: number[] = new Array(probabilities.length).fill(1);
  let most = 0;
  for (const [rank, { each, index }] of order.entries()) {
    most = Math.max(most, Math.min(1, each * (probabilities.length - rank)));
    adjusted[index] = most;
  }
  return adjusted;
}
