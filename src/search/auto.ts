/** The sampler of a sweep that names none: by its objectives, its space and its budget. */
import { gpSampler } from "./gp/sampler.js";
import { randomSampler } from "./random.js";
import type { Sampler, SamplerSetup } from "./sampler.js";

/** The same name whatever it chooses; `why` says what it chose, and for what reason. */
export function autoSampler(setup: SamplerSetup): Sampler {
  const { sampler, why } = choiceFor(setup);
  return { ...sampler, name: "auto", why };
}

interface Choice {
  readonly sampler: Sampler;
  readonly why: string;
}

function choiceFor(setup: SamplerSetup): Choice {
  if (setup.objectives.length === 0) {
    return {
      sampler: randomSampler(setup),
      why: "Configurations are drawn at random: without a metric there is nothing to learn from.",
    };
  }
  return {
    sampler: gpSampler(setup),
    why: "A Gaussian process learns from every result: it needs the fewest trials.",
  };
}
