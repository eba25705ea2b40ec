/**
 * Functional ANOVA: how much of the variance of the loss over the space each parameter, or each
 * pair, explains (Hutter, Hoos & Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter
 * Importance", ICML 2014).
 *
 * The variance is over the prior: lengths on the scale of each distribution, probabilities of
 * choices. A parameter that does not exist counts as drawn and not read.
 */
import type { Forest } from "./forest.js";
import {
  coverOf,
  cutsOf,
  priorMeasure,
  type Spans,
  spansOf,
  sumsAcross,
  sumsAlong,
} from "./marginal.js";
import type { Axis } from "./results.js";
import type { Tree } from "./tree.js";

/** A fraction of the variance, as the trees see it. */
export interface Fraction {
  readonly mean: number;
  /** Standard deviation between trees. */
  readonly spread: number;
}

export interface Decomposition {
  /** One for each axis. */
  singles: readonly Fraction[];
  /** What two parameters explain together beyond what each does alone. */
  pair(a: number, b: number): Fraction;
}

export function decompose({ axes, trees }: Forest): Decomposition {
  // A tree whose leaves are all equal has no variance to explain.
  const parts = trees.flatMap((tree) => {
    const part = treePart(tree, axes);
    return part.variance > 0 ? [part] : [];
  });
  return {
    singles: axes.map((_, axis) =>
      fraction(parts.map((part) => singleVariance(part, axis) / part.variance)),
    ),
    pair: (a, b) => fraction(parts.map((part) => pairVariance(part, a, b) / part.variance)),
  };
}

interface TreePart {
  readonly tree: Tree;
  /** Of each axis how much of it each leaf covers. */
  readonly covers: readonly Float64Array[];
  /** Of each leaf, by how much it differs from the mean, times its volume. */
  readonly shares: Float64Array;
  readonly variance: number;
  readonly pieces: readonly Pieces[];
}

interface Pieces {
  readonly spans: Spans;
  readonly sizes: ArrayLike<number>;
}

function treePart(tree: Tree, axes: readonly Axis[]): TreePart {
  const covers = axes.map((axis, index) => coverOf(tree, axes, index, priorMeasure(axis)));
  const volumes = new Float64Array(tree.leaves).fill(1);
  for (const cover of covers) {
    for (let leaf = 0; leaf < tree.leaves; leaf += 1) {
      volumes[leaf] = (volumes[leaf] ?? 0) * (cover[leaf] ?? 0);
    }
  }
  const mean = tree.values.reduce((sum, value, leaf) => sum + value * (volumes[leaf] ?? 0), 0);
  const shares = volumes.map((volume, leaf) => volume * ((tree.values[leaf] ?? 0) - mean));
  const variance = shares.reduce(
    (sum, share, leaf) => sum + share * ((tree.values[leaf] ?? 0) - mean),
    0,
  );
  return {
    tree,
    covers,
    shares,
    variance,
    pieces: axes.map((_, axis) => piecesOf(tree, axes, axis)),
  };
}

function piecesOf(tree: Tree, axes: readonly Axis[], axis: number): Pieces {
  const cuts = cutsOf(tree, axes.length, axis);
  const spans = spansOf(tree, axes, axis, cuts);
  const sizes = axes[axis]?.weights ?? cuts.map((cut, index) => (cuts[index + 1] ?? 1) - cut);
  return { spans, sizes };
}

function singleVariance({ covers, shares, pieces }: TreePart, axis: number): number {
  const [cover, own] = [covers[axis], pieces[axis]];
  if (cover === undefined || own === undefined) return 0;
  const sums = sumsAlong(own.spans, quotient(shares, cover));
  let variance = 0;
  for (let piece = 0; piece < sums.length; piece += 1) {
    variance += (own.sizes[piece] ?? 0) * (sums[piece] ?? 0) ** 2;
  }
  return variance;
}

function pairVariance(part: TreePart, a: number, b: number): number {
  const { covers, shares, pieces } = part;
  const [coverA, coverB, rows, columns] = [covers[a], covers[b], pieces[a], pieces[b]];
  if (!coverA || !coverB || !rows || !columns) return 0;
  const sums = sumsAcross(rows.spans, columns.spans, quotient(quotient(shares, coverA), coverB));
  const width = columns.spans.pieces;
  let variance = 0;
  for (let row = 0; row < rows.spans.pieces; row += 1) {
    let along = 0;
    for (let column = 0; column < width; column += 1) {
      along += (columns.sizes[column] ?? 0) * (sums[row * width + column] ?? 0) ** 2;
    }
    variance += (rows.sizes[row] ?? 0) * along;
  }
  return Math.max(0, variance - singleVariance(part, a) - singleVariance(part, b));
}

/** A leaf always covers something of an axis: a choice that is never drawn is none. */
function quotient(shares: Float64Array, cover: Float64Array): Float64Array {
  return shares.map((share, leaf) => share / (cover[leaf] ?? 1));
}

function fraction(fractions: readonly number[]): Fraction {
  if (fractions.length === 0) return { mean: 0, spread: 0 };
  const mean = fractions.reduce((sum, each) => sum + each, 0) / fractions.length;
  const squares = fractions.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / fractions.length) };
}
