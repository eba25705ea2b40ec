/** The grammar of `metric:` and of `early_terminate:`. */
import * as z from "zod";
import { withFacts } from "./facts.js";

const imputed = {
  latest: "The last value that it reached.",
  best: "The best value that it reached.",
  worst: "The worst value of all trials.",
};

export const metric = withFacts(
  z.strictObject({
    name: withFacts(z.string(), {
      description: "The name that the script reports it under.",
      aliases: ["metric", "monitor", "key"],
    }),
    goal: withFacts(z.enum(["minimize", "maximize"]).default("minimize"), {
      description: "Which way is better.",
      values: { minimize: "Lower is better.", maximize: "Higher is better." },
      aliases: ["direction", "mode", "objective", "optimize"],
      valueAliases: {
        minimize: ["min", "minimum", "minimal", "minimizing"],
        maximize: ["max", "maximum", "maximal", "maximizing"],
      },
    }),
    target: withFacts(z.number().optional(), "The sweep ends once a trial reaches this value."),
    impute: withFacts(z.enum(["latest", "best", "worst"]).default("worst"), {
      description: "What a Bayesian search takes for the value of a failed trial.",
      values: imputed,
    }),
    impute_while_running: withFacts(z.enum(["latest", "best", "worst", "false"]).default("false"), {
      description: "What a Bayesian search takes for the value of a running trial.",
      values: { ...imputed, false: "None: it waits for the trial." },
    }),
  }),
  "What decides which trial is best.",
);

export const earlyTerminate = withFacts(
  z.strictObject({
    type: withFacts(z.enum(["hyperband"]), {
      description: "The rule that stops bad trials.",
      values: { hyperband: "Compares trials at certain counts of reported values." },
      valueAliases: { hyperband: ["hyperband_stopping", "asha", "bohb"] },
    }),
    min_iter: withFacts(
      z.number().int().min(1).optional(),
      "The first band; the others follow at `eta` times the one before.",
    ),
    max_iter: withFacts(
      z.number().int().optional(),
      "The longest that a trial runs; the bands are counted back from it. Needs `s`.",
    ),
    s: withFacts(z.number().optional(), "How many bands there are, counted back from `max_iter`."),
    eta: withFacts(z.number().gt(1).default(3), "At each band the best 1/`eta` of trials go on."),
    strict: withFacts(
      z.boolean().default(true),
      "Compare the value at the band itself, not the best so far.",
    ),
  }),
  "Stops trials that are behind, by the Hyperband rule.",
);
