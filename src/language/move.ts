/** Moves keys with all of their lines to the block that they belong to. */
import type { SweepDocument } from "../sweep/parse.js";
import { entryOf, isNull, type MapEntry, type TextNode, type TextRange } from "../sweep/tree.js";
import { lineOf, removalOf, type TextEdit } from "./edit.js";
import { isInBrackets } from "./rewrite.js";
import { trailAt } from "./trail.js";

const step = "  ";

/**
 * To the end of the block at `home`, a path of keys (empty: in front of the block that the keys
 * stand in). Undefined where other entries share the lines, as they do in brackets.
 */
export function moveKeys(
  document: SweepDocument,
  keyRanges: readonly TextRange[],
  home: string,
): readonly TextEdit[] | undefined {
  const { text, root } = document;
  if (keyRanges.some((range) => isInBrackets(document, range))) return undefined;
  const removals = keyRanges
    .map((range) => removalOf(text, range))
    .filter((removal) => removal !== undefined)
    .sort((a, b) => a.range.start - b.range.start);
  const [first] = removals;
  if (first === undefined || removals.length < keyRanges.length) return undefined;
  const moved = removals
    .map(({ range }) => wholeLines(text.slice(range.start, range.end)))
    .join("");
  const place = home === "" ? placeAbove(document, first) : placeBelow(text, root, home, first);
  if (place === undefined) return undefined;
  const own = lineOf(text, first.range.start).line.text.search(/\S/);
  const newText = place.heading + reindented(moved, place.indent - own);
  if (place.offset === first.range.start) {
    return [{ range: first.range, newText }, ...removals.slice(1)];
  }
  const lead = lineOf(text, place.offset).line.start < place.offset ? "\n" : "";
  return [
    { range: { start: place.offset, end: place.offset }, newText: lead + newText },
    ...removals,
  ];
}

/** Where lines go, and by how many spaces they are indented there. */
interface Place {
  readonly offset: number;
  readonly indent: number;
  /** A key that is not there yet. */
  readonly heading: string;
}

/** In front of the block that holds a key. */
function placeAbove({ text, root }: SweepDocument, { range }: TextEdit): Place | undefined {
  const own = range.start + lineOf(text, range.start).line.text.search(/\S/);
  const holder = trailAt(root, own)?.path[0];
  const outer = typeof holder === "string" ? entryOf(root, holder) : undefined;
  if (outer === undefined) return undefined;
  return { offset: lineOf(text, outer.keyRange.start).line.start, indent: 0, heading: "" };
}

function placeBelow(
  text: string,
  root: TextNode | undefined,
  home: string,
  { range }: TextEdit,
): Place | undefined {
  const target = entryAt(root, home.split("."));
  if (target === undefined) {
    return home.includes(".")
      ? undefined
      : { offset: range.start, indent: step.length, heading: `${home}:\n` };
  }
  const { keyRange, value } = target;
  const { before } = lineOf(text, keyRange.start);
  const first = value.kind === "map" ? value.entries[0] : undefined;
  if (before.trim() !== "" || (first === undefined && !isUnwritten(value))) return undefined;
  const blockIndent = first && lineOf(text, first.keyRange.start).before;
  // In brackets, or on the line of its key: there is no line to add one to.
  if (blockIndent !== undefined && blockIndent.trim() !== "") return undefined;
  const offset = removalOf(text, keyRange)?.range.end ?? keyRange.end;
  return { offset, indent: (blockIndent ?? before + step).length, heading: "" };
}

function isUnwritten(value: TextNode): boolean {
  return isNull(value) && value.range.end === value.range.start;
}

function entryAt(root: TextNode | undefined, path: readonly string[]): MapEntry | undefined {
  let node = root;
  let entry: MapEntry | undefined;
  for (const key of path) {
    entry = entryOf(node, key);
    node = entry?.value;
  }
  return entry;
}

function wholeLines(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function reindented(lines: string, by: number): string {
  if (by >= 0) return lines.replaceAll(/^(?=[^\r\n])/gm, " ".repeat(by));
  return lines.replaceAll(new RegExp(`^ {1,${-by}}`, "gm"), "");
}
