/** The grammar of the `sweepdeck:` block: what goes beyond a W&B sweep file. */
import * as z from "zod";
import { executor } from "./deck-executor-grammar.js";
import { sampler } from "./deck-sampler-grammar.js";
import { stoppingRule } from "./deck-stopping-grammar.js";
import { duration, inDurations, size } from "./deck-units.js";
import { withFacts } from "./facts.js";
import { metric } from "./metric-grammar.js";

const notYet = (description: string, instead: string) => ({ description, notYet: instead });

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
  trial_time: withFacts(duration(), `A trial that takes longer is stopped. ${inDurations}`),
  trial_memory: withFacts(
    size(),
    notYet("A trial that uses more memory is stopped; `12GiB`.", "memory is not limited"),
  ),
  total_time: withFacts(duration(), `The sweep ends after this long. ${inDurations}`),
  failures: withFacts(
    z.number().int().min(1).default(5),
    "The sweep pauses when this many trials fail before any completes.",
  ),
  no_improvement: withFacts(
    z.number().int().min(1).optional(),
    "The sweep ends when this many trials have ended since the best one.",
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
const defaults = withFacts(z.literal("defaults"), {
  description: "A configuration that is tried first.",
  values: { defaults: "What the script itself uses." },
});

const repeats = z.strictObject({
  count: withFacts(z.number().int().min(1), "How often."),
  seed_parameter: withFacts(
    z.string().optional(),
    "The parameter that gets a seed of its own in each repeat; added where there is none of its name.",
  ),
});

const environmentValue = z.union([z.string(), z.number(), z.boolean()]);

export const block = z.strictObject({
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
  executor: withFacts(executor.optional(), "Where trials run."),
  initial: withFacts(
    z.array(z.union([defaults, anyMap])).optional(),
    "Configurations that are tried first, and count towards `run_cap`; equal ones are tried once. What one leaves out is the script's default where that lies in its range, else drawn; `defaults` is what the script itself uses, in its range or not.",
  ),
  warm_start: withFacts(
    z.union([z.boolean(), z.array(z.string()).min(1)]).optional(),
    "Whether the search begins with what earlier studies of this file measured: `true` for all of them, or their names, such as `[digits-1]`. They stay as they are, and do not count towards `run_cap`. Results outside the space are left out.",
  ),
  conditions: withFacts(
    z.record(z.string(), anyMap).optional(),
    'Parameters, or groups, that exist only with certain values of others: `momentum: {optimizer: sgd}`; a list of values or a comparison (`">= 3"`) will do too.',
  ),
  constraints: withFacts(
    z.array(z.string()).optional(),
    "What must hold between parameters, such as `width * layers <= 4096`.",
  ),
  outcomes: withFacts(
    z.array(z.string()).optional(),
    "What must hold of what a trial measured, such as `memory <= 12` or `latency_ms < 40`: by the metrics at the step that counts. Trials that miss one rank behind all that do not, and the search avoids them; a metric with other signs than letters in its name stands in backticks.",
  ),
  zip: withFacts(
    z.array(z.array(z.string()).min(2)).optional(),
    "Parameters whose `values` are read side by side: the first with the first, and so on.",
  ),
  repeats: withFacts(
    repeats.optional(),
    notYet("Try each configuration several times.", "each configuration is tried once"),
  ),
  objectives: withFacts(
    z.array(metric).min(2).optional(),
    "Several metrics that are searched for together, in place of `metric`: a trial is the better one where it is worse in none, and the best are a Pareto front. All are taken where the first one counts, by `metrics.value`; stopping rules look at the first one, and no `target` ends the sweep.",
  ),
  stopping: withFacts(
    z.array(stoppingRule).optional(),
    "Rules that stop bad trials early; the first that stops a trial decides.",
  ),
});

export const deck = withFacts(block.optional(), {
  description: "What goes beyond W&B. Without this block the file is a valid W&B sweep.",
  mayBeNull: true,
});
