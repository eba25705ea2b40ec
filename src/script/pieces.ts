/** Text with holes: f-strings, sums of strings, `%` and `format`. */
import type { Evaluator } from "./iteration.js";
import type { Scope } from "./python/scope.js";
import type { Expression } from "./python/syntax.js";
import { textOf } from "./values.js";
import { boundOnce } from "./written.js";

/** See `textPieces`. */
export function piecesOf(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): readonly (string | null)[] | undefined {
  if (expression.kind === "format") {
    return joined(
      expression.pieces.flatMap((piece) => {
        if (typeof piece === "string") return [piece];
        const value = self.value(scope, piece, depth);
        if (value !== undefined && typeof value !== "object") return [textOf(value)];
        return self.pieces(scope, piece, depth) ?? [null];
      }),
    );
  }
  if (expression.kind === "binary" && expression.operator === "+") {
    const left = self.pieces(scope, expression.left, depth);
    const right = self.pieces(scope, expression.right, depth);
    if (left === undefined && right === undefined) return undefined;
    return joined([...(left ?? [null]), ...(right ?? [null])]);
  }
  const value = self.value(scope, expression, depth);
  if (typeof value === "string") return [value];
  if (value !== undefined) return undefined;
  if (expression.kind === "binary" && expression.operator === "%") {
    const left = self.value(scope, expression.left, depth);
    return typeof left === "string"
      ? joined(between(left, /%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]/))
      : undefined;
  }
  if (expression.kind === "call" && expression.callee.kind === "attribute") {
    const { object, name } = expression.callee;
    const text = self.value(scope, object, depth);
    if (typeof text !== "string") return undefined;
    if (name === "format") return joined(between(text, /\{[^{}]*\}/));
    return name === "join" ? [null] : undefined;
  }
  const bound = boundOnce(self.modules, scope, expression);
  return bound && self.pieces(bound.scope, bound.value, depth);
}

function between(text: string, hole: RegExp): (string | null)[] {
  return text.split(hole).flatMap((piece, at) => (at === 0 ? [piece] : [null, piece]));
}

function joined(pieces: readonly (string | null)[]): (string | null)[] {
  const result: (string | null)[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece === "" || (piece === null && last === null)) continue;
    if (typeof piece === "string" && typeof last === "string")
      result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result.length === 0 ? [""] : result;
}
