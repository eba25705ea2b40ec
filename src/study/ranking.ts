/**
 * The order of trials, and who is ranked.
 *
 * Ranked are completed trials, best first, and after them those that a stopping rule ended, whose
 * values come from an earlier step. A running trial stands where its value so far puts it, without
 * a rank. What has no value, or failed, is last in every order, whichever way it is sorted.
 */
import { constrainedFrontsOf } from "../search/pareto.js";
import type { Json } from "../space/value.js";
import { violationOf } from "./history.js";
import type { Goal, Objective, Trial, TrialState } from "./trial.js";

export interface PlacedTrial {
  readonly trial: Trial;
  /** From 1; null for trials that have not earned one. */
  readonly rank: number | null;
}

export type SortDirection = "ascending" | "descending";

/**
 * By the objective; of equal trials the earlier is the better one, as in Optuna. With the goals of
 * other objectives by Pareto front: all trials of the first have rank 1, those of the next rank 2,
 * and within a front the first objective decides. Trials without all values have no rank then.
 */
export function rankTrials(
  trials: readonly Trial[],
  goal: Goal,
  others: Objective["others"] = [],
): readonly PlacedTrial[] {
  if (others.length > 0) return rankByFront(trials, [goal, ...others.map((each) => each.goal)]);
  const ordered = [...trials].sort(byObjective(goal));
  const ranks = new Map(ordered.filter(isRanked).map((trial, index) => [trial, index + 1]));
  return ordered.map((trial) => ({ trial, rank: ranks.get(trial) ?? null }));
}

function rankByFront(trials: readonly Trial[], goals: readonly Goal[]): readonly PlacedTrial[] {
  const fronts = paretoFronts(trials, goals);
  const ranks = new Map(
    fronts.flatMap((front, index) => front.map((trial) => [trial, index + 1] as const)),
  );
  const first = byObjective(goals[0] ?? "minimize");
  const rankOf = (trial: Trial) => ranks.get(trial) ?? Infinity;
  return trials
    .toSorted((a, b) => compareKeys(rankOf(a), rankOf(b)) || first(a, b))
    .map((trial) => ({ trial, rank: ranks.get(trial) ?? null }));
}

/**
 * The completed trials that have a value for each goal, front by front, each by number: no trial is
 * dominated by one of its own front or of a later one. Those that miss an outcome constraint come last.
 */
export function paretoFronts(
  trials: readonly Trial[],
  goals: readonly Goal[],
): readonly (readonly Trial[])[] {
  const complete = trials.filter(
    ({ state, values }) => state === "complete" && values.length === goals.length,
  );
  const members = complete.map((trial) => ({
    losses: trial.values.map((value, index) => (goals[index] === "maximize" ? -value : value)),
    violation: violationOf(trial),
  }));
  return constrainedFrontsOf(members).map((front) =>
    front.flatMap((index) => complete[index] ?? []),
  );
}

/** By any column, such as a parameter or a metric: what a study without an objective is read by. */
export function sortTrials(
  trials: readonly Trial[],
  read: (trial: Trial) => Json | undefined,
  direction: SortDirection,
): readonly Trial[] {
  const sign = direction === "ascending" ? 1 : -1;
  return trials
    .map((trial) => ({ trial, key: sortKey(read(trial)) }))
    .sort(
      (a, b) =>
        endGroup(a.trial) - endGroup(b.trial) ||
        Number(a.key === undefined) - Number(b.key === undefined) ||
        sign * compareKeys(a.key, b.key) ||
        a.trial.number - b.trial.number,
    )
    .map(({ trial }) => trial);
}

/** The best of the completed trials by one objective; undefined while there is none. */
export function bestTrial(trials: readonly Trial[], goal: Goal): Trial | undefined {
  const isBetter = byObjective(goal);
  let best: Trial | undefined;
  for (const trial of trials) {
    if (trial.state !== "complete" || trial.value === null) continue;
    if (best === undefined || isBetter(trial, best) < 0) best = trial;
  }
  return best;
}

function isRanked({ state, value }: Trial): boolean {
  return value !== null && (state === "complete" || state === "pruned");
}

function byObjective(goal: Goal): (a: Trial, b: Trial) => number {
  return (a, b) =>
    objectiveGroup(a) - objectiveGroup(b) ||
    violationOf(a) - violationOf(b) ||
    (a.value === null || b.value === null ? 0 : compareValues(goal, a.value, b.value)) ||
    a.number - b.number;
}

function compareValues(goal: Goal, a: number, b: number): number {
  // Not by subtraction: two infinities are equal, and their difference is not a number.
  const order = a < b ? -1 : a > b ? 1 : 0;
  return goal === "minimize" ? order : -order;
}

/** Trials without a value, from the liveliest to the ones that nothing more is heard of. */
const withoutValue: readonly TrialState[] = [
  "complete",
  "pruned",
  "running",
  "waiting",
  "lost",
  "stopped",
  "failed",
];

function objectiveGroup({ state, value }: Trial): number {
  if (value === null) return 2 + withoutValue.indexOf(state);
  return state === "pruned" ? 1 : 0;
}

/** 0 for what has come to its end well. */
function endGroup({ state }: Trial): number {
  return state === "complete" || state === "pruned" ? 0 : withoutValue.indexOf(state);
}

type SortKey = number | string;

/** Undefined for what has no place in an order: absent, null, NaN. */
function sortKey(value: Json | undefined): SortKey | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return Number.isNaN(value) ? undefined : value;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Numbers before words. */
function compareKeys(a: SortKey | undefined, b: SortKey | undefined): number {
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b, "en");
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === "number" ? -1 : typeof b === "number" ? 1 : 0;
}
