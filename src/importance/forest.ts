/**
 * A random forest (Breiman 2001) of regression trees: a model of the loss over the whole space,
 * from which marginals are read off exactly.
 */
import type { RandomStream } from "../space/random.js";
import type { Axis, Results } from "./results.js";
import { growTree, type Tree } from "./tree.js";

export interface Forest {
  readonly axes: readonly Axis[];
  readonly trees: readonly Tree[];
}

/** As many as Optuna's and the original fANOVA have. */
const usualTrees = 64;
/** Fewer follow the noise, and cost more; more blur a curve. */
const leastInLeaf = 3;
/** Trees of more rows cost more and say little more. */
const mostRows = 2000;

/**
 * Each tree sees a bootstrap sample of the results. A parameter that does not exist in a trial gets
 * a value drawn from its prior, another for each tree: a value that nobody reads changes nothing,
 * so this is what the trial would have been had it been drawn anyway, and what a parameter does
 * where it exists is told apart from where it exists, which is its parent's effect.
 */
export function growForest(results: Results, draws: RandomStream, trees = usualTrees): Forest {
  const { axes, losses } = results;
  const complete = completer(results);
  return { axes, trees: treesOf({ axes, losses, columnsOf: complete }, draws, trees) };
}

/**
 * A forest whose last axes are shadows of its first ones: the same values in another order for each
 * tree. What a shadow gets is what an axis without effect gets here (Kursa & Rudnicki 2010).
 */
export function growShadowForest(results: Results, draws: RandomStream, trees: number): Forest {
  const axes = [...results.axes, ...results.axes];
  const complete = completer(results);
  const columnsOf = (stream: RandomStream) => {
    const own = complete(stream);
    const rows = shuffledRows(results.losses.length, stream.fork("shadow"));
    return [...own, ...own.map((column) => shadowOf(column, rows))];
  };
  return { axes, trees: treesOf({ axes, losses: results.losses, columnsOf }, draws, trees) };
}

interface Column {
  readonly coordinates: Float64Array;
  /** The rows by ascending coordinate. */
  readonly order: Int32Array;
}

interface Source {
  readonly axes: readonly Axis[];
  readonly losses: Float64Array;
  readonly columnsOf: (stream: RandomStream) => readonly Column[];
}

function treesOf(
  { axes, losses, columnsOf }: Source,
  draws: RandomStream,
  count: number,
): readonly Tree[] {
  return Array.from({ length: count }, (_, index) => {
    const stream = draws.fork(index);
    const counts = bootstrap(losses.length, stream.fork("rows"));
    const columns = columnsOf(stream);
    const rows = {
      axes,
      columns: columns.map(({ coordinates }) => coordinates),
      losses,
      counts,
      orders: columns.map(({ order }) => inSample(order, counts)),
      leastInLeaf,
    };
    return growTree(rows, stream.fork("ties"));
  });
}

function inSample(order: Int32Array, counts: Int32Array): Int32Array {
  const kept = new Int32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] ?? 0;
    if (counts[row] === 0) continue;
    kept[count] = row;
    count += 1;
  }
  return kept.subarray(0, count);
}

/** The columns without gaps; those that have none are sorted once for all trees. */
function completer({ axes, columns }: Results): (stream: RandomStream) => readonly Column[] {
  const whole = columns.map((column) => (column.some(Number.isNaN) ? undefined : sorted(column)));
  return (stream) =>
    columns.map(
      (column, index) => whole[index] ?? sorted(filled(axes[index], column, stream.fork(index))),
    );
}

function sorted(coordinates: Float64Array): Column {
  const rows = Int32Array.from(coordinates.keys());
  const order = rows.sort((a, b) => (coordinates[a] ?? 0) - (coordinates[b] ?? 0));
  return { coordinates, order };
}

/** Row n gets what row `rows[n]` has. */
function shadowOf({ coordinates, order }: Column, rows: Int32Array): Column {
  const place = new Int32Array(rows.length);
  const shadow = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    place[row] = at;
    shadow[at] = coordinates[row] ?? 0;
  }
  const reordered = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) reordered[at] = place[order[at] ?? 0] ?? 0;
  return { coordinates: shadow, order: reordered };
}

function bootstrap(rows: number, draws: RandomStream): Int32Array {
  const counts = new Int32Array(rows);
  for (let drawn = Math.min(rows, mostRows); drawn > 0; drawn -= 1) {
    const row = Math.floor(draws.next() * rows);
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return counts;
}

function filled(axis: Axis | undefined, column: Float64Array, draws: RandomStream): Float64Array {
  return column.map((coordinate) =>
    Number.isNaN(coordinate) ? drawn(axis?.weights, draws.next()) : coordinate,
  );
}

function drawn(weights: readonly number[] | undefined, probability: number): number {
  if (weights === undefined) return probability;
  let sum = 0;
  const index = weights.findIndex((weight) => {
    sum += weight;
    return probability < sum;
  });
  return index < 0 ? weights.length - 1 : index;
}

function shuffledRows(count: number, draws: RandomStream): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(draws.next() * (at + 1));
    const row = rows[at] ?? 0;
    rows[at] = rows[other] ?? 0;
    rows[other] = row;
  }
  return rows;
}
