/**
 * Successive halving without waiting, in the stopping form: at each rung a trial goes on while it is
 * among the best of those that got there (after Jamieson & Talwalkar 2016; Li et al. 2020, ASHA).
 *
 * Libraries that stop instead of pausing decide once, when a trial arrives, on the few that were
 * there before it. Here it is decided as follows; `docs/stopping-rules.md` has what each choice is worth.
 *
 * - Of n trials at a rung, itself included, floor(n/eta) and one more go on; ties pass. Optuna lets
 *   floor(n/eta) go on and at least one, so that among the first `eta` only a new best does; Ray
 *   leaves the newcomer out of the quantile, which amounts to one more on average, as here.
 * - Until its next rung a trial is looked at again. In the promoting form one that is no longer among
 *   the best would not be promoted either; here it had to be let go on before that could be known.
 * - A trial also goes on while it is among the best by where it is heading: a curve that starts behind
 *   and falls fast is what successive halving is known to lose.
 */
import { byGoal, isBetter, type Measure, pointAt, reportOf, standing } from "./curves.js";
import { type Curve, goOn, type StopReason, type Verdict } from "./rule.js";

export interface Halving {
  readonly rule: string;
  readonly measure: Measure;
  readonly eta: number;
  readonly bracket: number;
  /** Ascending. */
  readonly rungs: readonly number[];
}

/** How much of what was gained since half way to the rung is expected once more. */
const gainExpected = 0.5;

/** `rivals` are the other trials of the bracket. */
export function judgeAtRung(halving: Halving, trial: Curve, rivals: readonly Curve[]): Verdict {
  const { rule, measure, eta, bracket, rungs } = halving;
  const last = trial.points.at(-1);
  if (last === undefined) return goOn;
  // One that is no finite number, where it could be judged at all, is worse than any.
  if (!Number.isFinite(last.value)) {
    const [first = Infinity] = rungs;
    if (last.count < first) return goOn;
    const why = { rule, metric: measure.name, ...reportOf(last), threshold: null };
    return pruned({ ...why, ...standing(Number.NaN, [], measure.goal), rank: null, details: {} });
  }
  const rung = rungs.findLast((each) => each <= last.count);
  const own = rung === undefined ? undefined : standingPoint(trial, rung, measure);
  if (rung === undefined || own === undefined) return goOn;
  const others = rivals.flatMap((rival) => standingPoint(rival, rung, measure) ?? []);
  const goingOn = Math.floor((others.length + 1) / eta) + 1;
  const { goal } = measure;
  const ahead = others.filter(({ point }) => isBetter(point.value, own.point.value, goal)).length;
  const headingAhead = others.filter(({ heading }) => isBetter(heading, own.heading, goal)).length;
  if (ahead < goingOn || headingAhead < goingOn) return goOn;
  const competitors = others.map((each) => ({ trial: each.trial, value: each.point.value }));
  const sorted = competitors.map(({ value }) => value).sort(byGoal(goal));
  return pruned({
    rule,
    metric: measure.name,
    ...reportOf(own.point),
    threshold: sorted[goingOn - 1] ?? null,
    ...standing(own.point.value, competitors, goal),
    details: { rung, bracket, eta, goingOn, heading: own.heading },
  });
}

function pruned(why: StopReason): Verdict {
  return { kind: "stop", as: "pruned", why };
}

/** The value at a rung, and where it is heading. */
function standingPoint(curve: Curve, rung: number, { goal }: Measure) {
  const point = pointAt(curve, rung);
  if (point === undefined) return undefined;
  const before = pointAt(curve, lookbackFrom(rung))?.value;
  const gained = before !== undefined && isBetter(point.value, before, goal);
  const heading = gained ? point.value + gainExpected * (point.value - before) : point.value;
  return { trial: curve.trial, point, heading };
}

/** The count that a rung is compared with for what was gained. */
export function lookbackFrom(rung: number): number {
  return Math.max(1, Math.floor(rung / 2));
}
