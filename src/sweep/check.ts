/**
 * A tree of values against the grammar: shapes and single values, each problem at the words that
 * cause it. What must hold between keys is in `rules.ts`.
 */
import * as z from "zod";
// By its own path: as `z.core` it would bring the messages of fifty languages into each bundle.
import { $ZodCheckMinLength } from "zod/v4/core";
import { checkScalar, type Place, reportWrongType, warnOfLooseNumbers } from "./check-scalar.js";
import { factsOf } from "./facts.js";
import { sweepFile } from "./grammar.js";
import { kindOf } from "./kind.js";
import { distributionMeant, keyMeant } from "./meant.js";
import { type Choice, chooseDefinition } from "./parameter-definition.js";
import {
  type DefinitionName,
  definitionNames,
  definitions,
  distributionNames,
  parameter,
  parameterName,
  parameters,
} from "./parameter-grammar.js";
import type { Report } from "./problem.js";
import { factsThrough, isRequired, optionsOf, shapeOf, unwrap } from "./schema-shape.js";
import {
  entryOf,
  isNull,
  type MapEntry,
  type MapNode,
  numberOf,
  type TextNode,
  type TextRange,
  textOf,
  toJson,
  valueAt,
  visibleRange,
} from "./tree.js";
import { chooseVariant, variantsOf } from "./variants.js";

export function checkSweep(root: TextNode, report: Report): void {
  const pointAt = { start: root.range.start, end: root.range.start };
  check(sweepFile, { node: root, where: "", pointAt }, report);
}

function check(schema: z.ZodType, place: Place, report: Report): void {
  const inner = unwrap(schema);
  const { node } = place;
  if (inner instanceof z.ZodUnion && node.kind !== "scalar") {
    checkUnionOfCollections(inner, place, report);
  } else if (inner instanceof z.ZodObject) {
    if (node.kind === "map") checkObject(inner, node, place, report);
    else reportWrongType(inner, place, report);
  } else if (inner instanceof z.ZodRecord) {
    if (node.kind === "map") checkRecord(inner, node, place, report);
    else reportWrongType(inner, place, report);
  } else if (inner instanceof z.ZodArray) {
    checkList(inner, place, report);
  } else if (inner instanceof z.ZodUnknown) {
    warnOfLooseNumbers(node, report);
  } else if (!(inner instanceof z.ZodAny)) {
    checkScalar(schema, place, report);
  }
}

function checkUnionOfCollections(union: z.ZodUnion, place: Place, report: Report): void {
  const variants = variantsOf(union);
  if (place.node.kind === "map" && variants.length > 0) {
    checkVariant(variants, place.node, place, report);
    return;
  }
  const fits = optionsOf(union).find((option) => {
    const inner = unwrap(option);
    return place.node.kind === "list"
      ? inner instanceof z.ZodArray
      : inner instanceof z.ZodObject || inner instanceof z.ZodRecord;
  });
  if (fits === undefined) reportWrongType(union, place, report);
  else check(fits, place, report);
}

function checkVariant(
  variants: readonly z.ZodObject[],
  node: MapNode,
  place: Place,
  report: Report,
): void {
  const choice = chooseVariant(variants, node);
  switch (choice.kind) {
    case "variant":
      checkObject(choice.schema, node, place, report);
      return;
    case "unknown":
      checkScalar(
        choice.types,
        atValue(choice.node, within(place.where, "type"), place.pointAt),
        report,
      );
      return;
    case "missing":
      report(place.pointAt, { code: "missing-key", key: "type", where: place.where });
      return;
  }
}

function checkObject(schema: z.ZodObject, node: MapNode, place: Place, report: Report): void {
  const shape = shapeOf(schema);
  const isOpen = schema.def.catchall instanceof z.ZodUnknown;
  const keys = keysIn(node);
  for (const entry of node.entries) {
    if (reportForeignKey(entry, report)) continue;
    const of = Object.hasOwn(shape, entry.key) ? shape[entry.key] : undefined;
    if (of !== undefined) checkEntry(of, entry, within(place.where, entry.key), report);
    else if (!isOpen) reportUnknownKey(entry, shape, keys, place.where, report);
  }
  for (const [key, of] of Object.entries(shape)) {
    if (isRequired(of) && !keys.has(key) && of !== parameters) {
      report(place.pointAt, { code: "missing-key", key, where: place.where });
    }
  }
}

function checkEntry(schema: z.ZodType, entry: MapEntry, where: string, report: Report): void {
  const facts = factsThrough(schema);
  if (facts?.mayBeNull && isNull(entry.value)) {
    report(visibleRange(entry), { code: "null-block", key: where });
    return;
  }
  if (facts?.notYet !== undefined) {
    report(entry.keyRange, { code: "not-supported-yet", key: where, instead: facts.notYet });
  }
  if (facts?.notUsed !== undefined) {
    report(entry.keyRange, { code: "not-used-here", key: where, because: facts.notUsed });
  }
  check(schema, { node: entry.value, where, pointAt: visibleRange(entry) }, report);
}

/** `on:` is the key true: fine inside a value, where JSON makes it text, and nowhere else. */
function reportForeignKey({ keyRange, foreignKey }: MapEntry, report: Report): boolean {
  if (foreignKey === undefined) return false;
  const { source: text, value: reads } = foreignKey;
  report(keyRange, { code: "key-not-text", text, reads, found: kindOf(foreignKey) });
  return true;
}

function keysIn({ entries }: MapNode): ReadonlySet<string> {
  return new Set(entries.map(({ key }) => key));
}

function reportUnknownKey(
  entry: MapEntry,
  shape: Readonly<Record<string, z.ZodType>>,
  taken: ReadonlySet<string>,
  where: string,
  report: Report,
): void {
  const near = keyMeant(entry.key, shape, (key) => !taken.has(key));
  report(entry.keyRange, {
    code: "unknown-key",
    key: entry.key,
    where,
    allowed: Object.keys(shape),
    ...(near !== undefined && { closest: near }),
    ...(where.startsWith("parameters.") && { belongsTo: distributionsWith(entry.key) }),
  });
}

function distributionsWith(key: string): readonly string[] {
  return distributionNames.filter((name) => Object.hasOwn(definitions[name].shape, key));
}

function checkRecord(schema: z.ZodRecord, node: MapNode, place: Place, report: Report): void {
  const minimum = factsOf(schema)?.minProperties ?? 0;
  if (node.entries.length < minimum) {
    const found = node.entries.length;
    report(place.pointAt, { code: "too-few", where: place.where, minimum, found });
  }
  const of = schema.valueType as z.ZodType;
  for (const entry of node.entries) {
    if (reportForeignKey(entry, report)) continue;
    const where = within(place.where, entry.key);
    if (of === parameter) checkParameter(entry, where, report);
    else check(of, { node: entry.value, where, pointAt: visibleRange(entry) }, report);
  }
}

function checkList(schema: z.ZodArray, place: Place, report: Report): void {
  const { node, where } = place;
  if (node.kind !== "list") {
    reportWrongType(schema, place, report);
    return;
  }
  const minimum = minimumLength(schema);
  if (node.items.length < minimum) {
    report(place.pointAt, { code: "too-few", where, minimum, found: node.items.length });
  }
  const of = schema.element as z.ZodType;
  for (const [index, item] of node.items.entries()) {
    const pointAt = item.range.end > item.range.start ? item.range : place.pointAt;
    check(of, { node: item, where: `${where}[${index}]`, pointAt }, report);
  }
}

function minimumLength(schema: z.ZodArray): number {
  const least = schema.def.checks?.find((each) => each instanceof $ZodCheckMinLength);
  return least?._zod.def.minimum ?? 0;
}

function checkParameter(entry: MapEntry, where: string, report: Report): void {
  const { key, keyRange, value: node } = entry;
  if (!parameterName.test(key)) report(keyRange, { code: "parameter-name", name: key });
  if (node.kind !== "map") {
    const suggestion = suggestionFor(node);
    report(visibleRange(entry), {
      code: "parameter-not-a-map",
      name: nameIn(where),
      keyRange,
      found: kindOf(node),
      ...(suggestion !== undefined && { suggestion }),
    });
    return;
  }
  checkChoice(chooseDefinition(node), { node, where, pointAt: keyRange }, node, report);
}

function suggestionFor(node: TextNode): string | undefined {
  if (isNull(node)) return undefined;
  return `${node.kind === "list" ? "values" : "value"}: ${JSON.stringify(toJson(node))}`;
}

function checkChoice(choice: Choice, place: Place, node: MapNode, report: Report): void {
  const { where, pointAt } = place;
  switch (choice.kind) {
    case "definition":
      checkObject(definitions[choice.name], node, place, report);
      if (choice.name === "int_uniform") reportFractions(node, where, report);
      return;
    case "unknown-distribution":
      reportDistribution(choice.node, node, place, report);
      return;
    case "unclear": {
      const { reason, candidates, keys } = choice;
      const range = reason === "value-and-values" ? entryOf(node, "values")?.keyRange : undefined;
      report(range ?? pointAt, {
        code: "parameter-unclear",
        name: nameIn(where),
        reason,
        candidates,
        keys,
      });
      return;
    }
    case "bare-group":
      report(pointAt, { code: "group-without-parameters", name: nameIn(where) });
      return;
    case "foreign": {
      const taken = keysIn(node);
      for (const entry of node.entries) {
        reportUnknownKey(entry, allParameterKeys, taken, where, report);
      }
      return;
    }
  }
}

const distributionChoice = z.enum(distributionNames);

function reportDistribution(name: TextNode, node: MapNode, place: Place, report: Report): void {
  const where = `${place.where}.distribution`;
  const at = atValue(name, where, place.pointAt);
  const value = textOf(name);
  if (value === undefined) {
    checkScalar(distributionChoice, at, report);
    return;
  }
  const min = numberOf(valueAt(node, "min"));
  const near = distributionMeant(value, distributionNames, min !== undefined && min > 0);
  report(at.pointAt, {
    code: "unknown-value",
    where,
    value,
    allowed: distributionNames,
    ...(near !== undefined && { closest: near }),
  });
}

const allParameterKeys: Readonly<Record<string, z.ZodType>> = Object.assign(
  {},
  ...definitionNames.map((name: DefinitionName) => shapeOf(definitions[name])),
);

/** `1.0` is a whole number to zod, and a fraction to W&B. */
function reportFractions(node: MapNode, where: string, report: Report): void {
  for (const key of ["min", "max"]) {
    const entry = entryOf(node, key);
    if (entry?.value.kind !== "scalar" || entry.value.type !== "float") continue;
    if (!Number.isInteger(entry.value.value)) continue;
    report(entry.value.range, {
      code: "integer-wanted",
      name: nameIn(where),
      text: entry.value.source,
    });
  }
}

function atValue(node: TextNode, where: string, otherwise: TextRange): Place {
  return { node, where, pointAt: node.range.end > node.range.start ? node.range : otherwise };
}

function within(where: string, key: string): string {
  return where === "" ? key : `${where}.${key}`;
}

/** The name of a parameter, groups before it, from the path of its keys. */
function nameIn(where: string): string {
  return where.replace(/^parameters\./, "").replaceAll(".parameters.", ".");
}
