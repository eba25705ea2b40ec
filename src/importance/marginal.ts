/**
 * What a tree says of one or two parameters when all others are averaged out: exact sums over the
 * boxes of its leaves (Hutter, Hoos & Leyton-Brown 2014, algorithm 1).
 */
import type { Axis } from "./results.js";
import type { Tree } from "./tree.js";
import { memberOffsets } from "./tree.js";

/** The part of an axis that counts: how much of it lies between coordinates, or how much each choice is. */
export interface Measure {
  /** How much lies below a coordinate, of 1 in all; for an axis with an order. */
  below(coordinate: number): number;
  /** Of each choice; for one without an order. */
  readonly weights: readonly number[];
}

/** An axis cut at coordinates, or into its choices, and which of the pieces each leaf covers. */
export interface Spans {
  readonly pieces: number;
  /** Stretches of neighbouring pieces, leaf by leaf: those of leaf n from `first[n]` to `first[n + 1]`. */
  readonly first: Int32Array;
  readonly from: Int32Array;
  /** The piece behind the last. */
  readonly to: Int32Array;
}

/**
 * Of an axis with an order, piece n begins at `starts[n]`: a leaf covers it where it contains that
 * coordinate, so `starts` may also be single coordinates. Of an axis without one, a piece is a choice.
 */
export function spansOf(
  tree: Tree,
  axes: readonly Axis[],
  axis: number,
  starts: Float64Array,
): Spans {
  return axes[axis]?.weights === undefined
    ? orderedSpans(tree, axes.length, axis, starts)
    : choiceSpans(tree, axes, axis);
}

function orderedSpans(tree: Tree, axes: number, axis: number, starts: Float64Array): Spans {
  const from = new Int32Array(tree.leaves);
  const to = new Int32Array(tree.leaves);
  for (let leaf = 0; leaf < tree.leaves; leaf += 1) {
    const high = tree.high[leaf * axes + axis] ?? 1;
    from[leaf] = firstNotBelow(starts, tree.low[leaf * axes + axis] ?? 0);
    to[leaf] = high >= 1 ? starts.length : firstNotBelow(starts, high);
  }
  const first = Int32Array.from({ length: tree.leaves + 1 }, (_, leaf) => leaf);
  return { pieces: starts.length, first, from, to };
}

function choiceSpans(tree: Tree, axes: readonly Axis[], axis: number): Spans {
  const offsets = memberOffsets(axes);
  const [offset, stride] = [offsets[axis] ?? 0, offsets[axes.length] ?? 0];
  const pieces = axes[axis]?.weights?.length ?? 0;
  const first = new Int32Array(tree.leaves + 1);
  const own: number[] = [];
  for (let leaf = 0; leaf < tree.leaves; leaf += 1) {
    for (let choice = 0; choice < pieces; choice += 1) {
      if (tree.members[leaf * stride + offset + choice] === 1) own.push(choice);
    }
    first[leaf + 1] = own.length;
  }
  const from = Int32Array.from(own);
  return { pieces, first, from, to: from.map((choice) => choice + 1) };
}

/** Where a leaf's coordinates begin, sorted, each once: between two of them no leaf begins or ends. */
export function cutsOf(tree: Tree, axes: number, axis: number): Float64Array {
  const lows = new Float64Array(tree.leaves);
  for (let leaf = 0; leaf < tree.leaves; leaf += 1) lows[leaf] = tree.low[leaf * axes + axis] ?? 0;
  lows.sort();
  let count = 0;
  for (const low of lows) {
    if (count > 0 && low === lows[count - 1]) continue;
    lows[count] = low;
    count += 1;
  }
  return lows.subarray(0, count);
}

/** Of each leaf, how much of the axis it covers. */
export function coverOf(
  tree: Tree,
  axes: readonly Axis[],
  axis: number,
  measure: Measure,
): Float64Array {
  const cover = new Float64Array(tree.leaves);
  if (axes[axis]?.weights === undefined) {
    for (let leaf = 0; leaf < tree.leaves; leaf += 1) {
      const at = leaf * axes.length + axis;
      cover[leaf] = measure.below(tree.high[at] ?? 1) - measure.below(tree.low[at] ?? 0);
    }
    return cover;
  }
  const { first, from } = choiceSpans(tree, axes, axis);
  for (let leaf = 0; leaf < tree.leaves; leaf += 1) {
    for (let at = first[leaf] ?? 0; at < (first[leaf + 1] ?? 0); at += 1) {
      cover[leaf] = (cover[leaf] ?? 0) + (measure.weights[from[at] ?? 0] ?? 0);
    }
  }
  return cover;
}

/** All of an axis counts, by its prior. */
export function priorMeasure({ weights }: Axis): Measure {
  return { below: (coordinate) => coordinate, weights: weights ?? [] };
}

/** Of each piece the sum over the leaves that cover it. */
export function sumsAlong(spans: Spans, amounts: Float64Array): Float64Array {
  const sums = new Float64Array(spans.pieces + 1);
  const { first, from, to } = spans;
  for (let leaf = 0; leaf < amounts.length; leaf += 1) {
    const amount = amounts[leaf] ?? 0;
    for (let at = first[leaf] ?? 0; at < (first[leaf + 1] ?? 0); at += 1) {
      const [start, end] = [from[at] ?? 0, to[at] ?? 0];
      sums[start] = (sums[start] ?? 0) + amount;
      sums[end] = (sums[end] ?? 0) - amount;
    }
  }
  accumulate(sums, 0, sums.length, 1);
  return sums.subarray(0, spans.pieces);
}

/** The same for pairs of pieces: those of `a` are rows, those of `b` follow one another. */
export function sumsAcross(a: Spans, b: Spans, amounts: Float64Array): Float64Array {
  const width = b.pieces + 1;
  const sums = new Float64Array((a.pieces + 1) * width);
  const add = (row: number, column: number, amount: number) => {
    sums[row * width + column] = (sums[row * width + column] ?? 0) + amount;
  };
  for (let leaf = 0; leaf < amounts.length; leaf += 1) {
    const amount = amounts[leaf] ?? 0;
    for (let i = a.first[leaf] ?? 0; i < (a.first[leaf + 1] ?? 0); i += 1) {
      const [top, bottom] = [a.from[i] ?? 0, a.to[i] ?? 0];
      for (let j = b.first[leaf] ?? 0; j < (b.first[leaf + 1] ?? 0); j += 1) {
        const [left, right] = [b.from[j] ?? 0, b.to[j] ?? 0];
        add(top, left, amount);
        add(top, right, -amount);
        add(bottom, left, -amount);
        add(bottom, right, amount);
      }
    }
  }
  for (let row = 0; row < a.pieces; row += 1) accumulate(sums, row * width, width, 1);
  for (let column = 0; column < width; column += 1) accumulate(sums, column, a.pieces, width);
  const inner = new Float64Array(a.pieces * b.pieces);
  for (let row = 0; row < a.pieces; row += 1) {
    inner.set(sums.subarray(row * width, row * width + b.pieces), row * b.pieces);
  }
  return inner;
}

function accumulate(sums: Float64Array, start: number, count: number, stride: number): void {
  let sum = 0;
  for (let at = start, done = 0; done < count; done += 1, at += stride) {
    sum += sums[at] ?? 0;
    sums[at] = sum;
  }
}

function firstNotBelow(sorted: Float64Array, coordinate: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < coordinate) low = middle + 1;
    else high = middle;
  }
  return low;
}
