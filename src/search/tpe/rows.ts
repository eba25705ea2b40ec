/** What a study has tried, as rows of coordinates that stay sorted along each axis as trials are added. */
import type { Point } from "../../space/search-space.js";
import type { Axis } from "./axis.js";

export interface Rows {
  readonly count: number;
  /** How many axes there are. */
  readonly width: number;
  /** Row by row, one for each axis; NaN where its parameter does not exist. */
  readonly coordinates: Float64Array;
  sorted(axis: number): Sorted;
}

/** The rows that have an axis, by ascending coordinate, equal ones in their order. */
export interface Sorted {
  readonly rows: Int32Array;
  readonly coordinates: Float64Array;
}

/**
 * Points in, rows out. What is sorted is kept between two calls, since a history mostly grows at its
 * end; points that are not those of the last call, or follow others, are sorted anew.
 */
export function rowsKeeper(axes: readonly Axis[]): (points: readonly Point[]) => Rows {
  const width = axes.length;
  const columns = axes.map(() => sortedColumn());
  let places = new Float64Array(0);
  let coordinates = new Float64Array(0);
  let count = 0;

  const isKnown = (point: Point, row: number): boolean => {
    for (let axis = 0; axis < width; axis += 1) {
      if (!Object.is(places[row * width + axis], point[axis])) return false;
    }
    return true;
  };

  const add = (point: Point) => {
    for (const [axis, { coordinateOf }] of axes.entries()) {
      const place = point[axis] ?? Number.NaN;
      places[count * width + axis] = place;
      coordinates[count * width + axis] = Number.isNaN(place) ? place : coordinateOf(place);
    }
    count += 1;
  };

  return (points) => {
    const isContinued = points.length >= count && points.slice(0, count).every(isKnown);
    const known = isContinued ? count : 0;
    count = known;
    if (points.length * width > coordinates.length) {
      const room = Math.max(64, points.length, known * 2) * width;
      places = copied(places, new Float64Array(room));
      coordinates = copied(coordinates, new Float64Array(room));
    }
    for (const point of points.slice(known)) add(point);
    const own = coordinates.subarray(0, count * width);
    for (const [axis, column] of columns.entries()) {
      column.update((row) => own[row * width + axis] ?? Number.NaN, known, count);
    }
    return {
      count,
      width,
      coordinates: own,
      sorted: (axis) => columns[axis]?.sorted() ?? { rows: new Int32Array(0), coordinates: own },
    };
  };
}

interface Column {
  /** Takes in the rows from `known` up to `count`; those before are in it. */
  update(coordinateOf: (row: number) => number, known: number, count: number): void;
  sorted(): Sorted;
}

function sortedColumn(): Column {
  let rows = new Int32Array(0);
  let coordinates = new Float64Array(0);
  let length = 0;

  const insert = (row: number, coordinate: number) => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((coordinates[middle] ?? 0) <= coordinate) low = middle + 1;
      else high = middle;
    }
    rows.copyWithin(low + 1, low, length);
    coordinates.copyWithin(low + 1, low, length);
    rows[low] = row;
    coordinates[low] = coordinate;
    length += 1;
  };

  return {
    update: (coordinateOf, known, count) => {
      if (count > rows.length) {
        rows = copied(rows, new Int32Array(Math.max(64, count * 2)));
        coordinates = copied(coordinates, new Float64Array(rows.length));
      }
      if (known === 0) length = 0;
      const added: number[] = [];
      for (let row = known; row < count; row += 1) {
        if (!Number.isNaN(coordinateOf(row))) added.push(row);
      }
      // One insertion moves half of the rows, so that many cost more than sorting.
      if (added.length <= Math.log2(length + 1)) {
        for (const row of added) insert(row, coordinateOf(row));
        return;
      }
      const all = [...rows.subarray(0, length), ...added];
      all.sort((a, b) => coordinateOf(a) - coordinateOf(b) || a - b);
      rows.set(all);
      coordinates.set(all.map(coordinateOf));
      length = all.length;
    },
    sorted: () => ({
      rows: rows.subarray(0, length),
      coordinates: coordinates.subarray(0, length),
    }),
  };
}

function copied<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
