/** Changes to the text of a sweep file. */
import type { TextRange } from "../sweep/tree.js";
import { entriesOf, isBlank, type Line, lineAt, linesOf } from "./outline.js";

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The text with edits that do not overlap; lines that they bring end as those of the text do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit) => inLinesOf(text, edit))
    .sort((a, b) => b.range.start - a.range.start);
  return ordered.reduce(
    (changed, { range, newText }) =>
      changed.slice(0, range.start) + newText + changed.slice(range.end),
    text,
  );
}

/** The edit with the line breaks of the text; editors that are handed edits see to that themselves. */
export function inLinesOf(text: string, edit: TextEdit): TextEdit {
  if (!/[\r\n]/.test(edit.newText)) return edit;
  return { ...edit, newText: edit.newText.replaceAll(/\r\n|\r|\n/g, newlineOf(text)) };
}

/** The line break that most lines of a text end with. */
export function newlineOf(text: string): string {
  const all = text.split("\n").length - 1;
  const withReturn = text.split("\r\n").length - 1;
  return withReturn > all / 2 ? "\r\n" : "\n";
}

/** Another word in the quotes of the one that is there. */
export function rewordAt(text: string, range: TextRange, word: string): TextEdit {
  const [quote = ""] = /^["']/.exec(text.slice(range.start, range.end)) ?? [];
  return { range, newText: `${quote}${word}${quote}` };
}

/** The line of an offset, and its words before the offset. */
export function lineOf(
  text: string,
  offset: number,
): { readonly line: Line; readonly before: string } {
  const line = lineAt(text, offset);
  return { line, before: line.text.slice(0, Math.max(0, offset - line.start)) };
}

/**
 * Deletes an entry with all of its lines; undefined where other entries share them, as they do in
 * brackets. Comments and blank lines behind it stay.
 */
export function removalOf(text: string, keyRange: TextRange): TextEdit | undefined {
  const { line, before } = lineOf(text, keyRange.start);
  if (before.trim() !== "") return undefined;
  const lines = linesOf(text);
  let end = line.number + 1;
  for (let number = end; number < lines.length; number += 1) {
    const next = lines[number];
    if (next === undefined || !(isBlank(next) || isInside(next, before.length))) break;
    if (!isBlank(next)) end = number + 1;
  }
  const stop = lines[end]?.start ?? text.length;
  return { range: { start: line.start, end: stop }, newText: "" };
}

/** Whether a line belongs to a key with this indent; the dashes of its list may stand below it. */
function isInside(line: Line, indent: number): boolean {
  const own = line.text.search(/\S/);
  return own > indent || (own === indent && entriesOf(line)[0]?.kind === "item");
}

/**
 * Deletes an item of a list: its line, or, in brackets, the words between two commas. Undefined
 * where it is the only one in its brackets, or where it goes on below its line.
 */
export function itemRemovalOf(text: string, range: TextRange): TextEdit | undefined {
  const { line, before } = lineOf(text, range.start);
  const lineEnd = line.start + line.text.length;
  if (range.end > lineEnd) return undefined;
  if (/^\s*(?:-\s*)?$/.test(before)) {
    const breakLength = /^(?:\r\n|\r|\n)?/.exec(text.slice(lineEnd))?.[0].length ?? 0;
    return { range: { start: line.start, end: lineEnd + breakLength }, newText: "" };
  }
  const [behind = ""] = /^\s*,[ \t]*/.exec(text.slice(range.end)) ?? [];
  if (behind !== "") {
    return { range: { start: range.start, end: range.end + behind.length }, newText: "" };
  }
  const [ahead = ""] = /,\s*$/.exec(text.slice(0, range.start)) ?? [];
  if (ahead === "") return undefined;
  return { range: { start: range.start - ahead.length, end: range.end }, newText: "" };
}
