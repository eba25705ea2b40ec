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
  const { axes, columns } = results;
  const columnsOf = (stream: RandomStream) =>
    columns.map((column, index) => filled(axes[index], column, stream.fork(index)));
  return { axes, trees: treesOf({ ...results, columnsOf }, draws, trees) };
}

/**
 * A forest whose last axes are shadows of its first ones: the same values in another order for each
 * tree. What a shadow gets is what an axis without effect gets here (Kursa & Rudnicki 2010).
 */
export function growShadowForest(results: Results, draws: RandomStream, trees: number): Forest {
  const axes = [...results.axes, ...results.axes];
  const columnsOf = (stream: RandomStream) => {
    const own = results.columns.map((column, index) =>
      filled(results.axes[index], column, stream.fork(index)),
    );
    const order = shuffledRows(results.losses.length, stream.fork("shadow"));
    return [...own, ...own.map((column) => Float64Array.from(order, (row) => column[row] ?? 0))];
  };
  return { axes, trees: treesOf({ axes, losses: results.losses, columnsOf }, draws, trees) };
}

interface Source {
  readonly axes: readonly Axis[];
  readonly losses: Float64Array;
  readonly columnsOf: (stream: RandomStream) => readonly Float64Array[];
}

function treesOf(
  { axes, losses, columnsOf }: Source,
  draws: RandomStream,
  count: number,
): readonly Tree[] {
  const sorted = new WeakMap<Float64Array, Int32Array>();
  return Array.from({ length: count }, (_, index) => {
    const stream = draws.fork(index);
    const counts = bootstrap(losses.length, stream.fork("rows"));
    const columns = columnsOf(stream);
    const orders = columns.map((column) => {
      const order = sorted.get(column) ?? ascending(column);
      sorted.set(column, order);
      return order.filter((row) => (counts[row] ?? 0) > 0);
    });
    return growTree({ axes, columns, losses, counts, orders, leastInLeaf }, stream.fork("ties"));
  });
}

function bootstrap(rows: number, draws: RandomStream): Int32Array {
  const counts = new Int32Array(rows);
  for (let drawn = Math.min(rows, mostRows); drawn > 0; drawn -= 1) {
    const row = Math.floor(draws.next() * rows);
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return counts;
}

/** The column itself where nothing is missing, so that it need not be sorted again for each tree. */
function filled(axis: Axis | undefined, column: Float64Array, draws: RandomStream): Float64Array {
  if (!column.some(Number.isNaN)) return column;
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

function ascending(column: Float64Array): Int32Array {
  return Int32Array.from(column.keys()).sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0));
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
