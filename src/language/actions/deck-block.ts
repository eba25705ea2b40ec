/** Additions to the `sweepdeck:` block, which is made where there is none. */
import type { SweepDocument } from "../../sweep/parse.js";
import { entryOf, isNull, type ListNode, type MapNode, type TextNode } from "../../sweep/tree.js";
import { lineOf, newlineOf, type TextEdit } from "../edit.js";
import { insertion } from "../fixes/fix.js";
import { type Action, type Occasion, rewriting } from "./action.js";
import { isFlow, newlineAt, trimmedLineEnd } from "./redefine.js";

/** The script's own values as the first trial: what a search is to beat. */
export function defaultsFirst({ parsed: { document } }: Occasion): Action | undefined {
  const { root } = document;
  const deck = entryOf(root, "sweepdeck")?.value;
  const initial = entryOf(deck, "initial");
  if (initial === undefined || isNull(initial.value)) {
    if (initial !== undefined) return undefined;
    const edit = additionToDeck(document, "initial", "[defaults]");
    return edit && rewriting("Try the script's own values first", [edit]);
  }
  if (initial.value.kind !== "list" || hasDefaults(initial.value)) return undefined;
  const edit = firstItem(document.text, initial.value, "defaults");
  return edit && rewriting("Try the script's own values first", [edit]);
}

function hasDefaults({ items }: ListNode): boolean {
  return items.some((item) => item.kind === "scalar" && item.value === "defaults");
}

function firstItem(
  text: string,
  { range, items }: ListNode,
  written: string,
): TextEdit | undefined {
  if (text.charAt(range.start) === "[") {
    return insertion(range.start + 1, items.length === 0 ? written : `${written}, `);
  }
  const { before } = lineOf(text, range.start);
  if (text.charAt(range.start) !== "-") return undefined;
  return insertion(range.start, `- ${written}${newlineOf(text)}${before}`);
}

/** A key that the block lacks, behind those that are there. */
function additionToDeck(
  document: SweepDocument,
  key: string,
  written: string,
): TextEdit | undefined {
  const { text, root } = document;
  if (root?.kind !== "map") return undefined;
  const entry = entryOf(root, "sweepdeck");
  if (entry === undefined) return newBlock(text, root, `${key}: ${written}`);
  const { value } = entry;
  if (isNull(value)) {
    const at = trimmedLineEnd(text, entry.keyRange.end);
    return insertion(at, `${newlineOf(text)}  ${key}: ${written}`);
  }
  return value.kind === "map" ? appended(text, value, `${key}: ${written}`) : undefined;
}

function newBlock(text: string, root: MapNode, written: string): TextEdit | undefined {
  if (isFlow(text, root)) return appended(text, root, `sweepdeck: {${written}}`);
  const newline = newlineOf(text);
  // Behind the mark that ends a document another one would begin.
  const mark = /^\.\.\.(?=\s|$)/m.exec(text.slice(root.range.start));
  const stop = mark === null ? text.length : root.range.start + mark.index;
  const end = text.slice(0, stop).trimEnd().length;
  return {
    range: { start: end, end: stop },
    newText: `${newline}sweepdeck:${newline}  ${written}${newline}`,
  };
}

function appended(text: string, map: MapNode, written: string): TextEdit | undefined {
  const last = map.entries.at(-1);
  if (isFlow(text, map)) {
    const closing = map.range.start + text.slice(map.range.start, map.range.end).lastIndexOf("}");
    const inside = text.slice(map.range.start + 1, closing);
    const at = map.range.start + 1 + inside.trimEnd().length;
    return insertion(at, last === undefined ? written : `, ${written}`);
  }
  if (last === undefined) return undefined;
  const first = map.entries[0] ?? last;
  const end = endOf(text, last.value, last.keyRange.end);
  const at = trimmedLineEnd(text, end);
  return insertion(at, `${newlineAt(text, first.keyRange.start)}${written}`);
}

function endOf(text: string, { range }: TextNode, keyEnd: number): number {
  return range.end <= keyEnd
    ? keyEnd
    : range.start + text.slice(range.start, range.end).trimEnd().length;
}
