/** The table as the page holds it: the host's columns, changed in place by deltas. */
import {
  type BoardState,
  boardStates,
  type Cells,
  type ColumnSpec,
  type Delta,
  durationText,
  type Field,
  type Fold,
  type Header,
  numberText,
  type Rows,
  type Snapshot,
} from "../src/protocol.js";

/** A new object after each change, so that elements see that something changed. */
export interface Table {
  readonly header: Header;
  readonly columns: readonly ColumnSpec[];
  readonly rows: Rows;
  readonly cells: Readonly<Record<string, Cells>>;
  readonly ranks: Int32Array;
  readonly lines: Int32Array;
  readonly folds: readonly Fold[];
  readonly field: Field | null;
  /** The host's clock less this page's, in milliseconds. */
  readonly clockAhead: number;
  readonly indexOf: ReadonlyMap<number, number>;
}

export type Line =
  | { readonly kind: "trial"; readonly index: number; readonly trial: number }
  | { readonly kind: "fold"; readonly fold: Fold; readonly key: string };

export function tableFrom(snapshot: Snapshot): Table {
  return {
    header: snapshot.header,
    columns: snapshot.columns ?? [],
    rows: snapshot.rows,
    cells: snapshot.cells,
    ranks: snapshot.ranks ?? new Int32Array(),
    lines: snapshot.lines ?? new Int32Array(),
    folds: snapshot.folds,
    field: snapshot.field,
    clockAhead: snapshot.header.now - Date.now(),
    indexOf: indicesOf(snapshot.rows.numbers),
  };
}

function indicesOf(numbers: Int32Array): Map<number, number> {
  return new Map(Array.from(numbers, (number, index) => [number, index]));
}

/** The table after a delta, its rows still in their old places. */
export function changedTable(table: Table, delta: Delta): Table {
  const { indices } = delta;
  const count = indices.reduce(
    (most, index) => Math.max(most, index + 1),
    table.rows.numbers.length,
  );
  const rows = changedRows(table.rows, delta.rows, indices, count);
  const cells: Record<string, Cells> = { ...table.cells };
  for (const [id, changes] of Object.entries(delta.cells)) {
    cells[id] = changedCells(table.cells[id], changes, indices, count);
  }
  return {
    ...table,
    header: delta.header,
    columns: delta.columns ?? table.columns,
    rows,
    cells,
    field: delta.field ?? table.field,
    clockAhead: delta.header.now - Date.now(),
    indexOf: count === table.rows.numbers.length ? table.indexOf : indicesOf(rows.numbers),
  };
}

/** The table with its rows in new places. */
export function placedTable(table: Table, places: Pick<Delta, "ranks" | "lines" | "folds">): Table {
  return {
    ...table,
    ranks: places.ranks ?? table.ranks,
    ...(places.lines === null ? {} : { lines: places.lines, folds: places.folds }),
  };
}

type Numbers = Int32Array | Uint8Array | Float64Array;

/** `target` with the values of before, and the changes at their indices. */
function patched<T extends Numbers>(target: T, before: T, changes: T, indices: Int32Array): T {
  target.set(before);
  indices.forEach((index, place) => {
    target[index] = changes[place] ?? 0;
  });
  return target;
}

function changedRows(before: Rows, changes: Rows, indices: Int32Array, count: number): Rows {
  const notes = before.notes.slice();
  indices.forEach((index, place) => {
    notes[index] = changes.notes[place] ?? "";
  });
  return {
    numbers: patched(new Int32Array(count), before.numbers, changes.numbers, indices),
    states: patched(new Uint8Array(count), before.states, changes.states, indices),
    starred: patched(new Uint8Array(count), before.starred, changes.starred, indices),
    reports: patched(new Int32Array(count), before.reports, changes.reports, indices),
    startedAt: patched(new Float64Array(count), before.startedAt, changes.startedAt, indices),
    notes,
  };
}

/** A column that is new has no value yet in the rows that were there. */
function changedCells(
  before: Cells | undefined,
  changes: Cells,
  indices: Int32Array,
  count: number,
): Cells {
  if (changes.kind === "number") {
    const values =
      before?.kind === "number" ? before.values : new Float64Array(count).fill(Number.NaN);
    return {
      kind: "number",
      values: patched(new Float64Array(count), values, changes.values, indices),
    };
  }
  const words = before?.kind === "word" ? before.words.slice() : [];
  const codes = before?.kind === "word" ? before.codes : new Int32Array(count).fill(-1);
  const translated = changes.codes.map((code) => {
    const word = changes.words[code];
    if (word === undefined) return -1;
    const known = words.indexOf(word);
    return known < 0 ? words.push(word) - 1 : known;
  });
  return { kind: "word", words, codes: patched(new Int32Array(count), codes, translated, indices) };
}

export function stateOf(table: Table, index: number): BoardState {
  return boardStates[table.rows.states[index] ?? 0] ?? "waiting";
}

export function lineAt(table: Table, place: number): Line | undefined {
  const code = table.lines[place];
  if (code === undefined) return undefined;
  if (code >= 0) return { kind: "trial", index: code, trial: table.rows.numbers[code] ?? 0 };
  const fold = table.folds[-1 - code];
  return fold && { kind: "fold", fold, key: `fold:${fold.state}:${fold.trials[0] ?? "queue"}` };
}

/** The place of a trial's line; −1 where it is folded away, or filtered out. */
export function placeOf(table: Table, trial: number): number {
  const index = table.indexOf.get(trial);
  return index === undefined ? -1 : table.lines.indexOf(index);
}

export function numberAt(table: Table, column: string, index: number): number {
  const cells = table.cells[column];
  return cells?.kind === "number" ? (cells.values[index] ?? Number.NaN) : Number.NaN;
}

/** The text of a cell as it is shown; empty where there is nothing to show. */
export function textAt(table: Table, column: ColumnSpec, index: number): string {
  const cells = table.cells[column.id];
  if (cells?.kind === "word") return cells.words[cells.codes[index] ?? -1] ?? "–";
  if (column.id === "time") return timeText(table, index);
  return column.format === null ? "" : numberText(numberAt(table, column.id, index), column.format);
}

/** The whole value, where the cell shows it rounded. */
export function exactAt(table: Table, column: ColumnSpec, index: number): string {
  const value = numberAt(table, column.id, index);
  return Number.isNaN(value) || column.id === "time" ? textAt(table, column, index) : String(value);
}

/** How long a trial ran, and of one that runs, how long it has by the host's clock. */
function timeText(table: Table, index: number): string {
  const seconds = numberAt(table, "time", index);
  if (!Number.isNaN(seconds)) return durationText(seconds);
  const startedAt = table.rows.startedAt[index] ?? Number.NaN;
  if (stateOf(table, index) !== "running" || Number.isNaN(startedAt)) return "–";
  return durationText((Date.now() + table.clockAhead - startedAt) / 1000);
}
