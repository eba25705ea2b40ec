/** Spaces and measured functions for the tests of importance. */
import { growForest } from "../../src/importance/forest.js";
import { type Measurement, type Results, resultsOf } from "../../src/importance/results.js";
import type { Condition } from "../../src/space/condition.js";
import { stream } from "../../src/space/random.js";
import { type SearchSpace, searchSpaceOf } from "../../src/space/search-space.js";
import type { Configuration, Distribution } from "../../src/space/space.js";

export const unit: Distribution = { kind: "uniform", min: 0, max: 1 };

export function spaceOf(
  distributions: Readonly<Record<string, Distribution>>,
  conditions: readonly Condition[] = [],
): SearchSpace {
  const parameters = Object.entries(distributions).map(([name, distribution]) => ({
    name,
    path: [name],
    distribution,
  }));
  return searchSpaceOf({ space: { parameters }, conditions });
}

/** The function at draws from the prior. */
export function measured(
  search: SearchSpace,
  count: number,
  valueAt: (configuration: Configuration, noise: number) => number,
): readonly Measurement[] {
  const draws = stream("measured");
  return Array.from({ length: count }, (_, number) => {
    const configuration = search.draw(draws.fork(number)) ?? {};
    const noise = draws.fork("noise").fork(number).next() - 0.5;
    return { number, configuration, value: valueAt(configuration, noise) };
  });
}

export function resultsAt(
  search: SearchSpace,
  count: number,
  valueAt: (configuration: Configuration, noise: number) => number,
  goal: "minimize" | "maximize" = "minimize",
): Results {
  return resultsOf(search, measured(search, count, valueAt), goal);
}

export const forestOf = (results: Results) => growForest(results, stream(1));
