/**
 * A trial that is worse than the best by Wilcoxon's signed-rank test over the steps that both have
 * reported, with the semantics of Optuna's `WilcoxonPruner`. For reports that are the same task again
 * and again, as the folds of a cross-validation or repeats with the same seeds; the best is then the
 * completed trial with the best mean.
 */
import type { StoppingChoice } from "../sweep/deck-types.js";
import { isBetter, type Measure, reportOf, standing } from "./curves.js";
import { type Curve, type CurvePoint, goOn, type StoppingRule, type Verdict } from "./rule.js";
import { signedRankPValue } from "./signed-ranks.js";

type Choice = Extract<StoppingChoice, { type: "wilcoxon" }>;

export function wilcoxonRule(choice: Choice, { name: metric, goal }: Measure): StoppingRule {
  const { pThreshold, startupSteps } = choice;

  const judge = (trial: Curve, others: readonly Curve[]): Verdict => {
    const last = trial.points.at(-1);
    if (last === undefined || !Number.isFinite(last.value)) return goOn;
    const best = bestCompleted(others, goal);
    if (best === undefined) return goOn;
    const worse = differences(trial.points, best.points, goal);
    if (worse.length < Math.max(2, startupSteps)) return goOn;
    const mean = meanOf(trial.points);
    // However clear the test: one whose mean is no worse may yet be the new best.
    if (!isBetter(best.mean, mean, goal)) return goOn;
    const pValue = signedRankPValue(worse);
    if (!(pValue < pThreshold)) return goOn;
    const why = {
      rule: "wilcoxon",
      metric,
      ...reportOf({ ...last, value: mean }),
      threshold: best.mean,
      ...standing(mean, [{ trial: best.trial, value: best.mean }], goal),
      details: { pValue, pThreshold, shared: worse.length },
    };
    return { kind: "stop", as: "pruned", why };
  };

  return {
    name: "wilcoxon",
    metric: choice.metric,
    // Any step may be one that two trials share.
    comparesAt: () => true,
    looksAgain: false,
    judge,
  };
}

interface Mean {
  readonly trial: number;
  readonly points: readonly CurvePoint[];
  readonly mean: number;
}

function bestCompleted(others: readonly Curve[], goal: Measure["goal"]): Mean | undefined {
  let best: Mean | undefined;
  for (const { trial, state, points } of others) {
    if (state !== "complete" || points.length === 0) continue;
    const mean = meanOf(points);
    if (Number.isFinite(mean) && (best === undefined || isBetter(mean, best.mean, goal))) {
      best = { trial, points, mean };
    }
  }
  return best;
}

/** By how much the first is worse than the second, at each step that both have. */
function differences(
  points: readonly CurvePoint[],
  than: readonly CurvePoint[],
  goal: Measure["goal"],
): readonly number[] {
  const values = new Map(than.map(({ step, value }) => [step, value]));
  return points.flatMap(({ step, value }) => {
    const other = values.get(step);
    if (other === undefined) return [];
    return [goal === "maximize" ? other - value : value - other];
  });
}

function meanOf(points: readonly CurvePoint[]): number {
  return points.reduce((total, { value }) => total + value, 0) / points.length;
}
