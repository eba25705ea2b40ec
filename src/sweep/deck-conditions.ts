/** `sweepdeck.conditions`: read, and checked against the parameters. */
import { type Condition, cycleAmong, type Requirement } from "../space/condition.js";
import { identity } from "../space/distribution.js";
import { analyse } from "../space/expression/analyse.js";
import { domainOf } from "../space/expression/domain.js";
import type { Expression } from "../space/expression/expression.js";
import { outsideOf } from "../space/membership.js";
import type { Parameter } from "../space/space.js";
import type { Json } from "../space/value.js";
import { closest } from "./closest.js";
import { isKnown, type ParameterNames } from "./deck-names.js";
import type { Report } from "./problem.js";
import { readPlain } from "./pyyaml.js";
import { type MapEntry, type TextNode, textOf, toJson, visibleRange } from "./tree.js";

type Comparison = Extract<Requirement, { kind: "compared" }>;

/** Those that can be understood; what is wrong with the others is reported. */
export function readConditions(
  node: TextNode | undefined,
  names: ParameterNames,
  report: Report,
): readonly Condition[] {
  if (node?.kind !== "map") return [];
  const conditions = node.entries.flatMap((entry) => conditionsOf(entry, names, report));
  const cycle = cycleAmong(conditions);
  if (cycle !== undefined) {
    const first = node.entries.find(({ key }) => members(key, names).includes(cycle[0] ?? ""));
    report(first?.keyRange ?? node.range, { code: "condition-cycle", names: cycle });
  }
  return conditions;
}

/** A condition of a group is one of each parameter in it. */
function conditionsOf(
  { key, keyRange, value }: MapEntry,
  names: ParameterNames,
  report: Report,
): readonly Condition[] {
  const isThere = isKnown(key, keyRange, names, report);
  if (value.kind !== "map") return [];
  const requirements = value.entries.flatMap((entry) => {
    const requirement = requirementOf(key, entry, names, report);
    return requirement === undefined ? [] : [requirement];
  });
  if (!isThere) return [];
  return members(key, names).map((parameter) => ({ parameter, requirements }));
}

function members(name: string, { groups }: ParameterNames): readonly string[] {
  return groups.get(name) ?? [name];
}

function requirementOf(
  name: string,
  entry: MapEntry,
  names: ParameterNames,
  report: Report,
): Requirement | undefined {
  if (!isKnown(entry.key, entry.keyRange, names, report)) return undefined;
  const on = names.parameters.get(entry.key);
  // A group has no value, and of a parameter that is wrong itself nothing is known.
  if (on === undefined) return undefined;
  const comparison = comparisonOf(entry, on, report);
  if (comparison === "unreadable") return undefined;
  if (comparison !== undefined) {
    checkPossible(name, entry, comparison, on, report);
    return comparison;
  }
  const { value } = entry;
  const isChoice = value.kind === "list" && outsideOf(on.distribution, toJson(value)) !== undefined;
  const items = isChoice ? value.items : [value];
  for (const item of items) {
    const range = item.range.end > item.range.start ? item.range : visibleRange(entry);
    const reads = toJson(item);
    if (outsideOf(on.distribution, reads) === undefined) continue;
    const near = nearestChoice(on, reads);
    report(range, {
      code: "condition-impossible",
      name,
      on: on.name,
      value: reads,
      ...(near !== undefined && { closest: near }),
    });
  }
  return { kind: "one-of", parameter: on.name, values: items.map(toJson) };
}

/** The choice that was probably meant by a value that is none. */
export function nearestChoice({ distribution }: Parameter, value: Json): string | undefined {
  if (distribution.kind !== "categorical" || typeof value !== "string") return undefined;
  return closest(
    value,
    distribution.values.filter((each) => typeof each === "string"),
  );
}

const comparisonForm = /^(<=|>=|<|>|!=)\s*(.*)$/s;

/** `">= 3"`; undefined where it is a value. */
function comparisonOf(
  { key, value }: MapEntry,
  on: Parameter,
  report: Report,
): Comparison | "unreadable" | undefined {
  const text = textOf(value);
  const [, operator, operand = ""] = comparisonForm.exec(text ?? "") ?? [];
  if (text === undefined || operator === undefined || isOneOf(on, text)) return undefined;
  const read = readPlain(operand.trim());
  const number = "value" in read && typeof read.value === "number" ? read.value : undefined;
  const isComparable = number !== undefined || (operator === "!=" && operand.trim() !== "");
  if (!isComparable) {
    report(value.range, { code: "condition-comparison", text, on: key });
    return "unreadable";
  }
  return {
    kind: "compared",
    parameter: on.name,
    operator: operator as Comparison["operator"],
    value: number ?? operand.trim(),
  };
}

function isOneOf({ distribution }: Parameter, text: string): boolean {
  return (
    distribution.kind === "categorical" &&
    distribution.values.some((each) => identity(each) === identity(text))
  );
}

function checkPossible(
  name: string,
  { key, value }: MapEntry,
  { operator, value: limit }: Comparison,
  on: Parameter,
  report: Report,
): void {
  const nowhere = { start: 0, end: 0 };
  const first: Expression = { kind: "parameter", name: on.name, ...nowhere };
  const operand: Expression = { kind: "literal", value: limit, ...nowhere };
  const comparison: Expression = {
    kind: "comparison",
    first,
    rest: [{ operator, operand }],
    ...nowhere,
  };
  const { truth, findings } = analyse(comparison, () => domainOf(on.distribution));
  if (findings.length > 0) {
    report(value.range, { code: "condition-comparison", text: textOf(value) ?? "", on: key });
  } else if (truth === "never") {
    const never = textOf(value) ?? "";
    report(value.range, { code: "condition-impossible", name, on: key, value: never });
  }
}
