/**
 * The grammar of a sweep file: the keys of W&B's, and `sweepdeck:`.
 *
 * One description for everything: the checker walks it, the completion list and the reference are
 * read from it, and the JSON Schema is printed from it. Rules between keys are in `rules.ts`.
 */
import * as z from "zod";
import { deck } from "./deck-grammar.js";
import { withFacts } from "./facts.js";
import { earlyTerminate, metric } from "./metric-grammar.js";
import { parameters } from "./parameter-grammar.js";

const notLocal = "Trials run on this machine";

const scheduler = z.strictObject({
  engine: withFacts(z.enum(["optuna", "ax", "wandb"]), "The engine that W&B's scheduler uses."),
  source: withFacts(z.string().optional(), "The file with the functions named below."),
  optimizer: withFacts(z.string().optional(), "The function that builds the optimizer."),
  search_space: withFacts(z.string().optional(), "The function that defines the search space."),
});

const controller = z.looseObject({
  type: withFacts(z.enum(["local", "cloud"]), "Who decides what is tried."),
});

export const sweepFile = withFacts(
  z.strictObject({
    program: withFacts(z.string().optional(), {
      description: "The training script.",
      aliases: ["script", "train_script", "entrypoint", "entry_point"],
    }),
    method: withFacts(z.enum(["grid", "random", "bayes", "custom"]), {
      description: "How configurations are chosen.",
      values: {
        grid: "Every combination once.",
        random: "Each one drawn at random.",
        bayes: "Drawn where the results so far promise most.",
        custom: "Chosen by a scheduler of your own, in W&B.",
      },
      aliases: ["strategy", "search_method", "search_strategy", "algorithm"],
      valueAliases: {
        grid: ["grid_search"],
        random: ["random_search", "rand"],
        bayes: ["bayesian", "bayesian_optimization", "bo", "tpe", "gp"],
      },
    }),
    metric: withFacts(metric.optional(), {
      description: "What decides which trial is best.",
      mayBeNull: true,
      aliases: ["objective", "optimize"],
    }),
    parameters,
    early_terminate: withFacts(earlyTerminate.optional(), {
      description: "Stops trials that are behind, by the Hyperband rule.",
      mayBeNull: true,
      aliases: ["early_stopping", "early_stop", "early_termination", "stopping"],
    }),
    run_cap: withFacts(z.number().int().gt(0).optional(), {
      description: "How many configurations are tried at most.",
      aliases: ["max_runs", "num_runs", "n_trials", "num_trials", "max_trials", "count", "budget"],
    }),
    // `any`, not `unknown`: these become text, so nothing is misread in them.
    command: withFacts(z.array(z.any()).optional(), {
      description:
        "The words of the command that runs one trial. By default: `${env}`, `${interpreter}`, `${program}`, `${args}`.",
      aliases: ["cmd"],
    }),
    name: withFacts(z.string().optional(), "The name of the sweep."),
    description: withFacts(z.string().optional(), "What the sweep is for."),
    project: withFacts(z.string().optional(), "The W&B project."),
    entity: withFacts(z.string().optional(), "The W&B user or team."),
    sweepdeck: deck,
    metrics: withFacts(z.array(metric).min(2).optional(), {
      description: "Several metrics, for a custom scheduler; instead of `metric`.",
      notYet: "no metric decides",
    }),
    scheduler: withFacts(scheduler.optional(), {
      description: "A custom scheduler of W&B.",
      notUsed: "Configurations are chosen here",
    }),
    controller: withFacts(controller.optional(), {
      description: "Who decides what is tried, in W&B.",
      notUsed: "Configurations are chosen here",
    }),
    kind: withFacts(z.enum(["sweep"]).optional(), "Marks the file as a sweep."),
    apiVersion: withFacts(z.string().optional(), "The version of the file's form, in W&B Launch."),
    job: withFacts(z.string().optional(), {
      description: "The job that W&B Launch runs.",
      notUsed: notLocal,
    }),
    image_uri: withFacts(z.string().optional(), {
      description: "The image that W&B Launch runs.",
      notUsed: notLocal,
    }),
  }),
  "A sweep: what is varied, how it is tried, and what decides.",
);
