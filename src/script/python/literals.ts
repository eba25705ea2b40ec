/** Numbers and strings of the parser's tree, f-strings among them. */
import type { SyntaxNode } from "@lezer/common";
import { childrenOf, expressionListOf } from "./expressions.js";
import { stringParts, unescaped } from "./strings.js";
import type { Expression, Span } from "./syntax.js";

export function numberOf(written: string, { start, end }: Span): Expression {
  const plain = written.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("j")) return { kind: "other", start, end, parts: [] };
  const isFloat = !/^0[xbo]/.test(plain) && /[.e]/.test(plain);
  const value = Number(plain);
  if (Number.isNaN(value)) return { kind: "other", start, end, parts: [] };
  return { kind: "constant", start, end, value, isFloat };
}

export function stringOf(text: string, node: SyntaxNode, depth: number): Expression {
  const { from: start, to: end } = node;
  const parts = node.name === "ContinuedString" ? childrenOf(node) : [node];
  const pieces: (string | Expression)[] = [];
  for (const part of parts) {
    const literal = text.slice(part.from, part.to);
    const { prefix, start, end } = stringParts(literal);
    if (prefix.includes("b")) return { kind: "other", start, end, parts: [] };
    if (part.name === "FormatString") {
      pieces.push(...formatPieces(text, part, prefix, part.from + start, part.from + end, depth));
    } else {
      pieces.push(unescaped(literal.slice(start, end), prefix));
    }
  }
  const joined = joinedPieces(pieces);
  if (joined.every((piece) => typeof piece === "string")) {
    return { kind: "constant", start, end, value: joined.join("") };
  }
  return { kind: "format", start, end, pieces: joined };
}

function formatPieces(
  text: string,
  node: SyntaxNode,
  prefix: string,
  start: number,
  end: number,
  depth: number,
): (string | Expression)[] {
  const written = (from: number, to: number) =>
    unescaped(text.slice(from, Math.max(from, to)), prefix)
      .replaceAll("{{", "{")
      .replaceAll("}}", "}");
  const pieces: (string | Expression)[] = [];
  let from = start;
  for (const child of childrenOf(node)) {
    if (child.name !== "FormatReplacement") continue;
    pieces.push(written(from, child.from));
    const inside = childrenOf(child);
    const value = inside.filter((part) => !/^Format(?:Conversion|Spec|SelfDoc)$/.test(part.name));
    const selfDocumenting = inside.some((part) => part.name === "FormatSelfDoc");
    const expression = expressionListOf(text, value, depth + 1);
    if (selfDocumenting) pieces.push(`${text.slice(expression.start, expression.end)}=`);
    pieces.push(expression);
    from = child.to;
  }
  pieces.push(written(from, end));
  return pieces;
}

function joinedPieces(pieces: readonly (string | Expression)[]): (string | Expression)[] {
  const joined: (string | Expression)[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece === "") continue;
    if (typeof piece === "string" && typeof last === "string") {
      joined[joined.length - 1] = last + piece;
    } else {
      joined.push(piece);
    }
  }
  return joined;
}
