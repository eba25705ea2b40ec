/**
 * TPE: the tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter
 * optimization", 2011), with the defaults of Optuna 5.
 *
 * One density is laid over the good trials and one over the others; candidates are drawn from the
 * first, and the one is tried that is most likely there beside how likely it is among the others.
 */
import { stream } from "../../space/random.js";
import { evidenceOf } from "../evidence.js";
import { randomSampler } from "../random.js";
import type { Sampler, SamplerSetup } from "../sampler.js";
import { untried } from "../untried.js";
import { axisOf } from "./axis.js";
import { jointly, oneByOne } from "./candidates.js";
import { rowsKeeper } from "./rows.js";
import { belowCount, splitAt } from "./split.js";

export interface TpeOptions {
  /** How many complete or pruned trials there must be before anything is modelled. */
  readonly startupTrials: number;
  /** How many candidates are weighed for each configuration. */
  readonly candidates: number;
  /** Whether parameters are modelled together; undefined for: with one objective. */
  readonly multivariate?: boolean | undefined;
  /** Whether running trials count as bad ones. */
  readonly constantLiar: boolean;
}

export function tpeSampler(setup: SamplerSetup, options: TpeOptions): Sampler {
  const { search, seed, initial, objectives } = setup;
  const axes = search.dimensions.map(axisOf);
  const rowsOf = rowsKeeper(axes);
  const random = randomSampler(setup);
  const source = stream(seed).fork("tpe");
  const signs = objectives.map(({ goal }) => (goal === "maximize" ? -1 : 1));
  const isJoint = options.multivariate ?? signs.length <= 1;
  return {
    name: "tpe",
    ask: (history) => {
      const evidence = evidenceOf(setup, history).filter(
        ({ state }) => state !== "stopped" && (state !== "running" || options.constantLiar),
      );
      const results = evidence.filter(({ state }) => state === "complete" || state === "pruned");
      if (axes.length === 0 || results.length < Math.max(1, options.startupTrials)) {
        return random.ask(history);
      }
      const ended = evidence.filter(({ state }) => state !== "running");
      const size = belowCount(ended.length, signs.length);
      const draws = source.fork(history.draws - initial.length);
      const model = {
        search,
        axes,
        rows: rowsOf(evidence.map(({ point }) => point)),
        split: splitAt(evidence, size, signs),
        candidates: options.candidates,
      };
      const candidates = isJoint ? jointly(model, draws) : oneByOne(model, draws);
      return untried(search, history, candidates, draws.fork("left"));
    },
  };
}
