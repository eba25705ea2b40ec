/**
 * The board of one study: from the study and the reader's view to a snapshot and its deltas.
 *
 * The model remembers what it has told the page, so that a delta says only what changed. With
 * 10,000 trials of which four run, an update costs a few milliseconds.
 */
import {
  type BoardView,
  type Cells,
  type Delta,
  emptyView,
  type Header,
  protocolVersion,
  type Rows,
  type Snapshot,
} from "../../protocol.js";
import type { BoardStudy } from "./boardHost.js";
import { type BoardRow, stateCode } from "./boardRows.js";
import { type Column, cellsOf, sameColumns } from "./columns.js";
import type { Looking } from "./comparison.js";
import { filterProblemText } from "./filter.js";
import {
  actionsOf,
  announcementOf,
  countsOf,
  emptyText,
  headline,
  noticeOf,
  remainingOf,
  type Standing,
  standingMarks,
} from "./headline.js";
import { metricFormat } from "./numberFormat.js";
import { sameNumbers, type Told, tell } from "./telling.js";

export interface Board {
  snapshot(study: BoardStudy, view: BoardView, now: number): Snapshot;
  /** What changed since it last spoke: null where nothing did, a snapshot where the rows are others. */
  delta(study: BoardStudy, view: BoardView, now: number): Delta | Snapshot | null;
  /** The row of a trial as last told. */
  row(trial: number): BoardRow | undefined;
  /** What details and comparisons are made from; undefined before the first snapshot. */
  looking(now: number): Looking | undefined;
}

/** `host` is the id of the extension host's instance. */
export function createBoard(host: string): Board {
  let told: (Told & { readonly header: Header }) | null = null;
  let version = 0;

  function snapshot(study: BoardStudy, view: BoardView, now: number): Snapshot {
    const after = tell(null, study, view, now).told;
    told = { ...after, header: headerOf(after, null, now) };
    return {
      type: "snapshot",
      protocol: protocolVersion,
      host,
      version: ++version,
      view,
      rows: rowsOf(told.rows),
      cells: cellsById(told.columns, told.rows),
      header: told.header,
      columns: told.specs,
      field: told.field,
      ranks: told.shownRanks,
      lines: told.lines,
      folds: told.folds,
    };
  }

  function delta(study: BoardStudy, view: BoardView, now: number): Delta | Snapshot | null {
    const before = told;
    if (before === null) return snapshot(study, view, now);
    const { told: after, changed } = tell(before, study, view, now);
    if (changed === null || !sameKinds(before.columns, after.columns)) {
      return snapshot(study, view, now);
    }
    const header = headerOf(after, before, now);
    told = { ...after, header };
    const differing = differences(before, after);
    if (changed.length === 0 && !differing.any && sameHeader(before.header, header)) return null;
    const rows = changed.flatMap((index) => after.rows[index] ?? []);
    return {
      type: "delta",
      host,
      version: ++version,
      indices: Int32Array.from(changed),
      rows: rowsOf(rows),
      cells: cellsById(after.columns, rows),
      header,
      ...differing.parts,
      folds: after.folds,
    };
  }

  return {
    snapshot,
    delta,
    row: (trial) => told?.rows.find((row) => row.trial.number === trial),
    looking: (now) => (told === null ? undefined : lookingAt(told, now)),
  };
}

type Parts = Pick<Delta, "columns" | "field" | "ranks" | "lines">;

function differences(before: Told, after: Told): { parts: Parts; any: boolean } {
  const sameLines =
    sameNumbers(before.lines, after.lines) &&
    JSON.stringify(before.folds) === JSON.stringify(after.folds);
  const parts: Parts = {
    columns: sameColumns(before.specs, after.specs) ? null : after.specs,
    field: before.field === after.field ? null : after.field,
    ranks: sameNumbers(before.shownRanks, after.shownRanks) ? null : after.shownRanks,
    lines: sameLines ? null : after.lines,
  };
  return { parts, any: Object.values(parts).some((part) => part !== null) };
}

/** Whether the columns hold numbers and words as before: a column that changes begins anew. */
function sameKinds(before: readonly Column[], after: readonly Column[]): boolean {
  const kinds = (columns: readonly Column[]): string =>
    columns.map(({ id, kind }) => `${id}:${kind}`).join("\n");
  return before === after || kinds(before) === kinds(after);
}

function rowsOf(rows: readonly BoardRow[]): Rows {
  return {
    numbers: Int32Array.from(rows, ({ trial }) => trial.number),
    states: Uint8Array.from(rows, ({ state }) => stateCode(state)),
    starred: Uint8Array.from(rows, ({ starred }) => (starred ? 1 : 0)),
    reports: Int32Array.from(rows, ({ trial }) => trial.reports.length),
    startedAt: Float64Array.from(rows, ({ trial }) => trial.startedAtMs ?? Number.NaN),
    notes: rows.map(({ note }) => note),
  };
}

function cellsById(columns: readonly Column[], rows: readonly BoardRow[]): Record<string, Cells> {
  const cells: Record<string, Cells> = {};
  for (const column of columns) {
    const values = cellsOf(column, rows);
    if (values !== undefined) cells[column.id] = values;
  }
  return cells;
}

function headerOf(told: Told, before: Told | null, now: number): Header {
  const { study, rows, best, filter } = told;
  const standing: Standing = { rows, best, format: metricFormat(best?.value), now };
  const remaining = remainingOf(study);
  const counts = countsOf(rows, remaining);
  const [problem] = filter.problems;
  return {
    study: study.key,
    name: study.name,
    sentence: headline(study, standing),
    progress: counts,
    counts,
    total: study.cap,
    objective: study.objective?.name ?? null,
    goal: study.objective?.goal ?? "minimize",
    best: best?.value ?? null,
    actions: actionsOf(study, rows),
    notice: noticeOf(study, rows),
    empty: rows.length === 0 ? emptyText(study) : null,
    filterProblem: problem === undefined ? null : filterProblemText(problem),
    fresh: told.fresh.size,
    announcement:
      before === null ? null : announcementOf(standingMarks(before.study, before), study, standing),
    now,
  };
}

function sameHeader(before: Header, after: Header): boolean {
  const lasting = (header: Header): string =>
    JSON.stringify({ ...header, now: 0, announcement: null });
  return after.announcement === null && lasting(before) === lasting(after);
}

function lookingAt(told: Told, now: number): Looking {
  return {
    columns: told.columns,
    space: told.study.space,
    rankOf: (row) => told.ranks[told.rows.indexOf(row)] ?? 0,
    shownRankOf: (row) => told.shownRanks[told.rows.indexOf(row)] ?? 0,
    now,
  };
}

/** What the page shows where there is no study: how to come to one. */
export function noStudy(host: string, gone: boolean, now: number): Snapshot {
  return {
    type: "snapshot",
    protocol: protocolVersion,
    host,
    version: 1,
    view: emptyView(""),
    rows: rowsOf([]),
    cells: {},
    columns: [],
    field: null,
    ranks: new Int32Array(),
    lines: new Int32Array(),
    folds: [],
    header: {
      study: "",
      name: "",
      sentence: [],
      progress: [],
      counts: [],
      total: null,
      objective: null,
      goal: "minimize",
      best: null,
      actions: ["newSweep", "runSweep"],
      notice: null,
      empty: gone
        ? [
            "The study that was shown here is gone from disk.",
            "Open a sweep file and choose Run Sweep above its first line.",
          ]
        : [
            "A sweep file says which parameters of a training script to search, and how.",
            "Open one and choose Run Sweep above its first line. Trials show here as they start.",
          ],
      filterProblem: null,
      fresh: 0,
      announcement: null,
      now,
    },
  };
}
