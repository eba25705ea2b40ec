/** The columns of the board: which there are, which are shown, and what stands in them. */
import {
  type BoardView,
  type Cells,
  type ColumnSpec,
  type NumberFormat,
  numberText,
} from "../../protocol.js";
import type { Parameter } from "../../space/space.js";
import type { Objective } from "../../study/trial.js";
import type { BoardStudy } from "./boardHost.js";
import type { BoardRow } from "./boardRows.js";
import { listFormat, logRange, metricFormat, parameterFormat } from "./numberFormat.js";

/** How many parameters are shown until the reader asks for more. */
const parametersShown = 10;
const sampleSize = 200;

type Value = number | string | null;

/** A column and how its value is read from a row. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: "number" | "word" | "mark";
  readonly align: ColumnSpec["align"];
  readonly optional: boolean;
  readonly shown: boolean;
  readonly varies: boolean;
  readonly format: NumberFormat | null;
  readonly range: ColumnSpec["range"];
  readonly read: (row: BoardRow) => Value;
}

const nothing = (): null => null;

function mark(id: string, title: string, more: Partial<Column> = {}): Column {
  return {
    id,
    title,
    kind: "mark",
    align: "centre",
    optional: false,
    shown: true,
    varies: true,
    format: null,
    range: null,
    read: nothing,
    ...more,
  };
}

/** The columns of a study; rows are looked at for what varies and for what their values look like. */
export function columnsOf(
  study: BoardStudy,
  rows: readonly BoardRow[],
  best: number | null,
): Column[] {
  const objective = study.objective;
  const value = metricFormat(best ?? undefined);
  const parameters = parameterColumns(study, rows);
  const metrics = metricColumns(rows, objective);
  return [
    mark("rank", "#", { align: "right" }),
    mark("star", "Starred"),
    mark("state", "State"),
    mark("number", "Trial", { align: "right" }),
    ...(objective === null
      ? []
      : [
          mark("objective", objective.name, {
            kind: "number",
            align: "right",
            format: value,
            read: (row) => row.value,
          }),
          mark("delta", "Δ best", { align: "right", format: value, optional: true }),
          mark("curve", "Curve", { align: "left", optional: true }),
        ]),
    ...parameters,
    ...metrics,
    mark("step", "Step", {
      kind: "number",
      align: "right",
      optional: true,
      format: { kind: "integer" },
      read: (row) => row.step,
    }),
    mark("time", "Time", {
      kind: "number",
      align: "right",
      optional: true,
      format: { kind: "duration" },
      read: (row) => row.seconds,
    }),
    mark("slot", "Slot", {
      kind: "word",
      align: "left",
      optional: true,
      shown: study.slots.length > 1 || differ(rows.map(({ slot }) => slot)) === true,
      read: (row) => row.slot,
    }),
  ];
}

function parameterColumns(study: BoardStudy, rows: readonly BoardRow[]): Column[] {
  const declared = new Set(study.space.parameters.map((parameter) => parameter.name));
  const columns = study.space.parameters.map((parameter) => declaredParameter(parameter, rows));
  for (const name of foreignNames(rows, declared)) columns.push(foreignParameter(name, rows));
  let varying = 0;
  return columns.map((column) => ({
    ...column,
    shown: column.varies && ++varying <= parametersShown,
  }));
}

/** Parameters of trials that another program added, and of versions of the sweep before this one. */
function foreignNames(rows: readonly BoardRow[], declared: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  for (const { trial } of rows) {
    for (const name in trial.configuration) if (!declared.has(name)) names.add(name);
  }
  return names;
}

function declaredParameter(parameter: Parameter, rows: readonly BoardRow[]): Column {
  const { name, distribution } = parameter;
  const fixed =
    distribution.kind === "constant" ||
    (distribution.kind === "categorical" && distribution.values.length < 2);
  const values = rows.map(({ trial }) => trial.configuration[name]);
  // Trials of an earlier version of the sweep may hold words where numbers are declared now.
  const numeric = values.every(
    (value) => value === undefined || value === null || typeof value === "number",
  );
  const format = numeric ? parameterFormat(distribution) : undefined;
  return parameterColumn(name, format, !fixed || differ(values) === true, logRange(distribution));
}

function foreignParameter(name: string, rows: readonly BoardRow[]): Column {
  const values = rows.map(({ trial }) => trial.configuration[name]);
  const format = listFormat(values.filter((value) => value !== undefined));
  return parameterColumn(name, format, differ(values) ?? true, null);
}

function parameterColumn(
  name: string,
  format: NumberFormat | undefined,
  varies: boolean,
  range: ColumnSpec["range"],
): Column {
  return mark(`parameter:${name}`, name, {
    kind: format === undefined ? "word" : "number",
    align: format === undefined ? "left" : "right",
    optional: true,
    varies,
    format: format ?? null,
    range: format === undefined ? null : range,
    read: ({ trial }) => {
      const value = trial.configuration[name];
      if (value === undefined) return null;
      if (format !== undefined) return typeof value === "number" ? value : null;
      return typeof value === "string" ? value : JSON.stringify(value);
    },
  });
}

/** Whether values differ; undefined while there are too few to say. */
function differ(values: readonly unknown[]): boolean | undefined {
  if (values.length < 2) return undefined;
  const [first] = values;
  if (typeof first !== "object") return values.some((value) => value !== first);
  const text = JSON.stringify(first);
  return values.some((value) => JSON.stringify(value) !== text);
}

/** Metrics besides the first objective: shown unasked where they are objectives too, or there is none. */
function metricColumns(rows: readonly BoardRow[], objective: Objective | null): Column[] {
  const bests = new Map<string, number>();
  for (const { metrics } of rows) {
    for (const [name, value] of Object.entries(metrics)) {
      const before = bests.get(name);
      if (name === objective?.name) continue;
      if (before === undefined || Math.abs(value) < Math.abs(before)) bests.set(name, value);
    }
  }
  return [...bests].map(([name, least]) =>
    mark(`metric:${name}`, name, {
      kind: "number",
      align: "right",
      optional: true,
      shown: objective === null || objective.others?.some((each) => each.name === name) === true,
      format: metricFormat(least),
      read: (row) => row.metrics[name] ?? null,
    }),
  );
}

/** What the page is told of the columns, by the reader's wishes. */
export function columnSpecs(
  columns: readonly Column[],
  rows: readonly BoardRow[],
  view: BoardView,
): ColumnSpec[] {
  return columns.map((column) => ({
    id: column.id,
    title: column.title,
    align: column.align,
    characters: charactersOf(column, rows),
    pinned: !column.optional || view.pin.includes(column.id),
    shown: !column.optional || (view.show[column.id] ?? shownUnasked(column, view)),
    optional: column.optional,
    varies: column.varies,
    format: column.format,
    range: column.range,
  }));
}

function shownUnasked(column: Column, view: BoardView): boolean {
  if (!column.id.startsWith("parameter:")) return column.shown;
  return view.onlyVarying ? column.shown : true;
}

function charactersOf(column: Column, rows: readonly BoardRow[]): number {
  if (column.id === "rank") return String(rows.length).length;
  if (column.id === "number") return String(rows.at(-1)?.trial.number ?? 0).length;
  const every = Math.max(1, Math.floor(rows.length / sampleSize));
  const lengths = rows
    .filter((_, index) => index % every === 0)
    .map((row) => cellText(column, row).length)
    .sort((a, b) => a - b);
  return lengths[Math.floor((lengths.length - 1) * 0.95)] ?? 0;
}

export function cellText(column: Column, row: BoardRow): string {
  const value = column.read(row);
  if (typeof value === "string") return value;
  return value === null || column.format === null ? "" : numberText(value, column.format);
}

/** The values of a column for some rows, as they travel. */
export function cellsOf(column: Column, rows: readonly BoardRow[]): Cells | undefined {
  if (column.kind === "mark") return undefined;
  const values = rows.map(column.read);
  if (column.kind === "number") {
    return {
      kind: "number",
      values: Float64Array.from(values, (value) =>
        typeof value === "number" ? value : Number.NaN,
      ),
    };
  }
  const places = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const word = String(value);
    const place = places.get(word) ?? places.size;
    places.set(word, place);
    return place;
  });
  return { kind: "word", words: [...places.keys()], codes };
}

/** Two lists of columns that the page would draw alike but for their values. */
export function sameColumns(a: readonly ColumnSpec[], b: readonly ColumnSpec[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
