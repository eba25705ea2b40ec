/**
 * The state of CMA-ES, from the results of a study alone.
 *
 * Results are told in the order in which they ended: the first `population` of them are a
 * generation, and so on. With trials in parallel some were drawn from the generation before; they
 * are told like the others, where CMA-ES is at that moment. What each was before it was snapped to
 * whole numbers is drawn once more, from the states that may have drawn it.
 */
import type { RandomStream } from "../../space/random.js";
import type { Point } from "../../space/search-space.js";
import { isDone } from "./restart.js";
import {
  type Draw,
  drawAt,
  drawFrom,
  type Frame,
  learned,
  pointOf,
  type SearchRun,
  startedRun,
  type Told,
} from "./search-run.js";

/** What ended, as far as it matters. */
export interface Result {
  readonly point: Point;
  /** Which draw of CMA-ES it was, from 0; null for what it did not draw. */
  readonly draw: number | null;
  /** Compared from the first number on; less is better. */
  readonly rank: readonly number[];
  readonly loss: number;
}

export interface Replayed {
  readonly run: SearchRun;
  /** What may still be running was drawn from one of these; the present one first. */
  readonly recent: readonly SearchRun[];
  readonly generation: readonly (Told & Pick<Result, "rank">)[];
  /** The best that was known before the first generation, and of how many. */
  readonly start: { readonly best: Result | undefined; readonly count: number };
}

const recentRuns = 4;
/** A trial is the first of its draws that was allowed, and new: seldom the twentieth. */
const drawsCompared = 20;

export function beginning(frame: Frame): Replayed {
  return restartedAt(frame, middle(frame), 0, { best: undefined, count: 0 }, []);
}

/** `random` is the stream whose forks by number the draws of CMA-ES come from. */
export function told(
  frame: Frame,
  before: Replayed,
  result: Result,
  random: RandomStream,
): Replayed {
  const origin = originOf(frame, before, result, random);
  if (origin === undefined) return known(frame, before, result);
  // Of a run that is over, and far from where this one is.
  if (origin.run !== undefined && origin.run.restart !== before.run.restart) return before;
  const { point, loss, rank } = result;
  const isOwn = origin.run === before.run;
  const generation = [...before.generation, { point, loss, rank, draw: origin.draw, isOwn }];
  const { population } = before.run.distribution.strategy;
  return generation.length < population
    ? { ...before, generation }
    : advanced(frame, before, generation, random);
}

function advanced(
  frame: Frame,
  { run: before, recent, start }: Replayed,
  generation: Replayed["generation"],
  random: RandomStream,
): Replayed {
  const sorted = generation.toSorted((a, b) => compareRanks(a.rank, b.rank));
  const run = learned(frame, before, sorted);
  const losses = sorted.map(({ loss }) => loss);
  if (!isDone(run, losses, frame.options.sigma)) {
    return { run, recent: [run, ...recent].slice(0, recentRuns), generation: [], start };
  }
  const restart = before.restart + 1;
  const source = random.fork("restart").fork(restart);
  const mean = Float64Array.from(frame.coordinates, () => source.next());
  return restartedAt(frame, mean, restart, start, recent);
}

function restartedAt(
  frame: Frame,
  mean: Float64Array,
  restart: number,
  start: Replayed["start"],
  recent: readonly SearchRun[],
): Replayed {
  const run = startedRun(frame, mean, restart);
  return { run, recent: [run, ...recent].slice(0, recentRuns), generation: [], start };
}

/** Where several are known, the best of them is where the first run begins; until it has results of its own. */
function known(frame: Frame, before: Replayed, result: Result): Replayed {
  const { run, generation, start, recent } = before;
  const hasBegun = run.restart > 0 || run.distribution.generation > 0 || generation.length > 0;
  if (hasBegun || !Number.isFinite(result.loss)) return before;
  const isBetter = start.best === undefined || compareRanks(result.rank, start.best.rank) < 0;
  const best = isBetter ? result : start.best;
  const next = { best, count: start.count + 1 };
  if (next.count < 2) return { ...before, start: next };
  return restartedAt(frame, drawAt(frame, best.point).coordinates, 0, next, recent);
}

function middle({ coordinates }: Frame): Float64Array {
  return new Float64Array(coordinates.length).fill(0.5);
}

/** Undefined for what CMA-ES did not draw; without a run where none of the recent ones drew it. */
function originOf(
  frame: Frame,
  { recent }: Replayed,
  { point, draw }: Result,
  random: RandomStream,
): { readonly draw: Draw; readonly run: SearchRun | undefined } | undefined {
  if (draw === null) return undefined;
  for (let tried = 0; tried < drawsCompared; tried += 1) {
    const source = random.fork(draw).fork(tried);
    for (const run of recent) {
      const drawn = drawFrom(run, source);
      if (isThere(pointOf(frame, drawn), point)) return { draw: drawn, run };
    }
  }
  return { draw: drawAt(frame, point), run: undefined };
}

function isThere(drawn: Point, point: Point): boolean {
  return point.every((held, index) => Number.isNaN(held) || held === drawn[index]);
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, mine] of a.entries()) {
    const theirs = b[index] ?? mine;
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
}
