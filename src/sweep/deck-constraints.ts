/** `sweepdeck.constraints`, read and checked against the parameters, and `sweepdeck.outcomes`. */
import type { Condition } from "../space/condition.js";
import { analyse, type DomainOf, type Finding } from "../space/expression/analyse.js";
import { domainOf } from "../space/expression/domain.js";
import type { Span, SyntaxFault } from "../space/expression/expression.js";
import { functions } from "../space/expression/functions.js";
import { parseExpression } from "../space/expression/parse.js";
import { closest } from "./closest.js";
import { nearest, type ParameterNames } from "./deck-names.js";
import type { ConstraintProblem, PlanProblem } from "./deck-problem.js";
import type { Constraint } from "./deck-types.js";
import type { Report } from "./problem.js";
import { type ScalarNode, type TextNode, type TextRange, textOf } from "./tree.js";

/** Those that can be understood; what is wrong with the others is reported. */
export function readConstraints(
  node: TextNode | undefined,
  names: ParameterNames,
  conditions: readonly Condition[],
  report: Report,
): readonly Constraint[] {
  if (node?.kind !== "list") return [];
  const conditional = new Set(conditions.map(({ parameter }) => parameter));
  const domain: DomainOf = (name) => {
    const parameter = names.parameters.get(name);
    // Where a parameter is absent, a constraint over it holds, so nothing is known for certain.
    if (parameter !== undefined && !conditional.has(name)) return domainOf(parameter.distribution);
    return names.written.has(name) ? "anything" : undefined;
  };
  return readAll(node.items, names, domain, report);
}

/** `sweepdeck.outcomes`: over metrics, which may have any name and any value. */
export function readOutcomes(
  node: TextNode | undefined,
  names: ParameterNames,
  report: Report,
): readonly Constraint[] {
  return node?.kind === "list" ? readAll(node.items, names, () => "anything", report) : [];
}

function readAll(
  items: readonly TextNode[],
  names: ParameterNames,
  domain: DomainOf,
  report: Report,
): readonly Constraint[] {
  return items.flatMap((item) => {
    const text = textOf(item);
    if (item.kind !== "scalar" || text === undefined) return [];
    const constraint = readConstraint(item, text, names, domain, report);
    return constraint === undefined ? [] : [constraint];
  });
}

function readConstraint(
  node: ScalarNode,
  text: string,
  names: ParameterNames,
  domain: DomainOf,
  report: Report,
): Constraint | undefined {
  const parsed = parseExpression(text);
  if (parsed.kind === "fault") {
    report(rangeInside(node, parsed.fault), problemOfFault(parsed.fault));
    return undefined;
  }
  const { expression } = parsed;
  const { findings, truth } = analyse(expression, domain);
  for (const finding of findings) {
    const hyphenated = hyphenatedAt(text, finding, names);
    if (hyphenated === undefined) {
      report(rangeInside(node, finding), problemOfFinding(finding, names));
      continue;
    }
    const { name } = hyphenated;
    report(rangeInside(node, hyphenated), { code: "constraint-hyphens", name });
    // What else was found is part of the name.
    return undefined;
  }
  if (truth !== "depends") {
    report(node.range, {
      code: truth === "never" ? "constraint-never-holds" : "constraint-always-holds",
    });
  }
  return { text, expression };
}

/**
 * The place in the file of a part of a text: exact where the text stands in the file as it is
 * read, else the whole of it.
 */
function rangeInside({ range, source, plain }: ScalarNode, { start, end }: Span): TextRange {
  const length = range.end - range.start;
  const quotes = plain ? 0 : 1;
  if (length !== source.length + 2 * quotes) return range;
  const offset = range.start + quotes;
  // Where something is missing, there is nothing to point at but what comes before it.
  const from = Math.min(start, Math.max(0, source.length - 1));
  return { start: offset + from, end: offset + Math.max(end, from + 1) };
}

function problemOfFault(fault: SyntaxFault): ConstraintProblem {
  const code = "constraint-syntax";
  switch (fault.kind) {
    case "empty":
    case "too-long":
      return { code, reason: fault.kind, found: "" };
    case "character":
      return { code, reason: fault.kind, found: fault.character };
    case "unclosed":
      return { code, reason: fault.kind, found: fault.opening };
    case "foreign-operator":
      return { code, reason: fault.kind, found: fault.written, meant: fault.meant };
    case "unexpected":
      return { code, reason: fault.kind, found: fault.found, expected: fault.expected };
  }
}

function problemOfFinding(
  finding: Finding,
  names: ParameterNames,
): ConstraintProblem | PlanProblem {
  switch (finding.kind) {
    case "unknown-parameter": {
      const { name, isValueOf } = finding;
      const near = nearest(name, names.written);
      return {
        code: "unknown-parameter",
        name,
        ...(near !== undefined && isValueOf === undefined && { closest: inExpression(near) }),
        ...(isValueOf !== undefined && { isValueOf }),
      };
    }
    case "unknown-function": {
      const known = [...functions.keys()];
      const near = finding.name === "ln" ? "log" : closest(finding.name, known);
      const { name } = finding;
      return { code: "constraint-function", name, known, ...(near && { closest: near }) };
    }
    case "operand-count":
      return {
        code: "constraint-operands",
        signature: finding.signature,
        found: finding.found,
      };
    case "not-a-number":
      return { code: "constraint-types", operator: finding.operator, wants: "numbers" };
    case "no-order":
      return { code: "constraint-types", operator: finding.operator, wants: "an order" };
    case "impossible-value": {
      const { parameter: name, value, possible } = finding;
      const near = closest(value, possible);
      const problem = { name, value, possible, ...(near !== undefined && { closest: near }) };
      return { code: "constraint-impossible-value", ...problem };
    }
    case "not-a-condition":
      return { code: "constraint-not-a-condition" };
  }
}

/** As the expression language writes a name. */
export function inExpression(name: string): string {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(name) ? name : `\`${name}\``;
}

/** `batch-size` without backticks is a subtraction: whether a name with hyphens begins there. */
function hyphenatedAt(
  text: string,
  { kind, start }: Finding,
  { written }: ParameterNames,
): (Span & { readonly name: string }) | undefined {
  if (kind !== "unknown-parameter") return undefined;
  const [name] = [...written]
    .filter((each) => each.includes("-") && text.startsWith(each, start))
    .sort((a, b) => b.length - a.length);
  return name === undefined ? undefined : { name, start, end: start + name.length };
}
