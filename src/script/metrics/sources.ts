/** Where values come from: what variables and attributes are given, what callers hand in, what functions return. */
import { scopeOwnedBy } from "../python/module.js";
import { type Binding, lookup, type Scope } from "../python/scope.js";
import type { Call, Comprehension, Expression, FunctionDefinition } from "../python/syntax.js";
import { argumentOf, statementsIn, targetNames } from "../python/walk.js";
import { resolve } from "../resolve.js";
import type { ScopedExpression, ScopedFunction, ScriptIndex } from "./index.js";
import { remembered } from "./memory.js";

/** All that a variable or an attribute may have been given; empty where that is not known. */
export function sourcesOf(
  index: ScriptIndex,
  expression: Expression,
  scope: Scope,
): readonly ScopedExpression[] {
  if (expression.kind === "attribute") return index.attributes.get(expression.name) ?? [];
  if (expression.kind !== "name") return [];
  const found = lookup(scope, expression.name);
  if (found === undefined) return [];
  const imported = found.bindings.some(({ kind }) => kind === "import")
    ? resolve(index.modules, scope, expression)
    : undefined;
  const at = imported?.kind === "variable" ? imported : { ...found, name: expression.name };
  return at.bindings.flatMap((binding) => bindingSources(index, binding, at.name, at.scope));
}

function bindingSources(
  index: ScriptIndex,
  binding: Binding,
  name: string,
  scope: Scope,
): readonly ScopedExpression[] {
  if (binding.kind === "value") return [{ value: binding.value, scope: binding.scope }];
  if (binding.kind === "context") return [{ value: binding.value, scope }];
  if (binding.kind === "parameter") return argumentsFor(index, name, scope);
  return [];
}

/** What the callers of a function hand in for a parameter, and its default. */
function argumentsFor(index: ScriptIndex, name: string, scope: Scope): readonly ScopedExpression[] {
  const { owner } = scope;
  if (owner?.kind !== "function") return [];
  const parameter = owner.parameters.find((each) => each.name === name);
  if (parameter === undefined || parameter.spread !== undefined) return [];
  const given = callersOf(index, owner, scope).flatMap(({ call, scope: at }) => {
    const value = argumentOf(call, name, positionOf(owner, scope, name));
    return value === undefined ? [] : [{ value, scope: at }];
  });
  const outer = scope.parent ?? scope;
  const own = parameter.default === undefined ? [] : [{ value: parameter.default, scope: outer }];
  return [...given, ...own];
}

/** Calls that may be of this function: by its name, or by its class's where it makes one. */
export function callersOf(index: ScriptIndex, owner: FunctionDefinition, scope: Scope) {
  const within = scope.parent?.owner;
  const isMethod = within?.kind === "class";
  const name = isMethod && owner.name === "__init__" ? within.name : owner.name;
  return (index.calls.get(name) ?? []).filter(({ call, scope: at }) => {
    const target = resolve(index.modules, at, call.callee);
    if (target?.kind === "outside") return false;
    return target?.kind !== "function" || target.definition === owner;
  });
}

export function positionOf(
  owner: FunctionDefinition,
  scope: Scope,
  name: string,
): number | undefined {
  const isBound =
    scope.parent?.owner?.kind === "class" &&
    !owner.decorators.some((each) => each.kind === "name" && each.name === "staticmethod");
  const positional = owner.parameters.filter((each) => !each.keywordOnly && !each.spread);
  const position = positional.findIndex((each) => each.name === name) - (isBound ? 1 : 0);
  return position < 0 ? undefined : position;
}

/** The values that the functions return which a call may mean; empty where they are not the script's. */
export function returnsOf(
  index: ScriptIndex,
  call: Call,
  scope: Scope,
): readonly ScopedExpression[] {
  return functionsOf(index, call, scope).flatMap(({ scope: inside }) =>
    returnedIn(inside).map((value) => ({ value, scope: inside })),
  );
}

/** The functions of the script that a call may mean; a method by its name alone. */
export function functionsOf(
  index: ScriptIndex,
  { callee }: Call,
  scope: Scope,
): readonly ScopedFunction[] {
  const target = resolve(index.modules, scope, callee);
  if (target?.kind === "function") {
    const inside = scopeOwnedBy(target.scope.module, target.definition);
    return inside === undefined ? [] : [{ definition: target.definition, scope: inside }];
  }
  if (target !== undefined || callee.kind !== "attribute") return [];
  return index.functions.get(callee.name) ?? [];
}

export function returnedIn(scope: Scope): readonly Expression[] {
  return [...statementsIn(scope.body)].flatMap((statement) =>
    statement.kind === "return" && statement.value !== undefined ? [statement.value] : [],
  );
}

/** The scope in which the key and the element of a comprehension are evaluated. */
export function scopeOfComprehension(
  { memory }: ScriptIndex,
  value: Comprehension,
  scope: Scope,
): Scope {
  const otherwise = { nothing: scope, unknown: scope };
  return remembered(memory.insides, { value, scope }, otherwise, () => inside(value, scope));
}

function inside({ clauses }: Comprehension, scope: Scope): Scope {
  const bindings = new Map(scope.bindings);
  const within: Scope = { ...scope, bindings };
  for (const { target, iterable } of clauses) {
    for (const name of targetNames(target)) {
      bindings.set(name, [{ kind: "element", iterable, target }]);
    }
  }
  return within;
}
