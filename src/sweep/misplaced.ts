/** Keys at the wrong level: an indent lost or too many, and everything below reads as something else. */

import * as z from "zod";
import { sweepFile } from "./grammar.js";
import { keyMeant } from "./meant.js";
import { type Choice, chooseDefinition } from "./parameter-definition.js";
import { definitionNames, definitions } from "./parameter-grammar.js";
import type { Report } from "./problem.js";
import { readAs } from "./read-as.js";
import { shapeOf, unwrap } from "./schema-shape.js";
import { entryOf, isNull, type MapEntry, type MapNode, type TextNode } from "./tree.js";

const top = shapeOf(sweepFile);

/** The blocks of a sweep file whose keys have names of their own. */
const blocks = ["metric", "early_terminate", "sweepdeck"] as const;

const definitionKeys = new Set(
  definitionNames
    .filter((name) => name !== "group")
    .flatMap((name) => Object.keys(definitions[name].shape)),
);

/** What hardly anyone would call a parameter. */
const topOnly = new Set(["method", "metric", "command", "early_terminate", "run_cap", "program"]);

export function checkMisplaced(root: MapNode, report: Report): void {
  const blockOfParameters = entryOf(root, "parameters");
  for (const entry of root.entries) {
    if (Object.hasOwn(top, entry.key) || entry.foreignKey !== undefined) continue;
    const home = homeInBlock(entry, root, blockOfParameters);
    if (home === undefined) continue;
    const others = home === "metric" ? nameOfMetric(root) : [];
    report(entry.keyRange, { code: "misplaced-key", key: entry.key, home, others });
  }
  const parameters = blockOfParameters?.value;
  if (parameters?.kind === "map") checkInside(parameters, root, report);
}

/** Of a key at the top that W&B does not know there. */
function homeInBlock(
  { key, value, keyRange }: MapEntry,
  root: MapNode,
  parameters: MapEntry | undefined,
): string | undefined {
  if (value.kind === "map" && choiceOf(value)?.kind === "definition") return "parameters";
  const block = blocks.find((name) => Object.hasOwn(shapeOfBlock(name), key));
  if (block !== undefined && !isNull(value)) return block;
  const isBelowEmpty =
    parameters !== undefined &&
    isNull(parameters.value) &&
    parameters.keyRange.end < keyRange.start;
  if (!isBelowEmpty || value.kind === "map") return undefined;
  return keyMeant(key, top, (each) => entryOf(root, each) === undefined) === undefined
    ? "parameters"
    : undefined;
}

/** `name:` may be that of the sweep, unless it stands where an empty `metric:` lost its keys. */
function nameOfMetric(root: MapNode): readonly MapEntry[] {
  const index = root.entries.findIndex(({ key, value }) => key === "metric" && isNull(value));
  const next = index < 0 ? undefined : root.entries[index + 1];
  return next?.key === "name" ? [next] : [];
}

function shapeOfBlock(name: (typeof blocks)[number]): Readonly<Record<string, z.ZodType>> {
  const schema = top[name];
  const inner = schema === undefined ? undefined : unwrap(schema);
  return inner instanceof z.ZodObject ? shapeOf(inner) : {};
}

function choiceOf(node: TextNode): Choice | undefined {
  return node.kind === "map" ? chooseDefinition(node) : undefined;
}

/** Keys of a distribution beside the name that they belong to, and keys of the file among names. */
function checkInside(parameters: MapNode, root: MapNode, report: Report): void {
  const { entries } = parameters;
  let index = 0;
  while (index < entries.length) {
    const entry = entries[index];
    const lost = entries.slice(index + 1);
    const end = lost.findIndex(
      ({ key, value }) => !definitionKeys.has(key) || value.kind === "map",
    );
    const own = end < 0 ? lost : lost.slice(0, end);
    const [first, ...others] = own;
    if (entry === undefined) return;
    if (isNull(entry.value) && first !== undefined) {
      const home = `parameters.${entry.key}`;
      report(first.keyRange, { code: "misplaced-key", key: first.key, home, others });
      index += own.length;
    } else if (belongsAtTop(entry, root)) {
      report(entry.keyRange, { code: "misplaced-key", key: entry.key, home: "", others: [] });
    }
    index += 1;
  }
}

function belongsAtTop({ key, value }: MapEntry, root: MapNode): boolean {
  if (!topOnly.has(key) || entryOf(root, key) !== undefined || isNull(value)) return false;
  const schema = top[key];
  if (schema === undefined || choiceOf(value)?.kind === "definition") return false;
  return schema.safeParse(readAs(schema, value)).success;
}
