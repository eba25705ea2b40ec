/**
 * What a sampler may propose: a space, what holds between its parameters, and its configurations as
 * points to calculate with.
 */
import { type Condition, withoutInactive } from "./condition.js";
import {
  type ChoiceDimension,
  choiceDimension,
  type Dimension,
  type NumericDimension,
  numericDimension,
} from "./dimension.js";
import { identity, quantile } from "./distribution.js";
import { holds } from "./expression/evaluate.js";
import type { Expression } from "./expression/expression.js";
import type { RandomStream } from "./random.js";
import { ownValue, recordFrom } from "./record.js";
import type { Configuration, Parameter, Space } from "./space.js";
import type { Json } from "./value.js";

/**
 * A number for each dimension: its place, or the index of its choice. NaN where its parameter does
 * not exist, because a condition does not hold.
 */
export type Point = Float64Array;

export interface SearchParts {
  readonly space: Space;
  /** Without a cycle. */
  readonly conditions?: readonly Condition[];
  readonly constraints?: readonly Expression[];
  /** Names of parameters whose lists, all of one length, are read side by side. */
  readonly zip?: readonly (readonly string[])[];
}

export interface SearchSpace {
  readonly space: Space;
  /** What varies, in the order of the space; a constant, or a list of one choice, is none. */
  readonly dimensions: readonly Dimension[];
  readonly conditions: readonly Condition[];
  readonly constraints: readonly Expression[];
  /** How many configurations there are at most: conditions and constraints aside. */
  readonly cardinality: number;
  /** From the prior; undefined where none that the constraints allow was found in a thousand tries. */
  draw(stream: RandomStream): Configuration | undefined;
  /** By quantiles in (0, 1), one for each dimension: evenly spread ones give evenly spread draws. May break a constraint. */
  quantileAt(probabilities: ArrayLike<number>): Configuration;
  /** What is absent where conditions do not hold is left out; places are snapped to what can be drawn. */
  configurationAt(point: ArrayLike<number>): Configuration;
  /** Undefined for a configuration of another space: one that lacks a parameter, or has a choice that is none. */
  pointOf(configuration: Configuration): Point | undefined;
  /** Whether every constraint holds. */
  allows(configuration: Configuration): boolean;
}

const drawsTried = 1000;

export function searchSpaceOf(parts: SearchParts): SearchSpace {
  const { space, conditions = [], constraints = [] } = parts;
  const dimensions = dimensionsOf(space, parts.zip ?? []);
  const fixed = fixedValues(space);

  const allows = (configuration: Configuration) =>
    constraints.every((constraint) => holds(constraint, configuration));

  const complete = (valuesAt: (dimension: Dimension, index: number) => readonly Json[]) => {
    const drawn = new Map(fixed);
    dimensions.forEach((dimension, index) => {
      const values = valuesAt(dimension, index);
      namesOf(dimension).forEach((name, at) => {
        drawn.set(name, values[at] ?? null);
      });
    });
    const ordered = space.parameters.map(({ name }) => [name, drawn.get(name) ?? null] as const);
    return withoutInactive(recordFrom(ordered), conditions);
  };

  const quantileAt = (probabilities: ArrayLike<number>) =>
    complete((dimension, index) => quantileOf(dimension, probabilities[index] ?? 0.5));

  return {
    space,
    dimensions,
    conditions,
    constraints,
    cardinality: dimensions.reduce((product, each) => product * cardinalityOf(each), 1),
    allows,
    quantileAt,
    draw: (stream) => {
      for (let tried = 0; tried < drawsTried; tried += 1) {
        // The first as it is without constraints: adding one leaves the draws that it allows.
        const source = tried === 0 ? stream : stream.fork("again").fork(tried);
        const configuration = complete((dimension) =>
          quantileOf(dimension, source.fork(firstName(dimension)).next()),
        );
        if (allows(configuration)) return configuration;
      }
      return undefined;
    },
    configurationAt: (point) =>
      complete((dimension, index) => valuesOf(dimension, point[index] ?? Number.NaN)),
    pointOf: (configuration) => pointIn(dimensions, conditions, configuration),
  };
}

export function namesOf(dimension: Dimension): readonly string[] {
  return dimension.kind === "numeric" ? [dimension.name] : dimension.names;
}

export function cardinalityOf(dimension: Dimension): number {
  return dimension.kind === "numeric" ? dimension.cardinality : dimension.choices.length;
}

function firstName(dimension: Dimension): string {
  return namesOf(dimension)[0] ?? "";
}

function dimensionsOf(
  { parameters }: Space,
  zip: readonly (readonly string[])[],
): readonly Dimension[] {
  const groupOf = new Map(zip.flatMap((names) => names.map((name) => [name, names] as const)));
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const done = new Set<string>();
  const dimensions: Dimension[] = [];
  for (const parameter of parameters) {
    if (done.has(parameter.name)) continue;
    const names = groupOf.get(parameter.name) ?? [parameter.name];
    for (const name of names) done.add(name);
    const dimension = dimensionOf(names.flatMap((name) => byName.get(name) ?? []));
    if (dimension !== undefined && cardinalityOf(dimension) > 1) dimensions.push(dimension);
  }
  return dimensions;
}

function dimensionOf(parameters: readonly Parameter[]): Dimension | undefined {
  const [first, second] = parameters;
  if (first === undefined) return undefined;
  const { distribution, name } = first;
  if (second !== undefined || distribution.kind === "categorical")
    return choiceDimension(parameters);
  return distribution.kind === "constant" ? undefined : numericDimension(name, distribution);
}

/** Of every parameter a value: what is no dimension keeps it. */
function fixedValues({ parameters }: Space): ReadonlyMap<string, Json> {
  return new Map(parameters.map(({ name, distribution }) => [name, quantile(distribution, 0.5)]));
}

function quantileOf(dimension: Dimension, probability: number): readonly Json[] {
  if (dimension.kind === "numeric") return [quantile(dimension.distribution, probability)];
  let sum = 0;
  for (const [index, weight] of dimension.probabilities.entries()) {
    sum += weight;
    if (probability < sum) return dimension.choices[index] ?? [];
  }
  return dimension.choices[dimension.probabilities.findLastIndex((weight) => weight > 0)] ?? [];
}

function valuesOf(dimension: Dimension, place: number): readonly Json[] {
  if (dimension.kind === "choice") return dimension.choices[place] ?? dimension.choices[0] ?? [];
  return [dimension.valueAt(Number.isNaN(place) ? 0.5 : place)];
}

function pointIn(
  dimensions: readonly Dimension[],
  conditions: readonly Condition[],
  configuration: Configuration,
): Point | undefined {
  const active =
    conditions.length === 0 ? configuration : withoutInactive(configuration, conditions);
  const conditional = new Set(conditions.map(({ parameter }) => parameter));
  const point = new Float64Array(dimensions.length);
  for (const [index, dimension] of dimensions.entries()) {
    const values = namesOf(dimension).map((name) => ownValue(active, name));
    const isAbsent = values.every((value) => value === undefined);
    if (isAbsent && namesOf(dimension).every((name) => conditional.has(name))) {
      point[index] = Number.NaN;
      continue;
    }
    const place = placeIn(dimension, values);
    if (place === undefined) return undefined;
    point[index] = place;
  }
  return point;
}

function placeIn(dimension: Dimension, values: readonly (Json | undefined)[]): number | undefined {
  return dimension.kind === "numeric" ? placeOf(dimension, values[0]) : indexIn(dimension, values);
}

function placeOf(dimension: NumericDimension, value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? dimension.placeOf(value) : undefined;
}

/** A member of a zipped group that does not exist is no objection: the others say which choice it is. */
function indexIn(
  { choices }: ChoiceDimension,
  values: readonly (Json | undefined)[],
): number | undefined {
  const keys = values.map((value) => (value === undefined ? undefined : identity(value)));
  const index = choices.findIndex((choice) =>
    choice.every((value, at) => keys[at] === undefined || keys[at] === identity(value)),
  );
  return index < 0 ? undefined : index;
}
