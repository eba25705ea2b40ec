/** The grammar of `sweepdeck.sampler`: each sampler with its options and their defaults. */
import * as z from "zod";
import { withFacts } from "./facts.js";

const meanings = {
  auto: "By the space and by what is known of it.",
  random: "Each one independent of the others.",
  sobol: "Spread evenly, in a low-discrepancy sequence.",
  tpe: "Tree-structured Parzen estimator.",
  bohb: "TPE on the results at the largest number of reports that enough trials have made.",
  gp: "Bayesian optimisation by a Gaussian process.",
  cmaes: "Covariance matrix adaptation evolution strategy.",
  nsga2: "Evolution towards a Pareto front.",
  pbt: "Population-based training.",
  optuna: "A sampler of Optuna.",
} as const;

export type SamplerType = keyof typeof meanings;

const notYet: Partial<Record<SamplerType, string>> = {
  pbt: "configurations are drawn at random, and no trial takes over from another",
  optuna: "configurations are drawn at random",
};

function samplerType<T extends SamplerType>(type: T): z.ZodLiteral<T> {
  const instead = notYet[type];
  return withFacts(z.literal(type), {
    description: "How configurations are chosen; when absent, `method` decides.",
    values: { [type]: meanings[type] },
    ...(instead !== undefined && { valuesNotYet: { [type]: instead } }),
  });
}

const seed = withFacts(
  z.number().int().min(0).optional(),
  "The same seed and file give the same configurations. When absent, study n uses seed n.",
);

const startupTrials = (count: number) =>
  withFacts(
    z.number().int().min(0).default(count),
    "How many configurations are drawn at random before the first is proposed.",
  );

const fraction = z.number().min(0).max(1);

const tpe = z.strictObject({
  type: samplerType("tpe"),
  seed,
  startup_trials: startupTrials(10),
  candidates: withFacts(
    z.number().int().min(1).default(24),
    "How many candidates are weighed for each configuration.",
  ),
  multivariate: withFacts(
    z.boolean().optional(),
    "Whether parameters are modelled together, so that what fits together is found; when absent, with one objective.",
  ),
  constant_liar: withFacts(
    z.boolean().default(true),
    "Whether running trials count as bad ones meanwhile, so that parallel trials differ.",
  ),
});

const bohb = z.strictObject({
  type: samplerType("bohb"),
  seed,
  min_points: withFacts(
    z.number().int().min(1).optional(),
    "How many good trials a model has at least, and how many others; when absent, one more than there are parameters.",
  ),
  top_fraction: withFacts(
    fraction.clone().default(0.15),
    "The part of the trials that counts as good.",
  ),
  candidates: withFacts(
    z.number().int().min(1).default(64),
    "How many candidates are weighed for each configuration.",
  ),
  random_fraction: withFacts(
    fraction.clone().default(0.333),
    "How often a configuration is drawn at random.",
  ),
  bandwidth_factor: withFacts(
    z.number().positive().default(3),
    "How much wider candidates spread around good trials than the model does.",
  ),
});

const gp = z.strictObject({
  type: samplerType("gp"),
  seed,
  startup_trials: withFacts(
    z.number().int().min(0).optional(),
    "How many configurations are spread evenly before the first is proposed; when absent, by the number of parameters.",
  ),
  deterministic: withFacts(
    z.boolean().default(false),
    "Whether the same configuration always gives the same value: no noise is fitted.",
  ),
});

const cmaes = z.strictObject({
  type: samplerType("cmaes"),
  seed,
  startup_trials: startupTrials(1),
  sigma: withFacts(
    z.number().positive().optional(),
    "The first step, as a fraction of the range; when absent, a sixth.",
  ),
  population: withFacts(
    z.number().int().min(2).optional(),
    "Trials in a generation; when absent, 4 and three times the logarithm of the dimensions.",
  ),
  separable: withFacts(
    z.boolean().default(false),
    "Whether parameters are adapted one by one: for many that do not interact.",
  ),
  margin: withFacts(
    z.boolean().default(false),
    "Whether whole numbers keep a margin, so that they do not stick to one value.",
  ),
});

const nsga2 = z.strictObject({
  type: samplerType("nsga2"),
  seed,
  population: withFacts(z.number().int().min(2).default(50), "Trials in a generation."),
  crossover_probability: withFacts(
    fraction.clone().default(0.9),
    "How often two parents are crossed, rather than one copied.",
  ),
  swapping_probability: withFacts(
    fraction.clone().default(0.5),
    "How often a parameter is taken from the second parent.",
  ),
  mutation_probability: withFacts(
    fraction.clone().optional(),
    "How often a parameter is drawn anew; when absent, once in each configuration on average.",
  ),
});

const pbt = z.strictObject({
  type: samplerType("pbt"),
  seed,
  population: withFacts(z.number().int().min(2).default(4), "How many trials train side by side."),
  interval: withFacts(
    z.number().int().min(1).default(5),
    "Reports between two comparisons of a trial with the others.",
  ),
  burn_in: withFacts(z.number().int().min(0).default(0), "Reports before the first comparison."),
  quantile: withFacts(
    z.number().min(0).max(0.5).default(0.25),
    "The worst fraction, which takes over from the best fraction.",
  ),
  resample_probability: withFacts(
    fraction.clone().default(0.25),
    "How often a parameter is drawn anew, rather than varied.",
  ),
  factors: withFacts(
    z.array(z.number().positive()).min(1).default([0.8, 1.2]),
    "What a number is multiplied by when it is varied.",
  ),
});

const optuna = z.strictObject({
  type: samplerType("optuna"),
  seed,
  sampler: withFacts(z.string().default("TPESampler"), "The name of the sampler's class."),
  options: withFacts(
    z.record(z.string(), z.unknown()).optional(),
    "The keyword arguments that it is made with.",
  ),
});

/** The first one stands for a sampler without a `type` too. */
export const sampler = z.union([
  z.strictObject({ type: samplerType("auto").optional(), seed }),
  z.strictObject({ type: samplerType("random"), seed }),
  z.strictObject({
    type: samplerType("sobol"),
    seed,
    scramble: withFacts(
      z.boolean().default(true),
      "Whether the sequence is shuffled by the seed, so that another seed gives another one.",
    ),
  }),
  tpe,
  bohb,
  gp,
  cmaes,
  nsga2,
  pbt,
  optuna,
]);
