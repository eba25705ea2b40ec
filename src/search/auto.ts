/**
 * The sampler of a sweep that names none: by its objectives, its space and the length of the study.
 *
 * A Gaussian process needs the fewest trials as long as they are few; later, or in very many
 * dimensions, a density estimate that uses all results is cheaper and no worse. Each of them reads the
 * whole history, so that nothing is lost where one hands over to another.
 */
import { gpSampler } from "./gp/sampler.js";
import { nsga2Sampler } from "./nsga2/sampler.js";
import { randomSampler } from "./random.js";
import type { Sampler, SamplerSetup } from "./sampler.js";
import { tpeSampler } from "./tpe/sampler.js";

/** So many dimensions a Gaussian process is fitted to within a quarter of a second. */
const gpDimensions = 40;
/** Beyond these the process would rest on a part of the results only. */
const gpTrials = 500;
/** Evolution needs dozens of generations, of 50 trials each, to spread along a front. */
const evolvedTrials = 1000;

const tpeOptions = { startupTrials: 10, candidates: 24, constantLiar: true };

/** The same name whatever it chooses; `why` says what it chooses, and for what reason. */
export function autoSampler(setup: SamplerSetup): Sampler {
  return { name: "auto", ...choiceFor(setup) };
}

type Choice = Pick<Sampler, "ask" | "why">;

function choiceFor(setup: SamplerSetup): Choice {
  const { objectives, search, budget = 0 } = setup;
  const tpe = tpeSampler(setup, tpeOptions);
  if (objectives.length === 0) {
    return {
      ask: randomSampler(setup).ask,
      why: "Configurations are drawn at random: without a metric there is nothing to learn from.",
    };
  }
  if (objectives.length > 1) {
    return {
      ask: thenAfter(evolvedTrials, tpe, nsga2Sampler(setup), setup),
      why: `With ${objectives.length} objectives, TPE learns from the front so far${
        budget > evolvedTrials
          ? `, and evolution (NSGA-II) goes on after ${evolvedTrials} trials`
          : ""
      }.`,
    };
  }
  const dimensions = search.dimensions.length;
  if (dimensions > gpDimensions) {
    return {
      ask: tpe.ask,
      why: `TPE learns one parameter beside the other: for a Gaussian process ${dimensions} are too many.`,
    };
  }
  return {
    ask: thenAfter(gpTrials, gpSampler(setup), tpe, setup),
    why: `A Gaussian process learns from every result, with the fewest trials for ${
      dimensions === 1 ? "one parameter" : `${dimensions} parameters`
    }${budget > gpTrials ? `; TPE goes on after ${gpTrials} trials` : ""}.`,
  };
}

/** By the number of the draw, with what earlier studies know, so that a replay hands over where the study did. */
function thenAfter(
  trials: number,
  first: Sampler,
  then: Sampler,
  { earlier }: SamplerSetup,
): Sampler["ask"] {
  return (history) => (history.draws + earlier.length < trials ? first : then).ask(history);
}
