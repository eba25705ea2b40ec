/** Offsets of a text as the positions that editors and language servers speak of. */
import type { TextRange } from "./tree.js";

/** Zero-based; `character` counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface PositionRange {
  readonly start: Position;
  readonly end: Position;
}

/** Made once for a text, then each look-up is a binary search. */
export interface Positions {
  at(offset: number): Position;
  of(range: TextRange): PositionRange;
  /** The inverse of `at`; a character beyond its line stands for the line's end. */
  offsetAt(position: Position): number;
}

export function positionsOf(text: string): Positions {
  const starts = [0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(index + lineBreak.length);
  }
  const at = (offset: number): Position => {
    const inside = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (starts[low] ?? 0) };
  };
  return {
    at,
    of: (range) => ({ start: at(range.start), end: at(range.end) }),
    offsetAt: ({ line, character }) => {
      const start = starts[Math.max(0, line)];
      if (start === undefined) return text.length;
      const next = starts[line + 1] ?? text.length;
      const lineText = text.slice(start, next).replace(/[\r\n]+$/, "");
      return start + Math.max(0, Math.min(character, lineText.length));
    },
  };
}
