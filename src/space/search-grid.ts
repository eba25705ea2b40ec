/**
 * The grid of a search space, in W&B's order, with what holds between its parameters.
 *
 * A parameter that does not exist takes no part: points that differ only in it are one. Points that
 * a constraint forbids are left out, and lists that are read side by side are one axis, where the
 * first of them stands. Only the axes that conditions and constraints speak of are enumerated; the
 * others are counted, so that a grid of a billion points costs no more than what binds it.
 */
import { withoutInactive } from "./condition.js";
import { identity } from "./distribution.js";
import { parametersOf } from "./expression/expression.js";
import { type GridAxis, gridAxes } from "./grid.js";
import { ownValue, recordFrom } from "./record.js";
import type { SearchSpace } from "./search-space.js";
import type { Configuration } from "./space.js";
import type { Json } from "./value.js";

export interface SearchGrid {
  readonly size: number;
  /** Point `index`, from 0; undefined beyond the end. */
  at(index: number): Configuration | undefined;
  /** The inverse of `at`: undefined for what is no point. Values of parameters that do not exist are ignored. */
  indexOf(configuration: Configuration): number | undefined;
}

/** More combinations than these are not enumerated for the sake of their number. */
const countable = 100_000;

/** How many points the grid has; where it would take long to tell, how many it has at most. */
export function searchGridSize(search: SearchSpace): number {
  const axes = axesOf(search);
  return sizeOf(axes.filter(isBound)) > countable ? sizeOf(axes) : searchGrid(search).size;
}

const grids = new WeakMap<SearchSpace, SearchGrid>();

/** Where a parameter has no grid (`hasGrid`) the size is Infinity, and there are no points. */
export function searchGrid(search: SearchSpace): SearchGrid {
  const known = grids.get(search);
  if (known !== undefined) return known;
  const axes = axesOf(search);
  const made =
    sizeOf(axes) === Infinity
      ? { size: Infinity, at: () => undefined, indexOf: () => undefined }
      : gridOver(search, axes);
  grids.set(search, made);
  return made;
}

/** A parameter, or several that are read side by side. */
interface Axis {
  readonly names: readonly string[];
  readonly size: number;
  at(index: number): readonly Json[];
  /** The first index with these values, where undefined stands for any. */
  indexOf(values: readonly (Json | undefined)[]): number | undefined;
  /** Whether a condition or a constraint speaks of it. */
  readonly isBound: boolean;
}

const isBound = (axis: Axis) => axis.isBound;
const isFree = (axis: Axis) => !axis.isBound;

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((product, { size }) => product * size, 1);
}

function axesOf(search: SearchSpace): readonly Axis[] {
  const { conditions, constraints, dimensions } = search;
  const bound = new Set([
    ...conditions.flatMap((each) => [
      each.parameter,
      ...each.requirements.map(({ parameter }) => parameter),
    ]),
    ...constraints.flatMap((constraint) => [...parametersOf(constraint)]),
  ]);
  const groups = dimensions.flatMap((each) =>
    each.kind === "choice" && each.names.length > 1 ? [each] : [],
  );
  const done = new Set<string>();
  const axes: Axis[] = [];
  for (const [{ name }, axis] of gridAxes(search.space)) {
    if (done.has(name)) continue;
    const group = groups.find(({ names }) => names.includes(name));
    const names = group?.names ?? [name];
    for (const each of names) done.add(each);
    const values = group === undefined ? alone(axis) : sideBySide(group.choices);
    axes.push({ ...values, names, isBound: names.some((each) => bound.has(each)) });
  }
  return axes;
}

type AxisValues = Pick<Axis, "size" | "at" | "indexOf">;

function alone({ size, at, indexOf }: GridAxis): AxisValues {
  return {
    size,
    at: (index) => [at(index)],
    indexOf: ([value]) => (value === undefined ? 0 : indexOf(value)),
  };
}

function sideBySide(choices: readonly (readonly Json[])[]): AxisValues {
  return {
    size: choices.length,
    at: (index) => choices[index] ?? [],
    indexOf: (values) => {
      const index = choices.findIndex((choice) =>
        values.every(
          (value, at) => value === undefined || identity(value) === identity(choice[at] ?? null),
        ),
      );
      return index < 0 ? undefined : index;
    },
  };
}

/**
 * Among the bound axes alone every allowed combination has its number, the slowest axis first, and
 * `allowed` lists them in order: those that begin alike stand together, so that points are counted
 * off without being made.
 */
function gridOver(search: SearchSpace, axes: readonly Axis[]): SearchGrid {
  const allowed = allowedAmong(search, axes.filter(isBound));
  const steps = axes.map((axis, position) => {
    const later = axes.slice(position + 1);
    return { axis, free: sizeOf(later.filter(isFree)), bound: sizeOf(later.filter(isBound)) };
  });
  const all: Range = { first: 0, low: 0, high: allowed.length };
  const size = allowed.length * sizeOf(axes.filter(isFree));

  const at = (index: number): Configuration | undefined => {
    if (!(index >= 0 && index < size)) return undefined;
    let left = index;
    let range = all;
    const chosen = steps.map(({ axis, free, bound }) => {
      const points = (range.high - range.low) * free;
      if (!axis.isBound) {
        const choice = Math.floor(left / points);
        left -= choice * points;
        return choice;
      }
      const combination = allowed[range.low + Math.floor(left / free)] ?? 0;
      const choice = Math.floor((combination - range.first) / bound);
      const narrowed = within(allowed, range, choice, bound);
      left -= (narrowed.low - range.low) * free;
      range = narrowed;
      return choice;
    });
    return configurationFrom(search, axes, chosen);
  };

  const indexOf = (configuration: Configuration): number | undefined => {
    const chosen = choicesIn(search, axes, configuration);
    let index = 0;
    let range = all;
    for (const [position, { axis, free, bound }] of steps.entries()) {
      const choice = chosen[position];
      if (choice === undefined) return undefined;
      if (axis.isBound) {
        const narrowed = within(allowed, range, choice, bound);
        index += (narrowed.low - range.low) * free;
        range = narrowed;
      } else index += choice * (range.high - range.low) * free;
    }
    return range.low < range.high ? index : undefined;
  };

  return { size, at, indexOf };
}

/** A stretch of `allowed`: of combinations that begin alike, the first of which would be number `first`. */
interface Range {
  readonly first: number;
  readonly low: number;
  readonly high: number;
}

/** Those that go on with a choice of the next axis, after which there are `rest` combinations. */
function within(
  allowed: readonly number[],
  { first, low, high }: Range,
  choice: number,
  rest: number,
): Range {
  const begin = first + choice * rest;
  const from = firstAtLeast(allowed, low, high, begin);
  return { first: begin, low: from, high: firstAtLeast(allowed, from, high, begin + rest) };
}

function firstAtLeast(
  ascending: readonly number[],
  low: number,
  high: number,
  limit: number,
): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ascending[middle] ?? 0) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The numbers, ascending, of the combinations that exist and that the constraints allow, each once. */
function allowedAmong(search: SearchSpace, axes: readonly Axis[]): readonly number[] {
  const allowed: number[] = [];
  const combinations = sizeOf(axes);
  for (let number = 0; number < combinations; number += 1) {
    let rest = number;
    const chosen: number[] = [];
    for (const { size } of [...axes].reverse()) {
      chosen.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    const active = withoutInactive(recordFrom(valuesOf(axes, chosen)), search.conditions);
    // What differs from an earlier one only in what does not exist is the same.
    const isFirst = axes.every((axis, position) => indexIn(axis, active) === chosen[position]);
    if (isFirst && search.allows(active)) allowed.push(number);
  }
  return allowed;
}

function valuesOf(
  axes: readonly Axis[],
  chosen: readonly number[],
): readonly (readonly [string, Json])[] {
  return axes.flatMap((axis, position) => {
    const values = axis.at(chosen[position] ?? 0);
    return axis.names.map((name, at) => [name, values[at] ?? null] as const);
  });
}

function indexIn({ names, indexOf }: Axis, configuration: Configuration): number | undefined {
  return indexOf(names.map((name) => ownValue(configuration, name)));
}

function configurationFrom(
  { space, conditions }: SearchSpace,
  axes: readonly Axis[],
  chosen: readonly number[],
): Configuration {
  const values = new Map(valuesOf(axes, chosen));
  const ordered = space.parameters.map(({ name }) => [name, values.get(name) ?? null] as const);
  return withoutInactive(recordFrom(ordered), conditions);
}

/** Of each axis the index of its values, 0 where they do not exist; undefined where they are not on it. */
function choicesIn(
  { conditions }: SearchSpace,
  axes: readonly Axis[],
  configuration: Configuration,
): readonly (number | undefined)[] {
  const active = withoutInactive(configuration, conditions);
  const conditional = new Set(conditions.map(({ parameter }) => parameter));
  return axes.map((axis) => {
    const isWhole = axis.names.every(
      (name) => Object.hasOwn(active, name) || conditional.has(name),
    );
    return isWhole ? indexIn(axis, active) : undefined;
  });
}
