/** The points of a search space as a kernel measures them, and how to move from one to another. */
import type { ChoiceDimension, Dimension } from "../../space/dimension.js";
import type { RandomStream } from "../../space/random.js";
import { ownValue } from "../../space/record.js";
import { namesOf, type Point, type SearchSpace } from "../../space/search-space.js";
import type { Features } from "./kernel.js";

export interface Encoding {
  readonly search: SearchSpace;
  /** Of each dimension, whether it has no order: two of its values are the same, or 1 apart. */
  readonly isCategory: readonly boolean[];
  /** Of each dimension, the choices that can be drawn, in their order; empty for a numeric one. */
  readonly choices: readonly (readonly number[])[];
  featuresOf(point: Point): Features;
  /** The nearest point that can be drawn: stepped values on their steps, NaN where a parameter does not exist. */
  settled(point: Point): Point;
  allows(point: Point): boolean;
}

/** Where a parameter does not exist, it is as if it stood in the middle, or had a category of its own. */
const absentPlace = 0.5;
const absentCategory = -1;

export function encodingOf(search: SearchSpace): Encoding {
  const { dimensions, conditions, constraints } = search;
  const isCategory = dimensions.map((each) => each.kind === "choice" && each.places === undefined);
  const conditional = new Set(conditions.map(({ parameter }) => parameter));
  const isConditional = dimensions.map((each) =>
    namesOf(each).some((name) => conditional.has(name)),
  );
  return {
    search,
    isCategory,
    choices: dimensions.map((each) => (each.kind === "choice" ? orderedChoices(each) : [])),
    featuresOf: (point) => point.map((place, index) => featureOf(dimensions[index], place)),
    settled: (point) => {
      const settled = point.map((place, index) => settledPlace(dimensions[index], place));
      if (conditional.size === 0) return settled;
      const configuration = search.configurationAt(settled);
      return settled.map((place, index) => {
        const dimension = dimensions[index];
        const exists =
          isConditional[index] !== true ||
          dimension === undefined ||
          namesOf(dimension).some((name) => ownValue(configuration, name) !== undefined);
        return exists ? place : Number.NaN;
      });
    },
    allows: (point) => constraints.length === 0 || search.allows(search.configurationAt(point)),
  };
}

function featureOf(dimension: Dimension | undefined, place: number): number {
  if (dimension?.kind !== "choice") return Number.isNaN(place) ? absentPlace : place;
  if (dimension.places === undefined) return Number.isNaN(place) ? absentCategory : place;
  return dimension.places[place] ?? absentPlace;
}

function settledPlace(dimension: Dimension | undefined, place: number): number {
  if (dimension?.kind !== "numeric") return place;
  const within = Math.min(1, Math.max(0, Number.isNaN(place) ? absentPlace : place));
  return dimension.cardinality === Infinity ? within : dimension.placeOf(dimension.valueAt(within));
}

function orderedChoices({ probabilities, places }: ChoiceDimension): readonly number[] {
  const possible = [...probabilities.keys()].filter((index) => (probabilities[index] ?? 0) > 0);
  if (places === undefined) return possible;
  return possible.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
}

/** A point by a number in [0, 1) for each dimension, all of whose values are equally likely. */
export function pointAt(encoding: Encoding, uniform: ArrayLike<number>): Point {
  return Float64Array.from(encoding.choices, (choices, index) => {
    const u = uniform[index] ?? 0.5;
    return choices.length === 0 ? u : (choices[Math.floor(u * choices.length)] ?? 0);
  });
}

/** The middle of each range, and the first of what has no order: where authors put what they expect to work. */
export function centre({ choices, isCategory }: Encoding): Point {
  return Float64Array.from(choices, (each, index) => {
    if (each.length === 0) return 0.5;
    return each[isCategory[index] === true ? 0 : Math.floor(each.length / 2)] ?? 0;
  });
}

/** A parameter that did not exist, and might now, has any of its values. */
export function filled(encoding: Encoding, point: Point, random: RandomStream): Point {
  return point.map((place, index) => {
    if (!Number.isNaN(place)) return place;
    const choices = encoding.choices[index] ?? [];
    const u = random.next();
    return choices.length === 0 ? u : (choices[Math.floor(u * choices.length)] ?? 0);
  });
}

/** The largest difference in one dimension; different categories are 1 apart. */
export function distance({ featuresOf, isCategory }: Encoding, a: Point, b: Point): number {
  const [from, to] = [featuresOf(a), featuresOf(b)];
  return from.reduce((most, each, index) => {
    const difference = Math.abs(each - (to[index] ?? 0));
    return Math.max(most, isCategory[index] === true && difference > 0 ? 1 : difference);
  }, 0);
}
