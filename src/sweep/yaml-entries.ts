/**
 * A document as its entries of whole lines, so that a keystroke costs the entry that it is in.
 *
 * Most of the time of reading a sweep goes into parsing YAML, and a keystroke changes one entry of
 * hundreds. In a block map each entry is whole lines, from a key at the map's indent to the next
 * one, and it means the same wherever it stands, unless anchors, directives or several documents
 * tie lines together. Where that is not plain to see, the text is not divided.
 */
import type { ProblemFacts, Report } from "./problem.js";
import type { MapEntry, MapNode, TextNode, TextRange } from "./tree.js";

/** Whole lines with one key at their indent, and what is below it. */
export interface Lines {
  readonly start: number;
  readonly text: string;
}

export interface DividedDocument {
  readonly entries: readonly Lines[];
  /** In place of those of `entries[parametersAt]`, whose own lines are the key alone. */
  readonly parameters: readonly Lines[];
  readonly parametersAt: number;
}

/**
 * What may tie lines together: anchors and aliases, directives and marks of documents, tabs. The
 * signs in `W&B` and `width * layers` tie nothing: an anchor begins a value, and has a name.
 */
const ties = /(?:^|[\s,[{:])[&*](?=\S)|[\t\u2028\u2029\u0085]|^(?:%|---|\.\.\.)|\r(?!\n)/m;
const key = /^ *(?:[A-Za-z_][\w.-]*|"[^"\\\r\n]*"|'[^'\r\n]*') *:(?=[ \r\n]|$)/;
const blank = /^[ ]*(?:#.*)?\r?$/;

/** Undefined where the text has to be read as a whole. */
export function divide(text: string): DividedDocument | undefined {
  // An indented comment at the very end may belong to any of the blocks that end there.
  if (ties.test(text) || /(?:^|\n) +#[^\n]*\s*$/.test(text.slice(-500))) return undefined;
  const entries = entriesAt(text, 0, 0);
  if (entries === undefined || entries.length === 0) return undefined;
  const parametersAt = entries.findIndex((lines) =>
    /^parameters:[ ]*(?:#.*)?\r?$/m.test(firstLine(lines)),
  );
  const whole = entries[parametersAt];
  if (whole === undefined) return { entries, parameters: [], parametersAt: -1 };
  const head = firstLine(whole);
  const body = whole.text.slice(head.length);
  const indent = /^(?: *(?:#.*)?\r?\n)*( +)(?=[^ #\r\n])/.exec(body)?.[1]?.length ?? 0;
  const parameters = indent > 0 ? entriesAt(body, whole.start + head.length, indent) : undefined;
  if (parameters === undefined) return { entries, parameters: [], parametersAt: -1 };
  return { entries, parameters, parametersAt };
}

function firstLine({ text }: Lines): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end + 1);
}

/** The entries of a block map; undefined where a line is neither a key nor clearly below one. */
function entriesAt(text: string, offset: number, indent: number): readonly Lines[] | undefined {
  const starts: number[] = [];
  let at = 0;
  while (at < text.length) {
    const lineBreak = text.indexOf("\n", at);
    const end = lineBreak < 0 ? text.length : lineBreak;
    const line = text.slice(at, end);
    if (!blank.test(line)) {
      const own = line.search(/[^ ]/);
      // The dashes of a list may stand below its key.
      const isBelow = own > indent || (own === indent && /^ *-(?: |\r?$)/.test(line));
      if (own === indent && key.test(line)) starts.push(at);
      else if (!isBelow || starts.length === 0) return undefined;
    }
    at = end + 1;
  }
  return starts.map((start, index) => ({
    start: offset + start,
    text: text.slice(start, starts[index + 1] ?? text.length),
  }));
}

type Reported = readonly [TextRange, ProblemFacts];

/** An entry as it was read by itself; its ranges count from its own start. */
interface KnownEntry {
  readonly entry: MapEntry;
  /** Where a map ends that it is the last of: behind the line break of a value. */
  readonly end: number;
  readonly reported: readonly Reported[];
}

/** The entries of the document that was read last; null for those that are not read by themselves. */
let known: ReadonlyMap<string, KnownEntry | null> = new Map();

type ReadWhole = (text: string, report: Report) => TextNode | undefined;

/**
 * What `readWhole` would make of the text, from the entries that were read before and the few that
 * are new. Undefined where the text cannot be divided, or an entry has something wrong with it that
 * may reach beyond it.
 */
export function readByEntries(
  text: string,
  readWhole: ReadWhole,
  report: Report,
): MapNode | undefined {
  const divided = divide(text);
  if (divided === undefined) return undefined;
  const { entries, parameters, parametersAt } = divided;
  const next = new Map<string, KnownEntry | null>();
  const reported: Reported[] = [];
  const read = (lines: Lines): Placed | undefined => {
    const entry = next.get(lines.text) ?? known.get(lines.text) ?? readEntry(lines.text, readWhole);
    next.set(lines.text, entry);
    if (entry === null) return undefined;
    for (const [range, facts] of entry.reported) reported.push([moved(range, lines.start), facts]);
    return { entry: entryMoved(entry.entry, lines.start), end: entry.end + lines.start };
  };
  const inner = mapOf(parameters.map(read));
  const outer = entries.map((lines, index) => {
    if (index !== parametersAt) return read(lines);
    const head = read({ start: lines.start, text: firstLine(lines) });
    if (head === undefined || inner === undefined) return undefined;
    return { entry: { ...head.entry, value: inner }, end: inner.range.end };
  });
  known = next;
  const root = mapOf(outer);
  if (root !== undefined) for (const [range, facts] of reported) report(range, facts);
  return root;
}

/** Null where it is no single entry, or where something is wrong with its form. */
function readEntry(text: string, readWhole: ReadWhole): KnownEntry | null {
  const reported: Reported[] = [];
  const root = readWhole(text, (range, facts) => reported.push([range, facts]));
  const [entry, second] = root?.kind === "map" ? root.entries : [];
  const isClean = reported.every(([, { code }]) => harmless.has(code));
  if (root === undefined || entry === undefined || second !== undefined || !isClean) return null;
  return { entry, end: root.range.end, reported };
}

/** What is said of single values, and carries no other place. */
const harmless: ReadonlySet<ProblemFacts["code"]> = new Set([
  "yaml-versions-differ",
  "date-as-text",
  "integer-too-large",
]);

interface Placed {
  readonly entry: MapEntry;
  readonly end: number;
}

/** Undefined where an entry is missing, or a key stands twice. */
function mapOf(placed: readonly (Placed | undefined)[]): MapNode | undefined {
  const whole = placed.filter((each) => each !== undefined);
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined || whole.length < placed.length) return undefined;
  const entries = whole.map(({ entry }) => entry);
  if (new Set(entries.map((entry) => entry.key)).size < entries.length) return undefined;
  return { kind: "map", range: { start: first.entry.keyRange.start, end: last.end }, entries };
}

function moved({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

function entryMoved(entry: MapEntry, by: number): MapEntry {
  const { key, keyRange, foreignKey, value } = entry;
  return {
    key,
    keyRange: moved(keyRange, by),
    ...(foreignKey !== undefined && {
      foreignKey: { ...foreignKey, range: moved(foreignKey.range, by) },
    }),
    value: nodeMoved(value, by),
  };
}

function nodeMoved(node: TextNode, by: number): TextNode {
  const range = moved(node.range, by);
  switch (node.kind) {
    case "scalar":
      return { ...node, range };
    case "list":
      return { kind: "list", range, items: node.items.map((item) => nodeMoved(item, by)) };
    case "map":
      return { kind: "map", range, entries: node.entries.map((entry) => entryMoved(entry, by)) };
  }
}
