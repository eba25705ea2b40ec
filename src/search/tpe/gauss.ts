/** The normal distribution between bounds, fast enough for hundreds of thousands of kernels. */
import { normalProbability, normalQuantile } from "../../space/normal.js";

export const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

const cellsPerUnit = 64;
const reach = 9;
/** Φ and φ at multiples of 1/64 from -9 to 0. */
const chances = Float64Array.from({ length: reach * cellsPerUnit + 1 }, (_, index) =>
  normalProbability(index / cellsPerUnit - reach),
);
const densities = Float64Array.from({ length: reach * cellsPerUnit + 1 }, (_, index) => {
  const x = index / cellsPerUnit - reach;
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
});

/** Φ(x) for x of at most 0, to ten digits: Taylor's series around the nearest of the tabled points. */
function lower(x: number): number {
  if (x < -reach) return farTail(-x);
  const index = Math.round((x + reach) * cellsPerUnit);
  const at = index / cellsPerUnit - reach;
  const h = x - at;
  const series =
    1 +
    (h / 2) *
      (-at +
        (h / 3) *
          (at * at - 1 + (h / 4) * (3 * at - at ** 3 + (h / 5) * (at ** 4 - 6 * at * at + 3))));
  return (chances[index] ?? 0) + (densities[index] ?? 0) * h * series;
}

/** 1 - Φ(x) far out, where few terms of its continued fraction do (Abramowitz & Stegun 26.2.14). */
function farTail(x: number): number {
  let fraction = x;
  for (let depth = 12; depth > 0; depth -= 1) fraction = x + depth / fraction;
  return Math.exp(-0.5 * x * x) / (Math.sqrt(2 * Math.PI) * fraction);
}

/** The chance that a standard normal variable lies between two numbers, in the tails too. */
export function massBetween(low: number, high: number): number {
  // The upper tail has no digits left beside 1, so it is mirrored.
  if (low > 0) return lower(-low) - lower(-high);
  if (high < 0) return lower(high) - lower(low);
  const below = low < -reach ? 0 : lower(low);
  return high > reach ? 1 - below : 1 - lower(-high) - below;
}

/**
 * Where a fraction `probability` of what a normal variable has within [0, 1] lies below. `middle`
 * lies in [0, 1] too.
 */
export function quantileWithin(middle: number, sigma: number, probability: number): number {
  const low = lower(-middle / sigma);
  const above = lower((middle - 1) / sigma);
  const mass = 1 - above - low;
  const rank = low + probability * mass;
  const standard =
    rank <= 0.5 ? normalQuantile(rank) : -normalQuantile(above + (1 - probability) * mass);
  return Math.min(1, Math.max(0, middle + sigma * standard));
}
