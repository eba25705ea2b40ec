/** One run of CMA-ES between two restarts: what it draws, and what it learns from a generation. */
import type { RandomStream } from "../../space/random.js";
import type { Point, SearchSpace } from "../../space/search-space.js";
import { type Chances, drawChoices, learnedChances } from "./choices.js";
import { type Coordinate, coordinatesOf, unorderedOf } from "./coordinates.js";
import {
  advance,
  drawOffset,
  initialDistribution,
  lengthOf,
  type SearchDistribution,
} from "./distribution.js";
import { withMargin } from "./margin.js";
import { strategyOf } from "./strategy.js";

export interface RunOptions {
  /** The first step, as a fraction of the range. */
  readonly sigma: number;
  /** Of the first run; each restart doubles it. */
  readonly population: number;
  readonly separable: boolean;
  readonly margin: boolean;
}

export interface SearchRun {
  /** 0 for the first run, then one more with each restart. */
  readonly restart: number;
  readonly distribution: SearchDistribution;
  /** By how much the steps of a coordinate are stretched, so that whole numbers keep their margin. */
  readonly stretch: Float64Array;
  readonly chances: Chances;
  /** Of each generation its best loss, and the one in its middle. */
  readonly best: readonly number[];
  readonly median: readonly number[];
}

export interface Frame {
  readonly search: SearchSpace;
  readonly options: RunOptions;
  readonly coordinates: readonly Coordinate[];
  readonly unordered: ReturnType<typeof unorderedOf>;
}

export function frameOf(search: SearchSpace, options: RunOptions): Frame {
  const { dimensions } = search;
  return {
    search,
    options,
    coordinates: coordinatesOf(dimensions),
    unordered: unorderedOf(dimensions),
  };
}

export function startedRun(frame: Frame, mean: Float64Array, restart: number): SearchRun {
  const { coordinates, unordered, options } = frame;
  const population = options.population * 2 ** restart;
  const strategy = strategyOf(Math.max(1, coordinates.length), population, options.separable);
  const run = {
    restart,
    distribution: initialDistribution(strategy, mean, options.sigma),
    stretch: new Float64Array(mean.length).fill(1),
    chances: unordered.map(({ dimension }) => dimension.probabilities),
    best: [],
    median: [],
  };
  return options.margin ? kept(frame, run) : run;
}

/** What a run draws, before it is snapped to what can be tried. */
export interface Draw {
  readonly coordinates: Float64Array;
  readonly choices: readonly number[];
}

const redraws = 20;

/** Outside of the cube is drawn again; what is still outside after twenty draws is mirrored in. */
export function drawFrom(run: SearchRun, random: RandomStream): Draw {
  let coordinates: Float64Array = new Float64Array();
  for (let again = 0; again < redraws; again += 1) {
    coordinates = reached(run, drawOffset(run.distribution, random.fork(again)));
    if (coordinates.every((each) => each >= 0 && each <= 1)) break;
  }
  return {
    coordinates: coordinates.map(mirrored),
    choices: drawChoices(run.chances, random.fork("choices")),
  };
}

function reached({ distribution, stretch }: SearchRun, offset: Float64Array): Float64Array {
  const { mean, step } = distribution;
  return mean.map((centre, at) => centre + step * (stretch[at] ?? 1) * (offset[at] ?? 0));
}

function mirrored(coordinate: number): number {
  const inTwo = Math.abs(coordinate) % 2;
  return inTwo > 1 ? 2 - inTwo : inTwo;
}

export function pointOf({ search, coordinates, unordered }: Frame, draw: Draw): Point {
  const point = new Float64Array(search.dimensions.length);
  coordinates.forEach(({ index, heldAt }, at) => {
    point[index] = heldAt(draw.coordinates[at] ?? 0.5);
  });
  unordered.forEach(({ index }, at) => {
    point[index] = draw.choices[at] ?? 0;
  });
  return point;
}

/** Where a point of unknown origin lies. What does not exist lies in the middle. */
export function drawAt({ coordinates, unordered }: Frame, point: Point): Draw {
  return {
    coordinates: Float64Array.from(coordinates, ({ index, coordinateOf }) => {
      const held = point[index] ?? Number.NaN;
      return Number.isNaN(held) ? 0.5 : coordinateOf(held);
    }),
    choices: unordered.map(({ index }) => point[index] ?? Number.NaN),
  };
}

/** A result of a generation. */
export interface Told {
  readonly point: Point;
  /** As it was drawn. */
  readonly draw: Draw;
  /** Whether it was drawn from the distribution that it is told to. */
  readonly isOwn: boolean;
  readonly loss: number;
}

/** After a whole generation, the best first. */
export function learned(frame: Frame, run: SearchRun, generation: readonly Told[]): SearchRun {
  const members = generation.map((told) => memberOf(frame, run, told));
  const chosen = generation.map(({ point }) =>
    frame.unordered.map(({ index }) => point[index] ?? Number.NaN),
  );
  const next = {
    ...run,
    distribution: advance(run.distribution, members),
    chances: learnedChances(run.chances, chosen, run.distribution.strategy.weights),
    best: [...run.best, generation[0]?.loss ?? Infinity],
    median: [...run.median, generation[generation.length >> 1]?.loss ?? Infinity],
  };
  return frame.options.margin ? kept(frame, next) : next;
}

function memberOf(frame: Frame, { distribution, stretch }: SearchRun, told: Told) {
  const { mean, step } = distribution;
  const isActive = frame.coordinates.map(({ index }) => !Number.isNaN(told.point[index] ?? 0));
  const offset = mean.map((centre, at) =>
    isActive[at] === true
      ? ((told.draw.coordinates[at] ?? 0.5) - centre) / (step * (stretch[at] ?? 1))
      : 0,
  );
  if (told.isOwn) return { offset, isActive };
  // What comes from elsewhere may be far away, and must not tear the distribution to itself
  // (Hansen, "Injecting external solutions into CMA-ES", 2011, section 3).
  const n = mean.length;
  const limit = Math.sqrt(n) + (2 * n) / (n + 2);
  const scale = Math.min(1, limit / lengthOf(distribution, offset));
  return { offset: offset.map((each) => each * scale), isActive };
}

/** With the margin of every coordinate that has cells. */
function kept({ coordinates }: Frame, run: SearchRun): SearchRun {
  const { distribution } = run;
  const { step, covariance, strategy } = distribution;
  const n = coordinates.length;
  const mean = distribution.mean.slice();
  const stretch = run.stretch.slice();
  const alpha = 1 / (n * strategy.population);
  coordinates.forEach(({ cellAt }, at) => {
    const before = mean[at] ?? 0.5;
    const cell = cellAt(before);
    if (cell === undefined) return;
    const unstretched = step * Math.sqrt(covariance[at * n + at] ?? 1);
    const deviation = unstretched * (stretch[at] ?? 1);
    const after = withMargin({ mean: before, deviation }, cell, alpha);
    mean[at] = after.mean;
    stretch[at] = after.deviation / unstretched;
  });
  return { ...run, distribution: { ...distribution, mean }, stretch };
}
