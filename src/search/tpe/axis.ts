/** A dimension of a search space as kernels are laid over it: a line, a row of cells, or unordered choices. */
import type { ChoiceDimension, Dimension, NumericDimension } from "../../space/dimension.js";

export type Axis = LineAxis | CellAxis | ChoiceAxis;

/** A coordinate is a number in [0, 1] on lines and cells, and an index among unordered choices. */
interface Coordinates {
  /** From what a `Point` holds; values from outside the range lie at its ends. */
  coordinateOf(place: number): number;
  /** The inverse. */
  placeOf(coordinate: number): number;
}

export interface LineAxis extends Coordinates {
  readonly kind: "line";
}

export interface CellAxis extends Coordinates {
  readonly kind: "cells";
  /** The cell around a coordinate. */
  cellAt(coordinate: number): Cell;
}

/** What rounds to one value. Its middle is the coordinate of the value. */
export interface Cell {
  readonly left: number;
  readonly middle: number;
  readonly right: number;
}

export interface ChoiceAxis extends Coordinates {
  readonly kind: "choice";
  readonly probabilities: readonly number[];
}

/** So many values, and more, are as good as a continuum. */
const continuum = 2 ** 20;

export function axisOf(dimension: Dimension): Axis {
  if (dimension.kind === "choice") {
    const { places, probabilities } = dimension;
    if (places !== undefined) return orderedChoices(places, probabilities);
    const same = (index: number) => index;
    return { kind: "choice", probabilities, coordinateOf: same, placeOf: same };
  }
  const step = stepOf(dimension);
  if (step === undefined) return { kind: "line", coordinateOf: inside, placeOf: inside };
  return {
    kind: "cells",
    coordinateOf: inside,
    placeOf: inside,
    cellAt: (coordinate) => {
      const value = dimension.valueAt(coordinate);
      return {
        left: inside(dimension.placeOf(value - step / 2)),
        middle: inside(dimension.placeOf(value)),
        right: inside(dimension.placeOf(value + step / 2)),
      };
    },
  };
}

function stepOf({ distribution, cardinality }: NumericDimension): number | undefined {
  if (cardinality < Infinity && cardinality > continuum) return undefined;
  if (distribution.kind === "int_uniform") return 1;
  return "q" in distribution ? distribution.q : undefined;
}

/**
 * Numbers in a list, such as batch sizes, have an order that says which are alike: they lie side by
 * side on a line, each in a cell as wide as it is likely, so that the prior stays what it was.
 */
function orderedChoices(
  places: NonNullable<ChoiceDimension["places"]>,
  probabilities: readonly number[],
): CellAxis {
  const order = places.map((_, index) => index);
  order.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const cells: Cell[] = [];
  let left = 0;
  for (const index of order) {
    const right = left + (probabilities[index] ?? 0);
    cells.push({ left, middle: (left + right) / 2, right });
    left = right;
  }
  const rankOf = new Map(order.map((index, rank) => [index, rank] as const));
  const last = cells.length - 1;
  const rankAt = (coordinate: number) => {
    const rank = cells.findIndex(({ right }) => coordinate < right);
    return rank < 0 ? last : rank;
  };
  const none: Cell = { left: 0, middle: 0.5, right: 1 };
  return {
    kind: "cells",
    coordinateOf: (index) => (cells[rankOf.get(index) ?? last] ?? none).middle,
    placeOf: (coordinate) => order[rankAt(coordinate)] ?? 0,
    cellAt: (coordinate) => cells[rankAt(coordinate)] ?? none,
  };
}

function inside(place: number): number {
  return Math.min(1, Math.max(0, place));
}
