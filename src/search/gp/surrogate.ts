/** The model of a study: which of its rows it rests on, in which form, and what counts as the best so far. */
import type { Point } from "../../space/search-space.js";
import { type Acquisition, logExpectedImprovement } from "./acquisition.js";
import type { Encoding } from "./encoding.js";
import { fitted } from "./fit.js";
import { standardized, winsorized, yeoJohnsoned } from "./losses.js";
import type { Row } from "./observed.js";
import { type Posterior, posteriorOf } from "./posterior.js";
import { noiseStarts, priorsFor } from "./settings.js";

export interface Surrogate {
  readonly isNoisy: boolean;
  /** By loss, or by posterior mean where there is noise: best first, and only what breaks no constraint. */
  readonly ranking: readonly Row[];
  readonly acquisition: Acquisition;
}

export interface Modelling {
  readonly encoding: Encoding;
  readonly rows: readonly Row[];
  readonly pending: readonly Point[];
  readonly isDeterministic: boolean;
}

const fittedRowsAtMost = 100;
/** One evaluation of a fit takes time by rows² · parameters, beside its cube of rows. */
const fittingWork = 130_000;

/** How many rows hyperparameters are fitted to; predictions rest on twice as many. */
function fittedRowsFor(parameters: number): number {
  return Math.min(fittedRowsAtMost, Math.round(Math.sqrt(fittingWork / Math.max(1, parameters))));
}

/** Of the signal's variance: with less noise than this the best value itself is what to improve on. */
const noticeable = 1e-3;

/** Losses made normal: a model for all of the space. */
export function globalSurrogate(modelling: Modelling): Surrogate {
  return surrogateOf(modelling, (losses) => yeoJohnsoned(winsorized(losses)));
}

/** Losses as they are among these rows: what differs near the best is not pressed together. */
export function localSurrogate(modelling: Modelling): Surrogate {
  return surrogateOf(modelling, standardized);
}

function surrogateOf(
  modelling: Modelling,
  transform: (losses: Float64Array) => Float64Array,
): Surrogate {
  const { encoding, rows, pending, isDeterministic } = modelling;
  const y = transform(Float64Array.from(rows, ({ loss }) => loss));
  const isFeasible = (index: number) => rows[index]?.violation === 0;
  const model = modelOf(modelling, y);
  const { noise, signal } = model.hyperparameters;
  const isNoisy = !isDeterministic && noise > noticeable * signal;
  const order = [...rows.keys()].filter(isFeasible);
  const merits = isNoisy ? Float64Array.from(rows, ({ features }) => model.at(features).mean) : y;
  const merit = (index: number) => merits[index] ?? 0;
  order.sort((a, b) => merit(a) - merit(b));
  const [first] = order;
  const expected = pending.map((point) => model.at(encoding.featuresOf(point)).mean);
  const best = first === undefined ? undefined : Math.min(merit(first), ...expected);
  return {
    isNoisy,
    ranking: order.flatMap((index) => rows[index] ?? []),
    acquisition: logExpectedImprovement(model, best, constraintOf(modelling)),
  };
}

function modelOf(
  { encoding, rows, pending, isDeterministic }: Modelling,
  y: Float64Array,
): Posterior {
  const { isCategory } = encoding;
  const most = fittedRowsFor(isCategory.length);
  const fitting = bestAndLatest(y, most);
  const predicting = bestAndLatest(y, 2 * most);
  const features = rows.map((row) => row.features);
  const take = <T>(from: ArrayLike<T>, which: readonly number[]) =>
    which.flatMap((index) => from[index] ?? []);
  const hyperparameters = fitted(
    { rows: take(features, fitting), y: Float64Array.from(take(y, fitting)), isCategory },
    priorsFor(isDeterministic),
    isDeterministic ? noiseStarts.slice(0, 1) : noiseStarts,
  );
  return posteriorOf(
    take(features, predicting),
    Float64Array.from(take(y, predicting)),
    hyperparameters,
    isCategory,
    pending.map((point) => encoding.featuresOf(point)),
  );
}

/** Indexes in ascending order: half of them of the least values, the rest the latest. */
function bestAndLatest(y: Float64Array, count: number): readonly number[] {
  const indexes = [...y.keys()];
  if (y.length <= count) return indexes;
  const best = indexes.toSorted((a, b) => (y[a] ?? 0) - (y[b] ?? 0)).slice(0, count / 2);
  const chosen = new Set(best);
  for (const index of indexes.reverse()) {
    if (chosen.size === count) break;
    chosen.add(index);
  }
  return [...chosen].sort((a, b) => a - b);
}

/**
 * Of how far outcome constraints are missed, by a process of its own: 0 is the border. By how much
 * others keep them is not known, so all of those lie one unit inside; what misses them by little is
 * pushed out by half a unit, or the border would be overstepped again and again by less and less.
 */
function constraintOf(modelling: Modelling): Posterior | undefined {
  const { rows } = modelling;
  const missed = rows.flatMap(({ violation }) => (violation > 0 ? [violation] : []));
  if (missed.length === 0) return undefined;
  const sorted = Float64Array.from(missed).sort();
  const median = sorted[Math.floor(sorted.length / 2)] ?? 1;
  const y = Float64Array.from(rows, ({ violation }) =>
    violation > 0 ? Math.min(0.5 + violation / median, 3) : -1,
  );
  return modelOf(modelling, y);
}
