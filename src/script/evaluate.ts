/** The values that a script writes down: constants, and what follows from them without running it. */
import { dictionaryEntries, type Entry, elementWritten } from "./entries.js";
import { membersOf } from "./enumeration.js";
import { deepest, type Evaluator, itemsWithin, scopeOfTurn, turnsOf } from "./iteration.js";
import type { Modules } from "./modules.js";
import { piecesOf } from "./pieces.js";
import type { Scope } from "./python/scope.js";
import type {
  Call,
  ClassDefinition,
  Comprehension,
  Dictionary,
  Expression,
} from "./python/syntax.js";
import { positionalOf } from "./python/walk.js";
import type { Literal } from "./reading.js";
import { outsideName, resolve } from "./resolve.js";
import {
  binaryValue,
  elementOf,
  formattedText,
  isDictionary,
  isTrue,
  setKey,
  textOf,
  unaryValue,
} from "./values.js";
import { boundOnce, type ScopedExpression } from "./written.js";

/**
 * The value of an expression; undefined where only a run would tell. A tuple and a set are lists; a
 * member of an Enum is its value.
 */
export function evaluate(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): Literal | undefined {
  return evaluator(modules).value(scope, expression, 0);
}

/** The text of a string or an f-string with `null` for each part that only a run knows. */
export function textPieces(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): readonly (string | null)[] | undefined {
  return evaluator(modules).pieces(scope, expression, 0);
}

/**
 * The expressions that an iteration goes through, where they are written down: the items of a list, the
 * keys of a dictionary, the pairs of its `items()`, of `zip` and `enumerate`. Each is given as written,
 * so that the kind of a number is still known.
 */
export function itemsOf(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): readonly ScopedExpression[] | undefined {
  return evaluator(modules).items(scope, expression, 0);
}

/** The entries of a dictionary, keys and values as written; undefined where not all are written down. */
export function dictionaryEntriesOf(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): readonly Entry[] | undefined {
  return dictionaryEntries(evaluator(modules), scope, expression, 0);
}

/** The scope of one turn of a loop: the names of `target` bound to the item, taken apart as it says. */
export function turnOf(
  modules: Modules,
  scope: Scope,
  target: Expression,
  item: ScopedExpression,
): Scope {
  return scopeOfTurn(evaluator(modules), scope, target, item, 0);
}

/** The values of an Enum's members by name; undefined for any other class. */
export function enumMembers(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
): ReadonlyMap<string, Literal> | undefined {
  return evaluator(modules).members(scope, definition, 0);
}

function evaluator(modules: Modules): Evaluator {
  const self: Evaluator = {
    modules,
    value: (scope, expression, depth) =>
      depth > deepest ? undefined : valueWithin(self, scope, expression, depth + 1),
    items: (scope, expression, depth) =>
      depth > deepest ? undefined : itemsWithin(self, scope, expression, depth + 1),
    pieces: (scope, expression, depth) =>
      depth > deepest ? undefined : piecesOf(self, scope, expression, depth + 1),
    members: (scope, definition, depth) =>
      membersOf(modules, definition, scope, (at, expression) =>
        self.value(at, expression, depth + 1),
      ),
  };
  return self;
}

function valueWithin(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): Literal | undefined {
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "format": {
      const pieces = self.pieces(scope, expression, depth);
      const isWhole = pieces?.every((piece) => piece !== null);
      return isWhole ? pieces?.join("") : undefined;
    }
    case "name":
    case "attribute":
      return namedValue(self, scope, expression, depth);
    case "subscript":
      return (
        elementOf(
          self.value(scope, expression.object, depth),
          self.value(scope, expression.index, depth),
        ) ?? heldValue(self, scope, expression, depth)
      );
    case "list":
    case "tuple":
    case "set":
    case "comprehension":
      if (expression.kind === "comprehension" && expression.of === "dict") {
        return dictComprehension(self, scope, expression, depth);
      }
      return valuesOf(self, self.items(scope, expression, depth), depth);
    case "dict":
      return dictionaryValue(self, scope, expression, depth);
    case "unary":
      return unaryValue(expression.operator, self.value(scope, expression.operand, depth));
    case "binary":
      return binaryValue(
        expression.operator,
        self.value(scope, expression.left, depth),
        self.value(scope, expression.right, depth),
      );
    case "conditional": {
      const test = self.value(scope, expression.test, depth);
      if (test === undefined) return undefined;
      return self.value(scope, isTrue(test) ? expression.whenTrue : expression.whenFalse, depth);
    }
    case "call":
      return callValue(self, scope, expression, depth);
    case "named":
      return self.value(scope, expression.value, depth);
    default:
      return undefined;
  }
}

function namedValue(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): Literal | undefined {
  if (expression.kind === "attribute") {
    const member = memberOf(self, scope, expression, depth);
    if (member !== undefined) return member.value;
    // `Optimizer.ADAM.value` and `.name`, or those of a variable that goes through the members.
    if (expression.name === "value" || expression.name === "name") {
      const held = memberOf(self, scope, expression.object, depth);
      if (held !== undefined) return held[expression.name];
    }
  }
  const bound = boundOnce(self.modules, scope, expression);
  if (bound !== undefined) return self.value(bound.scope, bound.value, depth);
  const name = outsideName(self.modules, scope, expression);
  if (name !== undefined) return knownConstants[name];
  return expression.kind === "attribute" ? heldValue(self, scope, expression, depth) : undefined;
}

/** What stands behind an element or an attribute, where what holds it is written down. */
export function elementOfWritten(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): ScopedExpression | undefined {
  return elementWritten(evaluator(modules), scope, expression, 0);
}

/** `config.lr`, where `config = SimpleNamespace(lr=0.1)`, and `pair[0]` of a pair that is written down. */
function heldValue(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): Literal | undefined {
  const element = elementWritten(self, scope, expression, depth);
  return element && self.value(element.scope, element.value, depth);
}

function memberOf(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): { name: string; value: Literal } | undefined {
  let at: ScopedExpression | undefined = { value: expression, scope };
  for (let step = depth; at !== undefined && step <= deepest; step += 1) {
    if (at.value.kind === "attribute") {
      const owner = resolve(self.modules, at.scope, at.value.object);
      const members =
        owner?.kind === "class" ? self.members(owner.scope, owner.definition, depth) : undefined;
      const value = members?.get(at.value.name);
      if (value !== undefined) return { name: at.value.name, value };
    }
    at = boundOnce(self.modules, at.scope, at.value);
  }
  return undefined;
}

const knownConstants: Readonly<Record<string, number>> = {
  "math.pi": Math.PI,
  "math.e": Math.E,
  "math.inf": Number.POSITIVE_INFINITY,
  "numpy.pi": Math.PI,
  "numpy.inf": Number.POSITIVE_INFINITY,
};

function valuesOf(
  self: Evaluator,
  items: readonly ScopedExpression[] | undefined,
  depth: number,
): Literal[] | undefined {
  if (items === undefined) return undefined;
  const values: Literal[] = [];
  for (const item of items) {
    const value = self.value(item.scope, item.value, depth);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function dictionaryValue(
  self: Evaluator,
  scope: Scope,
  expression: Dictionary,
  depth: number,
): Literal | undefined {
  const value: Record<string, Literal> = {};
  for (const entry of expression.entries) {
    const held = self.value(scope, entry.value, depth);
    if (held === undefined) return undefined;
    if (entry.key === undefined) {
      if (!isDictionary(held)) return undefined;
      Object.assign(value, held);
      continue;
    }
    const key = self.value(scope, entry.key, depth);
    if (key === undefined || typeof key === "object") return undefined;
    setKey(value, textOf(key), held);
  }
  return value;
}

function dictComprehension(
  self: Evaluator,
  scope: Scope,
  expression: Comprehension,
  depth: number,
): Literal | undefined {
  const turns = turnsOf(self, scope, expression, depth);
  const value: Record<string, Literal> = {};
  for (const turn of turns ?? []) {
    const key = expression.key === undefined ? undefined : self.value(turn, expression.key, depth);
    const held = self.value(turn, expression.element, depth);
    if (key === undefined || held === undefined || typeof key === "object") return undefined;
    setKey(value, textOf(key), held);
  }
  return turns === undefined ? undefined : value;
}

function callValue(self: Evaluator, scope: Scope, call: Call, depth: number): Literal | undefined {
  const { callee } = call;
  const positional = positionalOf(call).map((each) => self.value(scope, each, depth));
  const [first] = positional;
  const items = () => valuesOf(self, self.items(scope, call, depth), depth);
  if (callee.kind === "attribute") {
    const isPlain = call.arguments.every((each) => each.name === undefined && !each.spread);
    const held = isPlain ? self.value(scope, callee.object, depth) : undefined;
    return methodValue(held, callee.name, positional) ?? items();
  }
  const name = outsideName(self.modules, scope, callee);
  const only = call.arguments.length === 1 ? first : undefined;
  switch (name) {
    case "dict": {
      const value: Record<string, Literal> = {};
      for (const argument of call.arguments) {
        const held = self.value(scope, argument.value, depth);
        if (held === undefined) return undefined;
        if (argument.name !== undefined) setKey(value, argument.name, held);
        else if (isDictionary(held)) Object.assign(value, held);
        else return undefined;
      }
      return value;
    }
    case "int":
      return typeof only === "number" ? Math.trunc(only) : undefined;
    case "float":
      if (typeof only === "string") return numberOf(only);
      return typeof only === "number" ? only : undefined;
    case "str":
      return only === undefined || typeof only === "object" ? undefined : textOf(only);
    case "bool":
      return only === undefined ? undefined : isTrue(only);
    case "abs":
      return typeof only === "number" ? Math.abs(only) : undefined;
    case "len":
      return typeof only === "string" || Array.isArray(only) ? only.length : undefined;
    case "min":
    case "max":
      return positional.length > 1 && positional.every((each) => typeof each === "number")
        ? Math[name](...positional)
        : undefined;
    default:
      return items();
  }
}

function methodValue(
  held: Literal | undefined,
  name: string,
  given: readonly (Literal | undefined)[],
): Literal | undefined {
  const [first, second = null] = given;
  if (isDictionary(held) && name === "get" && typeof first === "string") {
    return Object.hasOwn(held, first) ? held[first] : second;
  }
  if (typeof held !== "string") return undefined;
  if (given.length === 0) {
    if (name === "lower") return held.toLowerCase();
    if (name === "upper") return held.toUpperCase();
    if (name === "strip") return held.trim();
    if (name === "split") return held.trim().split(/\s+/);
  }
  if (name === "format" && given.every((each) => each !== undefined)) {
    return formattedText(held, given);
  }
  if (name === "split" && typeof first === "string" && first !== "") return held.split(first);
  if (name === "replace" && typeof first === "string" && typeof second === "string") {
    return held.replaceAll(first, () => second);
  }
  return undefined;
}

function numberOf(text: string): number | undefined {
  const value = Number(text.trim().replace(/^([+-]?)inf(?:inity)?$/i, "$1Infinity"));
  return text.trim() === "" || Number.isNaN(value) ? undefined : value;
}
