/** The parser's tree of an expression, read into our own. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/python";
import { numberOf, stringOf } from "./literals.js";
import type {
  Argument,
  ComprehensionClause,
  DictionaryEntry,
  Expression,
  Parameter,
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
  const reader = readers[node.name] ?? otherOf;
  return reader(text, node, depth);
}

type Reader = (text: string, node: SyntaxNode, depth: number) => Expression;

const readers: Readonly<Record<string, Reader>> = {
  VariableName: nameOf,
  PropertyName: nameOf,
  Number: (text, { from: start, to: end }) => numberOf(text.slice(start, end), { start, end }),
  Boolean: (text, { from: start, to: end }) => {
    return { kind: "constant", start, end, value: text.slice(start, end) === "True" };
  },
  None: (_text, { from: start, to: end }) => ({ kind: "constant", start, end, value: null }),
  String: stringOf,
  FormatString: stringOf,
  ContinuedString: stringOf,
  MemberExpression: memberOf,
  CallExpression: callOf,
  ParenthesizedExpression: (text, node, depth) =>
    expressionOf(text, childrenOf(node).find(isExpression), depth + 1),
  ArrayExpression: (text, node, depth) => collectionOf("list", text, node, depth),
  TupleExpression: (text, node, depth) => collectionOf("tuple", text, node, depth),
  SetExpression: (text, node, depth) => collectionOf("set", text, node, depth),
  DictionaryExpression: (text, node, depth) => {
    return { kind: "dict", start: node.from, end: node.to, entries: entriesOf(text, node, depth) };
  },
  ArrayComprehensionExpression: (text, node, depth) => comprehensionOf(text, node, "list", depth),
  SetComprehensionExpression: (text, node, depth) => comprehensionOf(text, node, "set", depth),
  DictionaryComprehensionExpression: (text, node, depth) =>
    comprehensionOf(text, node, "dict", depth),
  ComprehensionExpression: (text, node, depth) => comprehensionOf(text, node, "generator", depth),
  UnaryExpression: unaryOf,
  BinaryExpression: binaryOf,
  ConditionalExpression: conditionalOf,
  LambdaExpression: lambdaOf,
  NamedExpression: namedOf,
};

function nameOf(text: string, { from: start, to: end }: SyntaxNode): Expression {
  return { kind: "name", start, end, name: text.slice(start, end) };
}

function callOf(text: string, node: SyntaxNode, depth: number): Expression {
  const children = childrenOf(node);
  const list = children.find((child) => child.name === "ArgList");
  return {
    kind: "call",
    start: node.from,
    end: node.to,
    callee: expressionOf(text, children[0], depth + 1),
    arguments: list === undefined ? [] : argumentsOf(text, list, depth + 1),
  };
}

function collectionOf(
  kind: "list" | "tuple" | "set",
  text: string,
  node: SyntaxNode,
  depth: number,
): Expression {
  const items = starredOf(text, childrenOf(node), depth);
  return { kind, start: node.from, end: node.to, items };
}

function unaryOf(text: string, node: SyntaxNode, depth: number): Expression {
  const [operator, operand] = childrenOf(node);
  return {
    kind: "unary",
    start: node.from,
    end: node.to,
    operator: operator === undefined ? "" : text.slice(operator.from, operator.to),
    operand: expressionOf(text, operand, depth + 1),
  };
}

function binaryOf(text: string, node: SyntaxNode, depth: number): Expression {
  const children = childrenOf(node);
  const operators = children.slice(1, -1);
  return {
    kind: "binary",
    start: node.from,
    end: node.to,
    // `not in` and `is not` are two words.
    operator: operators.map((child) => text.slice(child.from, child.to)).join(" "),
    left: expressionOf(text, children[0], depth + 1),
    right: expressionOf(text, children.at(-1), depth + 1),
  };
}

function conditionalOf(text: string, node: SyntaxNode, depth: number): Expression {
  const [whenTrue, , test, , whenFalse] = childrenOf(node);
  return {
    kind: "conditional",
    start: node.from,
    end: node.to,
    test: expressionOf(text, test, depth + 1),
    whenTrue: expressionOf(text, whenTrue, depth + 1),
    whenFalse: expressionOf(text, whenFalse, depth + 1),
  };
}

function lambdaOf(text: string, node: SyntaxNode, depth: number): Expression {
  const children = childrenOf(node);
  const list = children.find((child) => child.name === "ParamList");
  const body = children.at(-1);
  return {
    kind: "lambda",
    start: node.from,
    end: node.to,
    parameters: list === undefined ? [] : parametersOf(text, list, depth + 1),
    body: expressionOf(text, body?.name === "ParamList" ? undefined : body, depth + 1),
  };
}

function namedOf(text: string, node: SyntaxNode, depth: number): Expression {
  const children = childrenOf(node);
  return {
    kind: "named",
    start: node.from,
    end: node.to,
    target: expressionOf(text, children[0], depth + 1),
    value: expressionOf(text, children.at(-1), depth + 1),
  };
}

function otherOf(text: string, node: SyntaxNode, depth: number): Expression {
  const parts = childrenOf(node).filter(isExpression);
  return {
    kind: "other",
    start: node.from,
    end: node.to,
    parts: parts.map((part) => expressionOf(text, part, depth + 1)),
  };
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
