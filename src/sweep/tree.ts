/**
 * A YAML document as a tree of values that know where they stand in the text.
 *
 * What a reader of the grammar needs, and nothing of how it was written: anchors are resolved,
 * merges done, scalars read as PyYAML reads them.
 */
import { recordFrom } from "../space/record.js";
import type { Json } from "../space/value.js";

/** Offsets into the text in UTF-16 code units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type ScalarType = "null" | "boolean" | "integer" | "float" | "text" | "date";

export interface ScalarNode {
  readonly kind: "scalar";
  readonly range: TextRange;
  readonly type: ScalarType;
  /** A date is the text that it was written as. */
  readonly value: null | boolean | number | string;
  /** The text of the scalar, unquoted and unfolded. */
  readonly source: string;
  /** Written without quotes, not as a block. */
  readonly plain: boolean;
  /** A decimal number that PyYAML takes for text, such as 1e-4: a number here. */
  readonly textToPyYaml: boolean;
}

export interface ListNode {
  readonly kind: "list";
  readonly range: TextRange;
  readonly items: readonly TextNode[];
}

export interface MapNode {
  readonly kind: "map";
  readonly range: TextRange;
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  /** A key that is not text is the text that JSON makes of it. */
  readonly key: string;
  readonly keyRange: TextRange;
  /** What is written, where PyYAML does not read it as text: `on`, `1`. */
  readonly foreignKey?: ScalarNode;
  readonly value: TextNode;
}

export type TextNode = ScalarNode | ListNode | MapNode;

export function entryOf(node: TextNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

export function valueAt(node: TextNode | undefined, key: string): TextNode | undefined {
  return entryOf(node, key)?.value;
}

export function isNull(node: TextNode): boolean {
  return node.kind === "scalar" && node.type === "null";
}

export function numberOf(node: TextNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

/** The text of a scalar where text is wanted: 1e-4 and 2026-01-31 as they stand. */
export function textOf(node: TextNode | undefined): string | undefined {
  if (node?.kind !== "scalar") return undefined;
  return node.textToPyYaml || typeof node.value === "string" ? node.source : undefined;
}

export function toJson(node: TextNode): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toJson);
    case "map":
      return recordFrom(node.entries.map(({ key, value }) => [key, toJson(value)] as const));
  }
}

/** Where to point for a value: at itself, or at its key where nothing is written. */
export function visibleRange(entry: MapEntry): TextRange {
  const { range } = entry.value;
  return range.end > range.start ? range : entry.keyRange;
}
