/** Which lines are in sight, and how to bring a cell into sight. */
import type { PlacedColumn } from "./grid-columns.js";
import type { Active } from "./grid-rows.js";

export const rowHeight = 22;
export const headerHeight = 25;
/** Lines drawn beyond each edge, so that scrolling finds them there. */
const beyond = 8;

export interface Range {
  readonly first: number;
  readonly last: number;
}

export function rangeInSight(scroller: HTMLElement): Range {
  const first = Math.floor(scroller.scrollTop / rowHeight) - beyond;
  const last = Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + beyond;
  return { first: Math.max(0, first), last };
}

/** How many lines a page has. */
export function pageOf(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1);
}

export function scrollToCell(
  scroller: HTMLElement,
  columns: readonly PlacedColumn[],
  { place, cell }: Active,
): void {
  const [top, bottom] = [place * rowHeight, (place + 1) * rowHeight];
  const height = scroller.clientHeight - headerHeight;
  if (place >= 0 && top < scroller.scrollTop) scroller.scrollTop = top;
  else if (place >= 0 && bottom > scroller.scrollTop + height) scroller.scrollTop = bottom - height;
  const column = columns[cell];
  if (column === undefined || column.pinnedAt !== null) return;
  const widthOf = (some: readonly PlacedColumn[]): number =>
    some.reduce((sum, { width }) => sum + width, 0);
  const left = widthOf(columns.slice(0, cell));
  const from = left - widthOf(columns.filter(({ pinnedAt }) => pinnedAt !== null));
  const to = left + column.width - scroller.clientWidth;
  if (from < scroller.scrollLeft) scroller.scrollLeft = from;
  else if (to > scroller.scrollLeft) scroller.scrollLeft = to;
}
