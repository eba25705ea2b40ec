/** Configurations drawn from the density of the good trials, the most promising first. */
import type { RandomStream } from "../../space/random.js";
import type { SearchSpace } from "../../space/search-space.js";
import type { Configuration } from "../../space/space.js";
import type { Axis } from "./axis.js";
import { neighbourBandwidth } from "./kernels.js";
import { type ParzenEstimator, parzenEstimator } from "./parzen.js";
import type { Rows } from "./rows.js";
import type { Split } from "./split.js";
import { rampWeights } from "./weights.js";

export interface Drawing {
  readonly search: SearchSpace;
  readonly axes: readonly Axis[];
  /** How many are drawn for each that is kept. */
  readonly candidates: number;
}

export interface Model extends Drawing {
  readonly rows: Rows;
  readonly split: Split;
}

export interface Estimators {
  readonly good: ParzenEstimator;
  readonly others: ParzenEstimator;
}

/** So many are drawn at most for each candidate that the constraints allow. */
const drawsEach = 20;

/** By one density over all axes: what fits together is drawn, and weighed, together. */
export function jointly(model: Model, draws: RandomStream): Iterable<Configuration> {
  const all = model.axes.map((_, at) => at);
  const both = estimators(model, all);
  return byPromise(model, both.good, both, draws);
}

/** Candidates from one density, by how much likelier they are among the good trials than among the others. */
export function* byPromise(
  drawing: Drawing,
  source: ParzenEstimator,
  both: Estimators,
  draws: RandomStream,
): Iterable<Configuration> {
  const { candidates } = drawing;
  const drawn: Candidate[] = [];
  for (let tried = 0; tried < candidates * drawsEach && drawn.length < candidates; tried += 1) {
    const candidate = candidateAt(drawing, source.sample(draws));
    if (candidate !== undefined) drawn.push(candidate);
  }
  const gains = gainsAt(
    drawn.map(({ coordinates }) => coordinates),
    both,
  );
  const order = [...drawn.keys()].sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0));
  for (const index of order) {
    const candidate = drawn[index];
    if (candidate !== undefined) yield candidate.configuration();
  }
}

/** By a density along each axis for itself, each with candidates of its own. */
export function* oneByOne(model: Model, draws: RandomStream): Iterable<Configuration> {
  const pairs = model.axes.map((_, at) => estimators(model, [at]));
  for (let round = 0; round < drawsEach; round += 1) {
    const coordinates = pairs.map((pair) => bestAlong(pair, model.candidates, draws));
    const candidate = candidateAt(model, Float64Array.from(coordinates));
    if (candidate !== undefined) yield candidate.configuration();
  }
}

/** Of an axis alone, the trials that have it count; of several, all do. */
function estimators({ axes, rows, split }: Model, columns: readonly number[]): Estimators {
  const [only = 0] = columns;
  const isThere = (row: number) =>
    columns.length > 1 || !Number.isNaN(rows.coordinates[row * rows.width + only]);
  const estimator = (members: readonly number[], weightsOf: (count: number) => Float64Array) => {
    const present = members.filter(isThere);
    return parzenEstimator({
      axes: columns.flatMap((column) => axes[column] ?? []),
      columns,
      rows,
      members: present,
      weights: weightsOf(present.length),
      bandwidth: neighbourBandwidth,
    });
  };
  return {
    good: estimator(split.below, (count) => new Float64Array(count).fill(1)),
    others: estimator(split.above, rampWeights),
  };
}

function bestAlong(both: Estimators, candidates: number, draws: RandomStream): number {
  const places = Array.from({ length: candidates }, () => both.good.sample(draws));
  const gains = gainsAt(places, both);
  const best = gains.indexOf(gains.reduce((a, b) => Math.max(a, b), -Infinity));
  return places[best]?.[0] ?? Number.NaN;
}

/** How much likelier each place is among the good trials than among the others: a logarithm. */
function gainsAt(places: readonly Float64Array[], { good, others }: Estimators): Float64Array {
  const among = others.logDensities(places);
  return good.logDensities(places).map((log, index) => log - (among[index] ?? 0));
}

interface Candidate {
  /** NaN where its parameter does not exist. */
  readonly coordinates: Float64Array;
  configuration(): Configuration;
}

/** Undefined where a constraint forbids it. */
function candidateAt({ search, axes }: Drawing, drawn: Float64Array): Candidate | undefined {
  const configured = () =>
    search.configurationAt(
      drawn.map((coordinate, at) => axes[at]?.placeOf(coordinate) ?? coordinate),
    );
  if (search.conditions.length === 0 && search.constraints.length === 0) {
    return { coordinates: drawn, configuration: configured };
  }
  const configuration = configured();
  if (!search.allows(configuration)) return undefined;
  const point = search.pointOf(configuration) ?? drawn;
  const coordinates = drawn.map((each, at) =>
    Number.isNaN(point[at] ?? each) ? Number.NaN : each,
  );
  return { coordinates, configuration: () => configuration };
}
