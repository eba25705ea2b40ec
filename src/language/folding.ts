/** What can be folded in a sweep file: every block of it, by its lines. */
import { entriesOf, isBlank, isDocumentMark, type Line, linesOf } from "./outline.js";

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
}

function blocksIn(lines: readonly Line[]): Folding[] {
  const found: Folding[] = [];
  const open: Open[] = [];
  let last = -1;
  const close = (indent: number): void => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (last > top.line) found.push({ startLine: top.line, endLine: last, kind: "block" });
    }
  };
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = isDocumentMark(line) ? 0 : line.text.search(/\S/);
    const [first] = entriesOf(line);
    // The dashes of a list may stand right below the first letter of its key.
    const isListBelowKey = first?.kind === "item" && !startsWithDash(lines, open.at(-1));
    close(isListBelowKey ? indent + 1 : indent);
    if (first !== undefined) open.push({ line: line.number, indent });
    last = line.number;
  }
  close(0);
  return found;
}

function startsWithDash(lines: readonly Line[], open: Open | undefined): boolean {
  const line = open === undefined ? undefined : lines[open.line];
  return line !== undefined && entriesOf(line)[0]?.kind === "item";
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
