/** Single dimensions of a search space, drawn from their priors. */
import type { Dimension } from "../space/dimension.js";
import { quantile } from "../space/distribution.js";

/** What a point holds for a dimension, by a number in (0, 1): its place, or the index of its choice. */
export function placeFromPrior(dimension: Dimension, chance: number): number {
  return dimension.kind === "numeric"
    ? dimension.placeOf(Number(quantile(dimension.distribution, chance)))
    : indexAt(dimension.probabilities, chance);
}

/** The index at which the sum of `probabilities`, which add up to 1, passes `chance`. */
export function indexAt(probabilities: readonly number[], chance: number): number {
  let left = chance;
  const index = probabilities.findIndex((probability) => {
    left -= probability;
    return left < 0;
  });
  // Rounding may leave a little of the chance.
  return index < 0 ? probabilities.length - 1 : index;
}
