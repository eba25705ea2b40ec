/**
 * Wilcoxon's signed-rank test (Wilcoxon 1945), one-sided, as SciPy 1.17 carries out
 * `wilcoxon(differences, alternative="greater", zero_method="zsplit")`: exact up to 50 differences
 * without ties and zeros, exact up to 13 with them, and otherwise by the normal approximation with
 * its variance corrected for ties.
 */
import { normalProbability } from "../space/normal.js";

/** Not above these is the distribution counted out. */
const mostExact = 50;
const mostExactWithTies = 13;

/**
 * How probable a sum of positive ranks at least as great is, where positive and negative differences
 * are equally so. At least one difference, all finite; half of a zero's rank counts as positive.
 */
export function signedRankPValue(differences: readonly number[]): number {
  const { ranks, tied } = ranksOf(differences.map(Math.abs));
  const isPlain = tied.length === 0 && !differences.includes(0);
  const positive = sum(ranks.filter((_, index) => (differences[index] ?? 0) > 0));
  const ofZeros = sum(ranks.filter((_, index) => differences[index] === 0));
  if (differences.length <= (isPlain ? mostExact : mostExactWithTies)) {
    const signed = ranks.filter((_, index) => differences[index] !== 0);
    return exactTail(signed, positive);
  }
  return normalTail(differences.length, tied, positive + ofZeros / 2);
}

/** The share of all assignments of signs whose positive ranks sum to `least` or more. */
function exactTail(ranks: readonly number[], least: number): number {
  // Doubled, because ties share a rank that may end in a half.
  const doubled = ranks.map((rank) => 2 * rank);
  const ways = new Float64Array(sum(doubled) + 1);
  ways[0] = 1;
  for (const rank of doubled) {
    for (let total = ways.length - 1; total >= rank; total -= 1) {
      ways[total] = (ways[total] ?? 0) + (ways[total - rank] ?? 0);
    }
  }
  return sum(ways.subarray(2 * least)) / 2 ** ranks.length;
}

function normalTail(count: number, tied: readonly number[], positive: number): number {
  const mean = (count * (count + 1)) / 4;
  const forTies = sum(tied.map((size) => size ** 3 - size)) / 2;
  const variance = (count * (count + 1) * (2 * count + 1) - forTies) / 24;
  return normalProbability((mean - positive) / Math.sqrt(variance));
}

/** From 1, the smallest first, equal ones sharing the mean of their ranks; and how large each group of equals is. */
function ranksOf(values: readonly number[]): {
  readonly ranks: readonly number[];
  readonly tied: readonly number[];
} {
  const sorted = [...values].sort((a, b) => a - b);
  const groups = new Map<number, { readonly rank: number; readonly size: number }>();
  for (const [index, value] of sorted.entries()) {
    const size = (groups.get(value)?.size ?? 0) + 1;
    groups.set(value, { rank: index + 1 - (size - 1) / 2, size });
  }
  const sizes = [...groups.values()].map(({ size }) => size);
  return {
    ranks: values.map((value) => groups.get(value)?.rank ?? 0),
    tied: sizes.filter((size) => size > 1),
  };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
}
