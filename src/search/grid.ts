/** Grid search: every point of the grid once, in W&B's order. */
import { type SearchGrid, searchGrid } from "../space/search-grid.js";
import type { Configuration } from "../space/space.js";
import type { Sampler, SamplerSetup } from "./sampler.js";

/**
 * The space must have a grid (`hasGrid` for each of its distributions): the sweep's parser sees to
 * it. Points that are among the initial configurations are passed over.
 */
export function gridSampler({ search, initial }: SamplerSetup): Sampler {
  const grid = searchGrid(search);
  const passedOver = gridIndexes(grid, initial);
  return {
    name: "grid",
    ask: ({ draws }) => {
      const configuration = grid.at(indexOfDraw(draws - initial.length, passedOver));
      return configuration === undefined
        ? { kind: "exhausted" }
        : { kind: "configuration", configuration };
    },
  };
}

/** Where on the grid configurations lie: ascending, each place once; what lies beside it is left out. */
export function gridIndexes(
  grid: SearchGrid,
  configurations: readonly Configuration[],
): readonly number[] {
  const indexes = configurations.flatMap((each) => grid.indexOf(each) ?? []);
  return [...new Set(indexes)].sort((a, b) => a - b);
}

function indexOfDraw(draw: number, passedOver: readonly number[]): number {
  let index = draw;
  for (const each of passedOver) if (each <= index) index += 1;
  return index;
}
