/** How wide each column is, and where the pinned ones stand. */
import type { ColumnSpec } from "../src/protocol.js";

export interface PlacedColumn extends ColumnSpec {
  readonly width: number;
  /** Pixels from the left edge at which it stays; null where it scrolls. */
  readonly pinnedAt: number | null;
  /** The last of the pinned ones, which carries the hairline. */
  readonly edge: boolean;
}

/** Widths that tell nothing of values, in pixels. */
const fixed: Readonly<Record<string, number>> = {
  rank: 36,
  star: 18,
  state: 20,
  number: 34,
  delta: 62,
  curve: 72,
  step: 52,
  time: 40,
  slot: 50,
};
const padding = 10;
/** Between the edge of the table and its first column. */
const margin = 10;
const arrowWidth = 9;
/** Enough for `weight_decay`. */
const longest = 96;

export type Measure = (text: string, font: "header" | "number") => number;

/** Shown columns, the pinned ones first. */
function placeColumns(
  columns: readonly ColumnSpec[],
  widths: Readonly<Record<string, number>>,
  sorted: string,
  measure: Measure,
): PlacedColumn[] {
  const shown = columns.filter(({ shown }) => shown);
  const ordered = [
    ...shown.filter(({ pinned }) => pinned),
    ...shown.filter(({ pinned }) => !pinned),
  ];
  let left = 0;
  return ordered.map((column, place) => {
    const width = widths[column.id] ?? widthOf(column, sorted === column.id, measure);
    const pinnedAt = column.pinned ? left : null;
    if (column.pinned) left += width;
    return {
      ...column,
      width,
      pinnedAt,
      edge: column.pinned && ordered[place + 1]?.pinned !== true,
    };
  });
}

/** The columns as they are placed now, and the rules that place them. */
export class ColumnLayout {
  readonly sheet = new CSSStyleSheet();
  /** The same array while nothing about the columns has changed. */
  columns: readonly PlacedColumn[] = [];
  #measure: Measure | undefined;
  #sources: readonly unknown[] = [];

  get width(): number {
    return this.columns.reduce((sum, { width }) => sum + width, 0);
  }

  place(
    columns: readonly ColumnSpec[],
    widths: Readonly<Record<string, number>>,
    sorted: string,
  ): void {
    const sources = [columns, widths, sorted];
    if (sources.every((source, place) => source === this.#sources[place])) return;
    this.#sources = sources;
    this.#measure ??= textMeasure(document.documentElement);
    this.columns = placeColumns(columns, widths, sorted, this.#measure);
    this.sheet.replaceSync(columnRules(this.columns));
  }
}

/**
 * The rules that place cells by the number of their column: `c0`, `c1` and so on. Rules, because
 * an inline style has each cell's style worked out by itself, which scrolling feels.
 */
function columnRules(columns: readonly PlacedColumn[]): string {
  const template = columns.map(({ width }) => `${width}px`).join(" ");
  const cells = columns.map(({ pinnedAt }, cell) => {
    const stays = pinnedAt === null ? "" : `.scrolled .c${cell}{left:${pinnedAt}px}`;
    return `.c${cell}{grid-column:${cell + 1}}${stays}`;
  });
  // A row's actions lie over its last two cells whole, not beside the first digits of one.
  const covered = columns.slice(-2).reduce((sum, { width }) => sum + width, 0);
  const over = `.over{grid-column:${Math.max(1, columns.length - 1)}/${columns.length + 1};min-width:${covered}px}`;
  return `.head,.row{grid-template-columns:${template} 1fr}${cells.join("")}${over}`;
}

/** Names and values in full, between the least and the most that a column of its kind takes. */
function widthOf(column: ColumnSpec, sorted: boolean, measure: Measure): number {
  const title = measure(column.title, "header") + (sorted ? arrowWidth : 0) + padding;
  const values = measure("0".repeat(column.characters), "number") + padding;
  const least = fixed[column.id];
  if (column.id === "star" || column.id === "state") return least ?? 0;
  if (column.id === "rank") return Math.ceil(Math.max(least ?? 0, values + margin));
  if (least !== undefined) return Math.ceil(Math.max(least, title, values));
  if (column.id === "objective") return Math.ceil(Math.min(112, Math.max(66, title, values)));
  // A word may end in an ellipsis; a number that is cut off is another number.
  const most = column.format === null ? longest : Math.max(longest, values);
  return Math.ceil(Math.min(most, Math.max(42, title, values)));
}

/** Measures text in the fonts of the page's root. */
function textMeasure(root: Element): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(root);
  const family = (name: string, fallback: string): string =>
    style.getPropertyValue(name).trim() || fallback;
  const fonts = {
    header: `11px ${family("--vscode-font-family", "sans-serif")}`,
    number: `12px ${family("--vscode-editor-font-family", "monospace")}`,
  };
  const known = new Map<string, number>();
  return (text, font) => {
    const key = `${font}:${text}`;
    const before = known.get(key);
    if (before !== undefined || context === null) return before ?? text.length * 7;
    context.font = fonts[font];
    const { width } = context.measureText(text);
    known.set(key, width);
    return width;
  };
}
