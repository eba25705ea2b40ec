/**
 * W&B's `early_terminate: {type: hyperband}`, as its own engine decides (`hyperband_stop_runs` of
 * sweeps 0.3.0).
 *
 * It is no Hyperband (there is one bracket, and a trial that has passed may be stopped later), but
 * whoever brings a file from W&B gets what W&B does.
 */
import { bandsOf, survivorsOf, thresholdIndex } from "../sweep/hyperband-bands.js";
import type { Hyperband } from "../sweep/sweep.js";
import {
  bestPoint,
  byGoal,
  finitePoints,
  isBetter,
  type Measure,
  pointAt,
  reportOf,
  standing,
  valuesAt,
} from "./curves.js";
import { type Curve, goOn, type StoppingRule, type Verdict } from "./rule.js";

export function earlyTerminate(given: Hyperband, { name: metric, goal }: Measure): StoppingRule {
  const bands = bandsOf(given);
  const areBands = new Set(bands);
  const { eta, strict } = given;

  const judge = (trial: Curve, others: readonly Curve[]): Verdict => {
    const points = finitePoints(trial);
    const reached = points.at(-1)?.count ?? 0;
    const band = bands.findLast((each) => each <= reached);
    const atBand = band === undefined ? undefined : pointAt(trial, band);
    if (band === undefined || atBand === undefined) return goOn;
    const competitors = valuesAt(others, band);
    const values = [atBand.value, ...competitors.map(({ value }) => value)].sort(byGoal(goal));
    const threshold = values[thresholdIndex(values.length, eta)];
    // The best of the whole curve, also after the band: so does W&B.
    const held = strict ? atBand : bestPoint(points, goal);
    if (threshold === undefined || held === undefined) return goOn;
    if (!isBetter(threshold, held.value, goal)) return goOn;
    return {
      kind: "stop",
      as: "pruned",
      why: {
        rule: "early_terminate",
        metric,
        ...reportOf(held),
        threshold,
        ...standing(held.value, competitors, goal),
        details: { rung: band, eta, goingOn: survivorsOf(values.length, eta) },
      },
    };
  };

  return {
    name: "early_terminate",
    metric: undefined,
    comparesAt: (count) => areBands.has(count),
    looksAgain: true,
    judge,
  };
}
