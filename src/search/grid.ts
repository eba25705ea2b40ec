/** Grid search: every point of the grid once, in W&B's order. */
import { gridAt } from "../space/grid.js";
import type { Space } from "../space/space.js";
import type { Sampler } from "./sampler.js";

/** `space` must have a grid (`hasGrid` for each of its distributions): the sweep's parser sees to it. */
export function gridSampler(space: Space): Sampler {
  return {
    name: "grid",
    ask: (history) => {
      const configuration = gridAt(space, history.draws);
      return configuration === undefined
        ? { kind: "exhausted" }
        : { kind: "configuration", configuration };
    },
  };
}
