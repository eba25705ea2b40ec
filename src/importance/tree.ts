/**
 * A regression tree (Breiman, Friedman, Olshen & Stone 1984), known by its leaves: disjoint boxes
 * that cover the space, each with the mean of the losses in it.
 *
 * Boxes are all that the variance decomposition needs, so no nodes are kept: of a node that splits,
 * the left child takes its slot over, and the right one a new slot.
 */
import type { RandomStream } from "../space/random.js";
import type { Axis } from "./results.js";

export interface Tree {
  readonly leaves: number;
  readonly values: Float64Array;
  /** Of each leaf, leaf by leaf, its bounds on every axis; [0, 1] where it is not split. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Of each leaf, leaf by leaf, a 1 for each choice in it; the choices of all axes without an order, one axis after another. */
  readonly members: Uint8Array;
  /** Of each axis, by how much its splits lowered the sum of squares. */
  readonly gains: Float64Array;
}

export interface TreeRows {
  readonly axes: readonly Axis[];
  /** Of each axis, a coordinate for each row; none is NaN. */
  readonly columns: readonly Float64Array[];
  readonly losses: Float64Array;
  /** How often each row is in the sample. */
  readonly counts: Int32Array;
  /** Of each axis the rows in the sample, by ascending coordinate; is reordered. */
  readonly orders: readonly Int32Array[];
  /** How many rows of the sample a leaf has at least. */
  readonly leastInLeaf: number;
}

/** Where the choices of each axis begin in `members`, and behind the last how many there are in all. */
export function memberOffsets(axes: readonly Axis[]): Int32Array {
  const offsets = new Int32Array(axes.length + 1);
  axes.forEach(({ weights }, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + (weights?.length ?? 0);
  });
  return offsets;
}

/** Splits until the losses of each leaf are equal, or no coordinate tells its rows apart; `draws` break ties. */
export function growTree(rows: TreeRows, draws: RandomStream): Tree {
  const growth = new Growth(rows);
  const pending: Node[] = [{ slot: 0, start: 0, end: rows.orders[0]?.length ?? 0 }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const right = growth.split(node, draws);
    if (right !== undefined) pending.push(right, { ...node, end: right.start });
  }
  return growth.tree();
}

/** The rows from `start` to `end` of every order. */
interface Node {
  readonly slot: number;
  readonly start: number;
  readonly end: number;
}

interface Sums {
  readonly weight: number;
  readonly sum: number;
}

interface Split {
  readonly axis: number;
  /** Sum of squares that it takes away. */
  gain: number;
  /** Rows below go left; undefined for choices. */
  readonly threshold: number | undefined;
  /** Of each choice a 1 where it goes left. */
  readonly goesLeft: Uint8Array | undefined;
}

class Growth {
  readonly #rows: TreeRows;
  readonly #offsets: Int32Array;
  readonly #weighted: Float64Array;
  readonly #goesLeft: Uint8Array;
  readonly #spare: Int32Array;
  readonly #tree: Tree;
  #leaves = 1;

  constructor(rows: TreeRows) {
    const { axes, losses, counts, orders } = rows;
    const capacity = Math.max(1, orders[0]?.length ?? 0);
    this.#rows = rows;
    this.#offsets = memberOffsets(axes);
    this.#weighted = losses.map((loss, row) => loss * (counts[row] ?? 0));
    this.#goesLeft = new Uint8Array(losses.length);
    this.#spare = new Int32Array(capacity);
    this.#tree = {
      leaves: 0,
      values: new Float64Array(capacity),
      low: new Float64Array(capacity * axes.length),
      high: new Float64Array(capacity * axes.length).fill(1),
      members: new Uint8Array(capacity * (this.#offsets[axes.length] ?? 0)).fill(1),
      gains: new Float64Array(axes.length),
    };
  }

  /** The node's right child; undefined where it stays whole, and is a leaf. */
  split(node: Node, draws: RandomStream): Node | undefined {
    const sums = this.#sumsOf(node);
    this.#tree.values[node.slot] = sums.sum / sums.weight;
    const isLeaf = sums.weight < 2 * this.#rows.leastInLeaf || this.#isEven(node);
    const best = isLeaf ? undefined : this.#bestSplit(node, sums, draws);
    if (best === undefined) return undefined;
    const slot = this.#leaves;
    this.#leaves += 1;
    this.#tree.gains[best.axis] = (this.#tree.gains[best.axis] ?? 0) + best.gain;
    this.#cutBox(node.slot, slot, best);
    return { slot, start: this.#partition(node, best), end: node.end };
  }

  tree(): Tree {
    const { values, low, high, members, gains } = this.#tree;
    const axes = this.#rows.axes.length;
    const leaves = this.#leaves;
    return {
      leaves,
      values: values.subarray(0, leaves),
      low: low.subarray(0, leaves * axes),
      high: high.subarray(0, leaves * axes),
      members: members.subarray(0, leaves * (this.#offsets[axes] ?? 0)),
      gains,
    };
  }

  #sumsOf({ start, end }: Node): Sums {
    const [order] = this.#rows.orders;
    let weight = 0;
    let sum = 0;
    for (let at = start; at < end; at += 1) {
      const row = order?.[at] ?? 0;
      weight += this.#rows.counts[row] ?? 0;
      sum += this.#weighted[row] ?? 0;
    }
    return { weight, sum };
  }

  #isEven({ start, end }: Node): boolean {
    const { losses, orders } = this.#rows;
    const [order] = orders;
    const first = losses[order?.[start] ?? 0];
    for (let at = start + 1; at < end; at += 1) {
      if (losses[order?.[at] ?? 0] !== first) return false;
    }
    return true;
  }

  #bestSplit(node: Node, sums: Sums, draws: RandomStream): Split | undefined {
    const { axes } = this.#rows;
    // Of two or three rows every axis makes the same halves: the first would be given all of them.
    const first = Math.floor(draws.next() * axes.length);
    let best: Split | undefined;
    for (let count = 0; count < axes.length; count += 1) {
      const index = (first + count) % axes.length;
      const least = best?.gain ?? 0;
      best =
        axes[index]?.weights === undefined
          ? (this.#thresholdIn(node, index, sums, least) ?? best)
          : (this.#choicesIn(node, index, sums, least) ?? best);
    }
    return best;
  }

  #thresholdIn({ start, end }: Node, axis: number, sums: Sums, least: number): Split | undefined {
    const { columns, counts, leastInLeaf, orders } = this.#rows;
    const [column, order] = [columns[axis], orders[axis]];
    if (column === undefined || order === undefined) return undefined;
    const weighted = this.#weighted;
    const { weight, sum } = sums;
    const floor = (sum * sum) / weight;
    let [gain, threshold] = [least * (1 + tie), Number.NaN];
    let [leftWeight, leftSum] = [0, 0];
    let row = order[start] ?? 0;
    let here = column[row] ?? 0;
    for (let at = start + 1; at < end; at += 1) {
      leftWeight += counts[row] ?? 0;
      leftSum += weighted[row] ?? 0;
      row = order[at] ?? 0;
      const before = here;
      here = column[row] ?? 0;
      if (here <= before || leftWeight < leastInLeaf || weight - leftWeight < leastInLeaf) continue;
      const rest = sum - leftSum;
      const gained =
        (leftSum * leftSum) / leftWeight + (rest * rest) / (weight - leftWeight) - floor;
      if (gained <= gain) continue;
      gain = gained;
      threshold = (before + here) / 2;
    }
    return Number.isNaN(threshold) ? undefined : { axis, gain, threshold, goesLeft: undefined };
  }

  /** The best of all ways to halve the choices is among those that keep them in the order of their means (Breiman et al. 1984, 4.2.2). */
  #choicesIn(node: Node, axis: number, sums: Sums, least: number): Split | undefined {
    const { weights, totals } = this.#byChoice(node, axis);
    const present = [...weights.keys()].filter((choice) => (weights[choice] ?? 0) > 0);
    const mean = (choice: number) => (totals[choice] ?? 0) / (weights[choice] ?? 1);
    present.sort((a, b) => mean(a) - mean(b) || a - b);
    const { leastInLeaf } = this.#rows;
    const floor = (sums.sum * sums.sum) / sums.weight;
    let gain = least * (1 + tie);
    let lefts = 0;
    let isHeavier = false;
    let [leftWeight, leftSum] = [0, 0];
    for (let at = 0; at < present.length - 1; at += 1) {
      leftWeight += weights[present[at] ?? 0] ?? 0;
      leftSum += totals[present[at] ?? 0] ?? 0;
      if (leftWeight < leastInLeaf || sums.weight - leftWeight < leastInLeaf) continue;
      const rest = sums.sum - leftSum;
      const gained =
        (leftSum * leftSum) / leftWeight + (rest * rest) / (sums.weight - leftWeight) - floor;
      if (gained <= gain) continue;
      gain = gained;
      lefts = at + 1;
      isHeavier = 2 * leftWeight >= sums.weight;
    }
    if (lefts === 0) return undefined;
    // A choice that no row has goes with the heavier half, whose mean is the better guess.
    const goesLeft = weights.map((weight) => (weight === 0 && isHeavier ? 1 : 0));
    for (const choice of present.slice(0, lefts)) goesLeft[choice] = 1;
    return { axis, gain, threshold: undefined, goesLeft: Uint8Array.from(goesLeft) };
  }

  #byChoice({ start, end }: Node, axis: number) {
    const { axes, columns, counts, orders } = this.#rows;
    const choices = axes[axis]?.weights?.length ?? 0;
    const weights = new Float64Array(choices);
    const totals = new Float64Array(choices);
    for (let at = start; at < end; at += 1) {
      const row = orders[axis]?.[at] ?? 0;
      const choice = columns[axis]?.[row] ?? 0;
      weights[choice] = (weights[choice] ?? 0) + (counts[row] ?? 0);
      totals[choice] = (totals[choice] ?? 0) + (this.#weighted[row] ?? 0);
    }
    return { weights, totals };
  }

  /** `left` is the slot of the node so far. */
  #cutBox(left: number, right: number, { axis, threshold, goesLeft }: Split): void {
    const { low, high, members } = this.#tree;
    const axes = this.#rows.axes.length;
    const choices = this.#offsets[axes] ?? 0;
    low.copyWithin(right * axes, left * axes, (left + 1) * axes);
    high.copyWithin(right * axes, left * axes, (left + 1) * axes);
    members.copyWithin(right * choices, left * choices, (left + 1) * choices);
    if (threshold !== undefined) {
      high[left * axes + axis] = threshold;
      low[right * axes + axis] = threshold;
    }
    const offset = this.#offsets[axis] ?? 0;
    goesLeft?.forEach((isLeft, choice) => {
      members[(isLeft === 1 ? right : left) * choices + offset + choice] = 0;
    });
  }

  /** Each order keeps its own within either half; returns where the right one begins. */
  #partition({ start, end }: Node, { axis, threshold, goesLeft }: Split): number {
    const { columns, orders } = this.#rows;
    const column = columns[axis];
    const own = orders[axis];
    const isLeft = this.#goesLeft;
    const spare = this.#spare;
    for (let at = start; at < end; at += 1) {
      const row = own?.[at] ?? 0;
      const coordinate = column?.[row] ?? 0;
      isLeft[row] =
        threshold === undefined ? (goesLeft?.[coordinate] ?? 0) : +(coordinate < threshold);
    }
    let middle = start;
    for (const order of orders) {
      middle = start;
      let rights = 0;
      for (let at = start; at < end; at += 1) {
        const row = order[at] ?? 0;
        if (isLeft[row] === 1) {
          order[middle] = row;
          middle += 1;
        } else {
          spare[rights] = row;
          rights += 1;
        }
      }
      for (let at = 0; at < rights; at += 1) order[middle + at] = spare[at] ?? 0;
    }
    return middle;
  }
}

/** Gains that differ by less are the same, computed in another order. */
const tie = 1e-9;
