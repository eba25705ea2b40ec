/**
 * Partial dependence (Friedman 2001): the metric along one parameter or two, averaged over what all
 * the others may be; of a conditional parameter, over where it exists.
 */
import { namesOf } from "../space/search-space.js";
import type { Json } from "../space/value.js";
import { measuresWhere } from "./existence.js";
import type { Forest } from "./forest.js";
import { coverOf, type Measure, spansOf, sumsAcross, sumsAlong } from "./marginal.js";
import type { Axis, Results } from "./results.js";
import type { Tree } from "./tree.js";

export interface Grid {
  /** The parameter, or those whose lists are read side by side. */
  readonly names: readonly string[];
  /** Of each point a value for each name: ascending, or the choices in their order. */
  readonly values: readonly (readonly Json[])[];
  /** Where each point lies on the parameter's scale, from 0 to 1; absent where choices have no order. */
  readonly places?: readonly number[];
}

export interface Curve {
  readonly grid: Grid;
  /** Of each point the metric, on its own scale. */
  readonly mean: readonly number[];
  /** Standard deviation between trees. */
  readonly spread: readonly number[];
}

export interface Surface {
  readonly rows: Grid;
  readonly columns: Grid;
  /** Row by row. */
  readonly mean: readonly number[];
  readonly spread: readonly number[];
}

/** Points of a curve, and of either side of a surface. */
const curvePoints = 50;
const surfacePoints = 25;

export function curveAlong(results: Results, forest: Forest, axis: number): Curve {
  const points = pointsOn(results, axis, curvePoints);
  const measures = measuresWhere(results, [axis]);
  const sums = forest.trees.map((tree) =>
    sumsAlong(
      spansOf(tree, forest.axes, axis, points.coordinates),
      amountsOf(tree, forest.axes, measures, [axis]),
    ),
  );
  return { grid: points.grid, ...summary(sums, results.sign) };
}

export function surfaceOver(
  results: Results,
  forest: Forest,
  row: number,
  column: number,
): Surface {
  const rows = pointsOn(results, row, surfacePoints);
  const columns = pointsOn(results, column, surfacePoints);
  const measures = measuresWhere(results, [row, column]);
  const sums = forest.trees.map((tree) =>
    sumsAcross(
      spansOf(tree, forest.axes, row, rows.coordinates),
      spansOf(tree, forest.axes, column, columns.coordinates),
      amountsOf(tree, forest.axes, measures, [row, column]),
    ),
  );
  return { rows: rows.grid, columns: columns.grid, ...summary(sums, results.sign) };
}

/** Of each leaf its value times how much it covers of every axis but those drawn along. */
function amountsOf(
  tree: Tree,
  axes: readonly Axis[],
  measures: readonly Measure[],
  along: readonly number[],
): Float64Array {
  const amounts = Float64Array.from(tree.values);
  measures.forEach((measure, axis) => {
    if (along.includes(axis)) return;
    const cover = coverOf(tree, axes, axis, measure);
    for (let leaf = 0; leaf < tree.leaves; leaf += 1) {
      amounts[leaf] = (amounts[leaf] ?? 0) * (cover[leaf] ?? 0);
    }
  });
  return amounts;
}

function summary(sums: readonly Float64Array[], sign: number) {
  const points = sums[0]?.length ?? 0;
  const mean = new Array<number>(points).fill(0);
  const squares = new Array<number>(points).fill(0);
  sums.forEach((own, index) => {
    // Welford 1962: no difference of two large sums.
    own.forEach((value, point) => {
      const before = mean[point] ?? 0;
      const after = before + (value - before) / (index + 1);
      mean[point] = after;
      squares[point] = (squares[point] ?? 0) + (value - before) * (value - after);
    });
  });
  return {
    mean: mean.map((each) => each * sign),
    spread: squares.map((each) => Math.sqrt(each / Math.max(1, sums.length))),
  };
}

interface Points {
  readonly grid: Grid;
  /** Ascending; empty where choices have no order. */
  readonly coordinates: Float64Array;
}

function pointsOn({ axes }: Results, index: number, most: number): Points {
  const axis = axes[index];
  if (axis === undefined) throw new RangeError(`there is no axis ${index}`);
  const { dimension } = axis;
  const names = namesOf(dimension);
  if (dimension.kind === "choice") return choicePoints(axis, names, dimension.choices);
  const places = placesFor(dimension.cardinality, most, hasBounds(dimension.distribution.kind));
  const values = places.map((place) => [dimension.valueAt(place)]);
  return { grid: { names, values, places }, coordinates: Float64Array.from(places) };
}

function choicePoints(
  axis: Axis,
  names: readonly string[],
  choices: readonly (readonly Json[])[],
): Points {
  if (axis.weights !== undefined) {
    return { grid: { names, values: choices }, coordinates: new Float64Array(0) };
  }
  const ordered = choices
    .map((choice, index) => ({ choice, coordinate: axis.coordinateOf(index) }))
    .sort((a, b) => a.coordinate - b.coordinate);
  const places = ordered.map(({ coordinate }) => coordinate);
  return {
    grid: { names, values: ordered.map(({ choice }) => choice), places },
    coordinates: Float64Array.from(places),
  };
}

/** Every value where they are few, each in the middle of its cell; else evenly spread, from end to end where there are ends. */
function placesFor(cardinality: number, most: number, isBounded: boolean): readonly number[] {
  if (cardinality <= most) {
    return Array.from({ length: cardinality }, (_, value) => (value + 0.5) / cardinality);
  }
  return Array.from({ length: most }, (_, point) =>
    isBounded ? point / (most - 1) : (point + 0.5) / most,
  );
}

function hasBounds(kind: string): boolean {
  return kind.includes("uniform");
}
