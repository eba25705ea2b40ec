/**
 * The strategy parameters of CMA-ES, from the number of dimensions and the size of the population
 * alone (Hansen, "The CMA Evolution Strategy: A Tutorial", 2016, table 1).
 */

export interface Strategy {
  readonly dimensions: number;
  readonly population: number;
  /** Only the diagonal of the covariance is adapted, and faster. */
  readonly isSeparable: boolean;
  /** Of each rank, the best first: positive ones sum to 1, those of the worse half are negative. */
  readonly weights: readonly number[];
  /** The variance effective selection mass, of the positive weights. */
  readonly selectionMass: number;
  readonly stepRate: number;
  readonly stepDamping: number;
  readonly pathRate: number;
  readonly rankOneRate: number;
  readonly rankManyRate: number;
  /** The expected length of a standard normal vector. */
  readonly expectedLength: number;
}

/** `dimensions` and `population` are at least 1 and 2. */
export function strategyOf(dimensions: number, population: number, isSeparable: boolean): Strategy {
  const n = dimensions;
  const raw = Array.from(
    { length: population },
    (_, rank) => Math.log((population + 1) / 2) - Math.log(rank + 1),
  );
  const parents = raw.slice(0, Math.floor(population / 2));
  const mass = effectiveMass(parents);
  // Ros & Hansen, "A simple modification in CMA-ES achieving linear time and space complexity", 2008:
  // what has n numbers to learn, rather than n²/2, may learn them faster by (n + 2) / 3.
  const faster = isSeparable ? (n + 2) / 3 : 1;
  const rankOneRate = Math.min(1, (faster * 2) / ((n + 1.3) ** 2 + mass));
  const rankManyRate = Math.min(
    1 - rankOneRate,
    (faster * 2 * (mass - 2 + 1 / mass)) / ((n + 2) ** 2 + mass),
  );
  const stepRate = (mass + 2) / (n + mass + 5);
  return {
    dimensions,
    population,
    isSeparable,
    weights: normalised(raw, {
      first: 1 + rankOneRate / rankManyRate,
      second: 1 + (2 * effectiveMass(raw.slice(parents.length))) / (mass + 2),
      // Keeps the covariance positive definite.
      third: (1 - rankOneRate - rankManyRate) / (n * rankManyRate),
    }),
    selectionMass: mass,
    stepRate,
    stepDamping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + stepRate,
    pathRate: (4 + mass / n) / (n + 4 + (2 * mass) / n),
    rankOneRate,
    rankManyRate,
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

function effectiveMass(weights: readonly number[]): number {
  const squares = sumOf(weights.map((weight) => weight * weight));
  return squares === 0 ? 1 : sumOf(weights) ** 2 / squares;
}

/** Equations 49 to 53: the negative weights sum to the least of three bounds. */
function normalised(
  raw: readonly number[],
  bounds: { readonly first: number; readonly second: number; readonly third: number },
): readonly number[] {
  const positive = sumOf(raw.filter((weight) => weight > 0));
  const negative = -sumOf(raw.filter((weight) => weight < 0));
  const limit = Math.min(bounds.first, bounds.second, bounds.third);
  return raw.map((weight) => (weight >= 0 ? weight / positive : (weight / negative) * limit));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
