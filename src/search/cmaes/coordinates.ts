/** The part of a search space that has an order, as coordinates in the unit cube. */
import type { ChoiceDimension, Dimension, NumericDimension } from "../../space/dimension.js";

export interface Coordinate {
  /** Which dimension of the search space it is. */
  readonly index: number;
  /** Of what a point holds; in [0, 1], the ends included. */
  coordinateOf(held: number): number;
  /** What a point holds, snapped to what can be drawn. */
  heldAt(coordinate: number): number;
  /** The bounds of the values that are drawn as one with this one; undefined for one without gaps. */
  cellAt(coordinate: number): Cell | undefined;
}

/** `lower` is 0 in the first cell, and `upper` 1 in the last. */
export interface Cell {
  readonly lower: number;
  readonly upper: number;
}

/** One for each numeric dimension, and for each whose choices have places. */
export function coordinatesOf(dimensions: readonly Dimension[]): readonly Coordinate[] {
  return dimensions.flatMap((dimension, index) => {
    if (dimension.kind === "numeric") return [numeric(dimension, index)];
    return dimension.places === undefined ? [] : [ordinal(dimension, dimension.places, index)];
  });
}

/** Dimensions whose choices have no order. */
export function unorderedOf(
  dimensions: readonly Dimension[],
): readonly { readonly index: number; readonly dimension: ChoiceDimension }[] {
  return dimensions.flatMap((dimension, index) =>
    dimension.kind === "choice" && dimension.places === undefined ? [{ index, dimension }] : [],
  );
}

function numeric(dimension: NumericDimension, index: number): Coordinate {
  const { distribution } = dimension;
  const gap = distribution.kind === "int_uniform" ? 1 : "q" in distribution ? distribution.q : 0;
  const clipped = (place: number) => Math.min(1, Math.max(0, place));
  return {
    index,
    coordinateOf: clipped,
    heldAt: (coordinate) => dimension.placeOf(dimension.valueAt(coordinate)),
    cellAt: (coordinate) => {
      if (gap === 0) return undefined;
      const value = dimension.valueAt(coordinate);
      return {
        lower: value <= dimension.valueAt(0) ? 0 : clipped(dimension.placeOf(value - gap / 2)),
        upper: value >= dimension.valueAt(1) ? 1 : clipped(dimension.placeOf(value + gap / 2)),
      };
    },
  };
}

/** Choices that are evenly spread have cells of equal width, as whole numbers have. */
function ordinal(
  { choices }: ChoiceDimension,
  places: readonly number[],
  index: number,
): Coordinate {
  const count = choices.length;
  const middles = places.map((place) => (place * (count - 1) + 0.5) / count);
  const order = middles.map((_, choice) => choice);
  order.sort((a, b) => (middles[a] ?? 0) - (middles[b] ?? 0));
  /** Between one choice and the next, in their order. */
  const bounds = order.slice(1).map((choice, at) => {
    const before = middles[order[at] ?? 0] ?? 0;
    return ((middles[choice] ?? 0) + before) / 2;
  });
  const rankAt = (coordinate: number) => bounds.filter((bound) => bound <= coordinate).length;
  return {
    index,
    coordinateOf: (choice) => middles[choice] ?? 0.5,
    heldAt: (coordinate) => order[rankAt(coordinate)] ?? 0,
    cellAt: (coordinate) => {
      const rank = rankAt(coordinate);
      return { lower: bounds[rank - 1] ?? 0, upper: bounds[rank] ?? 1 };
    },
  };
}
