/** What `initial`, `zip` and `repeats` say of parameters. */
import { identity } from "../space/distribution.js";
import { outsideOf } from "../space/membership.js";
import type { Parameter } from "../space/space.js";
import { nearestChoice } from "./deck-conditions.js";
import { isKnown, type ParameterNames } from "./deck-names.js";
import type { Report } from "./problem.js";
import {
  entryOf,
  type ListNode,
  type MapEntry,
  type TextNode,
  textOf,
  toJson,
  valueAt,
  visibleRange,
} from "./tree.js";

export function checkInitial(
  node: TextNode | undefined,
  names: ParameterNames,
  report: Report,
): void {
  if (node?.kind !== "list") return;
  for (const item of node.items) checkConfiguration(item, "", names, report);
}

/** Groups may be nested, or their names joined by dots. */
function checkConfiguration(
  node: TextNode,
  prefix: string,
  names: ParameterNames,
  report: Report,
): void {
  if (node.kind !== "map") return;
  for (const entry of node.entries) {
    const name = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    if (!isKnown(name, entry.keyRange, names, report)) continue;
    const parameter = names.parameters.get(name);
    if (parameter === undefined) checkConfiguration(entry.value, name, names, report);
    else checkValue(parameter, entry, report);
  }
}

function checkValue(parameter: Parameter, entry: MapEntry, report: Report): void {
  const value = toJson(entry.value);
  const outside = outsideOf(parameter.distribution, value);
  if (outside === undefined) return;
  const near = nearestChoice(parameter, value);
  const { name } = parameter;
  report(visibleRange(entry), {
    code: "initial-outside",
    name,
    value,
    outside,
    ...(near !== undefined && { closest: near }),
  });
}

export function checkZip(node: TextNode | undefined, names: ParameterNames, report: Report): void {
  if (node?.kind !== "list") return;
  const seen = new Set<string>();
  for (const item of node.items) {
    if (item.kind === "list") checkZipped(item, seen, names, report);
  }
}

function checkZipped(
  list: ListNode,
  seen: Set<string>,
  names: ParameterNames,
  report: Report,
): void {
  const lengths = new Map<string, number>();
  for (const item of list.items) {
    const { range } = item;
    const name = textOf(item);
    if (name === undefined) continue;
    if (seen.has(name)) report(range, { code: "zip-twice", name });
    seen.add(name);
    if (!isKnown(name, range, names, report)) continue;
    const parameter = names.parameters.get(name);
    const distribution = parameter?.distribution;
    if (distribution?.kind === "categorical" && distribution.probabilities === undefined) {
      lengths.set(name, distribution.values.length);
    } else if (distribution !== undefined) {
      report(range, { code: "zip-not-a-list", name, found: wordFor(distribution) });
    } else if (names.groups.has(name)) {
      report(range, { code: "zip-not-a-list", name, found: "a group" });
    }
  }
  if (new Set(lengths.values()).size > 1) {
    const found = { names: [...lengths.keys()], lengths: [...lengths.values()] };
    report(list.range, { code: "zip-lengths", ...found });
  }
}

function wordFor(distribution: Parameter["distribution"]): string {
  if (distribution.kind === "categorical") return "a choice with probabilities";
  return distribution.kind === "constant" ? "a constant" : distribution.kind;
}

export function checkRepeats(
  node: TextNode | undefined,
  names: ParameterNames,
  report: Report,
): void {
  const entry = entryOf(node, "seed_parameter");
  const name = textOf(entry?.value);
  if (entry === undefined || name === undefined) return;
  const distribution = names.parameters.get(name)?.distribution;
  if (distribution === undefined || distribution.kind === "constant") return;
  // The very seeds that the repeats are to have may be listed.
  const count = valueAt(node, "count");
  const listed =
    distribution.kind === "categorical" ? new Set(distribution.values.map(identity)).size : 0;
  if (count?.kind === "scalar" && count.value === listed) return;
  report(visibleRange(entry), { code: "repeats-seed-searched", name });
}
