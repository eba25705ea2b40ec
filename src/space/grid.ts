/**
 * The grid of a space, in W&B's order, computed point by point: a grid of a billion points costs
 * no more than its axes.
 *
 * Names are sorted level by level (a group before what it holds, `a` before `a-b`), the last one
 * varies fastest. Equal values of a list count once: the first says where, the last says how it is
 * written. `int_uniform` includes its end, `q_uniform` excludes it.
 */
import { identity } from "./distribution.js";
import { recordFrom } from "./record.js";
import type { Configuration, Distribution, Parameter, Space } from "./space.js";
import type { Json } from "./value.js";

interface Axis {
  readonly size: number;
  at(index: number): Json;
}

const axesOfSpaces = new WeakMap<Space, ReadonlyMap<Parameter, Axis>>();

/** How many points the grid has; Infinity if a parameter of the space has no grid (`hasGrid`). */
export function gridSize(space: Space): number {
  let size = 1;
  for (const axis of axesOf(space).values()) size *= axis.size;
  return size;
}

/** Point `index` of the grid, from 0; undefined beyond its end, and where the space has no grid. */
export function gridAt(space: Space, index: number): Configuration | undefined {
  const size = gridSize(space);
  if (size === Infinity || index >= size) return undefined;
  const chosen = new Map<Parameter, Json>();
  let rest = index;
  for (const [parameter, axis] of [...axesOf(space)].reverse()) {
    chosen.set(parameter, axis.at(rest % axis.size));
    rest = Math.floor(rest / axis.size);
  }
  return recordFrom(
    space.parameters.map((parameter) => [parameter.name, chosen.get(parameter) ?? null] as const),
  );
}

/** Whether W&B's grid search accepts it: lists without weights, constants, integers, `q_uniform`. */
export function hasGrid(distribution: Distribution): boolean {
  return axisOf(distribution) !== undefined;
}

/** The axes in the order of the grid, the slowest first. */
function axesOf(space: Space): ReadonlyMap<Parameter, Axis> {
  const known = axesOfSpaces.get(space);
  if (known !== undefined) return known;
  const none: Axis = { size: Infinity, at: () => null };
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

function axisOf(distribution: Distribution): Axis | undefined {
  switch (distribution.kind) {
    case "constant":
      return { size: 1, at: () => distribution.value };
    case "int_uniform":
      return {
        size: distribution.max - distribution.min + 1,
        at: (index) => distribution.min + index,
      };
    case "q_uniform": {
      const { min, max, q } = distribution;
      // NumPy's arange steps by the difference of its first two points, not by q.
      const step = min + q - min;
      return { size: Math.max(0, Math.ceil((max - min) / q)), at: (index) => min + index * step };
    }
    case "categorical": {
      if (distribution.probabilities !== undefined) return undefined;
      const values = [
        ...new Map(distribution.values.map((value) => [identity(value), value])).values(),
      ];
      return { size: values.length, at: (index) => values[index] ?? null };
    }
    default:
      return undefined;
  }
}
