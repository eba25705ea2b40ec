/** What can be folded in a sweep file: every block of it, by its lines. */
import { type Entry, entriesOf, isBlank, isDocumentMark, type Line, linesOf } from "./outline.js";

/** Zero-based lines, both included. */
export interface Folding {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: "block" | "comment";
}

/** In the order of their first lines; also of texts that are no YAML. */
export function foldingOf(text: string): readonly Folding[] {
  const lines = linesOf(text);
  const found = [...blocksIn(lines), ...commentsIn(lines)];
  return found.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

interface Open {
  readonly line: number;
  readonly indent: number;
  readonly kind: Entry["kind"];
}

function blocksIn(lines: readonly Line[]): Folding[] {
  const found: Folding[] = [];
  const open: Open[] = [];
  let last = -1;
  const closeBefore = (indent: number, kind: Entry["kind"]): void => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      // The dashes of a list may stand right below the first letter of its key.
      const isInside =
        indent > top.indent || (indent === top.indent && kind === "item" && top.kind === "key");
      if (isInside) return;
      open.pop();
      if (last > top.line) found.push({ startLine: top.line, endLine: last, kind: "block" });
    }
  };
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = isDocumentMark(line) ? -1 : line.text.search(/\S/);
    const [first] = entriesOf(line);
    closeBefore(indent, first?.kind ?? "key");
    if (first !== undefined) open.push({ line: line.number, indent, kind: first.kind });
    if (!isDocumentMark(line)) last = line.number;
  }
  closeBefore(-1, "key");
  return found;
}

function commentsIn(lines: readonly Line[]): Folding[] {
  const found: Folding[] = [];
  let start: number | undefined;
  const end = (after: number): void => {
    if (start !== undefined && after - 1 > start) {
      found.push({ startLine: start, endLine: after - 1, kind: "comment" });
    }
    start = undefined;
  };
  for (const { number, text } of lines) {
    if (/^\s*#/.test(text)) start ??= number;
    else end(number);
  }
  end(lines.length);
  return found;
}
