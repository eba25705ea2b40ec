/**
 * The grid of a space, in W&B's order, computed point by point: a grid of a billion points costs
 * no more than its axes.
 *
 * Names are sorted level by level (a group before what it holds, `a` before `a-b`), the last one
 * varies fastest. Equal values of a list count once: the first says where, the last says how it is
 * written. `int_uniform` includes its end, `q_uniform` excludes it.
 */
import { identity } from "./distribution.js";
import { ownValue, recordFrom } from "./record.js";
import type { Configuration, Distribution, Parameter, Space } from "./space.js";
import type { Json } from "./value.js";

/** The values of one parameter on a grid. */
export interface GridAxis {
  readonly size: number;
  at(index: number): Json;
  /** The inverse of `at`; undefined for a value that is not on the axis. */
  indexOf(value: Json): number | undefined;
}

const axesOfSpaces = new WeakMap<Space, ReadonlyMap<Parameter, GridAxis>>();

/** How many points the grid has; Infinity if a parameter of the space has no grid (`hasGrid`). */
export function gridSize(space: Space): number {
  let size = 1;
  for (const axis of gridAxes(space).values()) size *= axis.size;
  return size;
}

/** Point `index` of the grid, from 0; undefined beyond its end, and where the space has no grid. */
export function gridAt(space: Space, index: number): Configuration | undefined {
  const size = gridSize(space);
  if (size === Infinity || index >= size) return undefined;
  const chosen = new Map<Parameter, Json>();
  let rest = index;
  for (const [parameter, axis] of [...gridAxes(space)].reverse()) {
    chosen.set(parameter, axis.at(rest % axis.size));
    rest = Math.floor(rest / axis.size);
  }
  return recordFrom(
    space.parameters.map((parameter) => [parameter.name, chosen.get(parameter) ?? null] as const),
  );
}

/** The inverse of `gridAt`: undefined for what is no point of the grid. */
export function gridIndexOf(space: Space, configuration: Configuration): number | undefined {
  let index = 0;
  for (const [{ name }, axis] of gridAxes(space)) {
    const value = ownValue(configuration, name);
    const at = value === undefined ? undefined : axis.indexOf(value);
    if (at === undefined) return undefined;
    index = index * axis.size + at;
  }
  return index;
}

/** Whether W&B's grid search accepts it: lists without weights, constants, integers, `q_uniform`. */
export function hasGrid(distribution: Distribution): boolean {
  return axisOf(distribution) !== undefined;
}

/** The axes in the order of the grid, the slowest first. */
export function gridAxes(space: Space): ReadonlyMap<Parameter, GridAxis> {
  const known = axesOfSpaces.get(space);
  if (known !== undefined) return known;
  const none: GridAxis = { size: Infinity, at: () => null, indexOf: () => undefined };
  const axes = new Map(
    [...space.parameters]
      .sort((a, b) => byPath(a.path, b.path))
      .map((parameter) => [parameter, axisOf(parameter.distribution) ?? none] as const),
  );
  axesOfSpaces.set(space, axes);
  return axes;
}

function byPath(a: readonly string[], b: readonly string[]): number {
  for (const [level, name] of a.entries()) {
    const other = b[level];
    if (other === undefined) return 1;
    if (name !== other) return name < other ? -1 : 1;
  }
  return a.length - b.length;
}

function axisOf(distribution: Distribution): GridAxis | undefined {
  switch (distribution.kind) {
    case "constant":
      return listed([distribution.value]);
    case "int_uniform": {
      const { min, max } = distribution;
      return stepped(min, 1, max - min + 1);
    }
    case "q_uniform": {
      const { min, max, q } = distribution;
      // NumPy's arange steps by the difference of its first two points, not by q.
      const step = min + q - min;
      return stepped(min, step, Math.max(0, Math.ceil((max - min) / q)));
    }
    case "categorical": {
      if (distribution.probabilities !== undefined) return undefined;
      return listed(distribution.values);
    }
    default:
      return undefined;
  }
}

function listed(all: readonly Json[]): GridAxis {
  const values = [...new Map(all.map((value) => [identity(value), value])).values()];
  const indexes = new Map(values.map((value, index) => [identity(value), index]));
  return {
    size: values.length,
    at: (index) => values[index] ?? null,
    indexOf: (value) => indexes.get(identity(value)),
  };
}

function stepped(min: number, step: number, size: number): GridAxis {
  return {
    size,
    at: (index) => min + index * step,
    indexOf: (value) => {
      if (typeof value !== "number") return undefined;
      const index = Math.round((value - min) / step);
      // Whoever writes 0.3 means the point 3 · 0.1, which lies a hair above.
      const isPoint = Math.abs(min + index * step - value) <= step * 1e-9;
      return isPoint && index >= 0 && index < size ? index : undefined;
    },
  };
}
