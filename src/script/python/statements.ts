/** The parser's tree of a module, read into our own. */
import type { SyntaxNode } from "@lezer/common";
import {
  annotationOf,
  argumentsOf,
  childrenOf,
  expressionListOf,
  expressionOf,
  isExpression,
  parametersOf,
} from "./expressions.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  If,
  ImportedName,
  Statement,
} from "./syntax.js";

const deepest = 100;

export function statementsOf(text: string, node: SyntaxNode, depth = 0): Statement[] {
  if (depth > deepest) return [];
  return childrenOf(node).flatMap((child) => statementOf(text, child, depth));
}

function statementOf(text: string, node: SyntaxNode, depth: number): Statement[] {
  const { from: start, to: end } = node;
  const children = childrenOf(node);
  switch (node.name) {
    case ":":
      return [];
    case "StatementGroup":
      return statementsOf(text, node, depth + 1);
    case "ExpressionStatement":
      return [{ kind: "expression", start, end, value: expressionListOf(text, children) }];
    case "AssignStatement":
      return [assignmentOf(text, node)];
    case "UpdateStatement": {
      const at = children.findIndex((child) => child.name === "UpdateOp");
      const operator = children[at];
      return [
        {
          kind: "update",
          start,
          end,
          target: expressionOf(text, children[0]),
          operator: operator === undefined ? "" : text.slice(operator.from, operator.to),
          value: expressionListOf(text, children.slice(at + 1)),
        },
      ];
    }
    case "ImportStatement":
      return importsOf(text, node);
    case "FunctionDefinition":
      return [functionOf(text, node, [], depth)];
    case "ClassDefinition":
      return [classOf(text, node, [], depth)];
    case "DecoratedStatement":
      return decoratedOf(text, node, depth);
    case "IfStatement":
      return [{ kind: "if", start, end, branches: branchesOf(text, node, depth) }];
    case "ForStatement":
      return [forOf(text, node, depth)];
    case "WhileStatement": {
      const [body, otherwise] = blocksOf(text, node, depth);
      return [
        {
          kind: "while",
          start,
          end,
          test: expressionOf(text, children.find(isExpression)),
          body: body ?? [],
          otherwise: otherwise ?? [],
        },
      ];
    }
    case "WithStatement":
      return [withOf(text, node, depth)];
    case "TryStatement":
      return [tryOf(text, node, depth)];
    case "ReturnStatement": {
      const value = children.filter((child) => child.name !== "return");
      return [
        {
          kind: "return",
          start,
          end,
          ...(value.length > 0 && { value: expressionListOf(text, value) }),
        },
      ];
    }
    case "MatchStatement":
      return [matchOf(text, node, depth)];
    default:
      return otherOf(text, node, depth);
  }
}

function otherOf(text: string, node: SyntaxNode, depth: number): Statement[] {
  const children = childrenOf(node);
  const isScope = node.name === "ScopeStatement";
  return [
    {
      kind: "other-statement",
      start: node.from,
      end: node.to,
      globals: isScope
        ? children
            .filter((child) => child.name === "VariableName")
            .map((child) => text.slice(child.from, child.to))
        : [],
      parts: isScope
        ? []
        : (isExpression(node) ? [node] : children.filter(isExpression)).map((child) =>
            expressionOf(text, child),
          ),
      blocks: blocksOf(text, node, depth),
    },
  ];
}

function blocksOf(text: string, node: SyntaxNode, depth: number): Statement[][] {
  return childrenOf(node)
    .filter((child) => child.name === "Body")
    .map((body) => statementsOf(text, body, depth + 1));
}

function assignmentOf(text: string, node: SyntaxNode): Statement {
  const pieces: SyntaxNode[][] = [[]];
  let annotation: SyntaxNode | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === "AssignOp") pieces.push([]);
    else if (child.name === "TypeDef") annotation = child;
    else pieces.at(-1)?.push(child);
  }
  const value = pieces.length > 1 ? pieces.at(-1) : undefined;
  const targets = pieces.length > 1 ? pieces.slice(0, -1) : pieces;
  return {
    kind: "assign",
    start: node.from,
    end: node.to,
    targets: targets.map((piece) => expressionListOf(text, piece)),
    ...(annotation !== undefined && { annotation: annotationOf(text, annotation) }),
    ...(value !== undefined && { value: expressionListOf(text, value) }),
  };
}

function importsOf(text: string, node: SyntaxNode): Statement[] {
  const { from: start, to: end } = node;
  const children = childrenOf(node);
  const word = (child: SyntaxNode) => text.slice(child.from, child.to);
  if (children[0]?.name !== "from") {
    return [{ kind: "import", start, end, names: namesOf(text, children.slice(1)) }];
  }
  const at = children.findIndex((child) => child.name === "import");
  const source = (at < 0 ? children : children.slice(0, at)).slice(1).map(word).join("");
  const level = /^\.*/.exec(source)?.[0].length ?? 0;
  const names = at < 0 ? [] : children.slice(at + 1);
  return [
    {
      kind: "import-from",
      start,
      end,
      level,
      module: source.slice(level),
      everything: names.some((child) => child.name === "*"),
      names: namesOf(text, names),
    },
  ];
}

function namesOf(text: string, nodes: readonly SyntaxNode[]): ImportedName[] {
  const names: ImportedName[] = [];
  let piece: SyntaxNode[] = [];
  const flush = () => {
    const as = piece.findIndex((node) => node.name === "as");
    const dotted = as < 0 ? piece : piece.slice(0, as);
    const alias = as < 0 ? undefined : piece[as + 1];
    const first = dotted[0];
    const last = piece.at(-1);
    if (first !== undefined && last !== undefined) {
      names.push({
        start: first.from,
        end: last.to,
        name: dotted.map((node) => text.slice(node.from, node.to)).join(""),
        ...(alias !== undefined && { alias: text.slice(alias.from, alias.to) }),
      });
    }
    piece = [];
  };
  for (const node of nodes) {
    if (node.name === ",") flush();
    else if (/^(?:VariableName|\.|as)$/.test(node.name)) piece.push(node);
  }
  flush();
  return names;
}

function decoratedOf(text: string, node: SyntaxNode, depth: number): Statement[] {
  const children = childrenOf(node);
  const decorators = children
    .filter((child) => child.name === "Decorator")
    .map((child) => decoratorOf(text, child));
  return children.flatMap((child): Statement[] => {
    if (child.name === "FunctionDefinition") return [functionOf(text, child, decorators, depth)];
    if (child.name === "ClassDefinition") return [classOf(text, child, decorators, depth)];
    return [];
  });
}

/** The grammar leaves `@a.b(c)` in pieces. */
function decoratorOf(text: string, node: SyntaxNode): Expression {
  let read: Expression | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === "ArgList") {
      if (read === undefined) continue;
      read = {
        kind: "call",
        start: read.start,
        end: child.to,
        callee: read,
        arguments: argumentsOf(text, child),
      };
    } else if (isExpression(child)) {
      read =
        read === undefined
          ? expressionOf(text, child)
          : {
              kind: "attribute",
              start: read.start,
              end: child.to,
              object: read,
              name: text.slice(child.from, child.to),
              nameStart: child.from,
            };
    }
  }
  return read ?? expressionOf(text, undefined);
}

function functionOf(
  text: string,
  node: SyntaxNode,
  decorators: readonly Expression[],
  depth: number,
): FunctionDefinition {
  const children = childrenOf(node);
  const name = children.find((child) => child.name === "VariableName");
  const list = children.find((child) => child.name === "ParamList");
  const returns = children.find((child) => child.name === "TypeDef");
  const body = blocksOf(text, node, depth)[0] ?? [];
  return {
    kind: "function",
    start: node.from,
    end: node.to,
    name: name === undefined ? "" : text.slice(name.from, name.to),
    nameSpan: { start: name?.from ?? node.from, end: name?.to ?? node.from },
    parameters: list === undefined ? [] : parametersOf(text, list),
    decorators,
    body,
    ...(returns !== undefined && { returns: annotationOf(text, returns) }),
    ...docstringOf(body),
  };
}

function classOf(
  text: string,
  node: SyntaxNode,
  decorators: readonly Expression[],
  depth: number,
): ClassDefinition {
  const children = childrenOf(node);
  const name = children.find((child) => child.name === "VariableName");
  const list = children.find((child) => child.name === "ArgList");
  const body = blocksOf(text, node, depth)[0] ?? [];
  return {
    kind: "class",
    start: node.from,
    end: node.to,
    name: name === undefined ? "" : text.slice(name.from, name.to),
    nameSpan: { start: name?.from ?? node.from, end: name?.to ?? node.from },
    arguments: list === undefined ? [] : argumentsOf(text, list),
    decorators,
    body,
    ...docstringOf(body),
  };
}

function docstringOf(body: readonly Statement[]): { docstring?: string } {
  const [first] = body;
  const isText =
    first?.kind === "expression" &&
    first.value.kind === "constant" &&
    typeof first.value.value === "string";
  return isText ? { docstring: first.value.value } : {};
}

function branchesOf(text: string, node: SyntaxNode, depth: number): If["branches"] {
  const branches: { test?: Expression; body: readonly Statement[] }[] = [];
  let test: Expression | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === "Body") {
      branches.push({
        ...(test !== undefined && { test }),
        body: statementsOf(text, child, depth + 1),
      });
      test = undefined;
    } else if (isExpression(child)) {
      test = expressionOf(text, child);
    }
  }
  return branches;
}

function forOf(text: string, node: SyntaxNode, depth: number): Statement {
  const children = childrenOf(node).filter(
    (child) => child.name !== "for" && child.name !== "async" && child.name !== "else",
  );
  const inside = children.findIndex((child) => child.name === "in");
  const [body, otherwise] = blocksOf(text, node, depth);
  return {
    kind: "for",
    start: node.from,
    end: node.to,
    target: expressionListOf(text, children.slice(0, Math.max(inside, 0))),
    iterable: expressionListOf(
      text,
      children.slice(inside + 1).filter((child) => child.name !== "Body"),
    ),
    body: body ?? [],
    otherwise: otherwise ?? [],
  };
}

function withOf(text: string, node: SyntaxNode, depth: number): Statement {
  const items: { value: Expression; target?: Expression }[] = [];
  let pending: Expression | undefined;
  let named = false;
  for (const child of childrenOf(node)) {
    if (child.name === "as") {
      named = true;
    } else if (isExpression(child)) {
      const expression = expressionOf(text, child);
      if (named && pending !== undefined) {
        items.push({ value: pending, target: expression });
        pending = undefined;
      } else {
        if (pending !== undefined) items.push({ value: pending });
        pending = expression;
      }
      named = false;
    }
  }
  if (pending !== undefined) items.push({ value: pending });
  const body = blocksOf(text, node, depth)[0] ?? [];
  return { kind: "with", start: node.from, end: node.to, items, body };
}

function tryOf(text: string, node: SyntaxNode, depth: number): Statement {
  const children = childrenOf(node);
  const named = new Set<SyntaxNode>();
  for (const [at, child] of children.entries()) {
    const next = children[at + 1];
    if (child.name === "as" && next?.name === "VariableName") named.add(next);
  }
  return {
    kind: "try",
    start: node.from,
    end: node.to,
    blocks: blocksOf(text, node, depth),
    handled: children
      .filter((child) => isExpression(child) && !named.has(child))
      .map((child) => expressionOf(text, child)),
    names: [...named].map((child) => text.slice(child.from, child.to)),
  };
}

function matchOf(text: string, node: SyntaxNode, depth: number): Statement {
  const children = childrenOf(node);
  const clauses = children
    .filter((child) => child.name === "MatchBody")
    .flatMap((body) => childrenOf(body).filter((child) => child.name === "MatchClause"));
  const parts = [...children, ...clauses.flatMap(childrenOf)].filter(isExpression);
  return {
    kind: "other-statement",
    start: node.from,
    end: node.to,
    globals: [],
    parts: parts.map((part) => expressionOf(text, part)),
    blocks: clauses.flatMap((clause) => blocksOf(text, clause, depth)),
  };
}
