/** What an expression is for one configuration. */
import { identity } from "../distribution.js";
import { ownValue } from "../record.js";
import type { Configuration } from "../space.js";
import type { Json } from "../value.js";
import type { Arithmetic, Comparison, Expression, Span } from "./expression.js";
import { functions } from "./functions.js";

export type Outcome =
  | { readonly kind: "value"; readonly value: Json }
  /** A parameter that the configuration lacks, because its condition does not hold. */
  | { readonly kind: "absent"; readonly parameter: string }
  /** It has no value: a division by zero, a comparison of text with a number. */
  | { readonly kind: "fault"; readonly span: Span };

/**
 * Whether a configuration fulfils a condition. One that speaks of a parameter which the configuration
 * lacks asks nothing of it; one that has no value, as a division by zero has none, is not fulfilled.
 */
export function holds(expression: Expression, configuration: Configuration): boolean {
  const outcome = evaluate(expression, configuration);
  return outcome.kind === "absent" || (outcome.kind === "value" && isTrue(outcome.value));
}

/**
 * Numbers as Python has them: true is 1, `//` rounds down, `%` has the sign of its divisor. `and` and
 * `or` are three-valued where a parameter is absent.
 */
export function evaluate(expression: Expression, configuration: Configuration): Outcome {
  switch (expression.kind) {
    case "literal":
      return given(expression.value);
    case "parameter": {
      const value = ownValue(configuration, expression.name);
      return value === undefined ? { kind: "absent", parameter: expression.name } : given(value);
    }
    case "list":
      return withAll(expression.items, configuration, given);
    case "call":
      return withAll(expression.operands, configuration, (values) =>
        numberOr(expression, called(expression.name, values)),
      );
    case "unary":
      return unary(expression, configuration);
    case "arithmetic":
      return withAll([expression.left, expression.right], configuration, ([left, right]) =>
        numberOr(expression, calculated(expression.operator, left, right)),
      );
    case "comparison":
      return compared(expression, configuration);
    case "logical":
      return logical(expression, configuration);
  }
}

function given(value: Json): Outcome {
  return { kind: "value", value };
}

function numberOr({ start, end }: Span, value: number | undefined): Outcome {
  return value === undefined || Number.isNaN(value)
    ? { kind: "fault", span: { start, end } }
    : given(value);
}

/** The first that has no value decides. */
function withAll(
  operands: readonly Expression[],
  configuration: Configuration,
  make: (values: readonly Json[]) => Outcome,
): Outcome {
  const values: Json[] = [];
  for (const operand of operands) {
    const outcome = evaluate(operand, configuration);
    if (outcome.kind !== "value") return outcome;
    values.push(outcome.value);
  }
  return make(values);
}

function called(name: string, values: readonly Json[]): number | undefined {
  const [first] = values;
  const operands = values.length === 1 && Array.isArray(first) ? first : values;
  const numbers = operands.map(toNumber);
  return numbers.every((number) => number !== undefined)
    ? functions.get(name)?.apply(numbers)
    : undefined;
}

function unary(
  expression: Extract<Expression, { kind: "unary" }>,
  configuration: Configuration,
): Outcome {
  const outcome = evaluate(expression.operand, configuration);
  if (outcome.kind !== "value") return outcome;
  if (expression.operator === "not") return given(!isTrue(outcome.value));
  const number = toNumber(outcome.value);
  return numberOr(
    expression,
    expression.operator === "-" && number !== undefined ? -number : number,
  );
}

function calculated(
  operator: Arithmetic,
  left: Json | undefined,
  right: Json | undefined,
): number | undefined {
  const [a, b] = [toNumber(left), toNumber(right)];
  return a === undefined || b === undefined ? undefined : calculate(operator, a, b);
}

/** Undefined where Python raises an error. */
export function calculate(operator: Arithmetic, a: number, b: number): number | undefined {
  if (b === 0 && (operator === "/" || operator === "//" || operator === "%")) return undefined;
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "//":
      return Math.floor(a / b);
    case "%":
      return a - Math.floor(a / b) * b;
    case "**":
      return a === 0 && b < 0 ? undefined : a ** b;
  }
}

/** Each neighbour with the next one, up to the first that fails. */
function compared(
  { first, rest }: Extract<Expression, { kind: "comparison" }>,
  configuration: Configuration,
): Outcome {
  let left = evaluate(first, configuration);
  for (const { operator, operand } of rest) {
    if (left.kind !== "value") return left;
    const right = evaluate(operand, configuration);
    if (right.kind !== "value") return right;
    const result = compare(operator, left.value, right.value);
    if (result === undefined) {
      return { kind: "fault", span: { start: first.start, end: operand.end } };
    }
    if (!result) return given(false);
    left = right;
  }
  return given(true);
}

/** Undefined where one has no order beside the other: text beside a number. */
export function compare(operator: Comparison, left: Json, right: Json): boolean | undefined {
  switch (operator) {
    case "==":
      return isEqual(left, right);
    case "!=":
      return !isEqual(left, right);
    case "in":
      return isIn(left, right);
    case "not in": {
      const found = isIn(left, right);
      return found === undefined ? undefined : !found;
    }
    default:
      return inOrder(operator, left, right);
  }
}

function inOrder(operator: "<" | "<=" | ">" | ">=", left: Json, right: Json): boolean | undefined {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a !== undefined && b !== undefined) return ordered(operator, a, b);
  return typeof left === "string" && typeof right === "string"
    ? ordered(operator, left, right)
    : undefined;
}

function ordered<T extends number | string>(
  operator: "<" | "<=" | ">" | ">=",
  left: T,
  right: T,
): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

function isIn(value: Json, among: Json): boolean | undefined {
  if (Array.isArray(among)) return among.some((each: Json) => isEqual(value, each));
  return typeof value === "string" && typeof among === "string" ? among.includes(value) : undefined;
}

function isEqual(left: Json, right: Json): boolean {
  const [a, b] = [toNumber(left), toNumber(right)];
  return a === undefined || b === undefined ? identity(left) === identity(right) : a === b;
}

function logical(
  { operator, left, right }: Extract<Expression, { kind: "logical" }>,
  configuration: Configuration,
): Outcome {
  const decisive = operator === "or";
  const first = evaluate(left, configuration);
  if (first.kind === "fault") return first;
  if (first.kind === "value" && isTrue(first.value) === decisive) return given(decisive);
  const second = evaluate(right, configuration);
  if (second.kind === "fault") return second;
  if (second.kind === "value" && isTrue(second.value) === decisive) return given(decisive);
  if (first.kind === "absent") return first;
  return second.kind === "absent" ? second : given(!decisive);
}

/** As Python's `bool`. */
function isTrue(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function toNumber(value: Json | undefined): number | undefined {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" ? value : undefined;
}
