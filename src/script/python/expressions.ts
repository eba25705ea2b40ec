/** The parser's tree of an expression, read into our own. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/python";
import { stringParts, unescaped } from "./strings.js";
import type {
  Argument,
  ComprehensionClause,
  DictionaryEntry,
  Expression,
  Parameter,
  Span,
} from "./syntax.js";

// Deeper than anybody writes, and far from the end of the stack.
const deepest = 150;

/** The children that carry meaning: neither comments nor the marks of an error without text. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment" && !child.type.isError) children.push(child);
  }
  return children;
}

export function expressionOf(text: string, node: SyntaxNode | undefined, depth = 0): Expression {
  if (node === undefined) return { kind: "other", start: 0, end: 0, parts: [] };
  const { from: start, to: end } = node;
  if (depth > deepest) return { kind: "other", start, end, parts: [] };
  const read = (child: SyntaxNode | undefined) => expressionOf(text, child, depth + 1);
  switch (node.name) {
    case "VariableName":
    case "PropertyName":
      return { kind: "name", start, end, name: text.slice(node.from, node.to) };
    case "Number":
      return numberOf(text.slice(start, end), { start, end });
    case "Boolean":
      return { kind: "constant", start, end, value: text.slice(node.from, node.to) === "True" };
    case "None":
      return { kind: "constant", start, end, value: null };
    case "String":
    case "FormatString":
    case "ContinuedString":
      return stringOf(text, node, depth);
    case "MemberExpression":
      return memberOf(text, node, depth);
    case "CallExpression": {
      const children = childrenOf(node);
      const list = children.find((child) => child.name === "ArgList");
      return {
        kind: "call",
        start,
        end,
        callee: read(children[0]),
        arguments: list === undefined ? [] : argumentsOf(text, list, depth + 1),
      };
    }
    case "ParenthesizedExpression":
      return read(childrenOf(node).find((child) => child.name !== "(" && child.name !== ")"));
    case "ArrayExpression":
      return { kind: "list", start, end, items: itemsOf(text, node, depth) };
    case "TupleExpression":
      return { kind: "tuple", start, end, items: itemsOf(text, node, depth) };
    case "SetExpression":
      return { kind: "set", start, end, items: itemsOf(text, node, depth) };
    case "DictionaryExpression":
      return { kind: "dict", start, end, entries: entriesOf(text, node, depth) };
    case "ArrayComprehensionExpression":
      return comprehensionOf(text, node, "list", depth);
    case "SetComprehensionExpression":
      return comprehensionOf(text, node, "set", depth);
    case "DictionaryComprehensionExpression":
      return comprehensionOf(text, node, "dict", depth);
    case "ComprehensionExpression":
      return comprehensionOf(text, node, "generator", depth);
    case "UnaryExpression": {
      const [operator, operand] = childrenOf(node);
      const written = operator === undefined ? "" : text.slice(operator.from, operator.to);
      return { kind: "unary", start, end, operator: written, operand: read(operand) };
    }
    case "BinaryExpression": {
      const children = childrenOf(node);
      const left = children[0];
      const right = children.at(-1);
      const operator = children
        .slice(1, -1)
        .map((child) => text.slice(child.from, child.to))
        .join(" ");
      return { kind: "binary", start, end, operator, left: read(left), right: read(right) };
    }
    case "ConditionalExpression": {
      const [whenTrue, , test, , whenFalse] = childrenOf(node);
      return {
        kind: "conditional",
        start,
        end,
        test: read(test),
        whenTrue: read(whenTrue),
        whenFalse: read(whenFalse),
      };
    }
    case "LambdaExpression": {
      const children = childrenOf(node);
      const list = children.find((child) => child.name === "ParamList");
      const body = children.at(-1);
      return {
        kind: "lambda",
        start,
        end,
        parameters: list === undefined ? [] : parametersOf(text, list, depth + 1),
        body: read(body?.name === "ParamList" ? undefined : body),
      };
    }
    case "NamedExpression": {
      const children = childrenOf(node);
      return { kind: "named", start, end, target: read(children[0]), value: read(children.at(-1)) };
    }
    default:
      return {
        kind: "other",
        start,
        end,
        parts: childrenOf(node)
          .filter((child) => isExpression(child))
          .map(read),
      };
  }
}

/** Expressions with commas between them: one stands for itself, several are a tuple. */
export function expressionListOf(
  text: string,
  nodes: readonly SyntaxNode[],
  depth = 0,
): Expression {
  const items = starredOf(text, nodes, depth);
  const [first] = items;
  if (first === undefined) return expressionOf(text, undefined);
  const hasComma = nodes.some((node) => node.name === ",");
  if (items.length === 1 && !hasComma) return first;
  const end = items.at(-1)?.end ?? first.end;
  return { kind: "tuple", start: first.start, end, items };
}

export function argumentsOf(text: string, list: SyntaxNode, depth = 0): Argument[] {
  const children = childrenOf(list);
  // The grammar hands over the generator of `f(x for x in y)` in pieces.
  if (children.some((child) => child.name === "for")) {
    const value = comprehensionOf(text, list, "generator", depth);
    return [{ start: value.start, end: value.end, value }];
  }
  return separated(children).flatMap((piece): Argument[] => {
    const first = piece[0];
    const last = piece.at(-1);
    if (first === undefined || last === undefined) return [];
    const { from: start } = first;
    const { to: end } = last;
    const value = expressionOf(text, isExpression(last) ? last : undefined, depth + 1);
    if (first.name === "*" || first.name === "**")
      return [{ start, end, spread: first.name, value }];
    if (piece[1]?.name === "AssignOp") {
      return [{ start, end, name: text.slice(first.from, first.to), value }];
    }
    return [{ start, end, value }];
  });
}

export function parametersOf(text: string, list: SyntaxNode, depth = 0): Parameter[] {
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const piece of separated(childrenOf(list))) {
    const name = piece.find((node) => node.name === "VariableName");
    const star = piece.find((node) => node.name === "*" || node.name === "**");
    if (name === undefined) {
      keywordOnly ||= star !== undefined;
      continue;
    }
    const annotation = piece.find((node) => node.name === "TypeDef");
    const assigned = piece.findIndex((node) => node.name === "AssignOp");
    const value = assigned < 0 ? undefined : piece[assigned + 1];
    parameters.push({
      start: piece[0]?.from ?? name.from,
      end: piece.at(-1)?.to ?? name.to,
      name: text.slice(name.from, name.to),
      keywordOnly,
      ...(star !== undefined && { spread: star.name === "*" ? "*" : "**" }),
      ...(annotation !== undefined && { annotation: annotationOf(text, annotation, depth) }),
      ...(value !== undefined && { default: expressionOf(text, value, depth + 1) }),
    });
    keywordOnly ||= star?.name === "*";
  }
  return parameters;
}

/** What stands behind the colon, or behind the arrow. */
export function annotationOf(text: string, node: SyntaxNode, depth = 0): Expression {
  return expressionOf(text, childrenOf(node).filter(isExpression).at(-1), depth + 1);
}

const expressionTypes: ReadonlySet<number> = new Set(
  parser.nodeSet.types
    .filter(({ name }) =>
      /Expression$|String$|Pattern$|^(?:VariableName|PropertyName|Number|Boolean|None|Ellipsis)$|^Format(?:Replacement|Spec)$/.test(
        name,
      ),
    )
    .map(({ id }) => id),
);

export function isExpression(node: SyntaxNode): boolean {
  return expressionTypes.has(node.type.id);
}

const brackets = new Set(["(", ")", "[", "]", "{", "}"]);

/** Splits at the commas, without the brackets around. */
function separated(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const pieces: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ",") pieces.push([]);
    else if (!brackets.has(node.name)) pieces.at(-1)?.push(node);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function itemsOf(text: string, node: SyntaxNode, depth: number): Expression[] {
  return starredOf(text, childrenOf(node), depth);
}

function starredOf(text: string, nodes: readonly SyntaxNode[], depth: number): Expression[] {
  return separated(nodes).flatMap((piece): Expression[] => {
    const first = piece[0];
    const last = piece.at(-1);
    if (first === undefined || last === undefined) return [];
    const value = expressionOf(text, last, depth + 1);
    if (first.name !== "*" || first === last) return [value];
    return [{ kind: "starred", start: first.from, end: last.to, value }];
  });
}

function entriesOf(text: string, node: SyntaxNode, depth: number): DictionaryEntry[] {
  return separated(childrenOf(node)).flatMap((piece): DictionaryEntry[] => {
    const [first] = piece;
    const last = piece.at(-1);
    if (first === undefined || last === undefined) return [];
    const value = expressionOf(text, isExpression(last) ? last : undefined, depth + 1);
    if (first.name === "**") return [{ value }];
    if (piece[1]?.name !== ":") return [{ value: expressionOf(text, first, depth + 1) }];
    return [{ key: expressionOf(text, first, depth + 1), value }];
  });
}

function memberOf(text: string, node: SyntaxNode, depth: number): Expression {
  const children = childrenOf(node);
  const { from: start, to: end } = node;
  const object = expressionOf(text, children[0], depth + 1);
  if (children[1]?.name === ".") {
    const property = children[2];
    return {
      kind: "attribute",
      start,
      end,
      object,
      name: property === undefined ? "" : text.slice(property.from, property.to),
      nameStart: property?.from ?? node.to,
    };
  }
  const inside = children.slice(2, -1);
  const index = inside.some((child) => child.name === ":")
    ? ({
        kind: "other",
        start,
        end,
        parts: inside.filter(isExpression).map((child) => expressionOf(text, child, depth + 1)),
      } as const)
    : expressionListOf(text, inside, depth + 1);
  return { kind: "subscript", start, end, object, index };
}

function comprehensionOf(
  text: string,
  node: SyntaxNode,
  of: "list" | "set" | "dict" | "generator",
  depth: number,
): Expression {
  const children = childrenOf(node).filter((child) => !brackets.has(child.name));
  const start = children.findIndex((child) => child.name === "for" || child.name === "async");
  const head = children.slice(0, start < 0 ? children.length : start);
  const colon = head.findIndex((child) => child.name === ":");
  const clauses: ComprehensionClause[] = [];
  const read = (nodes: SyntaxNode[]) => expressionListOf(text, nodes, depth + 1);
  let rest = start < 0 ? [] : children.slice(start);
  while (rest.length > 0) {
    const next = rest.findIndex((child, at) => at > 0 && child.name === "for");
    const clause = next < 0 ? rest : rest.slice(0, next);
    rest = next < 0 ? [] : rest.slice(next);
    const inside = clause.findIndex((child) => child.name === "in");
    const firstIf = clause.findIndex((child) => child.name === "if");
    const words = (from: number, to: number) =>
      clause.slice(from, to).filter((child) => child.name !== "for" && child.name !== "async");
    if (inside < 0) continue;
    const end = firstIf < 0 ? clause.length : firstIf;
    clauses.push({
      target: read(words(0, inside)),
      iterable: read(words(inside + 1, end)),
      conditions: clause
        .slice(end)
        .filter(isExpression)
        .map((child) => expressionOf(text, child, depth + 1)),
    });
  }
  return {
    kind: "comprehension",
    start: node.from,
    end: node.to,
    of,
    ...(colon >= 0 && { key: read(head.slice(0, colon)) }),
    element: read(head.slice(colon + 1)),
    clauses,
  };
}

function numberOf(written: string, { start, end }: Span): Expression {
  const plain = written.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("j")) return { kind: "other", start, end, parts: [] };
  const isFloat = !/^0[xbo]/.test(plain) && /[.e]/.test(plain);
  const value = Number(plain);
  if (Number.isNaN(value)) return { kind: "other", start, end, parts: [] };
  return { kind: "constant", start, end, value, isFloat };
}

function stringOf(text: string, node: SyntaxNode, depth: number): Expression {
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
