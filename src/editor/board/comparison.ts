/** One trial looked at closely, and two to five side by side. */
import {
  type ComparedRow,
  type Comparison,
  type Curve,
  type Details,
  differenceText,
  durationText,
  type NumberFormat,
  numberText,
  stateWords,
} from "../../protocol.js";
import type { Space } from "../../space/space.js";
import type { Json } from "../../space/value.js";
import type { TrialFiles } from "./boardHost.js";
import type { BoardRow } from "./boardRows.js";
import { type Column, cellText } from "./columns.js";
import { chartPoints, curveOf } from "./curves.js";
import { spanText } from "./headline.js";
import { shortText } from "./numberFormat.js";

export interface Looking {
  readonly columns: readonly Column[];
  readonly space: Space;
  /** From 1; 0 where it has none. */
  readonly rankOf: (row: BoardRow) => number;
  /** The rank that its row shows, which waits while the order is held. */
  readonly shownRankOf: (row: BoardRow) => number;
  readonly now: number;
}

export function detailsOf(row: BoardRow, files: TrialFiles, looking: Looking): Details {
  const { trial, state } = row;
  const failed = state === "failed" || state === "out-of-memory" || state === "stopped";
  return {
    trial: trial.number,
    state,
    sentence: sentenceOf(row, looking),
    parameters: Object.entries(trial.configuration).map(([name, value]) => ({
      name,
      text: typeof value === "number" ? shortText(value) : exactText(value),
      exact: exactText(value),
    })),
    metrics: metricsOf(row, looking).map(({ name, value, format }) => ({
      name,
      text: numberText(value, format),
      exact: String(value),
    })),
    command: files.command,
    tail: failed ? files.tail : null,
    curve: longCurve(row, files),
  };
}

function longCurve(row: BoardRow, files: TrialFiles | undefined): Curve {
  return curveOf(row, chartPoints, files?.reports ?? row.trial.reports);
}

function sentenceOf(row: BoardRow, looking: Looking): string {
  const { trial, state } = row;
  const where = row.slot === null ? "" : ` on ${row.slot}`;
  const started = trial.startedAtMs;
  const ran = started === null ? Number.NaN : ((trial.endedAtMs ?? looking.now) - started) / 1000;
  const took = Number.isNaN(ran) ? "" : ` ${state === "running" ? "for" : "in"} ${spanText(ran)}`;
  const parts = [rankText(looking.rankOf(row), looking.shownRankOf(row))];
  if (state === "running") parts.push(`running${took}${where}`);
  else if (state === "complete") parts.push(`completed${took}${where}`);
  else parts.push(trial.reason ?? `${stateWords[state].toLowerCase()}${took}${where}`);
  if (trial.initial !== null) parts.push("initial configuration");
  if (trial.retryOf !== null) parts.push(`repeats trial ${trial.retryOf}`);
  const text = parts.filter((part) => part !== "").join(" · ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rankText(rank: number, shown: number): string {
  if (rank === 0) return "";
  const waits = shown > 0 && shown !== rank;
  if (rank === 1) return waits ? "Now the best" : "Best so far";
  return waits ? `Now rank ${rank}` : `Rank ${rank}`;
}

interface MetricValue {
  readonly name: string;
  readonly value: number;
  readonly format: NumberFormat;
}

function metricsOf(row: BoardRow, looking: Looking): MetricValue[] {
  return metricColumns(looking.columns).flatMap((column) => {
    const value = column.read(row);
    return typeof value !== "number" || Number.isNaN(value) || column.format === null
      ? []
      : [{ name: column.title, value, format: column.format }];
  });
}

function metricColumns(columns: readonly Column[]): Column[] {
  return columns.filter(({ id }) => id === "objective" || id.startsWith("metric:"));
}

/** Trials against the first of them; rows that differ before those that are alike. */
export function compare(
  rows: readonly BoardRow[],
  files: ReadonlyMap<number, TrialFiles>,
  looking: Looking,
): Comparison {
  const metrics = [
    ...metricColumns(looking.columns).map((column) => metricRow(column, rows)),
    timeRow(rows, looking.now),
  ].filter((row) => row.cells.some((cell) => cell.text !== "–"));
  const parameters = parameterNames(rows, looking.space).map((name) =>
    parameterRow(name, rows, looking),
  );
  const differs = (row: ComparedRow): boolean => row.cells.some((cell) => cell.mark !== "same");
  const differing = parameters.filter(differs);
  const identical = parameters.filter((row) => !differs(row));
  return {
    trials: rows.map((row, place) => ({
      trial: row.trial.number,
      state: row.state,
      note: headNote(row, place, looking),
    })),
    metrics,
    differing,
    identical,
    curves: rows.map((row) => longCurve(row, files.get(row.trial.number))),
    table: tableText(rows, [...metrics, ...differing, ...identical]),
  };
}

function headNote(row: BoardRow, place: number, looking: Looking): string {
  const rank = looking.rankOf(row);
  const stood = rank > 0 ? `rank ${rank}` : stateWords[row.state].toLowerCase();
  const stopped = row.state === "pruned" && row.note !== "" ? ` · stopped at ${row.note}` : "";
  return `${place === 0 ? "baseline · " : ""}${stood}${stopped}`;
}

function metricRow(column: Column, rows: readonly BoardRow[]): ComparedRow {
  const format = column.format ?? { kind: "fixed", decimals: 4 };
  const values = rows
    .map((row) => column.read(row))
    .map((value) => (typeof value === "number" ? value : Number.NaN));
  return {
    name: column.title,
    group: [],
    cells: values.map((value, place) => ({
      text: numberText(value, format),
      exact: String(value),
      mark: "same",
      against: place === 0 ? "" : differenceText(value, values[0] ?? Number.NaN, format),
    })),
  };
}

function timeRow(rows: readonly BoardRow[], now: number): ComparedRow {
  const seconds = rows.map(({ trial, seconds: took }) =>
    Number.isNaN(took) && trial.startedAtMs !== null && trial.state === "running"
      ? (now - trial.startedAtMs) / 1000
      : took,
  );
  return {
    name: "Time",
    group: [],
    cells: seconds.map((value, place) => {
      const difference = value - (seconds[0] ?? Number.NaN);
      return {
        text: Number.isNaN(value) ? "–" : durationText(value),
        exact: `${value.toFixed(3)} s`,
        mark: "same",
        against:
          place === 0 || Number.isNaN(difference)
            ? ""
            : signed(difference, durationText(Math.abs(difference))),
      };
    }),
  };
}

function signed(value: number, size: string): string {
  return `${value < 0 ? "−" : "+"}${size}`;
}

/** In the order of the sweep, then what the sweep does not know. */
function parameterNames(rows: readonly BoardRow[], space: Space): string[] {
  const names = new Set(space.parameters.map(({ name }) => name));
  for (const { trial } of rows)
    for (const name of Object.keys(trial.configuration)) names.add(name);
  const used = (name: string): boolean => rows.some(({ trial }) => name in trial.configuration);
  return [...names].filter(used);
}

function parameterRow(name: string, rows: readonly BoardRow[], looking: Looking): ComparedRow {
  const path = looking.space.parameters.find((parameter) => parameter.name === name)?.path ?? [
    name,
  ];
  const baseline = rows[0]?.trial.configuration[name];
  return {
    name: path.at(-1) ?? name,
    group: path.slice(0, -1),
    cells: rows.map((row) => {
      const value = row.trial.configuration[name];
      const text = value === undefined ? "–" : parameterText(name, row, looking.columns);
      const exact = value === undefined ? "not used" : exactText(value);
      return { text, exact, ...against(value, baseline) };
    }),
  };
}

function against(
  value: Json | undefined,
  baseline: Json | undefined,
): { mark: "same" | "changed" | "gone"; against: string } {
  if (JSON.stringify(value) === JSON.stringify(baseline)) return { mark: "same", against: "" };
  if (value === undefined) return { mark: "gone", against: "not used" };
  if (typeof value === "number" && typeof baseline === "number") {
    if (value > 0 && baseline > 0) return { mark: "changed", against: ratioText(value / baseline) };
    const difference = value - baseline;
    return {
      mark: "changed",
      against: signed(difference, String(Number(Math.abs(difference).toPrecision(2)))),
    };
  }
  return { mark: "changed", against: baseline === undefined ? "added" : "changed" };
}

/** `×2.4`, two significant digits. */
export function ratioText(ratio: number): string {
  if (ratio >= 1e4 || ratio < 1e-4) return `×${ratio.toExponential(0).replace("e+", "e")}`;
  return `×${Number(ratio.toPrecision(2))}`;
}

function parameterText(name: string, row: BoardRow, columns: readonly Column[]): string {
  const column = columns.find(({ id }) => id === `parameter:${name}`);
  const value = row.trial.configuration[name];
  const text = column === undefined ? "" : cellText(column, row);
  return text === "" && value !== undefined ? exactText(value) : text;
}

/** As it would stand in a YAML file. */
function exactText(value: Json): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

function tableText(rows: readonly BoardRow[], lines: readonly ComparedRow[]): string {
  const head = ["", ...rows.map(({ trial }) => `Trial ${trial.number}`)];
  const body = lines.map((line) => [
    [...line.group, line.name].join("."),
    ...line.cells.map((cell) => cell.exact.replaceAll(/[\t\n]/g, " ")),
  ]);
  return [head, ...body].map((cells) => cells.join("\t")).join("\n");
}
