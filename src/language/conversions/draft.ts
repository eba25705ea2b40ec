/** A sweep that is being put together from another form, and its text as a sweep file. */
import { yamlValue } from "../practice/practice.js";

/** A value as it will be written; unlike JSON it tells 1.0 from 1, and knows what is not known. */
export type Draft =
  | { readonly kind: "word"; readonly value: null | boolean | string }
  | { readonly kind: "number"; readonly value: number; readonly isFloat: boolean }
  | { readonly kind: "list"; readonly items: Draft[] }
  | { readonly kind: "map"; readonly entries: Map<string, Draft> }
  | UnknownDraft;

/** What only a run would tell. */
export interface UnknownDraft {
  readonly kind: "unknown";
  /** As the other form has it. */
  readonly source: string;
  /** Offset in the other form. */
  readonly start: number;
}

export interface Missing extends UnknownDraft {
  /** Where it is missing in the sweep: `parameters.lr.max`. */
  readonly where: string;
}

/** What stands for a value that is not known: text that no bound may be, so that it is seen. */
export const placeholder = '"?"';

export type MapDraft = Extract<Draft, { kind: "map" }>;

export function mapOf(entries: Iterable<readonly [string, Draft]>): MapDraft {
  return { kind: "map", entries: new Map(entries) };
}

export function wordOf(value: null | boolean | string): Draft {
  return { kind: "word", value };
}

export function numberOf(value: number, isFloat = !Number.isInteger(value)): Draft {
  return { kind: "number", value, isFloat };
}

export function listOf(items: readonly Draft[]): Draft {
  return { kind: "list", items: [...items] };
}

/** Every value that is not known, in the order of the text. */
export function missingIn(draft: Draft, where = ""): readonly Missing[] {
  switch (draft.kind) {
    case "unknown":
      return [{ ...draft, where }];
    case "list":
      return draft.items.flatMap((item, index) => missingIn(item, `${where}[${index}]`));
    case "map":
      return [...draft.entries].flatMap(([key, value]) =>
        missingIn(value, where === "" ? key : `${where}.${key}`),
      );
    default:
      return [];
  }
}

/** The text of a file; ends with a line break. */
export function textOf(draft: MapDraft): string {
  return `${blockLines(draft).join("\n")}\n`;
}

function blockLines({ entries }: MapDraft): readonly string[] {
  return [...entries].flatMap(([key, value]) => entryLines(`${yamlValue(key)}:`, value));
}

/** What stands behind a key or a dash: on its line, or below it. */
function entryLines(head: string, value: Draft): readonly string[] {
  const inline = inlineText(value);
  if (inline !== undefined) return [`${head} ${inline}`];
  if (value.kind === "map") return [head, ...indented(blockLines(value))];
  const items = value.kind === "list" ? value.items : [];
  return [head, ...items.flatMap((item) => indented(itemLines(item)))];
}

function itemLines(item: Draft): readonly string[] {
  const inline = inlineText(item);
  if (inline !== undefined) return [`- ${inline}`];
  const [first = "", ...more] = item.kind === "map" ? blockLines(item) : listLines(item);
  return [`- ${first}`, ...indented(more)];
}

function listLines(item: Draft): readonly string[] {
  return item.kind === "list" ? item.items.flatMap(itemLines) : [];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

const longestLine = 80;

/** Undefined where it goes below: maps, and lists that are long, or hold what is not known. */
function inlineText(value: Draft): string | undefined {
  switch (value.kind) {
    case "unknown":
      return `${placeholder}  # ${value.source.replaceAll(/\s+/g, " ")}`;
    case "map":
      return value.entries.size === 0 ? "{}" : undefined;
    case "list": {
      const text = flowText(value);
      return missingIn(value).length === 0 && text.length <= longestLine ? text : undefined;
    }
    default:
      return flowText(value);
  }
}

function flowText(value: Draft): string {
  switch (value.kind) {
    case "word":
      return yamlValue(value.value);
    case "number":
      return numberText(value.value, value.isFloat);
    case "list":
      return `[${value.items.map(flowText).join(", ")}]`;
    case "map":
      return `{${[...value.entries].map(([key, each]) => `${yamlValue(key)}: ${flowText(each)}`).join(", ")}}`;
    case "unknown":
      return placeholder;
  }
}

/** With the dot by which a fraction is told from a whole number; infinities as YAML has them. */
export function numberText(value: number, isFloat: boolean): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  const text = yamlValue(value);
  return isFloat && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
