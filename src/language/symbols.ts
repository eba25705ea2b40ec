/** The outline of a sweep file: its keys, and its parameters with what they draw from. */
import { parameter } from "../sweep/parameter-grammar.js";
import type { SweepDocument } from "../sweep/parse.js";
import type { MapEntry, TextNode, TextRange } from "../sweep/tree.js";
import type { Path } from "./cursor.js";
import { inWords } from "./distribution-words.js";
import { distributionIn } from "./parameter-entries.js";
import { schemasAt } from "./place.js";

export interface SweepSymbol {
  readonly name: string;
  /** The value where it is one word, the distribution of a parameter; else empty. */
  readonly detail: string;
  readonly kind: "key" | "parameter" | "group";
  readonly range: TextRange;
  /** The key alone. */
  readonly nameRange: TextRange;
  readonly children: readonly SweepSymbol[];
}

export function symbolsOf({ root }: SweepDocument): readonly SweepSymbol[] {
  return root === undefined ? [] : symbolsIn(root, []);
}

function symbolsIn(node: TextNode, path: Path): readonly SweepSymbol[] {
  if (node.kind !== "map") return [];
  return node.entries
    .filter(({ keyRange }) => isInside(keyRange, node.range))
    .map((entry) => symbolOf(entry, [...path, entry.key]));
}

/** What an alias or a merge brings in stands elsewhere. */
function isInside(key: TextRange, map: TextRange): boolean {
  return map.start <= key.start && key.end <= map.end;
}

function symbolOf({ key, keyRange, value }: MapEntry, path: Path): SweepSymbol {
  const isParameter = schemasAt(path).includes(parameter);
  const inner = isParameter ? parametersOf(value) : value;
  const isGroup = isParameter && inner !== undefined;
  return {
    name: key === "" ? "(no name)" : key,
    detail: isParameter ? distributionOf(value) : wordOf(value),
    kind: isGroup ? "group" : isParameter ? "parameter" : "key",
    range: { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) },
    nameRange: keyRange,
    children: symbolsUnder(inner, isParameter ? [...path, "parameters"] : path),
  };
}

function symbolsUnder(node: TextNode | undefined, path: Path): readonly SweepSymbol[] {
  return node === undefined ? [] : symbolsIn(node, path);
}

/** What a group holds; undefined of a parameter, whose fields are no symbols. */
function parametersOf(node: TextNode): TextNode | undefined {
  if (node.kind !== "map") return undefined;
  return node.entries.find(({ key }) => key === "parameters")?.value;
}

function distributionOf(node: TextNode): string {
  const distribution = distributionIn(node);
  return distribution === undefined ? "" : inWords(distribution).replaceAll(/`|\.$/g, "");
}

function wordOf(node: TextNode): string {
  return node.kind === "scalar" && !node.source.includes("\n") ? node.source : "";
}
