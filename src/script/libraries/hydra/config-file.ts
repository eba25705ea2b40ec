/**
 * One YAML file of a Hydra configuration: its keys, its defaults list, its package.
 *
 * Hydra reads YAML 1.1 with PyYAML, save that `1e-3` is a number and that there are no dates.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
} from "yaml";
import type { Literal, SourcePlace } from "../../reading.js";
import type { ConfigBranch, ConfigLeaf, ConfigTree } from "./config-tree.js";
import { type DefaultEntry, defaultEntriesOf } from "./defaults-list.js";

export interface ConfigFile {
  /** From the comment `# @package name`. */
  readonly header?: string;
  readonly defaults: readonly DefaultEntry[];
  readonly tree: ConfigBranch;
  /** Where the file begins. */
  readonly place: SourcePlace;
  /** Whether all of it could be read. */
  readonly isWhole: boolean;
  /** Where it names folders beyond the app's own to search. */
  readonly searchPath?: SourcePlace;
}

interface Reading {
  readonly path: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** What may still be read: aliases of aliases grow without bound. */
  budget: number;
  isWhole: boolean;
}

const mostNodes = 20_000;
const deepest = 60;

/** Reads a file's text. Never throws: what cannot be read is left out, and `isWhole` says so. */
export function readConfigFile(path: string, text: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.1",
    lineCounter: lines,
    uniqueKeys: false,
    strict: false,
    logLevel: "silent",
  });
  const reading: Reading = {
    path,
    document,
    lines,
    budget: mostNodes,
    isWhole: document.errors.length === 0,
  };
  const place = { path, start: 0, end: 0, line: 0 };
  const root = treeOf(document.contents, place, reading, 0);
  const tree: ConfigBranch =
    root.kind === "branch" ? root : { kind: "branch", entries: new Map(), place };
  const entries = new Map(tree.entries);
  entries.delete("defaults");
  const header = headerOf(text);
  const searchPath = searchPathOf(tree);
  return {
    ...(header !== undefined && { header }),
    defaults: defaultEntriesOf(literalOf(document.get("defaults", true), reading, 0)),
    tree: { ...tree, entries },
    place,
    isWhole: reading.isWhole,
    ...(searchPath !== undefined && { searchPath }),
  };
}

/** The package in the comments `# @name value` with which a file begins: other comments end them. */
function headerOf(text: string): string | undefined {
  for (const line of text.split("\n", 50)) {
    if (line.trim() === "") continue;
    const [, name, value] = /^\s*#+\s*@\s*(\w+)\s+(\S+)/.exec(line) ?? [];
    if (name === undefined) return undefined;
    if (name === "package") return value;
  }
  return undefined;
}

function searchPathOf(tree: ConfigBranch): SourcePlace | undefined {
  const hydra = tree.entries.get("hydra");
  return hydra?.kind === "branch" ? hydra.entries.get("searchpath")?.place : undefined;
}

function treeOf(node: unknown, place: SourcePlace, reading: Reading, depth: number): ConfigTree {
  const value = resolved(node, reading);
  reading.budget -= 1;
  if (depth > deepest || reading.budget < 0) {
    reading.isWhole = false;
    return unknownLeaf(place);
  }
  if (!isMap(value)) return leafOf(value, place, reading, depth);
  const entries = new Map<string, ConfigTree>();
  for (const pair of value.items) {
    const key = keyOf(pair);
    if (key === undefined) {
      reading.isWhole = false;
    } else if (key === "<<") {
      for (const [name, child] of mergedEntries(pair.value, reading, depth)) {
        if (!entries.has(name)) entries.set(name, child);
      }
    } else {
      const at = placeOf(pair.key, reading) ?? place;
      entries.set(key, treeOf(pair.value, at, reading, depth + 1));
    }
  }
  return { kind: "branch", entries, place };
}

function mergedEntries(
  node: unknown,
  reading: Reading,
  depth: number,
): readonly (readonly [string, ConfigTree])[] {
  const value = resolved(node, reading);
  const sources = isSeq(value) ? value.items : [value];
  return sources.flatMap((source) => {
    const place = placeOf(source, reading) ?? { path: reading.path, start: 0, end: 0, line: 0 };
    const tree = treeOf(source, place, reading, depth + 1);
    return tree.kind === "branch" ? [...tree.entries] : [];
  });
}

function leafOf(node: unknown, place: SourcePlace, reading: Reading, depth: number): ConfigLeaf {
  const literal = literalOf(node, reading, depth);
  // What is missing must be given, and what refers to another key has no value of its own.
  const isGiven =
    literal !== undefined && literal !== "???" && !JSON.stringify(literal).includes("${");
  const comment = isScalar(node) ? node.comment?.trim() : undefined;
  return {
    kind: "leaf",
    takes: isSeq(node) ? { kind: "list", of: { kind: "unknown" } } : { kind: "unknown" },
    isTyped: false,
    ...(isGiven && { default: literal }),
    ...(comment !== undefined && comment !== "" && { help: comment }),
    place,
  };
}

function unknownLeaf(place: SourcePlace): ConfigLeaf {
  return { kind: "leaf", takes: { kind: "unknown" }, isTyped: false, place };
}

function literalOf(node: unknown, reading: Reading, depth: number): Literal | undefined {
  const value = resolved(node, reading);
  reading.budget -= 1;
  if (depth > deepest || reading.budget < 0) return undefined;
  if (isScalar(value)) return scalarOf(value);
  if (isSeq(value)) {
    const items = value.items.map((item) => literalOf(item, reading, depth + 1) ?? null);
    return items;
  }
  if (isMap(value)) {
    const entries = value.items.flatMap((pair): [string, Literal][] => {
      const key = keyOf(pair);
      return key === undefined ? [] : [[key, literalOf(pair.value, reading, depth + 1) ?? null]];
    });
    return Object.fromEntries(entries);
  }
  return null;
}

function scalarOf({ value, source, type }: Scalar): Literal {
  if (typeof value === "string") {
    const isNumber = type === "PLAIN" && /^[-+]?\d[\d_]*(?:\.[\d_]*)?e[-+]?\d+$/i.test(value);
    return isNumber ? Number(value.replaceAll("_", "")) : value;
  }
  if (value === null) return value;
  // To PyYAML a lone `y` or `n` is text.
  if (typeof value === "boolean") return /^[yn]$/i.test(source ?? "") ? (source ?? "") : value;
  if (typeof value === "number") return Number.isFinite(value) ? value : (source ?? String(value));
  return source ?? "";
}

function resolved(node: unknown, reading: Reading): Node | undefined {
  const value = isAlias(node) ? node.resolve(reading.document) : node;
  return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
}

function keyOf(pair: Pair): string | undefined {
  if (!isScalar(pair.key)) return undefined;
  const { value, source } = pair.key;
  return typeof value === "string" ? value : (source ?? String(value));
}

function placeOf(node: unknown, reading: Reading): SourcePlace | undefined {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined;
  if (range === undefined || range === null) return undefined;
  const [start, end] = range;
  return { path: reading.path, start, end, line: reading.lines.linePos(start).line - 1 };
}
