/**
 * Where each row stands: ranks, the order that the reader asked for, and the folds.
 *
 * Ranked are completed trials, best first, then those that a stopping rule ended, for their values
 * come from an earlier step. A running trial stands among the completed ones where its latest
 * value puts it, without a rank. What has no value is last in every order.
 */
import { type BoardState, type BoardView, type Fold, stateWords } from "../../protocol.js";
import { paretoFronts } from "../../study/ranking.js";
import { type Goal, type Objective, objectivesOf } from "../../study/trial.js";
import type { BoardRow } from "./boardRows.js";
import type { Column } from "./columns.js";

/** Runs of stopped trials shorter than this are not worth a fold. */
const foldLeast = 3;

/** The order of the trials that have no value. */
const places: Readonly<Record<BoardState, number>> = {
  running: 0,
  paused: 1,
  complete: 2,
  pruned: 3,
  failed: 4,
  "out-of-memory": 5,
  stopped: 6,
  lost: 7,
  waiting: 8,
};

/** 0 and 1 have a value, and stand before all others. */
function groupOf(row: BoardRow): number {
  if (!Number.isNaN(row.value)) return row.state === "pruned" ? 1 : 0;
  return 2 + places[row.state];
}

export type Compare = (a: number, b: number) => number;

/** By the objective; indices that compare equal stand by trial number. */
export function objectiveOrder(rows: readonly BoardRow[], goal: Goal): Compare {
  const groups = Uint8Array.from(rows, groupOf);
  const sign = goal === "minimize" ? 1 : -1;
  const keys = Float64Array.from(rows, (row) => (Number.isNaN(row.value) ? 0 : sign * row.value));
  return (a, b) =>
    (groups[a] ?? 0) - (groups[b] ?? 0) || compareNumbers(keys[a] ?? 0, keys[b] ?? 0) || a - b;
}

/**
 * With several objectives, of each row its Pareto front, from 1; 0 for a row that is in none: one
 * that runs, was stopped, or has not all values.
 */
export function frontsIn(rows: readonly BoardRow[], objective: Objective): Int32Array {
  const goals = objectivesOf(objective).map(({ goal }) => goal);
  const trials = rows.map(({ trial }) => trial);
  const fronts = new Map(
    paretoFronts(trials, goals).flatMap((front, at) =>
      front.map((each) => [each, at + 1] as const),
    ),
  );
  return Int32Array.from(trials, (trial) => fronts.get(trial) ?? 0);
}

/** Front by front, then what is in none; within each as `otherwise` has it. */
export function frontOrder(fronts: Int32Array, otherwise: Compare): Compare {
  const placeOf = (index: number) => fronts[index] || Infinity;
  return (a, b) => compareNumbers(placeOf(a), placeOf(b)) || otherwise(a, b);
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By a column; rows without a value in it are last, and so are trials without an objective. */
export function columnOrder(
  rows: readonly BoardRow[],
  column: Column,
  descending: boolean,
  byObjective: Compare,
  now: number,
): Compare {
  const keys = columnKeys(rows, column, now);
  const unvaluedLast = rows.some((row) => groupOf(row) < 2);
  const last = (index: number): number => {
    const row = rows[index];
    const without = Number.isNaN(keys[index]) ? 1 : 0;
    return row !== undefined && unvaluedLast && groupOf(row) >= 2 ? 2 + without : without;
  };
  const sign = descending ? -1 : 1;
  return (a, b) =>
    last(a) - last(b) || sign * compareNumbers(keys[a] ?? 0, keys[b] ?? 0) || byObjective(a, b);
}

function columnKeys(rows: readonly BoardRow[], column: Column, now: number): Float64Array {
  const key = (row: BoardRow): number | string | null => {
    switch (column.id) {
      case "number":
        return row.trial.number;
      case "state":
        return places[row.state];
      case "star":
        return row.starred ? 0 : 1;
      case "time":
        return Number.isNaN(row.seconds) && row.state === "running"
          ? (now - (row.trial.startedAtMs ?? now)) / 1000
          : row.seconds;
      default:
        return column.read(row);
    }
  };
  const values = rows.map(key);
  if (column.kind !== "word") {
    return Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN));
  }
  const words = [...new Set(values.filter((value) => typeof value === "string"))].sort();
  const ordinals = new Map(words.map((word, place) => [word, place]));
  return Float64Array.from(values, (value) => ordinals.get(String(value)) ?? Number.NaN);
}

/** All indices, in order. With a previous order and few changes, only those are placed anew. */
export function orderRows(
  count: number,
  compare: Compare,
  previous: Int32Array | null,
  changed: readonly number[],
): Int32Array {
  if (previous === null || changed.length > count / 8) {
    return Int32Array.from({ length: count }, (_, index) => index).sort(compare);
  }
  const moved = Int32Array.from(changed).sort(compare);
  const isMoved = new Set(changed);
  const order = new Int32Array(count);
  let [place, next] = [0, 0];
  for (const index of previous) {
    if (isMoved.has(index)) continue;
    for (
      let candidate = moved[next];
      candidate !== undefined && compare(candidate, index) < 0;
      candidate = moved[next]
    ) {
      order[place++] = candidate;
      next++;
    }
    order[place++] = index;
  }
  for (const index of moved.subarray(next)) order[place++] = index;
  return order;
}

/** Ranks by index, from an order by the objective: 0 where a trial has none. */
export function ranksIn(order: Int32Array, rows: readonly BoardRow[]): Int32Array {
  const ranks = new Int32Array(rows.length);
  let rank = 0;
  for (const index of order) {
    const row = rows[index];
    if (row === undefined || Number.isNaN(row.value)) continue;
    if (row.state === "complete" || row.state === "pruned") ranks[index] = ++rank;
  }
  return ranks;
}

export interface Folding {
  readonly rows: readonly BoardRow[];
  readonly ranks: Int32Array;
  readonly view: BoardView;
  /** Whether runs of stopped trials fold, which they do only where their order says something. */
  readonly foldStopped: boolean;
  /** What the queue's line says; null where there is none. */
  readonly queue: string | null;
  readonly valueText: (row: BoardRow) => string;
}

/** The lines of the board: indices, and −1 − k for `folds[k]`. */
export function foldLines(
  order: Iterable<number>,
  folding: Folding,
): { lines: Int32Array; folds: Fold[] } {
  const { rows, view } = folding;
  const [opened, selected] = [new Set(view.opened), new Set(view.selected)];
  const lines: number[] = [];
  const folds: Fold[] = [];
  let run: number[] = [];
  let runState: BoardState | null = null;
  const close = (): void => {
    const [first] = run;
    if (runState === null || first === undefined) return;
    const numbers = run.map((index) => rows[index]?.trial.number ?? 0);
    const open = numbers.some((number) => opened.has(number));
    if (run.length >= (runState === "waiting" ? 1 : foldLeast)) {
      lines.push(-1 - folds.length);
      folds.push({
        state: runState,
        text: foldText(run, runState, folding),
        open,
        trials: numbers,
      });
      if (open) lines.push(...run);
    } else {
      lines.push(...run);
    }
    run = [];
    runState = null;
  };
  for (const index of order) {
    const row = rows[index];
    if (row === undefined) continue;
    const { number } = row.trial;
    const kept = (row.starred || selected.has(number)) && !opened.has(number);
    const foldable = row.state === "waiting" || (row.state === "pruned" && folding.foldStopped);
    if (!foldable || kept || row.state !== runState) close();
    if (!foldable || kept) {
      lines.push(index);
    } else {
      run.push(index);
      runState = row.state;
    }
  }
  close();
  if (folding.queue !== null) {
    lines.push(-1 - folds.length);
    folds.push({ state: "waiting", text: folding.queue, open: false, trials: [] });
  }
  return { lines: Int32Array.from(lines), folds };
}

function foldText(run: readonly number[], state: BoardState, folding: Folding): string {
  const what = `${run.length} ${stateWords[state].toLowerCase()}`;
  const ranks = run.map((index) => folding.ranks[index] ?? 0).filter((rank) => rank > 0);
  const best = folding.rows[run[0] ?? -1];
  if (ranks.length === 0 || best === undefined) return what;
  const [low, high] = [Math.min(...ranks), Math.max(...ranks)];
  return `${what} · ranks ${low} to ${high}, best ${folding.valueText(best)}`;
}
