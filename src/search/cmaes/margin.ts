/**
 * CMA-ES with margin: a whole number never comes so near to one value that its neighbours are no
 * longer drawn (Hamano, Saito, Nomura & Shirakawa, "CMA-ES with margin: lower-bounding marginal
 * probability for mixed-integer black-box optimization", 2022, section 4).
 */
import { normalProbability, normalQuantile } from "../../space/normal.js";
import type { Cell } from "./coordinates.js";

export interface Marginal {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * A marginal distribution as it must be for each neighbour of the cell of its mean to be drawn with
 * a probability of about `alpha`: on both sides at least half of it each, or all of it on the one
 * side where the cell is the first or the last.
 */
export function withMargin({ mean, deviation }: Marginal, cell: Cell, alpha: number): Marginal {
  if (cell.lower <= 0 && cell.upper >= 1) return { mean, deviation };
  if (cell.lower <= 0 || cell.upper >= 1) {
    const bound = cell.lower <= 0 ? cell.upper : cell.lower;
    const most = deviation * normalQuantile(1 - alpha);
    const distance = Math.min(Math.abs(mean - bound), most);
    return { mean: bound + (mean < bound ? -distance : distance), deviation };
  }
  const below = normalProbability((cell.lower - mean) / deviation);
  const above = normalProbability((mean - cell.upper) / deviation);
  const least = alpha / 2;
  if (below >= least && above >= least) return { mean, deviation };
  const low = Math.max(least, below);
  const up = Math.max(least, above);
  const middle = 1 - below - above;
  // What was added to one side is taken from where there is more than the least.
  const excess = (1 - low - up - middle) / (low + up + middle - 3 * least);
  const lowQuantile = normalQuantile(1 - low - excess * (low - least));
  const upQuantile = normalQuantile(1 - up - excess * (up - least));
  return {
    mean: (cell.lower * upQuantile + cell.upper * lowQuantile) / (lowQuantile + upQuantile),
    deviation: (cell.upper - cell.lower) / (lowQuantile + upQuantile),
  };
}
