/** Fixes that change more than a word. Each gives undefined where the text has no room for it. */
import type { SweepDocument } from "../sweep/parse.js";
import type { ProblemFacts } from "../sweep/problem.js";
import {
  entryOf,
  type MapEntry,
  type MapNode,
  type TextNode,
  type TextRange,
} from "../sweep/tree.js";
import { short } from "./distribution-words.js";
import { lineOf, type TextEdit } from "./edit.js";
import { trailAt } from "./trail.js";

type Edits = readonly TextEdit[];

/** The map that the problem's words are a key or a value of. */
function holderAt({ root }: SweepDocument, { start }: TextRange): TextNode | undefined {
  return trailAt(root, start)?.holders.at(-1);
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
  { text, root }: SweepDocument,
  range: TextRange,
  key: "value" | "values",
): Edits | undefined {
  const entry = trailAt(root, range.start)?.entry ?? listEntryAt(root, range);
  const written = text.slice(range.start, range.end);
  if (entry === undefined || written.includes("\n")) return undefined;
  const { line, before } = lineOf(text, entry.keyRange.start);
  if (range.start >= line.start + line.text.length) return undefined;
  const gap = { start: text.lastIndexOf(":", range.start) + 1, end: range.start };
  if (before.trim() === "") return [{ range: gap, newText: `\n${before}  ${key}: ` }];
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

/** One item of a list becomes several, a line each. */
export function splitWords(
  { text }: SweepDocument,
  range: TextRange,
  element: string,
): Edits | undefined {
  const { before } = lineOf(text, range.start);
  if (!/^\s*-\s+$/.test(before)) return undefined;
  const indent = before.slice(0, before.indexOf("-"));
  return [{ range, newText: element.split(/\s+/).join(`\n${indent}- `) }];
}
