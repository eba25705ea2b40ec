/** Where an acquisition is largest: candidates, the best of them polished, and single changes of what has no slope. */

import type { RandomStream } from "../../space/random.js";
import type { Point } from "../../space/search-space.js";
import type { Acquisition } from "./acquisition.js";
import { distance, type Encoding, filled } from "./encoding.js";
import { minimize } from "./minimize.js";

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface Scored {
  readonly point: Point;
  readonly score: number;
}

export interface Maximization {
  readonly encoding: Encoding;
  readonly acquisition: Acquisition;
  readonly candidates: readonly Point[];
  /** Of the numbers; categories are free. */
  readonly box: Box;
  readonly random: RandomStream;
}

const polishedStarts = 4;
const apart = 0.02;
const iterations = 25;
const evaluations = 40;
const rounds = 3;
/** Of a choice with very many values, so many are tried in each round. */
const changesTried = 24;

/** The best points found, best first, each allowed and settled; empty where no candidate is allowed. */
export function maximized(maximization: Maximization): readonly Scored[] {
  const { encoding, acquisition, candidates } = maximization;
  const scored = candidates
    .map((each) => encoding.settled(each))
    .filter((each) => encoding.allows(each))
    .map((point) => ({ point, score: acquisition.at(encoding.featuresOf(point)) }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort(byScore);
  const polished = separated(encoding, scored).map((each) => polish(maximization, each));
  const [best] = [...polished, ...scored].sort(byScore);
  if (best === undefined) return [];
  return [improvedByChanges(maximization, best), ...polished.sort(byScore), ...scored];
}

function byScore(a: Scored, b: Scored): number {
  return b.score - a.score;
}

function separated(encoding: Encoding, scored: readonly Scored[]): readonly Scored[] {
  const chosen: Scored[] = [];
  for (const each of scored) {
    if (chosen.length === polishedStarts) break;
    const isNear = chosen.some(({ point }) => distance(encoding, point, each.point) <= apart);
    if (!isNear) chosen.push(each);
  }
  return chosen;
}

function polish({ encoding, acquisition, box }: Maximization, start: Scored): Scored {
  const { dimensions } = encoding.search;
  const moving = dimensions.flatMap(({ kind }, index) =>
    kind === "numeric" && !Number.isNaN(start.point[index]) ? [index] : [],
  );
  if (moving.length === 0) return start;
  const features = encoding.featuresOf(start.point);
  const full = new Float64Array(features.length);
  const found = minimize(
    (x, gradient) => {
      for (const [at, index] of moving.entries()) features[index] = x[at] ?? 0;
      const value = acquisition.withGradient(features, full);
      for (const [at, index] of moving.entries()) gradient[at] = -(full[index] ?? 0);
      return -value;
    },
    moving.map((index) => start.point[index] ?? 0),
    {
      lower: Float64Array.from(moving, (index) => box.lower[index] ?? 0),
      upper: Float64Array.from(moving, (index) => box.upper[index] ?? 1),
      iterations,
      evaluations,
    },
  );
  const point = start.point.slice();
  for (const [at, index] of moving.entries()) point[index] = found.x[at] ?? 0;
  return better({ encoding, acquisition }, start, point);
}

function better(
  { encoding, acquisition }: Pick<Maximization, "encoding" | "acquisition">,
  than: Scored,
  point: Point,
): Scored {
  const settled = encoding.settled(point);
  if (!encoding.allows(settled)) return than;
  const score = acquisition.at(encoding.featuresOf(settled));
  return score > than.score ? { point: settled, score } : than;
}

/** The best single change of a category, or by one step, as long as there is one. */
function improvedByChanges(maximization: Maximization, start: Scored): Scored {
  let best = start;
  for (let round = 0; round < rounds; round += 1) {
    const before = best;
    for (const change of singleChanges(maximization, before.point, round)) {
      best = better(maximization, best, change);
    }
    if (best === before) break;
  }
  return best;
}

function* singleChanges(
  { encoding, box, random }: Maximization,
  point: Point,
  round: number,
): Generator<Point> {
  for (const [index, dimension] of encoding.search.dimensions.entries()) {
    const place = point[index] ?? Number.NaN;
    if (Number.isNaN(place)) continue;
    const others =
      dimension.kind === "choice"
        ? otherChoices(encoding, index, place, random.fork("choices").fork(index).fork(round))
        : steps(dimension.cardinality, place, box, index);
    for (const other of others) {
      const changed = point.slice();
      changed[index] = other;
      yield filled(encoding, changed, random.fork("filled").fork(index).fork(other).fork(round));
    }
  }
}

function otherChoices(
  { choices, isCategory }: Encoding,
  index: number,
  place: number,
  random: RandomStream,
): readonly number[] {
  const possible = choices[index] ?? [];
  if (isCategory[index] !== true) {
    const at = possible.indexOf(place);
    return [possible[at - 1], possible[at + 1]].flatMap((each) => each ?? []);
  }
  const others = possible.filter((each) => each !== place);
  if (others.length <= changesTried) return others;
  const from = Math.floor(random.next() * others.length);
  return [...others.slice(from), ...others.slice(0, from)].slice(0, changesTried);
}

function steps(
  cardinality: number,
  place: number,
  { lower, upper }: Box,
  index: number,
): readonly number[] {
  if (cardinality === Infinity) return [];
  const step = 1 / cardinality;
  const [low, high] = [(lower[index] ?? 0) - 1e-9, (upper[index] ?? 1) + 1e-9];
  return [place - step, place + step].filter((each) => each >= low && each <= high);
}
