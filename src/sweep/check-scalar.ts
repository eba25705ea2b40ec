/** Single values against the grammar. */
import * as z from "zod";
import { factsOf } from "./facts.js";
import { kindOf } from "./kind.js";
import { valueMeant } from "./meant.js";
import type { ProblemFacts, Report } from "./problem.js";
import { scalarAs } from "./read-as.js";
import { choicesOf, expectations, factsThrough, optionsOf, unwrap } from "./schema-shape.js";
import { type ScalarNode, type TextNode, type TextRange, textOf } from "./tree.js";

/** A value, where it stands: `where` is the path of its keys, `pointAt` what a problem points at. */
export interface Place {
  readonly node: TextNode;
  readonly where: string;
  readonly pointAt: TextRange;
}

export function reportWrongType(schema: z.ZodType, place: Place, report: Report): void {
  report(place.pointAt, {
    code: "wrong-type",
    where: place.where,
    expected: expectations(schema),
    found: kindOf(place.node),
  });
}

export function checkScalar(schema: z.ZodType, place: Place, report: Report): void {
  const { node } = place;
  const leaf = unwrap(schema);
  if (node.kind !== "scalar") {
    reportWrongType(leaf, place, report);
    return;
  }
  const candidates = leaf instanceof z.ZodUnion ? optionsOf(leaf).map(unwrap) : [leaf];
  const accepting = candidates.find((option) => accepts(option, node));
  if (accepting === undefined) {
    report(place.pointAt, refusal(schema, candidates, node, place.where));
    return;
  }
  if (accepting instanceof z.ZodNumber) warnOfLooseNumber(node, "number", report);
  const instead = factsThrough(schema)?.valuesNotYet?.[String(node.value)];
  if (instead !== undefined) {
    const key = `${place.where}: ${String(node.value)}`;
    report(node.range, { code: "not-supported-yet", key, instead });
  }
}

function accepts(leaf: z.ZodType, node: ScalarNode): boolean {
  return leaf.safeParse(scalarAs(leaf, node)).success;
}

function refusal(
  schema: z.ZodType,
  candidates: readonly z.ZodType[],
  node: ScalarNode,
  where: string,
): ProblemFacts {
  const allowed = choicesOf(schema);
  const leaf = candidates.find((option) => isOfKind(option, node));
  const issue = leaf?.safeParse(scalarAs(leaf, node)).error?.issues[0];
  const text = textOf(node);
  if (leaf !== undefined && issue !== undefined) return fromIssue(issue, leaf, node, where);
  if (allowed.length > 0) {
    const near = text === undefined ? undefined : valueMeant(text, allowed, schema);
    const value = node.value;
    return { code: "unknown-value", where, value, allowed, ...(near && { closest: near }) };
  }
  return { code: "wrong-type", where, expected: expectations(schema), found: kindOf(node) };
}

/** Whether a value is of a schema's type, if not within its limits. */
function isOfKind(leaf: z.ZodType, node: ScalarNode): boolean {
  if (leaf instanceof z.ZodNumber) return typeof node.value === "number";
  return leaf instanceof z.ZodString && textOf(node) !== undefined;
}

function fromIssue(
  issue: z.core.$ZodIssue,
  leaf: z.ZodType,
  node: ScalarNode,
  where: string,
): ProblemFacts {
  const value = Number(node.value);
  switch (issue.code) {
    case "too_small": {
      const minimum = Number(issue.minimum);
      return { code: "out-of-bounds", where, value, minimum, exclusive: issue.inclusive === false };
    }
    case "too_big": {
      const maximum = Number(issue.maximum);
      return { code: "out-of-bounds", where, value, maximum, exclusive: issue.inclusive === false };
    }
    case "invalid_format": {
      const form = factsOf(leaf)?.form ?? String(issue.pattern);
      return { code: "not-of-the-form", where, value: node.source, form };
    }
    default:
      return Number.isFinite(value)
        ? { code: "not-whole", where, text: node.source }
        : { code: "not-finite", where, text: node.source };
  }
}

/** Numbers that W&B takes for text, anywhere in a value. */
export function warnOfLooseNumbers(node: TextNode, report: Report): void {
  if (node.kind === "scalar") warnOfLooseNumber(node, "value", report);
  else if (node.kind === "list") for (const item of node.items) warnOfLooseNumbers(item, report);
  else for (const { value } of node.entries) warnOfLooseNumbers(value, report);
}

function warnOfLooseNumber(node: ScalarNode, as: "number" | "value", report: Report): void {
  if (!node.textToPyYaml) return;
  report(node.range, {
    code: "number-without-dot",
    text: node.source,
    reads: Number(node.value),
    replacement: withDot(node.source),
    as,
  });
}

/** The same number in the form that PyYAML takes for one: with a dot, and a sign to its exponent. */
function withDot(source: string): string {
  const [, sign, whole, fraction, exponentSign, exponent] =
    /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?)(\d+))?$/.exec(source) ?? [];
  const mantissa = `${sign === "-" ? "-" : ""}${whole || "0"}.${fraction || "0"}`;
  return exponent === undefined ? mantissa : `${mantissa}e${exponentSign || "+"}${exponent}`;
}
