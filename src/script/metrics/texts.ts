/** What a text may be: every way in which a script puts it together, as patterns. */
import { lookup, type Scope } from "../python/scope.js";
import type { Call, Expression, FormatString } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import { calledName, type ScopedExpression, type ScriptIndex } from "./index.js";
import { keysOf } from "./keys.js";
import { memoryAt, remembered } from "./memory.js";
import { anything, distinct, joined, type Pattern, products } from "./pattern.js";
import { returnsOf, sourcesOf } from "./sources.js";

/** Calls that are followed into each other; deeper ones say nothing. */
export const deepest = 12;
/** More places than this that give a value, and it may be anything. */
const mostSources = 40;

export function textsOf(index: ScriptIndex, of: ScopedExpression, depth = 0): readonly Pattern[] {
  if (depth > deepest) return [anything];
  const otherwise = { nothing: [], unknown: [anything] };
  return remembered(index.memory.texts, of, otherwise, () => textsAnew(index, of, depth));
}

function textsAnew(
  index: ScriptIndex,
  { value, scope }: ScopedExpression,
  depth: number,
): readonly Pattern[] {
  const inner = (expression: Expression) => textsOf(index, { value: expression, scope }, depth + 1);
  switch (value.kind) {
    case "constant":
      return typeof value.value === "string" ? [[value.value]] : [anything];
    case "format":
      return formatTexts(value, inner);
    case "binary":
      if (value.operator === "+") return products([inner(value.left), inner(value.right)]);
      if (value.operator === "or") return distinct([...inner(value.left), ...inner(value.right)]);
      if (value.operator === "%") return percentTexts(value.left, value.right, inner);
      return [anything];
    case "conditional":
      return distinct([...inner(value.whenTrue), ...inner(value.whenFalse)]);
    case "name":
      return nameTexts(index, value.name, scope, depth);
    case "attribute":
      return sourcesTexts(index, index.attributes.get(value.name) ?? [], depth);
    case "subscript":
      return elementTexts(index, { value: value.object, scope }, undefined, depth + 1);
    case "call":
      return callTexts(index, { value, scope }, value, depth);
    case "named":
      return inner(value.value);
    default:
      return [anything];
  }
}

/**
 * What the elements of a list, or the keys of a dictionary, may be; of elements that are tuples, the
 * one at `position`.
 */
export function elementTexts(
  index: ScriptIndex,
  of: ScopedExpression,
  position: number | undefined,
  depth: number,
): readonly Pattern[] {
  if (depth > deepest) return [anything];
  const memory = memoryAt(index.memory.elements, position, index.memory.texts.work);
  const otherwise = { nothing: [], unknown: [anything] };
  return remembered(memory, of, otherwise, () => elementsAnew(index, of, position, depth));
}

function elementsAnew(
  index: ScriptIndex,
  { value, scope }: ScopedExpression,
  position: number | undefined,
  depth: number,
): readonly Pattern[] {
  const inner = (expression: Expression) => ({ value: expression, scope });
  switch (value.kind) {
    case "list":
    case "tuple":
    case "set":
      if (value.items.length === 0 || value.items.length > mostSources) return [anything];
      return distinct(
        value.items.flatMap((item) => {
          const part = position === undefined ? item : partAt(item, position);
          return part === undefined ? [anything] : textsOf(index, inner(part), depth + 1);
        }),
      );
    case "dict":
      return keyTexts(index, inner(value), depth);
    case "name":
    case "attribute": {
      const sources = sourcesOf(index, value, scope);
      if (sources.length === 0 || sources.length > mostSources) return [anything];
      const texts = sources.flatMap((each) => elementTexts(index, each, position, depth + 1));
      return distinct(texts);
    }
    case "binary":
      return distinct(
        [value.left, value.right].flatMap((side) =>
          elementTexts(index, inner(side), position, depth + 1),
        ),
      );
    case "call":
      return callElements(index, value, scope, position, depth);
    default:
      return [anything];
  }
}

function callElements(
  index: ScriptIndex,
  call: Call,
  scope: Scope,
  position: number | undefined,
  depth: number,
): readonly Pattern[] {
  const name = calledName(call.callee);
  const positional = positionalOf(call);
  const [first] = positional;
  const of = (value: Expression | undefined, at: number | undefined) =>
    value === undefined ? [anything] : elementTexts(index, { value, scope }, at, depth + 1);
  if (call.callee.kind === "attribute" && first === undefined) {
    const value = call.callee.object;
    if (name === "items" && position === 0) return keyTexts(index, { value, scope }, depth);
    if (name === "keys" && position === undefined) return keyTexts(index, { value, scope }, depth);
    return [anything];
  }
  if (name === "enumerate") return position === 1 ? of(first, undefined) : [anything];
  if (name === "zip") return of(positional[position ?? -1], undefined);
  if (["sorted", "list", "tuple", "set", "reversed", "tqdm"].includes(name ?? "")) {
    return of(first, position);
  }
  return [anything];
}

function keyTexts(index: ScriptIndex, of: ScopedExpression, depth: number): readonly Pattern[] {
  const { keys, open } = keysOf(index, of, depth + 1);
  const names = keys.map(({ name }) => name);
  return distinct(open.length > 0 || keys.length === 0 ? [...names, anything] : names);
}

function sourcesTexts(
  index: ScriptIndex,
  sources: readonly ScopedExpression[],
  depth: number,
): readonly Pattern[] {
  if (sources.length === 0 || sources.length > mostSources) return [anything];
  return distinct(sources.flatMap((each) => textsOf(index, each, depth + 1)));
}

function nameTexts(
  index: ScriptIndex,
  name: string,
  scope: Scope,
  depth: number,
): readonly Pattern[] {
  const found = lookup(scope, name);
  if (found === undefined) return [anything];
  const expression = { kind: "name", name, start: 0, end: 0 } as const;
  const texts = [...sourcesOf(index, expression, scope)].flatMap((each) =>
    textsOf(index, each, depth + 1),
  );
  for (const binding of found.bindings) {
    if (binding.kind !== "element") continue;
    const position = positionIn(binding.target, name);
    if (position === "nested") texts.push(anything);
    else {
      const of = { value: binding.iterable, scope: found.scope };
      texts.push(...elementTexts(index, of, position, depth + 1));
    }
  }
  const isChanged = found.bindings.some(({ kind }) => kind === "unknown");
  return texts.length === 0 || texts.length > 200 || isChanged
    ? distinct([...texts.slice(0, 30), anything])
    : distinct(texts);
}

/** Where a loop's target has a name: undefined where it is the target itself. */
function positionIn(target: Expression, name: string): number | undefined | "nested" {
  if (target.kind === "name") return undefined;
  if (target.kind !== "tuple" && target.kind !== "list") return "nested";
  const at = target.items.findIndex((item) => item.kind === "name" && item.name === name);
  return at === -1 ? "nested" : at;
}

function partAt(item: Expression, position: number): Expression | undefined {
  return item.kind === "tuple" || item.kind === "list" ? item.items[position] : undefined;
}

function formatTexts(
  { pieces }: FormatString,
  inner: (expression: Expression) => readonly Pattern[],
): readonly Pattern[] {
  return products(pieces.map((piece) => (typeof piece === "string" ? [[piece]] : inner(piece))));
}

/** `"%s_loss" % split`: what is put in is followed where it is a text. */
function percentTexts(
  left: Expression,
  right: Expression,
  inner: (expression: Expression) => readonly Pattern[],
): readonly Pattern[] {
  if (left.kind !== "constant" || typeof left.value !== "string") return [anything];
  const given = right.kind === "tuple" ? right.items : [right];
  return filled(left.value.split(/(%(?:\([^)]*\))?[-+ #0]*[\d.]*[a-zA-Z])/), (specifier, at) => {
    const value = given[at];
    return specifier.endsWith("s") && value !== undefined ? inner(value) : [anything];
  });
}

/** Texts in even places, what is put between them in odd ones. */
function filled(
  pieces: readonly string[],
  put: (specifier: string, at: number) => readonly Pattern[],
): readonly Pattern[] {
  return products(pieces.map((piece, at) => (at % 2 === 0 ? [[piece]] : put(piece, (at - 1) / 2))));
}

/** Methods that leave the length of a text unknown, or the text itself as it was. */
const unchanged = new Set(["strip", "lstrip", "rstrip"]);

function callTexts(
  index: ScriptIndex,
  { scope }: ScopedExpression,
  call: Call,
  depth: number,
): readonly Pattern[] {
  const inner = (value: Expression) => textsOf(index, { value, scope }, depth + 1);
  const { callee } = call;
  const [first] = positionalOf(call);
  if (callee.kind === "attribute") {
    const { object, name } = callee;
    if (name === "join" && (first?.kind === "list" || first?.kind === "tuple")) {
      const separator = inner(object);
      const parts = first.items.flatMap((item, at) => [
        ...(at > 0 ? [separator] : []),
        inner(item),
      ]);
      return products(parts);
    }
    if (name === "format" && object.kind === "constant" && typeof object.value === "string") {
      return formatCallTexts(object.value, call, inner);
    }
    if (unchanged.has(name) && call.arguments.length === 0) return inner(object);
    if (name === "lower")
      return inner(object).map((each) => each.map((p) => p?.toLowerCase() ?? p));
    if (name === "upper")
      return inner(object).map((each) => each.map((p) => p?.toUpperCase() ?? p));
    if (name === "replace") return replacedTexts(call, inner(object));
  }
  if (callee.kind === "name" && callee.name === "str" && first !== undefined) return inner(first);
  return returnedTexts(index, call, scope, depth);
}

function formatCallTexts(
  template: string,
  call: Call,
  inner: (expression: Expression) => readonly Pattern[],
): readonly Pattern[] {
  const positional = positionalOf(call);
  return filled(template.split(/(\{[^{}]*\})/), (field, at) => {
    const [, name = ""] = /^\{([^:!]*)/.exec(field) ?? [];
    const value = /^\d*$/.test(name)
      ? positional[name === "" ? at : Number(name)]
      : argumentOf(call, name);
    return value === undefined ? [anything] : inner(value);
  });
}

function replacedTexts(call: Call, texts: readonly Pattern[]): readonly Pattern[] {
  const [from, to] = positionalOf(call);
  if (from?.kind !== "constant" || to?.kind !== "constant") return [anything];
  const [found, put] = [String(from.value), String(to.value)];
  return texts.map((pattern) => joined([pattern.map((p) => p?.replaceAll(found, put) ?? p)]));
}

/** What a function of the script gives back. */
function returnedTexts(
  index: ScriptIndex,
  call: Call,
  scope: Scope,
  depth: number,
): readonly Pattern[] {
  const returned = returnsOf(index, call, scope);
  return sourcesTexts(index, returned, depth);
}
