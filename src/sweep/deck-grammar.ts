/** The grammar of the `sweepdeck:` block: what goes beyond a W&B sweep file. */
import * as z from "zod";
import { withFacts } from "./facts.js";
import { metric } from "./metric-grammar.js";

/** Seconds, or text with units: `90s`, `2h`, `1h30m`. */
export const durationForm = /^(?:\d+(?:\.\d+)?(?:ms|s|m|min|h|d))+$/;
/** Bytes, or text with a unit: `12GiB`. */
export const sizeForm = /^\d+(?:\.\d+)? ?(?:B|[kKMGT]i?B)$/;

const durationText = withFacts(z.string().regex(durationForm), {
  description: "A duration.",
  form: "a duration such as `90s`, `2h` or `1h30m`",
});
const sizeText = withFacts(z.string().regex(sizeForm), {
  description: "A size.",
  form: "a size such as `500MB` or `12GiB`",
});

const duration = (description: string) =>
  withFacts(
    z.union([z.number().positive(), durationText]).optional(),
    `${description} In seconds, or with a unit: \`90s\`, \`2h\`, \`1h30m\`.`,
  );

const notYet = (description: string, instead: string) => ({ description, notYet: instead });

const sampler = z.strictObject({
  type: withFacts(
    z.enum(["auto", "random", "sobol", "tpe", "gp", "cmaes", "nsga2", "pbt", "optuna"]).optional(),
    {
      description: "How configurations are chosen; when absent, `method` decides.",
      values: {
        auto: "By the space and by what is known of it.",
        random: "Each one independent of the others.",
        sobol: "Spread evenly, in a low-discrepancy sequence.",
        tpe: "Tree-structured Parzen estimator.",
        gp: "Bayesian optimisation by a Gaussian process.",
        cmaes: "Covariance matrix adaptation evolution strategy.",
        nsga2: "Evolution towards a Pareto front.",
        pbt: "Population-based training.",
        optuna: "A sampler of Optuna.",
      },
      valuesNotYet: Object.fromEntries(
        ["auto", "sobol", "tpe", "gp", "cmaes", "nsga2", "pbt", "optuna"].map((name) => [
          name,
          "configurations are drawn at random",
        ]),
      ),
    },
  ),
  seed: withFacts(
    z.number().int().min(0).optional(),
    "The same seed and file give the same configurations. When absent, study n uses seed n.",
  ),
});

const slots = z.strictObject({
  parallel: withFacts(
    z.union([z.literal("auto"), z.number().int().min(1)]).default("auto"),
    "How many trials run at once; `auto`: one for each GPU, else one.",
  ),
  gpus: withFacts(
    z.number().min(0).optional(),
    "GPUs for each trial; when absent, one where the machine has any.",
  ),
  wait_for_idle_gpu: withFacts(
    z.boolean().optional(),
    notYet("Start a trial only on a GPU that nobody uses.", "trials start on any GPU"),
  ),
});

const limits = z.strictObject({
  trial_time: duration("A trial that takes longer is stopped."),
  trial_memory: withFacts(
    z.union([z.number().positive(), sizeText]).optional(),
    notYet("A trial that uses more memory is stopped; `12GiB`.", "memory is not limited"),
  ),
  total_time: duration("The sweep ends after this long."),
  failures: withFacts(
    z.number().int().min(1).default(5),
    "The sweep pauses when this many trials fail before any completes.",
  ),
});

const onlyOutput = "only printed lines and the Python module `sweepdeck` are read";

const source = withFacts(z.enum(["output", "wandb", "tensorboard", "csv", "jsonl"]), {
  description: "A place where metrics are read.",
  values: {
    output: "Lines that the script prints.",
    jsonl: "What the Python module `sweepdeck` reported.",
    wandb: "What the script logs to W&B.",
    tensorboard: "TensorBoard event files.",
    csv: "CSV files that the script writes.",
  },
  valuesNotYet: { wandb: onlyOutput, tensorboard: onlyOutput, csv: onlyOutput },
});

const metrics = z.strictObject({
  value: withFacts(z.enum(["best", "last"]).default("best"), {
    description: "Which of a trial's values of the metric counts.",
    values: { best: "The best that it reached.", last: "The one that it ended with." },
  }),
  from: withFacts(z.array(source).optional(), "Where metrics are read; when absent, everywhere."),
  pattern: withFacts(
    z.string().optional(),
    "A regular expression for printed lines, with the groups `(?<name>...)` and `(?<value>...)`.",
  ),
});

const anyMap = z.record(z.string(), z.unknown());
const words = z.array(z.string());
const environmentValue = z.union([z.string(), z.number(), z.boolean()]);

const block = z.strictObject({
  sampler: withFacts(sampler.optional(), {
    description: "How configurations are chosen.",
    mayBeNull: true,
  }),
  slots: withFacts(slots.optional(), {
    description: "How many trials run at once, and on what.",
    mayBeNull: true,
  }),
  metrics: withFacts(metrics.optional(), {
    description: "Where metrics are read, and which value counts.",
    mayBeNull: true,
  }),
  limits: withFacts(limits.optional(), {
    description: "When trials, or the sweep, are stopped.",
    mayBeNull: true,
  }),
  retries: withFacts(
    z.number().int().min(0).default(0),
    "How often a failed trial is tried again, as a new trial.",
  ),
  env: withFacts(z.record(z.string(), environmentValue).optional(), {
    description: "Variables added to the environment of each trial.",
    mayBeNull: true,
  }),
  cwd: withFacts(
    z.string().optional(),
    "The folder that trials run in, relative to the sweep file.",
  ),
  executor: withFacts(
    z.union([z.literal("local"), anyMap]).optional(),
    "Where trials run; only `local` yet.",
  ),
  initial: withFacts(
    z.array(z.union([z.literal("defaults"), anyMap])).optional(),
    notYet(
      "Configurations that are tried first; `defaults` is what the script itself uses.",
      "the first configuration is the sampler's",
    ),
  ),
  conditions: withFacts(
    z.record(z.string(), anyMap).optional(),
    notYet(
      "Parameters that exist only with certain values of others.",
      "every trial gets them all",
    ),
  ),
  constraints: withFacts(
    words.optional(),
    notYet("What must hold between parameters.", "every configuration is allowed"),
  ),
  zip: withFacts(
    z.array(words).optional(),
    notYet("Lists that are read side by side.", "every combination is tried"),
  ),
  repeats: withFacts(
    z
      .strictObject({
        count: withFacts(z.number().int().min(1), "How often."),
        seed_parameter: withFacts(
          z.string().optional(),
          "The parameter that gets a seed of its own in each repeat.",
        ),
      })
      .optional(),
    notYet("Try each configuration several times.", "each configuration is tried once"),
  ),
  objectives: withFacts(
    z.array(metric).optional(),
    notYet("Several metrics, for a Pareto front.", "only `metric` decides"),
  ),
  stopping: withFacts(
    z.array(anyMap).optional(),
    notYet("Rules that stop bad trials early.", "every trial runs to its end"),
  ),
});

export const deck = withFacts(block.optional(), {
  description: "What goes beyond W&B. Without this block the file is a valid W&B sweep.",
  mayBeNull: true,
});
