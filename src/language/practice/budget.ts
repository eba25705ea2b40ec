/** How many runs, for how many parameters. */
import type { Evidence } from "./family.js";

export interface BudgetRule extends Evidence {
  /** Up to so many runs… */
  readonly runs: number;
  /** …search at most so many parameters. */
  readonly parameters: number;
  readonly reason: string;
}

export const budgetRules: readonly BudgetRule[] = [
  {
    runs: 10,
    parameters: 1,
    reason: "The learning rate alone.",
    sources: ["playbook"],
    standing: "read",
  },
  {
    runs: 25,
    parameters: 2,
    reason: "The learning rate, and one more: momentum, or weight decay.",
    sources: ["playbook"],
    standing: "read",
  },
  {
    runs: 60,
    parameters: 5,
    reason: "60 random runs hit the best twentieth of the searched space with a chance of 95 %.",
    sources: ["sweepdeck"],
    standing: "judgement",
  },
  {
    runs: 100,
    parameters: 8,
    reason: "Optuna's tuner of LightGBM searches 7 parameters in up to 68 runs, step by step.",
    sources: ["lightGbmTuner"],
    standing: "judgement",
  },
];

// A few more than the rule has it are a matter of taste.
const leeway = 1.5;

/** How many parameters so many runs can tell apart. */
export function parametersFor(runs: number): number {
  return budgetRules.find((rule) => runs <= rule.runs)?.parameters ?? Infinity;
}

export function isFarTooMany(parameters: number, runs: number): boolean {
  return parameters > Math.max(2, parametersFor(runs) * leeway);
}

/** Undefined where it is better to drop parameters than to add runs. */
export function enoughRunsFor(parameters: number): number | undefined {
  return budgetRules.find((rule) => !isFarTooMany(parameters, rule.runs))?.runs;
}

/** The trials that a Bayesian sampler draws at random before it learns, as Optuna's samplers have it. */
export const randomStart = 10;
