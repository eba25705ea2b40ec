/**
 * What the board tells its page, worked out in stages: rows and ranks, columns, places.
 *
 * Each stage takes what was told before and reuses what still holds of it, so that the cost of an
 * update follows what changed.
 */
import type { BoardView, ColumnSpec, Field, Fold } from "../../protocol.js";
import type { BoardStudy } from "./boardHost.js";
import { type BoardRow, syncRows } from "./boardRows.js";
import { type Column, cellText, columnSpecs, columnsOf } from "./columns.js";
import { fieldOf } from "./curves.js";
import { type Filter, parseFilter } from "./filter.js";
import { queueText } from "./headline.js";
import { metricFormat } from "./numberFormat.js";
import {
  type Compare,
  columnOrder,
  foldLines,
  frontOrder,
  frontsIn,
  objectiveOrder,
  orderRows,
  ranksIn,
} from "./placing.js";

/** The band of the field moves slowly: more often would be work for nothing. */
const fieldEveryMs = 2000;

interface Ranked {
  readonly study: BoardStudy;
  readonly rows: BoardRow[];
  /** The completed trial with the first rank. */
  readonly best: BoardRow | null;
  /** Of each row, its Pareto front; null where one objective decides. */
  readonly fronts: Int32Array | null;
  readonly byObjective: Int32Array;
  readonly ranks: Int32Array;
}

interface Shaped {
  readonly columns: readonly Column[];
  readonly specs: ColumnSpec[];
}

interface Placed {
  readonly view: BoardView;
  readonly filter: Filter;
  /** By index: 1 where the filter and the chips let the row through. */
  readonly visible: Uint8Array;
  /** While it is held, what it was when the hold began. */
  readonly order: Int32Array;
  readonly shownRanks: Int32Array;
  /** Indices whose place waits behind "n new". */
  readonly fresh: ReadonlySet<number>;
}

interface Drawn {
  readonly lines: Int32Array;
  readonly folds: Fold[];
  readonly field: Field | null;
  readonly fieldAt: number;
}

export type Told = Ranked & Shaped & Placed & Drawn;

export interface Telling {
  readonly told: Told;
  /** The indices of the rows that differ from before; null: they are others altogether. */
  readonly changed: number[] | null;
}

export function tell(
  before: Told | null,
  study: BoardStudy,
  view: BoardView,
  now: number,
): Telling {
  const hasObjective = study.objective !== null;
  const sameSweep = before !== null && (before.study.objective !== null) === hasObjective;
  const synced = syncRows(sameSweep ? before.rows : [], study.trials, study.starred, hasObjective);
  const same = sameSweep && synced.changed !== null ? before : null;
  const changed = synced.changed ?? [];
  const goal = study.objective?.goal ?? "minimize";
  const fronts = frontsOf(study, synced.rows, same, changed);
  const byFirst = objectiveOrder(synced.rows, goal);
  const compare = fronts === null ? byFirst : frontOrder(fronts, byFirst);
  const ranked = rank(study, synced.rows, fronts, compare, same, changed);
  const shaped = shape(ranked, view, same, changed);
  const placed = place(ranked, shaped, view, compare, same, changed, now);
  const due = same === null || now - same.fieldAt >= fieldEveryMs;
  const field = due ? fieldOf(ranked.rows, goal, study.lastStep) : same.field;
  const told: Told = {
    ...ranked,
    ...shaped,
    ...placed,
    ...draw(ranked, shaped, placed),
    field: same !== null && sameField(same.field, field) ? same.field : field,
    fieldAt: due ? now : same.fieldAt,
  };
  return { told, changed: same === null ? null : changed };
}

/** Null where one objective decides. What does not complete, and did not, changes no front. */
function frontsOf(
  { objective }: BoardStudy,
  rows: readonly BoardRow[],
  same: Told | null,
  changed: readonly number[],
): Int32Array | null {
  if (objective?.others === undefined) return null;
  const before = same?.fronts;
  const stays = changed.every(
    (index) => rows[index]?.state !== "complete" && same?.rows[index]?.state !== "complete",
  );
  return before != null && stays && before.length === rows.length
    ? before
    : frontsIn(rows, objective);
}

function rank(
  study: BoardStudy,
  rows: BoardRow[],
  fronts: Int32Array | null,
  compare: Compare,
  same: Told | null,
  changed: readonly number[],
): Ranked {
  // Another front moves rows that have not changed themselves.
  const before = same !== null && same.fronts === fronts ? same.byObjective : null;
  const byObjective = orderRows(rows.length, compare, before, changed);
  const ranks = fronts ?? ranksIn(byObjective, rows);
  const first = rows[byObjective.find((index) => ranks[index] === 1) ?? -1];
  const best = first?.state === "complete" ? first : null;
  return { study, rows, fronts, byObjective, ranks, best };
}

function shape(
  ranked: Ranked,
  view: BoardView,
  same: Told | null,
  changed: readonly number[],
): Shaped {
  const keep = same !== null && sameShape(ranked, same, changed);
  const columns = keep
    ? same.columns
    : columnsOf(ranked.study, ranked.rows, ranked.best?.value ?? null);
  const wishes = same !== null && same.columns === columns && sameWishes(same.view, view);
  return { columns, specs: wishes ? same.specs : columnSpecs(columns, ranked.rows, view) };
}

/** Whether no row is new, no metric is, and the best value has as many decimals as before. */
function sameShape(ranked: Ranked, same: Told, changed: readonly number[]): boolean {
  if (ranked.rows.length !== same.rows.length || ranked.study.space !== same.study.space)
    return false;
  const decimals = (best: BoardRow | null): string => JSON.stringify(metricFormat(best?.value));
  if (decimals(ranked.best) !== decimals(same.best)) return false;
  const known = new Set(same.columns.map(({ id }) => id));
  const objective = ranked.study.objective?.name;
  return changed.every((index) =>
    Object.keys(ranked.rows[index]?.metrics ?? {}).every(
      (name) => name === objective || known.has(`metric:${name}`),
    ),
  );
}

function sameWishes(a: BoardView, b: BoardView): boolean {
  const wishes = ({ show, pin, onlyVarying }: BoardView): string =>
    JSON.stringify([show, pin, onlyVarying]);
  return wishes(a) === wishes(b);
}

/** Whether the reader asks for the same rows in the same order. */
function sameQuestion(a: BoardView, b: BoardView): boolean {
  const question = ({ sort, filter, states }: BoardView): string =>
    JSON.stringify([sort, filter, states]);
  return question(a) === question(b);
}

function place(
  ranked: Ranked,
  { columns }: Shaped,
  view: BoardView,
  compare: Compare,
  same: Told | null,
  changed: readonly number[],
  now: number,
): Placed {
  const asked = same !== null && sameQuestion(same.view, view);
  const filter =
    asked && same.columns === columns ? same.filter : parseFilter(view.filter, columns);
  if (asked && same.view.holding && view.holding) return held(ranked, filter, view, same, changed);
  // What was held is not in order any more, and a filter that is read anew may say otherwise.
  const ordered = asked && !same.view.holding ? same : null;
  const known = asked && !same.view.holding && filter === same.filter ? same.visible : null;
  return {
    view,
    filter,
    visible: visibleRows(ranked.rows, filter, view, known, changed),
    order: sortedOrder(ranked, columns, view, compare, ordered?.order ?? null, changed, now),
    shownRanks: ranked.ranks,
    fresh: new Set(),
  };
}

/** Values go on changing, places and ranks wait. */
function held(
  ranked: Ranked,
  filter: Filter,
  view: BoardView,
  same: Told,
  changed: readonly number[],
): Placed {
  const shownRanks = new Int32Array(ranked.rows.length);
  shownRanks.set(same.shownRanks);
  const visible = new Uint8Array(ranked.rows.length);
  visible.set(same.visible);
  const fresh = new Set(same.fresh);
  for (const index of changed) {
    const row = ranked.rows[index];
    if (row === undefined || !passes(row, filter, view)) continue;
    const appeared = index >= same.order.length;
    const gotRank = ranked.ranks[index] !== 0 && shownRanks[index] === 0;
    if (appeared || gotRank) fresh.add(index);
  }
  return { view, filter, visible, order: same.order, shownRanks, fresh };
}

function passes(row: BoardRow, filter: Filter, view: BoardView): boolean {
  return (view.states.length === 0 || view.states.includes(row.state)) && filter.accepts(row);
}

function visibleRows(
  rows: readonly BoardRow[],
  filter: Filter,
  view: BoardView,
  known: Uint8Array | null,
  changed: readonly number[],
): Uint8Array {
  if (known === null) return Uint8Array.from(rows, (row) => (passes(row, filter, view) ? 1 : 0));
  const visible = new Uint8Array(rows.length);
  visible.set(known);
  for (const index of changed) {
    const row = rows[index];
    visible[index] = row !== undefined && passes(row, filter, view) ? 1 : 0;
  }
  return visible;
}

function sortedOrder(
  ranked: Ranked,
  columns: readonly Column[],
  view: BoardView,
  compare: Compare,
  previous: Int32Array | null,
  changed: readonly number[],
  now: number,
): Int32Array {
  const { column: id, descending } = view.sort;
  if (isByObjective(view)) return descending ? reversed(ranked) : ranked.byObjective;
  const column = columns.find((each) => each.id === id);
  if (column === undefined) return ranked.byObjective;
  const order = columnOrder(ranked.rows, column, descending, compare, now);
  // The time of a running trial moves without the trial having changed.
  return orderRows(ranked.rows.length, order, id === "time" ? null : previous, changed);
}

function isByObjective({ sort }: BoardView): boolean {
  return ["objective", "rank", "delta"].includes(sort.column);
}

/** Worst first, and still what has no value last. */
function reversed({ byObjective, rows }: Ranked): Int32Array {
  const valued = byObjective.filter((index) => !Number.isNaN(rows[index]?.value ?? Number.NaN));
  const without = byObjective.filter((index) => Number.isNaN(rows[index]?.value ?? Number.NaN));
  return Int32Array.from([...valued.reverse(), ...without]);
}

function draw(
  { study, rows }: Ranked,
  { columns }: Shaped,
  placed: Placed,
): Pick<Told, "lines" | "folds"> {
  const { view, filter } = placed;
  const objective = columns.find(({ id }) => id === "objective");
  const unfiltered = filter.empty && view.states.length === 0;
  const queue = filter.empty && (unfiltered || view.states.includes("waiting"));
  return foldLines(
    placed.order.filter((index) => placed.visible[index] === 1),
    {
      rows,
      ranks: placed.shownRanks,
      view,
      foldStopped: isByObjective(view) && unfiltered,
      queue: queue ? queueText(study, rows) : null,
      valueText: (row) => (objective === undefined ? "" : cellText(objective, row)),
    },
  );
}

function sameField(a: Field | null, b: Field | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.firstStep === b.firstStep &&
    a.lastStep === b.lastStep &&
    a.counted === b.counted &&
    a.min === b.min &&
    a.max === b.max &&
    sameNumbers(a.low, b.low) &&
    sameNumbers(a.high, b.high)
  );
}

export function sameNumbers(a: Int32Array | Float64Array, b: Int32Array | Float64Array): boolean {
  return (
    a === b || (a.length === b.length && a.every((value, place) => Object.is(value, b[place])))
  );
}
