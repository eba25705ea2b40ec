/**
 * BOHB's model (Falkner, Klein & Hutter, "BOHB: robust and efficient hyperparameter optimization at
 * scale", 2018, section 4): TPE on the results of the largest budget that has enough of them, with
 * a part of the configurations drawn at random.
 *
 * A budget is a number of reports, since that is what stopping rules compare trials at: a trial
 * has a result at a budget once it has made so many reports, whether it was stopped there or went
 * on. Which trials go on is for the stopping rule to say; the paper pairs this with hyperband.
 *
 * Beside the paper's kernels there is one that stands for the prior, as in the other TPE.
 */
import { stream } from "../space/random.js";
import { type Evidence, evidenceOf } from "./evidence.js";
import { randomSampler } from "./random.js";
import type { Sampler, SamplerSetup } from "./sampler.js";
import { axisOf } from "./tpe/axis.js";
import { byPromise } from "./tpe/candidates.js";
import type { Bandwidth } from "./tpe/kernels.js";
import { type ParzenEstimator, parzenEstimator } from "./tpe/parzen.js";
import { rowsKeeper } from "./tpe/rows.js";
import { untried } from "./untried.js";

export interface BohbOptions {
  /** The least number of good trials, and of others; undefined for one more than there are parameters. */
  readonly minPoints?: number | undefined;
  /** Of the trials with a result at the budget the part that is good. */
  readonly topFraction: number;
  readonly candidates: number;
  /** How often a configuration is drawn at random. */
  readonly randomFraction: number;
  /** By how much kernels are widened where candidates are drawn. */
  readonly bandwidthFactor: number;
}

export function bohbSampler(setup: SamplerSetup, options: BohbOptions): Sampler {
  const { search, seed, initial, objectives } = setup;
  const axes = search.dimensions.map(axisOf);
  const columns = [...axes.keys()];
  const rowsOf = rowsKeeper(axes);
  const random = randomSampler(setup);
  const source = stream(seed).fork("bohb");
  const sign = objectives[0]?.goal === "maximize" ? -1 : 1;
  const minPoints = options.minPoints ?? axes.length + 1;
  return {
    name: "bohb",
    ask: (history) => {
      const draws = source.fork(history.draws - initial.length);
      const isRandom = draws.next() < options.randomFraction;
      const evidence = evidenceOf(setup, history).filter(({ state }) => state !== "stopped");
      const split = splitAtBudget(evidence, sign, minPoints, options.topFraction);
      if (isRandom || axes.length === 0 || split === undefined) return random.ask(history);
      const rows = rowsOf(evidence.map(({ point }) => point));
      const estimator = (members: readonly number[], factor: number): ParzenEstimator =>
        parzenEstimator({
          axes,
          columns,
          rows,
          members,
          weights: new Float64Array(members.length).fill(1),
          bandwidth: referenceBandwidth(axes.length, factor),
        });
      const both = { good: estimator(split.good, 1), others: estimator(split.others, 1) };
      const wide = estimator(split.good, options.bandwidthFactor);
      const drawing = { search, axes, candidates: options.candidates };
      const candidates = byPromise(drawing, wide, both, draws);
      return untried(search, history, candidates, draws.fork("left"));
    },
  };
}

export interface BudgetSplit {
  /** The number of reports that the results were compared at; Infinity for final results alone. */
  readonly budget: number;
  /** Indexes into the evidence, ascending. */
  readonly good: readonly number[];
  readonly others: readonly number[];
}

/**
 * The largest budget at which `minPoints` + 2 trials have a result, and which of those are good: at
 * least `minPoints`, or the best part. A failed trial is worse than any with a result. Undefined
 * where there is no such budget.
 */
export function splitAtBudget(
  evidence: readonly Evidence[],
  sign: number,
  minPoints: number,
  topFraction: number,
): BudgetSplit | undefined {
  const curves = evidence.map((each) => curveOf(each, sign));
  const lengths = curves.map(({ length }) => length).sort((a, b) => b - a);
  const budget = lengths[minPoints + 1] ?? 0;
  if (budget === 0) return undefined;
  const results: Result[] = [];
  curves.forEach(({ length, lossAt }, index) => {
    const { state, violation = 0 } = evidence[index] ?? {};
    if (state === "failed") results.push({ index, violation: Infinity, loss: Infinity });
    else if (length >= budget) results.push({ index, violation, loss: lossAt(budget) });
  });
  results.sort(
    (a, b) => ascending(a.violation, b.violation) || ascending(a.loss, b.loss) || a.index - b.index,
  );
  const goodCount = Math.max(minPoints, Math.floor(topFraction * results.length));
  const indexes = (some: typeof results) => some.map(({ index }) => index).sort((a, b) => a - b);
  return {
    budget,
    good: indexes(results.slice(0, goodCount)),
    others: indexes(results.slice(goodCount)),
  };
}

interface Result {
  readonly index: number;
  /** By how much outcome constraints are missed, which decides before the loss. */
  readonly violation: number;
  readonly loss: number;
}

/** Subtracting would make NaN of two infinities. */
function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface ReportedCurve {
  /** How many results it has; Infinity for one whose only result is its last. */
  readonly length: number;
  lossAt(budget: number): number;
}

function curveOf({ observation, loss, state }: Evidence, sign: number): ReportedCurve {
  const reports = state === "failed" ? [] : (observation?.reports ?? []);
  const finite = reports.flatMap(([, value]) => (Number.isFinite(value) ? [value * sign] : []));
  if (finite.length === 0 && state === "complete" && loss !== null) {
    return { length: Infinity, lossAt: () => loss };
  }
  return { length: finite.length, lossAt: (budget) => finite[budget - 1] ?? Infinity };
}

const leastWidth = 1e-3;

/** The normal reference rule for a density over `dimensions` axes, as the paper takes it. */
export function referenceBandwidth(dimensions: number, factor: number): Bandwidth {
  return (middles, widths) => {
    const count = middles.length;
    const mean = middles.reduce((sum, each) => sum + each, 0) / count;
    const variance = middles.reduce((sum, each) => sum + (each - mean) ** 2, 0) / count;
    const rule = 1.06 * Math.sqrt(variance) * count ** (-1 / (4 + dimensions));
    widths.fill(Math.max(leastWidth, rule) * factor);
  };
}
