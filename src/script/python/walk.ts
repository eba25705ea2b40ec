/** Walks over statements and expressions, in the order in which they are written. */
import type { Call, Expression, Parameter, Statement } from "./syntax.js";

/** The expressions that stand directly within one. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "name":
    case "constant":
      return [];
    case "attribute":
      return [expression.object];
    case "subscript":
      return [expression.object, expression.index];
    case "call":
      return [expression.callee, ...expression.arguments.map((argument) => argument.value)];
    case "format":
      return expression.pieces.filter((piece) => typeof piece !== "string");
    case "list":
    case "tuple":
    case "set":
      return expression.items;
    case "dict":
      return expression.entries.flatMap(({ key, value }) =>
        key === undefined ? [value] : [key, value],
      );
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.whenTrue, expression.test, expression.whenFalse];
    case "lambda":
      return [...parameterParts(expression.parameters), expression.body];
    case "comprehension":
      return [
        ...(expression.key === undefined ? [] : [expression.key]),
        expression.element,
        ...expression.clauses.flatMap(({ target, iterable, conditions }) => [
          target,
          iterable,
          ...conditions,
        ]),
      ];
    case "starred":
      return [expression.value];
    case "named":
      return [expression.target, expression.value];
    case "other":
      return expression.parts;
  }
}

/** The expressions of a statement itself: those of its blocks and of its bodies are not among them. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "expression":
      return [statement.value];
    case "assign":
      return [
        ...(statement.value === undefined ? [] : [statement.value]),
        ...(statement.annotation === undefined ? [] : [statement.annotation]),
        ...statement.targets,
      ];
    case "update":
      return [statement.target, statement.value];
    case "import":
    case "import-from":
      return [];
    case "function":
      return [
        ...statement.decorators,
        ...parameterParts(statement.parameters),
        ...(statement.returns === undefined ? [] : [statement.returns]),
      ];
    case "class":
      return [...statement.decorators, ...statement.arguments.map((argument) => argument.value)];
    case "if":
      return statement.branches.flatMap(({ test }) => (test === undefined ? [] : [test]));
    case "for":
      return [statement.iterable, statement.target];
    case "while":
      return [statement.test];
    case "with":
      return statement.items.flatMap(({ value, target }) =>
        target === undefined ? [value] : [value, target],
      );
    case "try":
      return statement.handled;
    case "return":
      return statement.value === undefined ? [] : [statement.value];
    case "other-statement":
      return statement.parts;
  }
}

/** The blocks of a statement that run in its own scope: not the bodies of functions and classes. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "if":
      return statement.branches.map(({ body }) => body);
    case "for":
    case "while":
      return [statement.body, statement.otherwise];
    case "with":
      return [statement.body];
    case "try":
    case "other-statement":
      return statement.blocks;
    default:
      return [];
  }
}

// A body never changes, and is walked by all who look for something in it.
const statementsByBody = new WeakMap<readonly Statement[], readonly Statement[]>();
const expressionsByBody = new WeakMap<readonly Statement[], readonly Expression[]>();
const callsByBody = new WeakMap<readonly Statement[], readonly Call[]>();

function kept<Found>(
  known: WeakMap<readonly Statement[], readonly Found[]>,
  body: readonly Statement[],
  find: (found: Found[]) => void,
): readonly Found[] {
  const before = known.get(body);
  if (before !== undefined) return before;
  const found: Found[] = [];
  find(found);
  known.set(body, found);
  return found;
}

/** Every statement of a body in its own scope, outer before inner. */
export function statementsIn(body: readonly Statement[]): readonly Statement[] {
  return kept(statementsByBody, body, (found) => addStatements(body, found));
}

function addStatements(body: readonly Statement[], found: Statement[]): void {
  for (const statement of body) {
    found.push(statement);
    for (const block of blocksOf(statement)) addStatements(block, found);
  }
}

/** An expression and all within it, outer before inner. */
export function expressionsWithin(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  addExpressions(expression, found);
  return found;
}

function addExpressions(expression: Expression, found: Expression[]): void {
  found.push(expression);
  if (expression.kind === "name" || expression.kind === "constant") return;
  for (const part of partsOf(expression)) addExpressions(part, found);
}

/** Every expression of a body in its own scope. */
export function expressionsIn(body: readonly Statement[]): readonly Expression[] {
  return kept(expressionsByBody, body, (found) => {
    for (const statement of statementsIn(body)) {
      for (const expression of expressionsOf(statement)) addExpressions(expression, found);
    }
  });
}

/** Every call of a body in its own scope: those of the functions defined in it are not among them. */
export function callsIn(body: readonly Statement[]): readonly Call[] {
  return kept(callsByBody, body, (found) => {
    for (const each of expressionsIn(body)) if (each.kind === "call") found.push(each);
  });
}

/** The names that assigning to `target` binds. */
export function* targetNames(target: Expression): Generator<string> {
  switch (target.kind) {
    case "name":
      yield target.name;
      return;
    case "list":
    case "tuple":
      for (const item of target.items) yield* targetNames(item);
      return;
    case "starred":
      yield* targetNames(target.value);
      return;
    default:
  }
}

/** The argument given by keyword, or else in that position. */
export function argumentOf(call: Call, name: string, position?: number): Expression | undefined {
  const named = call.arguments.find((argument) => argument.name === name);
  if (named !== undefined) return named.value;
  if (position === undefined) return undefined;
  return positionalOf(call)[position];
}

/** The positional arguments up to a `*`, behind which positions are not known. */
export function positionalOf(call: Call): readonly Expression[] {
  const positional: Expression[] = [];
  for (const argument of call.arguments) {
    if (argument.spread === "*") break;
    if (argument.name === undefined && argument.spread === undefined) {
      positional.push(argument.value);
    }
  }
  return positional;
}

/** `a.b.c` as its names; undefined for anything else. */
export function dottedPath(expression: Expression): readonly string[] | undefined {
  const path: string[] = [];
  let at = expression;
  while (at.kind === "attribute") {
    path.unshift(at.name);
    at = at.object;
  }
  if (at.kind !== "name") return undefined;
  path.unshift(at.name);
  return path;
}

function parameterParts(parameters: readonly Parameter[]): readonly Expression[] {
  return parameters.flatMap(({ annotation, default: value }) => [
    ...(annotation === undefined ? [] : [annotation]),
    ...(value === undefined ? [] : [value]),
  ]);
}
