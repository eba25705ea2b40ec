/**
 * Another definition for a parameter, written over the one that is there: what stays the same is not
 * touched, so that comments, order and spacing are those of the author.
 */
import type { SweepDocument } from "../../sweep/parse.js";
import { type MapEntry, type MapNode, numberOf, type TextRange } from "../../sweep/tree.js";
import { newlineOf, type TextEdit } from "../edit.js";
import { insertion } from "../fixes/fix.js";
import { headLength } from "../outline.js";

/** Keys and what is written behind them, in the order of a new definition. */
export type Fields = readonly (readonly [key: string, text: string])[];

/** Undefined where the definition is not written out at its place: behind an alias, or merged in. */
export function redefine(
  { text }: SweepDocument,
  { keyRange, value: node }: MapEntry,
  fields: Fields,
): readonly TextEdit[] | undefined {
  if (node.kind !== "map" || !isWrittenOut(text, node)) return undefined;
  if (isUsedElsewhere(text, { start: keyRange.start, end: node.range.end })) return undefined;
  if (isFlow(text, node) && isOnOneLine(text, node)) return inOneLine(text, node, fields);
  const wanted = new Map(fields);
  const present = new Map(node.entries.map((entry) => [entry.key, entry]));
  const removed = node.entries.filter(({ key }) => !wanted.has(key));
  const added = fields.filter(([key]) => !present.has(key));
  const edits = fields.flatMap(([key, written]) => {
    const entry = present.get(key);
    return entry === undefined ? [] : rewriteValue(text, entry, written);
  });
  // A key that goes makes room for one that comes: its line keeps its place and its comment.
  const replaced = removed.slice(0, added.length);
  for (const [index, entry] of replaced.entries()) {
    const [key = "", written = ""] = added[index] ?? [];
    edits.push({ range: spanOf(text, entry), newText: `${key}: ${written}` });
  }
  const gone = removed.slice(replaced.length);
  for (const entry of gone) {
    if (isFlow(text, node)) edits.push(...flowRemoval(text, node, entry, gone));
    else edits.push(lineRemoval(text, entry));
  }
  const left = added.slice(replaced.length);
  return [...edits, ...additions(text, node, left)];
}

function isOnOneLine(text: string, { range }: MapNode): boolean {
  return !/[\r\n]/.test(text.slice(range.start, range.end));
}

/** In brackets on one line there is room to put the keys in order. */
function inOneLine(text: string, { range, entries }: MapNode, fields: Fields): readonly TextEdit[] {
  const inside = fields.map(([key, written]) => {
    const entry = entries.find((each) => each.key === key);
    return `${key}: ${entry === undefined ? written : kept(text, entry, written)}`;
  });
  const [, before = "", after = ""] =
    /^\{(\s*)[\s\S]*?(\s*)\}$/.exec(text.slice(range.start, range.end)) ?? [];
  const newText = `{${before}${inside.join(", ")}${after}}`;
  return newText === text.slice(range.start, range.end) ? [] : [{ range, newText }];
}

/** The same number as its author wrote it, unless W&B reads it as text. */
function kept(text: string, { value }: MapEntry, written: string): string {
  const current = text.slice(value.range.start, value.range.end).trimEnd();
  const isSame = numberOf(value) !== undefined && numberOf(value) === Number(written);
  const isNumber = value.kind === "scalar" && !value.textToPyYaml;
  return isSame && isNumber && !tellsOtherwise(current, written) ? current : written;
}

/** `1` and `1.0` are one number, and tell whole numbers from fractions. */
function tellsOtherwise(current: string, written: string): boolean {
  const isWhole = (text: string) => /^[-+]?\d+$/.test(text);
  return Number.isInteger(Number(written)) && isWhole(current) !== isWhole(written);
}

export function isFlow(text: string, node: MapNode): boolean {
  return text.charAt(node.range.start) === "{";
}

function isWrittenOut(text: string, { range, entries }: MapNode): boolean {
  const start = text.slice(range.start, range.start + 2);
  const isHere = entries.every(
    ({ keyRange, value }) => contains(range, keyRange) && contains(range, value.range),
  );
  return entries.length > 0 && isHere && start.charAt(0) !== "*" && start !== "<<";
}

/** Whether an alias stands for what is written here: a change would change it there too. */
function isUsedElsewhere(text: string, { start, end }: TextRange): boolean {
  const anchors = text.slice(start, end).matchAll(/(?<=[\s[{,])&([^\s,[\]{}]+)/g);
  const aliases = new Set(
    [...text.matchAll(/(?<=[\s[{,])\*([^\s,[\]{}]+)/g)].map(([, name]) => name),
  );
  return [...anchors].some(([, name]) => aliases.has(name));
}

function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** From the key to the last letter of the value. */
function spanOf(text: string, { keyRange, value }: MapEntry): TextRange {
  const end = Math.max(value.range.end, keyRange.end);
  return {
    start: keyRange.start,
    end: keyRange.start + text.slice(keyRange.start, end).trimEnd().length,
  };
}

function rewriteValue(text: string, entry: MapEntry, wanted: string): readonly TextEdit[] {
  const { start, end } = entry.value.range;
  const written = kept(text, entry, wanted);
  const current = text.slice(start, end).trimEnd();
  if (current === written) return [];
  const isBeside = start > entry.keyRange.end && start < lineEnd(text, entry.keyRange.start);
  if (isBeside && !current.includes("\n")) {
    return [{ range: { start, end: start + current.length }, newText: written }];
  }
  return [{ range: spanOf(text, entry), newText: `${entry.key}: ${written}` }];
}

/** With the comma before it; those that come first go with the comma behind them. */
function flowRemoval(
  text: string,
  { range, entries }: MapNode,
  entry: MapEntry,
  removed: readonly MapEntry[],
): readonly TextEdit[] {
  const span = spanOf(text, entry);
  const before = entries.slice(0, entries.indexOf(entry));
  if (before.every((each) => removed.includes(each))) {
    const [comma = ""] = /^\s*,[ \t]*/.exec(text.slice(span.end, range.end)) ?? [];
    return [{ range: { start: span.start, end: span.end + comma.length }, newText: "" }];
  }
  const last = before.at(-1);
  const gap = { start: last === undefined ? range.start : spanOf(text, last).end, end: span.start };
  // A comma in a comment parts nothing.
  const between = text
    .slice(gap.start, gap.end)
    .replaceAll(/#[^\r\n]*/g, (each) => " ".repeat(each.length));
  const comma = gap.start + between.indexOf(",");
  if (!text.slice(gap.start, gap.end).includes("#")) {
    return [{ range: { start: comma, end: span.end }, newText: "" }];
  }
  return [
    { range: { start: comma, end: comma + 1 }, newText: "" },
    { range: span, newText: "" },
  ];
}

/** `distribution` comes first, the rest behind what is there. */
function additions(text: string, node: MapNode, added: Fields): readonly TextEdit[] {
  const [first, last] = [node.entries[0], node.entries.at(-1)];
  if (added.length === 0 || first === undefined || last === undefined) return [];
  const between = isFlow(text, node) ? ", " : newlineAt(text, first.keyRange.start);
  const written = (fields: Fields) => fields.map(([key, value]) => `${key}: ${value}`);
  const head = written(added.filter(([key]) => key === "distribution"));
  const tail = written(added.filter(([key]) => key !== "distribution"));
  const edits: TextEdit[] = [];
  if (head.length > 0) edits.push(insertion(first.keyRange.start, head.join(between) + between));
  if (tail.length > 0) {
    const end = spanOf(text, last).end;
    // Behind a comment that belongs to the last line.
    const at = isFlow(text, node) ? end : trimmedLineEnd(text, end);
    edits.push(insertion(at, tail.map((each) => between + each).join("")));
  }
  return edits;
}

/** A line break of the file's own kind, and the indent of what stands at `offset`. */
export function newlineAt(text: string, offset: number): string {
  const before = text.slice(lineStart(text, offset), offset);
  // Behind a dash, what follows stands below the first letter.
  return `${newlineOf(text)}${before.replaceAll(/\S/g, " ")}`;
}

/** Where words, a comment among them, end on the line of `offset`. */
export function trimmedLineEnd(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return offset + text.slice(offset, end).trimEnd().length;
}

/** The lines of an entry that has them to itself, as those of a block have. */
function lineRemoval(text: string, entry: MapEntry): TextEdit {
  const end = lineEnd(text, spanOf(text, entry).end);
  const [lineBreak = ""] = /^(?:\r\n|\r|\n)/.exec(text.slice(end, end + 2)) ?? [];
  const range = { start: lineStart(text, entry.keyRange.start), end: end + lineBreak.length };
  return { range, newText: "" };
}

function lineStart(text: string, offset: number): number {
  const first = headLength(text);
  let start = offset;
  while (start > first && !/[\r\n]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end += 1;
  return end;
}
