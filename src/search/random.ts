/**
 * Random search: each configuration is drawn from the prior of its space, whatever came before.
 *
 * The baseline that every other sampler must beat (Bergstra & Bengio, "Random search for
 * hyper-parameter optimization", 2012), and the start-up phase of most of them.
 */
import { stream } from "../space/random.js";
import type { Sampler, SamplerSetup } from "./sampler.js";
import { untried } from "./untried.js";

export function randomSampler(setup: SamplerSetup, name = "random"): Sampler {
  const { search, seed, initial } = setup;
  const draws = stream(seed);
  return {
    name,
    // By the count of draws that the journal holds, not by how often this was asked: a study
    // resumed after a crash goes on with the configurations it would have had.
    ask: (history) => {
      // What comes first leaves the draws as they would be without it.
      const source = draws.fork(history.draws - initial.length);
      const drawn = search.draw(source);
      return untried(search, history, drawn === undefined ? [] : [drawn], source);
    },
  };
}
