/**
 * Wilcoxon's signed-rank test for pairs, two-sided, by its exact distribution (also with ties, which
 * share their ranks; pairs that are equal are left out), and Holm's correction for many tests.
 */

/** 1 where there are no pairs that differ. */
export function signedRank(differences: readonly number[]): number {
  const ranks = doubledRanks(differences.filter((each) => each !== 0));
  const total = ranks.reduce((sum, { rank }) => sum + rank, 0);
  const positive = ranks.reduce((sum, { rank, sign }) => sum + (sign > 0 ? rank : 0), 0);
  // How many of the 2^n assignments of signs give each sum of the positive ranks.
  let ways = new Float64Array(total + 1);
  ways[0] = 1;
  for (const { rank } of ranks) {
    const next = ways.map((each, sum) => each + (ways[sum - rank] ?? 0));
    ways = next;
  }
  const least = Math.min(positive, total - positive);
  const tail = ways.subarray(0, least + 1).reduce((sum, each) => sum + each, 0);
  return Math.min(1, (2 * tail) / 2 ** ranks.length);
}

/** Twice the rank of each size, so that shared ranks are whole. */
function doubledRanks(differences: readonly number[]): readonly { rank: number; sign: number }[] {
  const sizes = differences.map(Math.abs);
  return differences.map((each) => {
    const size = Math.abs(each);
    const below = sizes.filter((other) => other < size).length;
    const equal = sizes.filter((other) => other === size).length;
    return { rank: 2 * below + equal + 1, sign: Math.sign(each) };
  });
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
