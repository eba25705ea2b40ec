/** Fixes that change more than a word. Each gives undefined where the text has no room for it. */
import type { SweepDocument } from "../sweep/parse.js";
import type { ProblemFacts } from "../sweep/problem.js";
import {
  entryOf,
  type MapEntry,
  type MapNode,
  type TextNode,
  type TextRange,
  visibleRange,
} from "../sweep/tree.js";
import { short } from "./distribution-words.js";
import { lineOf, rewordAt, type TextEdit } from "./edit.js";
import { written } from "./snippet.js";
import { trailAt } from "./trail.js";

type Edits = readonly TextEdit[];

/** The map that the problem's words are a key or a value of. */
export function holderAt({ root }: SweepDocument, { start }: TextRange): TextNode | undefined {
  return trailAt(root, start)?.holders.at(-1);
}

/** Whether brackets hold the key or the item that starts here, be it on a line of its own or not. */
export function isInBrackets({ text, root }: SweepDocument, { start }: TextRange): boolean {
  const holders = trailAt(root, start)?.holders ?? [];
  return holders.some(({ range }) => /[{[]/.test(text.charAt(range.start)));
}

export function swapBounds(document: SweepDocument, range: TextRange): Edits | undefined {
  const holder = holderAt(document, range);
  const [min, max] = [entryOf(holder, "min")?.value.range, entryOf(holder, "max")?.value.range];
  if (min === undefined || max === undefined) return undefined;
  const textIn = ({ start, end }: TextRange) => document.text.slice(start, end);
  return [
    { range: min, newText: textIn(max) },
    { range: max, newText: textIn(min) },
  ];
}

type Exponents = Extract<ProblemFacts, { code: "log-uniform-exponents" }>;

/** The distribution of values that was meant, or that comes to the same. */
export function exponentsAsValues(
  problem: Exponents,
  range: TextRange,
  document: SweepDocument,
): { readonly title: string; readonly edits: Edits } {
  const { replacement } = problem;
  const named: TextEdit = { range, newText: replacement };
  const holder = holderAt(document, range);
  const [min, max] = [entryOf(holder, "min"), entryOf(holder, "max")];
  if (problem.looksLike === "values" || min === undefined || max === undefined) {
    return { title: `Use ${replacement}`, edits: [named] };
  }
  const [from, to] = meantBounds(problem).map(writeNumber);
  return {
    title: `Use ${replacement} from ${from} to ${to}`,
    edits: [named, replaceValue(min, from ?? ""), replaceValue(max, to ?? "")],
  };
}

function meantBounds({
  looksLike,
  distribution,
  min,
  max,
  ...problem
}: Exponents): readonly number[] {
  if (looksLike !== "base-10") return [problem.sampledFrom, problem.sampledTo];
  return distribution === "inv_log_uniform" ? [10 ** -max, 10 ** -min] : [10 ** min, 10 ** max];
}

function replaceValue({ value }: MapEntry, newText: string): TextEdit {
  return { range: value.range, newText };
}

/** Four digits, with the dot and the sign without which PyYAML reads text. */
export function writeNumber(value: number): string {
  const text = short(value);
  return /^-?\d+e/.test(text) ? text.replace("e", ".0e") : text;
}

export function addDistribution(
  document: SweepDocument,
  range: TextRange,
  name: string,
): TextEdit | undefined {
  const node = trailAt(document.root, range.start)?.node;
  if (node?.kind !== "map") return undefined;
  const { start } = node.range;
  const isFlow = document.text.charAt(start) === "{";
  const { before } = lineOf(document.text, start);
  if (isFlow) {
    const first = start + 1 + document.text.slice(start + 1).search(/\S|$/);
    return insertAt(first, `distribution: ${name}, `);
  }
  return before.trim() === "" ? insertAt(start, `distribution: ${name}\n${before}`) : undefined;
}

function insertAt(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

/** `lr: [1, 2]` becomes `values: [1, 2]` below `lr:`. */
export function wrapParameter(
  document: SweepDocument,
  range: TextRange,
  key: "value" | "values",
): Edits | undefined {
  const { text, root } = document;
  const entry = trailAt(root, range.start)?.entry ?? listEntryAt(root, range);
  const written = text.slice(range.start, range.end);
  if (entry === undefined || written.includes("\n")) return undefined;
  const { line, before } = lineOf(text, entry.keyRange.start);
  if (range.start >= line.start + line.text.length) return undefined;
  const gap = { start: text.lastIndexOf(":", range.start) + 1, end: range.start };
  if (before.trim() === "" && !isInBrackets(document, entry.keyRange)) {
    return [{ range: gap, newText: `\n${before}  ${key}: ` }];
  }
  return [insertAt(range.start, `{${key}: `), insertAt(range.end, "}")];
}

/** The entry whose value is the list that starts here. */
function listEntryAt(node: TextNode | undefined, range: TextRange): MapEntry | undefined {
  if (node?.kind !== "map") return undefined;
  for (const entry of node.entries) {
    const { value } = entry;
    if (value.range.start === range.start && value.kind === "list") return entry;
    const inside = listEntryAt(value, range);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Puts `parameters:` between a group and its parameters. */
export function nestGroup(document: SweepDocument, range: TextRange): Edits | undefined {
  const node = trailAt(document.root, range.start)?.node;
  if (node?.kind !== "map") return undefined;
  const { text } = document;
  const { start } = node.range;
  if (text.charAt(start) === "{") return nestInBrackets(node);
  const { line, before } = lineOf(text, start);
  if (before.trim() !== "") return undefined;
  const end = start + text.slice(start, node.range.end).trimEnd().length;
  const lineStarts = [...text.slice(line.start, end).matchAll(/(?<=\n)(?=[^\r\n])/g)];
  return [
    insertAt(line.start, `${before}parameters:\n  `),
    ...lineStarts.map(({ index }) => insertAt(line.start + index, "  ")),
  ];
}

function nestInBrackets({ range }: MapNode): Edits {
  return [insertAt(range.start, "{parameters: "), insertAt(range.end, "}")];
}

/** A key more at the end of a map; undefined where the map is not there. */
export function addKey(
  { text }: SweepDocument,
  node: TextNode | undefined,
  entry: string,
): Edits | undefined {
  const last = node?.kind === "map" ? node.entries.at(-1) : undefined;
  if (node === undefined || last === undefined) return undefined;
  const { start, end } = visibleRange(last);
  const behind = start + text.slice(start, end).trimEnd().length;
  if (text.charAt(node.range.start) === "{") return [insertAt(behind, `, ${entry}`)];
  const { before } = lineOf(text, last.keyRange.start);
  if (before.trim() !== "") return undefined;
  const { line } = lineOf(text, behind);
  return [insertAt(line.start + line.text.length, `\n${before}${entry}`)];
}

/** All keys of a parameter give way to one. */
export function replaceKeys({ text }: SweepDocument, node: TextNode, entry: string): Edits {
  const { start, end } = node.range;
  const behind = start + text.slice(start, end).trimEnd().length;
  const newText = text.charAt(start) === "{" ? `{${entry}}` : entry;
  return [{ range: { start, end: behind }, newText }];
}

/** Another macro in place of a word: within brackets its own brackets need quotes. */
export function useMacro(document: SweepDocument, range: TextRange, macro: string): TextEdit {
  const { text } = document;
  const isQuoted = /["']/.test(text.charAt(range.start));
  const needsQuotes = !isQuoted && isInBrackets(document, range);
  return rewordAt(text, range, needsQuotes ? JSON.stringify(macro) : macro);
}

/** One item of a list becomes several, a line each, or one after another in brackets. */
export function splitWords(
  { text }: SweepDocument,
  range: TextRange,
  element: string,
): Edits | undefined {
  return [{ range, newText: itemsAt(text, range, element.trim().split(/\s+/)) }];
}

/** `- [python, -u]` becomes two items; undefined where it holds anything but words. */
export function flattenItem({ text, root }: SweepDocument, range: TextRange): Edits | undefined {
  const words = entryOf(root, "command")?.value;
  const item =
    words?.kind === "list"
      ? words.items.find(({ range: at }) => at.start === range.start)
      : undefined;
  if (item?.kind !== "list" || text.charAt(range.start) !== "[") return undefined;
  const parts = item.items.map((each) => (each.kind === "scalar" ? each.source : undefined));
  if (parts.length === 0 || !parts.every((part) => part !== undefined && part !== ""))
    return undefined;
  return [
    {
      range,
      newText: itemsAt(
        text,
        range,
        parts.filter((part) => part !== undefined),
      ),
    },
  ];
}

/** Words as items of the list in which `range` is one, its dash left where it is. */
function itemsAt(text: string, range: TextRange, words: readonly string[]): string {
  const { before } = lineOf(text, range.start);
  const dash = /^\s*(?:-\s+)*(?=-\s+$)/.exec(before)?.[0];
  if (dash === undefined) return words.map((word) => JSON.stringify(word)).join(", ");
  return words.map(asItem).join(`\n${" ".repeat(dash.length)}- `);
}

/** Options and macros need no quotes in a list of lines. */
function asItem(word: string): string {
  return /^(?:\$\{\w+\}|-{1,2}[a-zA-Z][\w./=+@-]*)$/.test(word) ? word : written(word);
}

/** The words of a command that was written as a shell takes it; undefined where it needs a shell. */
export function commandAsList(
  { text }: SweepDocument,
  range: TextRange,
  source: string,
): Edits | undefined {
  const { before } = lineOf(text, range.start);
  if (/["'|;&<>()`\\\n]/.test(source) || !/^command:\s+$/.test(before)) return undefined;
  const words = source.split(/\s+/);
  // Whoever writes a shell's line leaves the parameters to be added.
  const all = words.some((word) => word.startsWith("${args")) ? words : [...words, "${args}"];
  const items = all.map((word) => `\n  - ${asItem(word)}`);
  const gap = { start: range.start - (/\s+$/.exec(before)?.[0].length ?? 0), end: range.end };
  return [{ range: gap, newText: items.join("") }];
}

/** `- lr: {...}` and `- name: lr` with its keys below, as entries of a map. */
export function listAsParameters(
  { text, root }: SweepDocument,
  range: TextRange,
): Edits | undefined {
  const list = entryOf(root, "parameters")?.value;
  if (list?.kind !== "list" || text.charAt(range.start) !== "-") return undefined;
  const edits: TextEdit[] = [];
  for (const item of list.items) {
    const [first, second] = item.kind === "map" ? item.entries : [];
    if (first === undefined) return undefined;
    const { line, before } = lineOf(text, first.keyRange.start);
    const dash = before.lastIndexOf("-");
    if (dash < 0 || before.trim() !== "-") return undefined;
    // At the start of a line there is no room to the left.
    const indent = dash > 0 ? dash : 2;
    const start = { start: line.start, end: first.keyRange.start };
    const isNamed = first.key === "name" && first.value.kind === "scalar" && second !== undefined;
    if (!isNamed && item.kind === "map" && item.entries.length > 1) return undefined;
    edits.push({ range: start, newText: " ".repeat(indent) });
    if (!isNamed) continue;
    edits.push({
      range: { start: first.keyRange.start, end: first.value.range.end },
      newText: `${first.value.kind === "scalar" ? first.value.source : ""}:`,
    });
    if (dash === 0) edits.push(...deeper(text, second.keyRange.start, item.range.end));
  }
  return edits;
}

/** Two spaces more before each line that starts in a stretch of text. */
function deeper(text: string, from: number, to: number): readonly TextEdit[] {
  const { line } = lineOf(text, from);
  const end = line.start + text.slice(line.start, to).trimEnd().length;
  const starts = [...text.slice(line.start, end).matchAll(/(?:^|(?<=\n))(?=[^\r\n])/g)];
  return starts.map(({ index }) => insertAt(line.start + index, "  "));
}
