/**
 * The median and the percentile rule, with the semantics of Optuna's `PercentilePruner`: the best
 * that a trial has reached so far is held against what completed trials had at the same report. The
 * idea is of Golovin et al. 2017 ("Google Vizier", section 3.1), who compare running means.
 */
import type { StoppingChoice } from "../sweep/deck-types.js";
import {
  bestPoint,
  byGoal,
  isBetter,
  type Measure,
  reportOf,
  standing,
  valuesAt,
} from "./curves.js";
import { comparesAt } from "./looks.js";
import { type Curve, goOn, type StoppingRule, type Verdict } from "./rule.js";

type Choice = Extract<StoppingChoice, { type: "median" | "percentile" }>;

export function percentileRule(choice: Choice, { name: metric, goal }: Measure): StoppingRule {
  const { type: rule, startupTrials, minTrials } = choice;
  const percentile = choice.type === "median" ? 50 : choice.percentile;

  const judge = (trial: Curve, others: readonly Curve[]): Verdict => {
    const last = trial.points.at(-1);
    if (last === undefined || !comparesAt(choice, last.count)) return goOn;
    const completed = others.filter(({ state }) => state === "complete");
    if (completed.length === 0 || completed.length < startupTrials) return goOn;
    const competitors = valuesAt(completed, last.count);
    const best = bestPoint(trial.points, goal);
    const threshold =
      competitors.length === 0 || competitors.length < minTrials
        ? null
        : percentileOf(
            competitors.map(({ value }) => value),
            percentile,
            goal,
          );
    // Without a finite value it is worse than any.
    if (best !== undefined && (threshold === null || !isBetter(threshold, best.value, goal)))
      return goOn;
    const { step, count } = last;
    const why = {
      rule,
      metric,
      ...reportOf(best ?? last),
      step,
      count,
      threshold,
      ...standing(best?.value ?? Number.NaN, competitors, goal),
      details: { percentile },
    };
    return { kind: "stop", as: "pruned", why };
  };

  return {
    name: rule,
    metric: choice.metric,
    comparesAt: (count) => comparesAt(choice, count),
    looksAgain: false,
    judge,
  };
}

/** Between the two nearest, by how near each is (as NumPy does); 0 is the best of at least one value. */
export function percentileOf(
  values: readonly number[],
  percentile: number,
  goal: Measure["goal"],
): number {
  const sorted = [...values].sort(byGoal(goal));
  const at = ((sorted.length - 1) * percentile) / 100;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
