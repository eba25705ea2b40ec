/** Which sampler a sweep asks for. */
import type { Configuration } from "../space/space.js";
import type { Sweep } from "../sweep/sweep.js";
import { gridSampler } from "./grid.js";
import { initialFirst } from "./initial.js";
import { randomSampler } from "./random.js";
import type { Sampler } from "./sampler.js";

/**
 * `sweepdeck.sampler.type` decides, else `method`. Samplers that are not built yet sample at
 * random, and their name says so. `initial` are complete configurations, which come first.
 */
export function samplerFor(
  sweep: Sweep,
  seed: number,
  initial: readonly Configuration[] = [],
): Sampler {
  const sampler = searchFor(sweep, seed, initial);
  return initial.length === 0 ? sampler : initialFirst(sampler, initial);
}

function searchFor(sweep: Sweep, seed: number, tried: readonly Configuration[]): Sampler {
  const asked = sweep.deck.sampler.type ?? sweep.method;
  switch (asked) {
    case "grid":
      return gridSampler(sweep.space, tried);
    case "random":
      return randomSampler(sweep.space, seed);
    default:
      return randomSampler(sweep.space, seed, `random (in place of ${asked})`);
  }
}
