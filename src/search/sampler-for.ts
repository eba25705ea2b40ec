/** Which sampler a sweep asks for. */
import type { Sweep } from "../sweep/sweep.js";
import { gridSampler } from "./grid.js";
import { randomSampler } from "./random.js";
import type { Sampler } from "./sampler.js";

/**
 * `sweepdeck.sampler.type` decides, else `method`. Samplers that are not built yet sample at
 * random, and their name says so.
 */
export function samplerFor(sweep: Sweep, seed: number): Sampler {
  const asked = sweep.deck.sampler.type ?? sweep.method;
  switch (asked) {
    case "grid":
      return gridSampler(sweep.space);
    case "random":
      return randomSampler(sweep.space, seed);
    default:
      return randomSampler(sweep.space, seed, `random (in place of ${asked})`);
  }
}
