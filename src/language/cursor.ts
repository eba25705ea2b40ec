/**
 * Where the cursor stands in a sweep file, however broken: found by indentation and brackets from
 * the lines around it, so that the answer costs the same in a long file as in a short one.
 */
import type { TextRange } from "../sweep/tree.js";
import { type FlowFrame, framesBetween, keysAfter } from "./flow.js";
import {
  commentStart,
  type Entry,
  entriesOf,
  inlineValue,
  isBlank,
  isDocumentMark,
  type Line,
  linesOf,
} from "./outline.js";

/** A key; null stands for an item of a list. */
export type Path = readonly (string | null)[];

export interface Cursor {
  /**
   * At a key: what holds the key. At a value: the value. At an item, which may turn out to be
   * either: the item.
   */
  readonly path: Path;
  readonly at: "key" | "value" | "item";
  /** The word being written, quotes included; empty between words. */
  readonly word: TextRange;
  /** By key, the texts of the values beside it in the same map, without the cursor's own. */
  readonly siblings: ReadonlyMap<string, string>;
  readonly style: "block" | "flow";
  /** Directly behind a colon or dash: a space is wanted before a value. */
  readonly needsSpace: boolean;
  /** A colon follows already. */
  readonly hasColon: boolean;
}

/** Undefined where nothing can be completed: in comments, blocks of text, and behind a value. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const lines = linesOf(text);
  const line = lineAt(lines, offset);
  const column = offset - line.start;
  const comment = commentStart(line.text);
  if ((comment !== undefined && column > comment) || isDocumentMark(line)) return undefined;
  const own = entriesOf(line);
  const passed = own.filter((entry) => column >= entry.valueStart);
  const upcoming = own[passed.length];
  const last = passed.at(-1);
  const limit = last ?? { kind: "key", indent: upcoming?.indent ?? indentOf(line, column) };
  const ancestors = [...passed.slice(0, -1).map((entry) => ({ line, entry }))];
  const above = ancestorsAbove(lines, line.number, passed[0] ?? limit);
  const outer = [...above, ...ancestors];
  const flow = flowAt(text, offset, lines, last ? [...outer, { line, entry: last }] : outer);
  if (flow !== "none") return flow;
  if (above.some(hasInlineValue)) return undefined;
  return inBlock({ text, offset, lines, line, outer, last, upcoming });
}

interface Placed {
  readonly line: Line;
  readonly entry: Entry;
}

interface Spot {
  readonly text: string;
  readonly offset: number;
  readonly lines: readonly Line[];
  readonly line: Line;
  /** What holds the entry that the cursor belongs to, outermost first. */
  readonly outer: readonly Placed[];
  /** The entry behind whose colon or dash the cursor stands. */
  readonly last: Entry | undefined;
  /** The entry in whose key, or before which, it stands. */
  readonly upcoming: Entry | undefined;
}

function inBlock({ text, offset, lines, line, outer, last, upcoming }: Spot): Cursor | undefined {
  const path = outer.map(stepOf);
  const word = wordAround(text, offset, line, last, upcoming);
  if (word === undefined) return undefined;
  const behind = { ...word, style: "block" as const, hasColon: upcoming?.kind === "key" };
  if (last?.kind === "key") {
    const siblings = siblingsIn(lines, outer, line, last.indent);
    const needsSpace = offset === line.start + last.valueStart;
    return { ...behind, path: [...path, last.key], at: "value", siblings, needsSpace };
  }
  if (last?.kind === "item") {
    const itself = [...outer, { line, entry: last }];
    const siblings = siblingsIn(lines, itself, line, upcoming?.indent);
    const needsSpace = offset === line.start + last.valueStart;
    return { ...behind, path: [...path, null], at: "item", siblings, needsSpace };
  }
  const siblings = siblingsIn(lines, outer, line);
  return { ...behind, path, at: "key", siblings, needsSpace: false };
}

function stepOf({ entry }: Placed): string | null {
  return entry.kind === "key" ? entry.key : null;
}

function lineAt(lines: readonly Line[], offset: number): Line {
  const found = lines.findLast(({ start }) => start <= offset);
  return found ?? { number: 0, start: 0, text: "" };
}

/** Of the words on a line; on a blank line the cursor's own column. */
function indentOf({ text }: Line, column: number): number {
  const indent = text.search(/\S/);
  return indent < 0 ? column : Math.min(indent, column);
}

/** What a line is inside of, outermost first: the nearest lines above with less and less indent. */
function ancestorsAbove(
  lines: readonly Line[],
  from: number,
  inner: Pick<Entry, "kind" | "indent">,
): Placed[] {
  const found: Placed[] = [];
  let { kind, indent } = inner;
  for (let number = from - 1; number >= 0 && (indent > 0 || kind === "item"); number -= 1) {
    const line = lines[number];
    if (line === undefined || isBlank(line)) continue;
    if (isDocumentMark(line)) break;
    for (const entry of entriesOf(line).toReversed()) {
      // The dashes of a list may stand right below the first letter of its key.
      const holdsList = kind === "item" && entry.kind === "key" && entry.indent === indent;
      if (entry.indent >= indent && !holdsList) continue;
      found.push({ line, entry });
      ({ kind, indent } = entry);
    }
  }
  return found.reverse();
}

/** Neither a place for keys nor for a value: a scalar, or the lines of a block of text. */
function hasInlineValue({ line, entry }: Placed): boolean {
  if (entriesOf(line).at(-1)?.indent !== entry.indent) return false;
  const value = inlineValue(line, entry).replace(/^(?:[&!]\S*\s*)+/, "");
  return value !== "";
}

function flowAt(
  text: string,
  offset: number,
  lines: readonly Line[],
  placed: readonly Placed[],
): Cursor | undefined | "none" {
  const root = lines.find((line) => !isBlank(line) && !isDocumentMark(line));
  if (root === undefined) return "none";
  const values = placed.map(({ line, entry }) => ({ line, column: entry.valueStart }));
  for (const [depth, { line, column }] of [{ line: root, column: 0 }, ...values].entries()) {
    const first = line.text.slice(column).search(/\S/);
    const from = line.start + column + first;
    if (first < 0 || from >= offset || !/[[{]/.test(text.charAt(from))) continue;
    const frames = framesBetween(text, from, offset);
    if (frames === undefined) return undefined;
    if (frames.length > 0) {
      return inFlow(text, offset, placed.slice(0, depth).map(stepOf), frames);
    }
  }
  return "none";
}

function inFlow(text: string, offset: number, above: Path, frames: readonly FlowFrame[]): Cursor {
  const path = [...above];
  const inner = frames.at(-1);
  for (const frame of frames.slice(0, -1))
    path.push(frame.kind === "map" ? (frame.key ?? "") : null);
  const siblings = new Map(inner?.siblings);
  for (const key of keysAfter(text, offset)) siblings.set(key, "");
  const { key } = inner ?? {};
  if (key !== undefined) siblings.delete(key);
  const tokenStart = inner?.tokenStart ?? offset;
  const typed = text.slice(tokenStart, offset);
  // A word is on one line, even where a value goes over several.
  const start = offset - (/[^\r\n]*$/.exec(typed.trimStart())?.[0].length ?? 0);
  const [rest = ""] = /^(?:\$?\{[^\s,{}[\]]*\}|[^\s,:{}[\]])*/.exec(text.slice(offset)) ?? [];
  const end = offset + rest.length;
  const common = { word: { start, end }, siblings, style: "flow" as const };
  const needsSpace = start === tokenStart && text.charAt(start - 1) === ":";
  const hasColon = /^[ \t]*:/.test(text.slice(end, end + 20));
  if (inner?.kind === "list") {
    return { ...common, path: [...path, null], at: "item", needsSpace: false, hasColon };
  }
  return key === undefined
    ? { ...common, path, at: "key", needsSpace: false, hasColon }
    : { ...common, path: [...path, key], at: "value", needsSpace, hasColon: false };
}

/** Undefined before a word that is there already, and behind one that has ended. */
function wordAround(
  text: string,
  offset: number,
  line: Line,
  last: Entry | undefined,
  upcoming: Entry | undefined,
): { word: TextRange } | undefined {
  const from = line.start + (last?.valueStart ?? 0);
  const before = text.slice(from, offset);
  const leading = /^\s*(?:[&!]\S*\s+)*/.exec(before)?.[0].length ?? 0;
  const start = from + leading;
  const lineEnd = line.start + line.text.length;
  if (upcoming !== undefined) {
    const end = line.start + upcoming.end;
    // Spaces may stand between a key and its colon.
    const isInWord = line.start + upcoming.indent <= offset && offset <= end;
    return isInWord ? { word: { start, end } } : undefined;
  }
  const typed = text.slice(start, offset);
  // A second word belongs to a text, or is on its way to nowhere.
  if (/\s/.test(typed) || /^[|>]/.test(typed)) return undefined;
  const [rest = ""] = /^\S*/.exec(text.slice(offset, lineEnd)) ?? [];
  if (typed === "" && rest !== "" && last === undefined) return undefined;
  return { word: { start, end: offset + rest.length } };
}

/** The keys of the map that the innermost of `outer` holds, without those on the cursor's line. */
function siblingsIn(
  lines: readonly Line[],
  outer: readonly Placed[],
  own: Line,
  ownIndent?: number,
): ReadonlyMap<string, string> {
  const siblings = new Map<string, string>();
  const holder = outer.at(-1);
  const floor = holder?.entry.indent ?? -1;
  let indent = ownIndent;
  for (const line of lines.slice(holder?.line.number ?? 0)) {
    const beside = line === holder?.line;
    if (isBlank(line)) continue;
    if (isDocumentMark(line)) {
      if (siblings.size > 0) break;
      continue;
    }
    const entries = entriesOf(line).filter((entry) => !beside || entry.indent > floor);
    const first = entries[0];
    if (!beside && endsMap(first, holder)) break;
    if (first === undefined) continue;
    indent ??= first.indent;
    if (first.kind !== "key" || first.indent !== indent || line === own) continue;
    siblings.set(first.key, inlineValue(line, first));
  }
  return siblings;
}

/** Whether a line belongs no more to what `holder` holds. */
function endsMap(first: Entry | undefined, holder: Placed | undefined): boolean {
  if (holder === undefined || first === undefined) return false;
  const { entry } = holder;
  if (first.indent > entry.indent) return false;
  return !(first.kind === "item" && entry.kind === "key" && first.indent === entry.indent);
}
