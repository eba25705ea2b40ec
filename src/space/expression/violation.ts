/** By how much a condition is missed: what a search needs to know of trials that break a limit. */
import type { Json } from "../value.js";
import { evaluate, holds } from "./evaluate.js";
import type { Comparison, Expression } from "./expression.js";

/** What a condition without a measure is missed by: text that is another, a comparison without a value. */
const unmeasured = 1;

/**
 * 0 where the condition holds for `values`, else more than 0. A comparison of numbers is missed by
 * their difference, in their own unit; `and` adds up, of `or` the nearest counts. What speaks of a
 * value that is not there is missed: nobody knows that it holds.
 */
export function violationOf(
  expression: Expression,
  values: Readonly<Record<string, Json>>,
): number {
  if (evaluate(expression, values).kind === "value" && holds(expression, values)) return 0;
  if (expression.kind === "logical") {
    const left = violationOf(expression.left, values);
    const right = violationOf(expression.right, values);
    return expression.operator === "and" ? left + right : Math.min(left, right);
  }
  if (expression.kind !== "comparison") return unmeasured;
  let missed = 0;
  let left = numberOf(expression.first, values);
  for (const { operator, operand } of expression.rest) {
    const right = numberOf(operand, values);
    missed += missedBy(operator, left, right);
    left = right;
  }
  // Missed all the same: an infinity, or the equal sides of a strict comparison.
  return missed > 0 && Number.isFinite(missed) ? missed : unmeasured;
}

function missedBy(operator: Comparison, left: number, right: number): number {
  switch (operator) {
    case "<":
    case "<=":
      return Math.max(0, left - right);
    case ">":
    case ">=":
      return Math.max(0, right - left);
    case "==":
      return Math.abs(left - right);
    default:
      return 0;
  }
}

function numberOf(expression: Expression, values: Readonly<Record<string, Json>>): number {
  const outcome = evaluate(expression, values);
  return outcome.kind === "value" && typeof outcome.value === "number" ? outcome.value : Number.NaN;
}
