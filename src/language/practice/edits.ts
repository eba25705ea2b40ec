/** Changes to parameters and to the metric. Each is undefined where the text has no room for it. */
import type { SweepDocument } from "../../sweep/parse.js";
import type { MapEntry, MapNode, TextRange } from "../../sweep/tree.js";
import { lineOf, type TextEdit } from "../edit.js";
import { isInBrackets } from "../rewrite.js";

type Field = readonly [key: string, text: string];

/** Other fields for a parameter, in the style in which it is written. */
export function otherFields(
  { text }: SweepDocument,
  { keyRange }: MapEntry,
  { range }: MapNode,
  fields: readonly Field[],
): TextEdit | undefined {
  // What an anchor or an alias stands before is written for other places too.
  const between = text.slice(keyRange.end, range.start);
  if (range.start < keyRange.end || !/^["']?\s*:\s*$/.test(between)) return undefined;
  const { before } = lineOf(text, range.start);
  const end = range.start + text.slice(range.start, range.end).trimEnd().length;
  const lines = fields.map(([key, value]) => `${key}: ${value}`);
  if (text.charAt(range.start) === "{") {
    return { range: { start: range.start, end }, newText: `{${lines.join(", ")}}` };
  }
  if (before.trim() !== "") return undefined;
  return { range: { start: range.start, end }, newText: lines.join(`\n${before}`) };
}

/** A parameter more, above one that stands on lines of its own, or before it in the same brackets. */
export function parameterAbove(
  document: SweepDocument,
  { keyRange }: MapEntry,
  name: string,
  fields: readonly Field[],
): TextEdit | undefined {
  if (isInBrackets(document, keyRange)) {
    const inside = fields.map(([key, value]) => `${key}: ${value}`).join(", ");
    return insertion(keyRange.start, `${name}: {${inside}}, `);
  }
  const { line, before } = lineOf(document.text, keyRange.start);
  if (before.trim() !== "") return undefined;
  const lines = [`${name}:`, ...fields.map(([key, value]) => `  ${key}: ${value}`)];
  return insertion(line.start, lines.map((each) => `${before}${each}\n`).join(""));
}

/** A key more behind one of the same map, on a line of its own or in the same brackets. */
export function keyBehind(
  document: SweepDocument,
  { keyRange, value }: MapEntry,
  [key, word]: Field,
): TextEdit {
  const { line, before } = lineOf(document.text, keyRange.start);
  if (isInBrackets(document, keyRange)) return insertion(value.range.end, `, ${key}: ${word}`);
  return insertion(line.start + line.text.length, `\n${before}${key}: ${word}`);
}

export function textIn({ text }: SweepDocument, { start, end }: TextRange): string {
  return text.slice(start, end);
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
