/** Which sampler a sweep asks for. */
import type { Configuration } from "../space/space.js";
import { searchedBy } from "../sweep/search-space.js";
import { objectivesOf, type Sweep } from "../sweep/sweep.js";
import { autoSampler } from "./auto.js";
import { bohbSampler } from "./bohb.js";
import { cmaesSampler } from "./cmaes/sampler.js";
import { gpSampler } from "./gp/sampler.js";
import { gridSampler } from "./grid.js";
import { initialFirst } from "./initial.js";
import { nsga2Sampler } from "./nsga2/sampler.js";
import { randomSampler } from "./random.js";
import type { EarlierResult, Sampler, SamplerSetup } from "./sampler.js";
import { sobolSampler } from "./sobol.js";
import { tpeSampler } from "./tpe/sampler.js";

/**
 * `sweepdeck.sampler.type` decides, else `method`. `initial` are complete configurations, which come
 * first; `earlier` are results of earlier studies of the same file.
 */
export function samplerFor(
  sweep: Sweep,
  seed: number,
  initial: readonly Configuration[] = [],
  earlier: readonly EarlierResult[] = [],
): Sampler {
  return initialFirst(searchFor(sweep, setupFor(sweep, seed, initial, earlier)), initial);
}

function setupFor(
  sweep: Sweep,
  seed: number,
  initial: readonly Configuration[],
  earlier: readonly EarlierResult[],
): SamplerSetup {
  return {
    search: searchedBy(sweep),
    seed,
    objectives: objectivesOf(sweep),
    initial,
    budget: sweep.runCap,
    earlier,
  };
}

function searchFor({ method, deck: { sampler } }: Sweep, setup: SamplerSetup): Sampler {
  switch (sampler.type) {
    case "random":
      return randomSampler(setup);
    case "auto":
      return autoSampler(setup);
    case "gp":
      return gpSampler(setup, sampler);
    case "sobol":
      return sobolSampler(setup, sampler);
    case "cmaes":
      return cmaesSampler(setup, sampler);
    case "nsga2":
      return nsga2Sampler(setup, sampler);
    case "tpe":
      return tpeSampler(setup, sampler);
    case "bohb":
      return bohbSampler(setup, sampler);
    case undefined:
      return method === "grid" ? gridSampler(setup) : searchFreely(method, setup);
    default:
      return randomSampler(setup, `random (in place of ${sampler.type})`);
  }
}

function searchFreely(method: Sweep["method"], setup: SamplerSetup): Sampler {
  return method === "random" ? randomSampler(setup) : autoSampler(setup);
}
