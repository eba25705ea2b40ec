/**
 * Random search: each configuration is drawn from the prior of its space, whatever came before.
 *
 * The baseline that every other sampler must beat (Bergstra & Bengio, "Random search for
 * hyper-parameter optimization", 2012), and the start-up phase of most of them.
 */
import { sample } from "../space/configuration.js";
import { stream } from "../space/random.js";
import type { Space } from "../space/space.js";
import type { Sampler } from "./sampler.js";

export function randomSampler(space: Space, seed: number, name = "random"): Sampler {
  const draws = stream(seed);
  return {
    name,
    // By the count of draws that the journal holds, not by how often this was asked: a study
    // resumed after a crash goes on with the configurations it would have had.
    ask: (history) => ({
      kind: "configuration",
      configuration: sample(space, draws.fork(history.draws)),
    }),
  };
}
