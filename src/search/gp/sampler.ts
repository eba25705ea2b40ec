/**
 * Bayesian optimisation by a Gaussian process: a model of the loss, fitted anew to all that is known,
 * says where trying pays most.
 *
 * The expected improvement goes back to Jones, Schonlau & Welch, "Efficient global optimization of
 * expensive black-box functions" (1998). A suggestion is a function of the seed, the draw and the
 * history: every fit starts from the same two points, whether a trial is local follows from the
 * number of its draw, and the trust region is replayed from the results.
 */
import type { History } from "../../space/history.js";
import { type RandomStream, stream } from "../../space/random.js";
import type { Point } from "../../space/search-space.js";
import type { Configuration } from "../../space/space.js";
import type { Sampler, SamplerSetup } from "../sampler.js";
import { sobolSequence } from "../sobol-sequence.js";
import { untried } from "../untried.js";
import { everyPoint, perturbed, spread, spreadIn } from "./candidates.js";
import { centre, distance, type Encoding, encodingOf } from "./encoding.js";
import { type Box, type Maximization, maximized, type Scored } from "./maximize.js";
import { type Observed, observedOf, type Row } from "./observed.js";
import { globalSurrogate, localSurrogate, type Surrogate } from "./surrogate.js";
import { boxAround, isLocal, sideOf } from "./trust-region.js";

export interface GpOptions {
  /** How many configurations come first, without a model; undefined for as many as the space suggests. */
  readonly startupTrials?: number | undefined;
  /** The same configuration always gives the same value: no noise is fitted. */
  readonly deterministic?: boolean;
}

const spreadCandidates = 400;
const nearCandidates = 200;
/** A space of no more points is weighed as a whole. */
const countable = spreadCandidates + nearCandidates;
const nearBest = 5;
const deviations = [0.2, 0.06, 0.02, 0.006];
const localDeviations = [1 / 2, 1 / 5, 1 / 20];
const repeatedWithin = 1e-7;

export function gpSampler(setup: SamplerSetup, options: GpOptions = {}): Sampler {
  const encoding = encodingOf(setup.search);
  const starting = startingOf(setup, encoding, options.startupTrials);
  return {
    name: "gp",
    ask: (history) => {
      const random = stream(setup.seed).fork("gp").fork(history.draws);
      const observed = observedOf(setup, encoding, history);
      const candidates =
        history.draws < starting.count || observed.rows.length < leastRows
          ? starting.at(history.draws)
          : proposed({ encoding, observed, history, random, options });
      return untried(setup.search, history, candidates, random.fork("untried"));
    },
  };
}

const leastRows = 3;

interface Starting {
  readonly count: number;
  at(draw: number): Iterable<Configuration>;
}

/** The centre first, then points that fill the space evenly. */
function startingOf(
  { search, seed, initial, earlier }: SamplerSetup,
  encoding: Encoding,
  asked: number | undefined,
): Starting {
  const dimensions = search.dimensions.length;
  const count = asked ?? Math.min(10, Math.max(4, dimensions + 2));
  const known = earlier.length;
  const sequence = sobolSequence(dimensions, seed);
  return {
    count: Math.max(initial.length, count - known),
    at: function* (draw) {
      const index = draw - initial.length;
      // What comes first is the best guess that there is; without any the centre is.
      if (draw === 0) {
        const middle = search.configurationAt(encoding.settled(centre(encoding)));
        if (search.allows(middle)) yield middle;
      }
      for (let attempt = 0; attempt < 64; attempt += 1) {
        const configuration = search.quantileAt(sequence(index + attempt * 1024));
        if (search.allows(configuration)) yield configuration;
      }
    },
  };
}

interface Asking {
  readonly encoding: Encoding;
  readonly observed: Observed;
  readonly history: History;
  readonly random: RandomStream;
  readonly options: GpOptions;
}

function proposed(asking: Asking): readonly Configuration[] {
  const { encoding, history } = asking;
  if (encoding.search.cardinality <= countable) return inOrderOfWorth(asking);
  const scored = (isLocal(history.draws) ? locally(asking) : undefined) ?? globally(asking);
  return scored.slice(0, 50).map(({ point }) => encoding.search.configurationAt(point));
}

/** Of a small space every point, since the best ones may have been tried. */
function inOrderOfWorth({ encoding, observed, options }: Asking): readonly Configuration[] {
  const isDeterministic = options.deterministic === true;
  const { acquisition } = globalSurrogate({ encoding, ...observed, isDeterministic });
  const points = everyPoint(encoding).map((each) => encoding.settled(each));
  const scored = points.map((point) => ({
    point,
    score: acquisition.at(encoding.featuresOf(point)),
  }));
  return scored
    .sort((a, b) => b.score - a.score)
    .map(({ point }) => encoding.search.configurationAt(point))
    .filter((each) => encoding.search.allows(each));
}

function globally(asking: Asking): readonly Scored[] {
  const { encoding, observed, random, options } = asking;
  const isDeterministic = options.deterministic === true;
  const surrogate = globalSurrogate({ encoding, ...observed, isDeterministic });
  const box = everywhere(encoding);
  const centres = surrogate.ranking.slice(0, nearBest).map(({ point }) => point);
  const near = { encoding, centres, deviations, box };
  const maximization: Maximization = {
    encoding,
    acquisition: surrogate.acquisition,
    candidates: [
      ...spread(encoding, spreadCandidates, random.fork("spread")),
      ...perturbed(near, nearCandidates, random.fork("near")),
    ],
    box,
    random: random.fork("changes"),
  };
  return withoutRepeat(asking, surrogate, maximization, maximized(maximization));
}

function everywhere({ choices }: Encoding): Box {
  return {
    lower: new Float64Array(choices.length),
    upper: new Float64Array(choices.length).fill(1),
  };
}

/** Where there is no noise a point that was tried tells nothing new: one beside the best does. */
function withoutRepeat(
  { encoding, observed, random }: Asking,
  { isNoisy, ranking }: Surrogate,
  maximization: Maximization,
  scored: readonly Scored[],
): readonly Scored[] {
  const [first] = scored;
  const isTried = (point: Point) =>
    observed.rows.some((row) => distance(encoding, row.point, point) < repeatedWithin);
  const [best] = ranking;
  if (isNoisy || first === undefined || best === undefined || !isTried(first.point)) return scored;
  const around = {
    encoding,
    centres: [best.point],
    deviations: [0.1, 0.03, 0.01],
    box: maximization.box,
  };
  const candidates = perturbed(around, 100, random.fork("beside"));
  const beside = candidates
    .map((each) => encoding.settled(each))
    .filter((each) => encoding.allows(each))
    .map((point) => ({ point, score: maximization.acquisition.at(encoding.featuresOf(point)) }))
    .sort((a, b) => b.score - a.score);
  return [...beside, ...scored];
}

/** In a box around the best point, by a model of what lies near it. */
function locally(asking: Asking): readonly Scored[] | undefined {
  const { encoding, observed, random, options } = asking;
  const best = bestOf(observed.rows);
  if (best === undefined) return undefined;
  const side = sideOf(observed.rows, encoding);
  const surrogate = localSurrogate({
    encoding,
    rows: nearest(observed.rows, best, side, encoding),
    pending: observed.pending,
    isDeterministic: options.deterministic === true,
  });
  const box = boxAround(best, side);
  const centres = surrogate.ranking.slice(0, nearBest).map(({ point }) => point);
  const near = { encoding, centres, deviations: localDeviations.map((d) => (d * side) / 2), box };
  return maximized({
    encoding,
    acquisition: surrogate.acquisition,
    candidates: [
      ...spreadIn(encoding, box, best.point, spreadCandidates, random.fork("box")),
      ...perturbed(near, nearCandidates, random.fork("near")),
    ],
    box,
    random: random.fork("changes"),
  });
}

function bestOf(rows: readonly Row[]): Row | undefined {
  return rows
    .filter(({ violation, isComplete }) => isComplete && violation === 0)
    .reduce<Row | undefined>((a, b) => (a !== undefined && a.loss <= b.loss ? a : b), undefined);
}

function nearest(
  rows: readonly Row[],
  best: Row,
  side: number,
  encoding: Encoding,
): readonly Row[] {
  const away = rows
    .map((row) => ({ row, distance: distance(encoding, row.point, best.point) }))
    .sort((a, b) => a.distance - b.distance);
  const within = away.filter((each) => each.distance <= side).length;
  const count = Math.max(20, 6 * encoding.choices.length, within);
  return away.slice(0, count).map(({ row }) => row);
}
