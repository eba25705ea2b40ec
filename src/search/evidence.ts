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
   * that failed, and for those that run where the sweep says so; null for all others that run, for
   * what was stopped by hand, and for pruned trials without a report.
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
  for (const { configuration, values, violation = 0 } of setup.earlier) {
    const point = setup.search.pointOf(configuration);
    if (point === undefined) continue;
    const losses = values.map((value, index) => value * (signs[index] ?? 1));
    const loss = losses[0] ?? null;
    evidence.push({ point, observation: undefined, loss, losses, state: "complete", violation });
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

/**
 * What W&B's `impute` says of failed trials, and `impute_while_running` of those that run, as its
 * search engine (`sweeps` 0.3.0) does it. Where that has nothing to go by it takes 0, which may be
 * better than all there is: a loss is null then, or for a failed trial the worst.
 */
function imputed(evidence: readonly Evidence[], metric: Metric | undefined): readonly Evidence[] {
  const whileRunning = metric?.imputeWhileRunning ?? "false";
  const isImputed = ({ state }: Evidence) =>
    state === "failed" || (state === "running" && whileRunning !== "false");
  if (!evidence.some(isImputed)) return evidence;
  const sign = metric?.goal === "maximize" ? -1 : 1;
  const worst = worstOf(evidence, sign);
  return evidence.map((each) => {
    if (!isImputed(each)) return each;
    const own = finiteLosses(each, sign);
    const [best, latest] = [own.length === 0 ? null : least(own), own.at(-1) ?? null];
    if (each.state === "running") {
      // Whatever the strategy: a trial that has reported counts as the best that it reached.
      return { ...each, loss: best ?? (whileRunning === "worst" ? worst : null) };
    }
    const loss = metric?.impute === "latest" ? latest : metric?.impute === "best" ? best : null;
    return { ...each, loss: loss ?? worst };
  });
}

/** The worst that any trial ever reported, failed ones and early steps too; running trials aside. */
function worstOf(evidence: readonly Evidence[], sign: number): number | null {
  let worst: number | null = null;
  for (const each of evidence) {
    if (each.state === "running") continue;
    const ending = each.loss !== null && Number.isFinite(each.loss) ? [each.loss] : [];
    for (const loss of [...finiteLosses(each, sign), ...ending]) {
      if (worst === null || loss > worst) worst = loss;
    }
  }
  return worst;
}

function finiteLosses({ observation }: Evidence, sign: number): readonly number[] {
  return (observation?.reports ?? []).flatMap(([, value]) =>
    Number.isFinite(value) ? [value * sign] : [],
  );
}

function least(losses: readonly number[]): number {
  return losses.reduce((a, b) => Math.min(a, b));
}
