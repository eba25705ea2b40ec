/**
 * CMA-ES: generations of trials from a normal distribution, which is moved towards the better ones
 * and takes the shape of the valley that they lie in (Hansen, "The CMA Evolution Strategy: A
 * Tutorial", 2016). For numbers, and a hundred trials or more for each of them.
 *
 * Ordered choices are coordinates like numbers; those without an order are drawn by chances that
 * move with the better half of each generation (`choices.ts`).
 */
import { type RandomStream, stream } from "../../space/random.js";
import type { Configuration } from "../../space/space.js";
import type { Evidence } from "../evidence.js";
import { areSame, folded, isSamePoint, resultReader } from "../results.js";
import type { Sampler, SamplerSetup } from "../sampler.js";
import { untried } from "../untried.js";
import { beginning, type Replayed, type Result, told } from "./replay.js";
import { drawFrom, type Frame, frameOf, pointOf, type SearchRun } from "./search-run.js";

export interface CmaesOptions {
  /** Draws from the prior before the first generation. */
  readonly startupTrials?: number;
  /** The first step, as a fraction of the range; undefined for a sixth. */
  readonly sigma?: number | undefined;
  /** Trials in a generation of the first run; undefined for 4 + 3 ln (dimensions). Each restart doubles it. */
  readonly population?: number | undefined;
  /** Parameters are adapted one by one. */
  readonly separable?: boolean;
  /** Whole numbers and other steps keep a margin (`margin.ts`). */
  readonly margin?: boolean;
}

const candidates = 100;

export function cmaesSampler(setup: SamplerSetup, options: CmaesOptions = {}): Sampler {
  const { search, seed, initial } = setup;
  const { startupTrials = 1 } = options;
  const frame = frameOf(search, runOptions(options, search.dimensions.length));
  const draws = stream(seed);
  const own = draws.fork("cmaes");
  const first = initial.length + startupTrials;
  const resultsOf = resultReader(setup, (evidence) => resultOf(setup, evidence, first));
  const stateAfter = folded<Result, Replayed>({
    beginning: beginning(frame),
    next: (state, result) => told(frame, state, result, own),
    isSame: (a, b) => a.draw === b.draw && areSame(a.rank, b.rank) && isSamePoint(a.point, b.point),
  });
  return {
    name: "cmaes",
    ask: (history) => {
      if (history.draws < first) {
        const source = draws.fork(history.draws - initial.length);
        const drawn = search.draw(source);
        return untried(search, history, drawn === undefined ? [] : [drawn], source);
      }
      const { run } = stateAfter(resultsOf(history));
      const source = own.fork(history.draws - first);
      return untried(search, history, drawnFrom(frame, run, source), source.fork("else"));
    },
  };
}

function runOptions(options: CmaesOptions, dimensions: number): Frame["options"] {
  const {
    sigma = 1 / 6,
    population = 4 + Math.floor(3 * Math.log(Math.max(1, dimensions))),
    separable = false,
    margin = false,
  } = options;
  return { sigma, population, separable, margin };
}

function* drawnFrom(frame: Frame, run: SearchRun, random: RandomStream): Generator<Configuration> {
  for (let tried = 0; tried < candidates; tried += 1) {
    const point = pointOf(frame, drawFrom(run, random.fork(tried)));
    const configuration = frame.search.configurationAt(point);
    if (frame.search.allows(configuration)) yield configuration;
  }
}

/** `first` is the first draw that is CMA-ES's own. */
function resultOf(setup: SamplerSetup, evidence: Evidence, first: number): Result {
  const draw = evidence.observation?.draw ?? null;
  const rank = rankOf(setup, evidence);
  return {
    point: evidence.point,
    draw: draw === null || draw < first ? null : draw - first,
    rank,
    loss: rank[0] === 0 ? (rank[2] ?? Infinity) : Infinity,
  };
}

/**
 * Complete trials by their loss; then pruned ones, by how far they came; then those that break an
 * outcome constraint, by how much; then failed ones. What is imputed to a failed trial from others
 * may change with the next result, and what was told must not, so that they are just the last.
 */
function rankOf({ objectives }: SamplerSetup, evidence: Evidence): readonly number[] {
  const { state, violation, observation } = evidence;
  const loss = evidence.loss ?? Infinity;
  const reports = observation?.reports ?? [];
  if (state === "failed") {
    const own = (objectives[0]?.impute ?? "worst") !== "worst";
    const hasOwn = own && reports.some(([, value]) => Number.isFinite(value));
    return hasOwn ? [0, 0, loss] : [3, 0, 0];
  }
  if (violation > 0) return [2, violation, loss];
  return state === "pruned" ? [1, -(reports.at(-1)?.[0] ?? 0), loss] : [0, 0, loss];
}
