/** The grammar of `sweepdeck.stopping`: each stopping rule with its options and their defaults. */
import * as z from "zod";
import { withFacts } from "./facts.js";

const meanings = {
  hyperband: "Successive halving in several brackets, from cautious to bold.",
  asha: "Asynchronous successive halving: at each rung only the best fraction goes on.",
  median: "A trial whose best value is worse than the median of the others at that step.",
  percentile: "A trial that is not among the best so many percent at that step.",
  patience: "A trial that has not improved for a while.",
  plateau: "A trial whose values have settled.",
  threshold: "A trial whose value leaves fixed bounds.",
  target: "A trial that has reached what is wanted; it counts as complete.",
  divergence: "A trial whose value is no longer a finite number, or far worse than it was.",
  wilcoxon:
    "A trial that is worse than the best by a Wilcoxon test over shared steps, as folds are.",
} as const;

export type StoppingType = keyof typeof meanings;

function ruleType<T extends StoppingType>(type: T): z.ZodLiteral<T> {
  return withFacts(z.literal(type), {
    description: "Which trials the rule stops.",
    values: { [type]: meanings[type] },
  });
}

const metric = withFacts(
  z.string().optional(),
  "The metric that the rule looks at; when absent, the one that decides.",
);

const goal = withFacts(z.enum(["minimize", "maximize"]).optional(), {
  description:
    "Which way the rule's `metric` is better; when absent, as the sweep says of it, else `minimize`.",
  values: { minimize: "Lower is better.", maximize: "Higher is better." },
});

const count = (least: number) => z.number().int().min(least);

const steps = {
  warmup_steps: withFacts(
    count(0).default(0),
    "No trial is stopped in this many reports from its start.",
  ),
  interval: withFacts(count(1).default(1), "Reports from one look to the next."),
};

const others = {
  startup_trials: withFacts(
    count(0).default(5),
    "No trial is stopped before this many have completed.",
  ),
  min_trials: withFacts(
    count(1).default(1),
    "How many others must have reached a step before a trial is compared there.",
  ),
};

const minSteps = withFacts(count(1).default(1), "The first rung: reports that every trial gets.");
const maxSteps = withFacts(
  count(1).optional(),
  "Reports of a whole trial, which is not stopped at its last; when absent, what the longest completed one had.",
);

const eta = (usual: number) =>
  withFacts(
    z.number().gt(1).default(usual),
    "At each rung the best 1/`eta` go on, and the next rung is `eta` times as far.",
  );

/** By `type`, in the order of completion lists. */
const stoppingRules = {
  asha: z.strictObject({
    type: ruleType("asha"),
    metric,
    goal,
    min_steps: withFacts(
      count(1).optional(),
      "The first rung: reports that every trial gets; when absent, a twelfth of `max_steps`.",
    ),
    max_steps: maxSteps,
    eta: eta(4),
    brackets: withFacts(
      count(1).default(1),
      "How many brackets there are; each starts one rung later.",
    ),
  }),
  hyperband: z.strictObject({
    type: ruleType("hyperband"),
    metric,
    goal,
    min_steps: minSteps,
    max_steps: maxSteps,
    eta: eta(3),
  }),
  median: z.strictObject({ type: ruleType("median"), metric, goal, ...others, ...steps }),
  percentile: z.strictObject({
    type: ruleType("percentile"),
    metric,
    goal,
    percentile: withFacts(
      z.number().min(0).max(100),
      "The best so many percent go on: 25 stops three of four.",
    ),
    ...others,
    ...steps,
  }),
  patience: z.strictObject({
    type: ruleType("patience"),
    metric,
    goal,
    patience: withFacts(count(1), "Reports without improvement that a trial is given."),
    min_delta: withFacts(
      z.number().min(0).default(0),
      "What counts as an improvement: more than this.",
    ),
    warmup_steps: steps.warmup_steps,
  }),
  plateau: z.strictObject({
    type: ruleType("plateau"),
    metric,
    std: withFacts(
      z.number().positive().default(0.01),
      "Settled is what has a smaller standard deviation than this.",
    ),
    window: withFacts(count(2).default(4), "Over so many last reports."),
    warmup_steps: withFacts(
      count(0).default(4),
      "No trial is stopped in this many reports from its start.",
    ),
  }),
  threshold: z.strictObject({
    type: ruleType("threshold"),
    metric,
    lower: withFacts(z.number().optional(), "A value below it stops the trial."),
    upper: withFacts(z.number().optional(), "A value above it stops the trial."),
    ...steps,
  }),
  target: z.strictObject({
    type: ruleType("target"),
    metric,
    goal,
    value: withFacts(z.number(), "The value that ends a trial when it is reached."),
  }),
  divergence: z.strictObject({
    type: ruleType("divergence"),
    metric,
    goal,
    factor: withFacts(
      z.number().gt(1).optional(),
      "Also stops a trial this many times worse than its own best; for positive metrics.",
    ),
    warmup_steps: steps.warmup_steps,
  }),
  wilcoxon: z.strictObject({
    type: ruleType("wilcoxon"),
    metric,
    goal,
    p_threshold: withFacts(
      z.number().gt(0).lt(1).default(0.1),
      "A trial is stopped where the test's p-value is below this.",
    ),
    startup_steps: withFacts(
      count(0).default(2),
      "No trial is stopped before it has reported this many shared steps.",
    ),
  }),
} satisfies { readonly [T in StoppingType]: z.ZodObject };

const { asha, hyperband, ...more } = stoppingRules;

export const stoppingRule = withFacts(z.union([asha, hyperband, ...Object.values(more)]), {
  description: "A rule that stops trials.",
});
