/** ASHA in the stopping form, and Hyperband, which is ASHA in brackets from bold to cautious. */
import type { StoppingChoice } from "../sweep/deck-types.js";
import type { Measure } from "./curves.js";
import { judgeAtRung, lookbackFrom } from "./halving.js";
import { type Curve, goOn, type StoppingRule, type Verdict } from "./rule.js";
import { bracketOf, bracketShares, rungsFrom } from "./rungs.js";

type Choice<T extends StoppingChoice["type"]> = Extract<StoppingChoice, { type: T }>;

/** Longer trials than this are compared at no rung. */
const longest = 1e12;
/** Without `min_steps` every trial gets this share of a whole one. */
const firstShare = 12;

/**
 * Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", section 3. Where neither
 * `minSteps` nor `maxSteps` is given, no trial is stopped before one has completed, for nobody knows
 * until then what is early.
 */
export function ashaRule(choice: Choice<"asha">, measure: Measure): StoppingRule {
  const { eta, brackets } = choice;
  const shares = bracketShares(brackets, eta);

  const judge = (trial: Curve, others: readonly Curve[]): Verdict => {
    const whole = choice.maxSteps ?? longestCompleted(others);
    const first = choice.minSteps ?? (whole === undefined ? undefined : firstRung(choice, whole));
    if (first === undefined) return goOn;
    const bracket = bracketOf(trial.trial, shares);
    const rungs = rungsFrom(first, eta, whole ?? longest).slice(bracket);
    const rivals = others.filter((other) => bracketOf(other.trial, shares) === bracket);
    return judgeAtRung({ rule: "asha", measure, eta, bracket, rungs }, trial, rivals);
  };

  return {
    name: "asha",
    metric: choice.metric,
    comparesAt: comparingAt(firstRungs(choice), eta),
    looksAgain: true,
    judge,
  };
}

/**
 * Li et al. 2018, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization",
 * algorithm 1, without waiting: bracket b begins b rungs later, and each has a share of the trials
 * such that all spend about the same. Without `maxSteps` no trial is stopped before one has completed.
 */
export function hyperbandRule(choice: Choice<"hyperband">, measure: Measure): StoppingRule {
  const { eta, minSteps } = choice;

  const judge = (trial: Curve, others: readonly Curve[]): Verdict => {
    const whole = choice.maxSteps ?? longestCompleted(others);
    if (whole === undefined) return goOn;
    const all = rungsFrom(minSteps, eta, whole);
    const count = rungsFrom(minSteps, eta, whole + 1).length;
    const shares = bracketShares(count, eta);
    const bracket = bracketOf(trial.trial, shares);
    const rivals = others.filter((other) => bracketOf(other.trial, shares) === bracket);
    const rungs = all.slice(bracket);
    return judgeAtRung({ rule: "hyperband", measure, eta, bracket, rungs }, trial, rivals);
  };

  return {
    name: "hyperband",
    metric: choice.metric,
    comparesAt: comparingAt([minSteps], eta),
    looksAgain: true,
    judge,
  };
}

function longestCompleted(curves: readonly Curve[]): number | undefined {
  let most: number | undefined;
  for (const { state, points } of curves) {
    const count = points.at(-1)?.count;
    if (state === "complete" && count !== undefined) most = Math.max(most ?? 0, count);
  }
  return most;
}

/** Exact where `maxSteps` is given; else one of a few, so that the values there can have been kept. */
function firstRung({ maxSteps }: Choice<"asha">, whole: number): number {
  const share = Math.max(1, Math.floor(whole / firstShare));
  return maxSteps === undefined ? (fewFirstRungs.findLast((each) => each <= share) ?? 1) : share;
}

/** 1, 2, 3, 4, 6, 8, 12 …: each power of two, and half as much again. */
const fewFirstRungs: readonly number[] = Array.from({ length: 40 }, (_, octave) => 2 ** octave)
  .flatMap((power) => [power, 1.5 * power])
  .filter(Number.isInteger);

function firstRungs(choice: Choice<"asha">): readonly number[] {
  if (choice.minSteps !== undefined) return [choice.minSteps];
  return choice.maxSteps === undefined ? fewFirstRungs : [firstRung(choice, choice.maxSteps)];
}

function comparingAt(firsts: readonly number[], eta: number): StoppingRule["comparesAt"] {
  const rungs = firsts.flatMap((first) => rungsFrom(first, eta, longest));
  const counts = new Set([...rungs, ...rungs.map(lookbackFrom)]);
  return (count) => counts.has(count);
}
