/** A study's history as samplers learn from it: points with losses, to be minimised. */
import type { History, Observation } from "../space/history.js";
import type { Point } from "../space/search-space.js";
import type { Metric } from "../sweep/sweep.js";
import type { SamplerSetup } from "./sampler.js";

/** What is known of one configuration that was tried. */
export interface Evidence {
  readonly point: Point;
  /** Undefined for a result of an earlier study. */
  readonly observation: Observation | undefined;
  /**
   * The first objective, negated where it is maximised, so that less is better. Imputed for trials
   * that failed; null for what still runs, for what was stopped by hand, and for pruned trials without a report.
   */
  readonly loss: number | null;
  /** The same for each objective; empty unless the trial is complete. */
  readonly losses: readonly number[];
  readonly state: Observation["state"];
  /** By how much outcome constraints are missed; 0 where they hold. */
  readonly violation: number;
}

/**
 * Results of earlier studies first, then the trials in the order in which they were begun.
 * Configurations of another space are left out.
 */
export function evidenceOf(setup: SamplerSetup, { observations }: History): readonly Evidence[] {
  const signs = setup.objectives.map(({ goal }) => (goal === "maximize" ? -1 : 1));
  const evidence: Evidence[] = [];
  for (const { configuration, values } of setup.earlier) {
    const point = setup.search.pointOf(configuration);
    if (point === undefined) continue;
    const losses = values.map((value, index) => value * (signs[index] ?? 1));
    const loss = losses[0] ?? null;
    evidence.push({ point, observation: undefined, loss, losses, state: "complete", violation: 0 });
  }
  for (const observation of observations) {
    const point = pointFor(setup, observation);
    if (point === undefined) continue;
    evidence.push({ point, ...measured(observation, signs) });
  }
  return imputed(evidence, setup.objectives[0]);
}

/** Points are the same for the same trial, so they are worked out once. */
const pointsOf = new WeakMap<object, WeakMap<object, { readonly point: Point | undefined }>>();

function pointFor({ search }: SamplerSetup, { configuration }: Observation): Point | undefined {
  const points = pointsOf.get(search) ?? new WeakMap();
  pointsOf.set(search, points);
  const before = points.get(configuration);
  if (before !== undefined) return before.point;
  const point = search.pointOf(configuration);
  points.set(configuration, { point });
  return point;
}

function measured(observation: Observation, signs: readonly number[]): Omit<Evidence, "point"> {
  const { state, value, values, violation } = observation;
  const [sign = 1] = signs;
  const isMeasured = value !== null && !Number.isNaN(value);
  const counts = state === "complete" || state === "pruned";
  // A complete trial whose value is not a number has failed at what it was tried for.
  const effective = state === "complete" && !isMeasured ? "failed" : state;
  const loss = counts && isMeasured ? value * sign : null;
  const own = values.length > 0 ? values : counts && isMeasured ? [value] : [];
  const losses = state === "complete" ? own.map((each, index) => each * (signs[index] ?? 1)) : [];
  return { observation, loss, losses, state: effective, violation };
}

/** What W&B's `impute` says of failed trials: the worst that was seen, or what the trial itself reported. */
function imputed(evidence: readonly Evidence[], metric: Metric | undefined): readonly Evidence[] {
  if (!evidence.some(({ state }) => state === "failed")) return evidence;
  const seen = evidence.flatMap(({ loss }) =>
    loss === null || !Number.isFinite(loss) ? [] : [loss],
  );
  const worst = seen.length === 0 ? null : seen.reduce((a, b) => Math.max(a, b));
  const sign = metric?.goal === "maximize" ? -1 : 1;
  return evidence.map((each) => {
    if (each.state !== "failed") return each;
    const own = reported(each.observation, metric, sign);
    return { ...each, loss: own ?? worst };
  });
}

function reported(
  observation: Observation | undefined,
  metric: Metric | undefined,
  sign: number,
): number | undefined {
  const losses = (observation?.reports ?? []).flatMap(([, value]) =>
    Number.isFinite(value) ? [value * sign] : [],
  );
  switch (metric?.impute) {
    case "latest":
      return losses.at(-1);
    case "best":
      return losses.length === 0 ? undefined : losses.reduce((a, b) => Math.min(a, b));
    default:
      return undefined;
  }
}
