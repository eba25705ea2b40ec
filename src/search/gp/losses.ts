/**
 * Losses as a Gaussian process can take them: without far outliers, near to normal, with mean 0 and
 * variance 1.
 */

/** The mean and the standard deviation; 1 for that where all are equal. */
export function momentsOf(values: Float64Array): { readonly mean: number; readonly sd: number } {
  const count = Math.max(1, values.length);
  let sum = 0;
  for (const each of values) sum += each;
  const mean = sum / count;
  let squares = 0;
  for (const each of values) squares += (each - mean) ** 2;
  const sd = Math.sqrt(squares / count);
  return { mean, sd: sd > 1e-12 * Math.abs(mean) && sd > 1e-300 ? sd : 1 };
}

export function standardized(values: Float64Array): Float64Array {
  const { mean, sd } = momentsOf(values);
  return values.map((each) => (each - mean) / sd);
}

/**
 * Tukey's upper fence: what lies more than one and a half interquartile ranges above the third
 * quartile comes down to there. A trial that diverged is bad, and by how much says nothing.
 */
export function winsorized(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const upper = quantileOf(sorted, 0.75);
  const fence = upper + 1.5 * (upper - quantileOf(sorted, 0.25));
  return values.map((each) => Math.min(each, fence));
}

/** Between the two nearest of ascending values, as R's type 7 and numpy do. */
export function quantileOf(sorted: ArrayLike<number>, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}

/**
 * Yeo & Johnson's power transformation ("A new family of power transformations to improve normality
 * or symmetry", 2000) of standardised values, by the power that makes them most nearly normal,
 * standardised again.
 */
export function yeoJohnsoned(values: Float64Array): Float64Array {
  const standard = standardized(values);
  const power = yeoJohnsonPower(standard);
  return standardized(standard.map((each) => yeoJohnson(each, power)));
}

/** Of the powers -2, -1.8, ... 3, the one of the largest normal profile likelihood. */
export function yeoJohnsonPower(values: Float64Array): number {
  let best = 1;
  let most = Number.NEGATIVE_INFINITY;
  for (let step = -10; step <= 15; step += 1) {
    const power = step / 5;
    const likelihood = profileLikelihood(values, power);
    if (likelihood > most) [best, most] = [power, likelihood];
  }
  return best;
}

function profileLikelihood(values: Float64Array, power: number): number {
  const { sd } = momentsOf(values.map((each) => yeoJohnson(each, power)));
  let jacobian = 0;
  for (const each of values) jacobian += Math.sign(each) * Math.log1p(Math.abs(each));
  return -values.length * Math.log(sd) + (power - 1) * jacobian;
}

export function yeoJohnson(value: number, power: number): number {
  if (value >= 0) {
    return Math.abs(power) < 1e-9 ? Math.log1p(value) : ((1 + value) ** power - 1) / power;
  }
  const mirrored = 2 - power;
  return Math.abs(mirrored) < 1e-9
    ? -Math.log1p(-value)
    : -((1 - value) ** mirrored - 1) / mirrored;
}
