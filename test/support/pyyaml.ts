/** What PyYAML makes of texts, in a form that keeps its types, and ours in the same form. */
import { parseSweep } from "../../src/sweep/parse.js";
import type { TextNode } from "../../src/sweep/tree.js";
import { askPython } from "./ask-python.js";

/** `["int", "12"]`, `["map", [[key, value], ...]]`, `["error", why]`. */
export type Typed = readonly [type: string, value?: unknown];

const program = `
import yaml, datetime, math
def typed(v):
    if v is None: return ["null"]
    if isinstance(v, bool): return ["bool", v]
    if isinstance(v, int): return ["int", str(v)]
    if isinstance(v, float): return ["float", "nan" if math.isnan(v) else repr(v)]
    if isinstance(v, str): return ["str", v]
    if isinstance(v, (datetime.date, datetime.datetime)): return ["date"]
    if isinstance(v, list): return ["list", [typed(x) for x in v]]
    if isinstance(v, dict):
        return ["map", [[k if isinstance(k, str) else typed(k), typed(x)] for k, x in v.items()]]
    return ["other", type(v).__name__]
def load(text):
    try: return typed(yaml.safe_load(text))
    except RecursionError: return ["error", "recursion"]
    except Exception as e: return ["error", type(e).__name__ + ": " + str(e)[:300]]
answer = [load(text) for text in question]
`;

export function pyYamlOf(texts: readonly string[]): readonly Typed[] {
  return askPython(program, texts) as readonly Typed[];
}

const yamlErrors = new Set([
  "yaml-syntax",
  "tab-between-words",
  "character-not-allowed",
  "several-documents",
  "nested-too-deep",
  "alias-unknown",
  "alias-inside-itself",
  "anchor-twice",
  "anchor-name",
  "key-not-a-word",
  "merge-not-a-map",
  "tag-unsupported",
  "scalar-unreadable",
]);

/** Ours; the first YAML error stands for the whole document, as an exception does. */
export function oursOf(text: string): Typed {
  const { problems, document } = parseSweep(text);
  const error = problems.find(({ code }) => yamlErrors.has(code));
  if (error !== undefined) return ["error", error];
  return document.root === undefined ? ["null"] : typed(document.root);
}

function typed(node: TextNode): Typed {
  if (node.kind === "list") return ["list", node.items.map(typed)];
  if (node.kind === "map") {
    const entries = node.entries.map(({ key, foreignKey, value }) => [
      foreignKey === undefined ? key : typed(foreignKey),
      typed(value),
    ]);
    return ["map", entries];
  }
  if (node.textToPyYaml) return ["str", node.source];
  switch (node.type) {
    case "null":
      return ["null"];
    case "date":
      return ["date"];
    case "boolean":
      return ["bool", node.value];
    case "integer":
      return ["int", node.value];
    case "float":
      return ["float", node.value];
    case "text":
      return ["str", node.value];
  }
}

/** Both forms with their numbers read, so that they compare. */
export function comparable([type, value]: Typed): unknown {
  switch (type) {
    case "int":
    case "float":
      return [
        type,
        String(value) === "inf" ? Infinity : String(value) === "-inf" ? -Infinity : Number(value),
      ];
    case "list":
      return [type, (value as Typed[]).map(comparable)];
    case "map":
      return [
        type,
        (value as [string | Typed, Typed][]).map(([key, item]) => [
          typeof key === "string" ? key : comparable(key),
          comparable(item),
        ]),
      ];
    case "error":
      return [type];
    default:
      return [type, value];
  }
}
