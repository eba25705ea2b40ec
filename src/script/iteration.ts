/** What an iteration goes through, where a script writes it down. */
import {
  constant,
  dictionaryEntries,
  type Entry,
  elementWritten,
  fieldsWritten,
} from "./entries.js";
import type { Modules } from "./modules.js";
import { type Scope, scopeWith } from "./python/scope.js";
import type { Call, ClassDefinition, Comprehension, Expression, Span } from "./python/syntax.js";
import { positionalOf } from "./python/walk.js";
import type { Literal } from "./reading.js";
import { outsideName, resolve } from "./resolve.js";
import { isDictionary, isList, isTrue, mostItems, rangeOf } from "./values.js";
import { boundOnce, type ScopedExpression } from "./written.js";

/** How many steps an evaluation goes before it gives up. */
export const deepest = 40;

/** What the parts of an evaluation ask of each other; `depth` counts how deep it went. */
export interface Evaluator {
  readonly modules: Modules;
  value(scope: Scope, expression: Expression, depth: number): Literal | undefined;
  items(
    scope: Scope,
    expression: Expression,
    depth: number,
  ): readonly ScopedExpression[] | undefined;
  pieces(
    scope: Scope,
    expression: Expression,
    depth: number,
  ): readonly (string | null)[] | undefined;
  members(
    scope: Scope,
    definition: ClassDefinition,
    depth: number,
  ): ReadonlyMap<string, Literal> | undefined;
}

/** The scopes of a comprehension's turns: its variables bound to each item. */
export function turnsOf(
  self: Evaluator,
  scope: Scope,
  expression: Comprehension,
  depth: number,
): Scope[] | undefined {
  let turns = [scope];
  for (const { target, iterable, conditions } of expression.clauses) {
    const next: Scope[] = [];
    for (const turn of turns) {
      const items = self.items(turn, iterable, depth);
      if (items === undefined) return undefined;
      for (const item of items) {
        const inside = scopeOfTurn(self, turn, target, item, depth);
        const passes = conditions.map((condition) => self.value(inside, condition, depth));
        if (passes.includes(undefined)) return undefined;
        if (passes.every((pass) => pass !== undefined && isTrue(pass))) next.push(inside);
        if (next.length > mostItems) return undefined;
      }
    }
    turns = next;
  }
  return turns;
}

/** The scope of one turn of a loop: the names of `target` bound to the item, taken apart as it says. */
export function scopeOfTurn(
  self: Evaluator,
  scope: Scope,
  target: Expression,
  item: ScopedExpression,
  depth: number,
): Scope {
  const values = new Map<string, ScopedExpression>();
  const take = (into: Expression, from: ScopedExpression): void => {
    if (into.kind === "name") values.set(into.name, from);
    if (into.kind !== "tuple" && into.kind !== "list") return;
    const parts = self.items(from.scope, from.value, depth);
    for (const [at, part] of into.items.entries()) {
      const value = parts?.[at];
      if (value !== undefined) take(part, value);
    }
  };
  take(target, item);
  return scopeWith(scope, values);
}

export function itemsWithin(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): readonly ScopedExpression[] | undefined {
  switch (expression.kind) {
    case "list":
    case "tuple":
    case "set": {
      const items: ScopedExpression[] = [];
      for (const item of expression.items) {
        const spread =
          item.kind === "starred" ? self.items(scope, item.value, depth) : [{ value: item, scope }];
        if (spread === undefined) return undefined;
        items.push(...spread);
      }
      return items;
    }
    case "dict":
      return dictionaryEntries(self, scope, expression, depth)?.map(({ key }) => key);
    case "constant":
      return typeof expression.value === "string"
        ? [...expression.value].map((letter) => constant(expression, scope, letter))
        : undefined;
    case "comprehension":
      return turnsOf(self, scope, expression, depth)?.map((turn) => ({
        value: (expression.of === "dict" ? expression.key : undefined) ?? expression.element,
        scope: turn,
      }));
    case "name":
    case "attribute": {
      const bound = boundOnce(self.modules, scope, expression);
      if (bound !== undefined) return self.items(bound.scope, bound.value, depth);
      const resolved = resolve(self.modules, scope, expression);
      if (resolved?.kind !== "class") return undefined;
      const members = self.members(resolved.scope, resolved.definition, depth);
      return members && membersAsWritten(expression, scope, members);
    }
    case "call":
      return callItems(self, scope, expression, depth);
    default: {
      const element = elementWritten(self, scope, expression, depth);
      if (element !== undefined) return self.items(element.scope, element.value, depth);
      const value = self.value(scope, expression, depth);
      if (!isList(value)) return undefined;
      return value.map((each) => asExpression(expression, scope, each));
    }
  }
}

function callItems(
  self: Evaluator,
  scope: Scope,
  call: Call,
  depth: number,
): readonly ScopedExpression[] | undefined {
  const { callee } = call;
  const positional = positionalOf(call);
  const [first] = positional;
  if (callee.kind === "attribute" && positional.length === 0) {
    const entries = dictionaryEntries(self, scope, callee.object, depth);
    if (entries !== undefined) {
      if (callee.name === "keys") return entries.map(({ key }) => key);
      if (callee.name === "values") return entries.map(({ value }) => value);
      // Key and value may come of two scopes: a turn's scope that binds both names stands for them.
      if (callee.name === "items") return entries.map((entry) => pair(call, scope, entry));
    }
    return undefined;
  }
  switch (outsideName(self.modules, scope, callee)) {
    case "list":
    case "tuple":
    case "set":
    case "sorted":
    case "frozenset":
      return first === undefined ? [] : self.items(scope, first, depth);
    case "reversed":
      return first && self.items(scope, first, depth)?.toReversed();
    case "dataclasses.fields":
      return first && fieldsWritten(self, scope, first);
    case "range":
      return rangeOf(positional.map((each) => self.value(scope, each, depth)))?.map((value) =>
        asExpression(call, scope, value),
      );
    case "enumerate":
      return (
        first &&
        self
          .items(scope, first, depth)
          ?.map((value, at) => pair(call, scope, { key: asExpression(call, scope, at), value }))
      );
    case "zip": {
      const lists = positional.map((each) => self.items(scope, each, depth));
      const [left, right] = lists;
      if (lists.length !== 2 || left === undefined || right === undefined) return undefined;
      return left.slice(0, right.length).flatMap((key, at) => {
        const value = right[at];
        return value === undefined ? [] : [pair(call, scope, { key, value })];
      });
    }
    default:
      return undefined;
  }
}

/** Each member as `Class.MEMBER`, so that its `name` can be asked for as well as its `value`. */
function membersAsWritten(
  enumeration: Expression,
  scope: Scope,
  members: ReadonlyMap<string, Literal>,
): readonly ScopedExpression[] {
  const { start, end } = enumeration;
  return [...members.keys()].map((name) => ({
    value: { kind: "attribute", start, end, object: enumeration, name, nameStart: end },
    scope,
  }));
}

function pair(at: Expression, scope: Scope, { key, value }: Entry): ScopedExpression {
  const inside = scopeWith(
    scope,
    new Map([
      ["0", key],
      ["1", value],
    ]),
  );
  const name = (each: string): Expression => ({
    kind: "name",
    start: at.start,
    end: at.end,
    name: each,
  });
  return {
    value: { kind: "tuple", start: at.start, end: at.end, items: [name("0"), name("1")] },
    scope: inside,
  };
}

/** A value as an expression, so that it can be bound to a name. */
function asExpression(at: Span, scope: Scope, value: Literal): ScopedExpression {
  return { value: expressionOf(at, value), scope };
}

function expressionOf({ start, end }: Span, value: Literal): Expression {
  if (isList(value)) {
    const items = value.map((each) => expressionOf({ start, end }, each));
    return { kind: "list", start, end, items };
  }
  if (isDictionary(value)) {
    const entries = Object.entries(value).map(([key, held]) => ({
      key: expressionOf({ start, end }, key),
      value: expressionOf({ start, end }, held),
    }));
    return { kind: "dict", start, end, entries };
  }
  return { kind: "constant", start, end, value };
}
