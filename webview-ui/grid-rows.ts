/** The lines of the leaderboard as templates: the header, a trial, a fold. */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { ifDefined } from "lit/directives/if-defined.js";
import {
  type BoardState,
  type BoardView,
  type Curve,
  differenceText,
  type Fold,
} from "../src/protocol.js";
import { sparkline } from "./charts.js";
import type { PlacedColumn } from "./grid-columns.js";
import { icon, stateIcon } from "./icons.js";
import { exactAt, numberAt, stateOf, type Table, textAt } from "./table.js";

export interface RowContext {
  readonly table: Table;
  readonly view: BoardView;
  readonly columns: readonly PlacedColumn[];
  readonly selected: ReadonlySet<number>;
  readonly curve: (trial: number) => Curve | undefined;
}

/** Where the keyboard is: a line, and a cell of it or the whole (−1). */
export interface Active {
  /** −1: the header. */
  readonly place: number;
  readonly cell: number;
}

const unsortable = new Set(["curve"]);
const quiet: readonly BoardState[] = [
  "running",
  "pruned",
  "failed",
  "out-of-memory",
  "stopped",
  "lost",
  "waiting",
];

export function isSortable(column: { readonly id: string }): boolean {
  return !unsortable.has(column.id);
}

/** The id of a line or of one of its cells, for `aria-activedescendant`. */
export function activeId({ place, cell }: Active): string {
  return cell < 0 ? `line-${place}` : `line-${place}-${cell}`;
}

function cellClasses(
  column: PlacedColumn,
  cell: number,
  more: Record<string, boolean> = {},
): ReturnType<typeof classMap> {
  return classMap({
    cell: true,
    [`c${cell}`]: true,
    right: column.align === "right",
    centre: column.align === "centre",
    pin: column.pinnedAt !== null,
    edge: column.edge,
    ...more,
  });
}

export function headerLine({ columns, view, table }: RowContext, active: Active): TemplateResult {
  const maximized = table.header.goal === "maximize";
  return html`<div class="head" role="row" id="line--1" aria-rowindex="1">
    ${columns.map((column, cell) => {
      const sorted = view.sort.column === column.id;
      // Best first is "not descending" whatever the goal; the arrow tells of the values.
      const byValue = column.id === "objective" || column.id === "delta";
      const falls = view.sort.descending !== (byValue && maximized);
      const bare = column.id === "star" || column.id === "state";
      return html`<div
        role="columnheader"
        id=${activeId({ place: -1, cell })}
        class=${cellClasses(column, cell, { sortable: isSortable(column), sorted, active: active.place === -1 && active.cell === cell })}
        aria-colindex=${cell + 1}
        aria-sort=${ifDefined(sorted ? (falls ? "descending" : "ascending") : undefined)}
        aria-label=${ifDefined(bare ? column.title : undefined)}
        title=${column.title}
        data-column=${column.id}
      ><span>${bare ? nothing : column.title}</span>${sorted ? icon(falls ? "descending" : "ascending") : nothing}${
        bare ? nothing : html`<i class="grip" data-grip=${column.id}></i>`
      }</div>`;
    })}
  </div>`;
}

export interface LinePlace {
  readonly place: number;
  readonly active: Active;
  readonly hovered: boolean;
  readonly actions: TemplateResult | typeof nothing;
}

export function trialLine(context: RowContext, index: number, line: LinePlace): TemplateResult {
  const { table, selected, columns } = context;
  const trial = table.rows.numbers[index] ?? 0;
  const state = stateOf(table, index);
  const isActive = line.active.place === line.place;
  const speaks = saysWhy(context, index, state);
  return html`<div
    role="row"
    id=${activeId({ place: line.place, cell: -1 })}
    class=${classMap({
      row: true,
      quiet: quiet.includes(state),
      selected: selected.has(trial),
      active: isActive,
      "by-cell": isActive && line.active.cell >= 0,
      hover: line.hovered,
    })}
    .style=${`transform:translateY(${line.place * 22}px)`}
    aria-rowindex=${line.place + 2}
    aria-selected=${selected.has(trial) ? "true" : "false"}
    data-place=${line.place}
  >
    ${columns.map((column, cell) =>
      speaks && column.id === "curve"
        ? nothing
        : cellOf(context, index, column, cell, line, speaks && column.id === "delta"),
    )}
    ${line.actions}
  </div>`;
}

/** Whether a trial without a value says why, over the two columns that would be empty. */
function saysWhy({ table, columns }: RowContext, index: number, state: BoardState): boolean {
  if (state === "running" || (table.rows.notes[index] ?? "") === "") return false;
  const from = columns.findIndex(({ id }) => id === "delta");
  const adjoining = from >= 0 && columns[from + 1]?.id === "curve";
  return adjoining && Number.isNaN(numberAt(table, "objective", index));
}

function cellOf(
  context: RowContext,
  index: number,
  column: PlacedColumn,
  cell: number,
  line: LinePlace,
  wide: boolean,
): TemplateResult {
  const { content, classes, title } = contentOf(context, index, column);
  const active = line.active.place === line.place && line.active.cell === cell;
  return html`<div
    role=${column.id === "number" ? "rowheader" : "gridcell"}
    id=${activeId({ place: line.place, cell })}
    class=${cellClasses(column, cell, { ...classes, active, wide, ...(wide ? { right: false } : {}) })}
    aria-colindex=${cell + 1}
    title=${ifDefined(title)}
    data-cell=${column.id}
  >${content}</div>`;
}

interface Content {
  readonly content: TemplateResult | typeof nothing;
  readonly classes?: Record<string, boolean>;
  readonly title?: string;
}

function contentOf(context: RowContext, index: number, column: PlacedColumn): Content {
  const { table } = context;
  switch (column.id) {
    case "rank": {
      const rank = table.ranks[index] ?? 0;
      return {
        content: html`<span>${rank === 0 ? nothing : rank}</span>`,
        classes: { number: true },
      };
    }
    case "star": {
      const starred = table.rows.starred[index] === 1;
      const label = starred ? "Starred" : "Not starred";
      return {
        content: html`<span class=${classMap({ star: true, on: starred })} role="img" aria-label=${label}>${icon(starred ? "starred" : "star")}</span>`,
      };
    }
    case "state":
      return { content: stateIcon(stateOf(table, index)) };
    case "number":
      return {
        content: html`<span>${table.rows.numbers[index]}</span>`,
        classes: { number: true },
      };
    case "delta":
      return deltaContent(table, index, column);
    case "curve":
      return curveContent(context, index);
    case "step":
      return stepContent(table, index);
    default:
      return valueContent(table, index, column);
  }
}

function deltaContent(table: Table, index: number, column: PlacedColumn): Content {
  const { best } = table.header;
  const note = table.rows.notes[index] ?? "";
  const value = numberAt(table, "objective", index);
  if (note !== "" && (Number.isNaN(value) || stateOf(table, index) === "pruned")) {
    return { content: html`<span>${note}</span>`, classes: { dim: true }, title: note };
  }
  if (best === null || Number.isNaN(value) || column.format === null) return { content: nothing };
  if (table.ranks[index] === 1) return { content: html`<span>best</span>`, classes: { dim: true } };
  const difference = differenceText(value, best, column.format);
  return {
    content: html`<span>${difference === "" ? "equal" : difference}</span>`,
    classes: { number: difference !== "", dim: true },
  };
}

function curveContent({ table, curve }: RowContext, index: number): Content {
  const found = curve(table.rows.numbers[index] ?? 0);
  if (found === undefined || table.field === null) return { content: nothing };
  const drawn = sparkline(found, table.field, table.header.objective ?? "");
  return { content: html`<span class="spark ${stateOf(table, index)}">${drawn}</span>` };
}

function stepContent(table: Table, index: number): Content {
  // Of steps that are counted from 0, as many have been made as there are reports.
  const before = table.field?.counted ? 1 : 0;
  const step = numberAt(table, "step", index) + before;
  const last = table.field === null ? undefined : table.field.lastStep + before;
  if (Number.isNaN(step)) return { content: html`<span>–</span>`, classes: { number: true } };
  const of = last === undefined ? nothing : html`<span class="dim">/${last}</span>`;
  const runs = stateOf(table, index) === "running" && last !== undefined && last > 0;
  const bar = runs
    ? html`<i .style=${`--at:${Math.min(1, step / last).toFixed(3)}`}></i>`
    : nothing;
  return {
    content: html`<span>${step}${of}</span>${bar}`,
    classes: { number: true, progress: true },
  };
}

function valueContent(table: Table, index: number, column: PlacedColumn): Content {
  const text = textAt(table, column, index);
  const slot = column.id === "slot";
  return {
    content: html`<span>${text}</span>${rangeMark(table, index, column)}`,
    classes: { number: !slot, dim: text === "–", range: column.range !== null },
    title: `${column.title}: ${exactAt(table, column, index)}`,
  };
}

function rangeMark(
  table: Table,
  index: number,
  { id, range }: PlacedColumn,
): TemplateResult | typeof nothing {
  const value = numberAt(table, id, index);
  if (range === null || Number.isNaN(value) || value <= 0) return nothing;
  const at = Math.log(value / range.min) / Math.log(range.max / range.min);
  return html`<i .style=${`--at:${Math.min(1, Math.max(0, at)).toFixed(3)}`}></i>`;
}

export function foldLine(
  fold: Fold,
  columns: number,
  line: Omit<LinePlace, "actions">,
): TemplateResult {
  const opens = fold.trials.length > 0;
  const isActive = line.active.place === line.place;
  // A grid's rows have no aria-expanded, its cells do: so the cell is what is active.
  return html`<div
    role="row"
    class=${classMap({ row: true, active: isActive, hover: line.hovered })}
    .style=${`transform:translateY(${line.place * 22}px)`}
    aria-rowindex=${line.place + 2}
    data-place=${line.place}
  >
    <div
      role="gridcell"
      id=${activeId({ place: line.place, cell: -1 })}
      class="fold"
      aria-colindex="1"
      aria-colspan=${columns}
      aria-expanded=${ifDefined(opens ? (fold.open ? "true" : "false") : undefined)}
    >
      <span class="twisty">${opens ? icon(fold.open ? "down" : "right") : icon("right", "unseen")}</span>
      ${stateIcon(fold.state)}<span class="cut">${fold.text}</span>
    </div>
  </div>`;
}
