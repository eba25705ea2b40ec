/** The keys that a dictionary may have: every way in which a script makes one and adds to it. */
import { lookup, type Scope } from "../python/scope.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { SourcePlace } from "../reading.js";
import { calledName, type Growth, type ScopedExpression, type ScriptIndex } from "./index.js";
import { memoryAt, remembered } from "./memory.js";
import { anything, isAnything, joined, type Pattern, products } from "./pattern.js";
import {
  callersOf,
  functionsOf,
  positionOf,
  returnsOf,
  scopeOfComprehension,
  sourcesOf,
} from "./sources.js";
import { deepest, textsOf } from "./texts.js";

export interface Key {
  readonly name: Pattern;
  readonly place: SourcePlace;
}

export interface Keys {
  readonly keys: readonly Key[];
  /** Where it may get keys that are not among them. */
  readonly open: readonly SourcePlace[];
}

const none: Keys = { keys: [], open: [] };

/** More ways than this to make one, and it may have any keys. */
const mostSources = 60;
/** One place that is open is enough to say so. */
const mostPlaces = 5;

export function keysOf(index: ScriptIndex, of: ScopedExpression, depth = 0): Keys {
  if (depth > deepest) return unknown(of);
  const otherwise = { nothing: none, unknown: unknown(of) };
  return remembered(index.memory.keys, of, otherwise, () => keysAnew(index, of, depth));
}

function keysAnew(index: ScriptIndex, of: ScopedExpression, depth: number): Keys {
  const { value, scope } = of;
  const inner = (expression: Expression) => keysOf(index, { value: expression, scope }, depth + 1);
  switch (value.kind) {
    case "dict":
      return merged(
        value.entries.map(({ key, value: item }) =>
          key === undefined ? inner(item) : named(index, { value: key, scope }, depth),
        ),
      );
    case "constant":
      return value.value === null ? none : unknown(of);
    case "conditional":
      return merged([inner(value.whenTrue), inner(value.whenFalse)]);
    case "binary":
      return value.operator === "|" || value.operator === "or" || value.operator === "and"
        ? merged([inner(value.left), inner(value.right)])
        : unknown(of);
    case "named":
      return inner(value.value);
    case "comprehension": {
      if (value.key === undefined) return unknown(of);
      const inside = scopeOfComprehension(index, value, scope);
      return named(index, { value: value.key, scope: inside }, depth);
    }
    case "name":
      return variableKeys(index, of, value.name, depth);
    case "attribute":
      return attributeKeys(index, of, value.name, depth);
    case "call":
      return callKeys(index, value, scope, depth);
    default:
      return unknown(of);
  }
}

/** The keys of all, each once: the places of one name are as good as each other. */
export function merged(all: readonly Keys[]): Keys {
  const keys = new Map<string, Key>();
  for (const key of all.flatMap((each) => each.keys)) {
    const name = JSON.stringify(key.name);
    if (!keys.has(name)) keys.set(name, key);
  }
  return { keys: [...keys.values()], open: all.flatMap(({ open }) => open).slice(0, mostPlaces) };
}

/** The key that an expression is. */
export function named(index: ScriptIndex, key: ScopedExpression, depth = 0): Keys {
  const place = placeOf(key);
  const texts = textsOf(index, key, depth + 1);
  return {
    keys: texts.filter((text) => !isAnything(text)).map((name) => ({ name, place })),
    open: texts.some(isAnything) ? [place] : [],
  };
}

export function placeOf({ value, scope }: ScopedExpression): SourcePlace {
  return scope.module.place(value);
}

function unknown(of: ScopedExpression): Keys {
  return { keys: [], open: [placeOf(of)] };
}

function variableKeys(index: ScriptIndex, of: ScopedExpression, name: string, depth: number): Keys {
  const found = lookup(of.scope, name);
  if (found === undefined) return unknown(of);
  const parts: Keys[] = [];
  const sources = sourcesOf(index, of.value, of.scope);
  if (sources.length > mostSources) return unknown(of);
  for (const source of sources) parts.push(keysOf(index, source, depth + 1));
  const { owner } = found.scope;
  for (const binding of found.bindings) {
    if (binding.kind === "element" || binding.kind === "import") parts.push(unknown(of));
    if (binding.kind !== "parameter") continue;
    if (binding.parameter.spread === "**") parts.push(keywordKeys(index, found.scope, depth));
    else if (binding.parameter.spread === "*" || !isCalled(index, found.scope)) {
      parts.push(unknown(of));
    }
  }
  const taken = index.unpackings(found.scope, name);
  for (const each of taken) parts.push(partKeys(index, each, each.position, depth));
  if (parts.length === 0 && owner?.kind !== "class") return unknown(of);
  return merged([
    ...parts,
    grown(index, index.growth(found.scope, name), depth),
    handedKeys(index, found.scope, name, depth),
  ]);
}

function isCalled(index: ScriptIndex, scope: Scope): boolean {
  return scope.owner?.kind === "function" && callersOf(index, scope.owner, scope).length > 0;
}

/** What callers hand in by names that the function does not list. */
function keywordKeys(index: ScriptIndex, scope: Scope, depth: number): Keys {
  const { owner } = scope;
  if (owner?.kind !== "function") return none;
  const listed = new Set(owner.parameters.map(({ name }) => name));
  const callers = callersOf(index, owner, scope);
  if (callers.length === 0) return { keys: [], open: [scope.module.place(owner.nameSpan)] };
  return merged(
    callers.flatMap(({ call, scope: at }) =>
      call.arguments.map((argument): Keys => {
        if (argument.spread === "**") {
          return keysOf(index, { value: argument.value, scope: at }, depth + 1);
        }
        if (argument.name === undefined || listed.has(argument.name)) return none;
        return { keys: [{ name: [argument.name], place: at.module.place(argument) }], open: [] };
      }),
    ),
  );
}

/** Functions that are handed a dictionary may add to it. */
function handedKeys(index: ScriptIndex, scope: Scope, name: string, depth: number): Keys {
  if (depth > 4) return none;
  return merged(
    index.handedTo(scope, name).flatMap(({ call, scope: at }) =>
      functionsOf(index, call, at).flatMap(({ definition, scope: inside }) =>
        definition.parameters
          .filter((parameter) => {
            const given = argumentOf(
              call,
              parameter.name,
              positionOf(definition, inside, parameter.name),
            );
            return given?.kind === "name" && given.name === name;
          })
          .map((parameter) => grown(index, index.growth(inside, parameter.name), depth + 1)),
      ),
    ),
  );
}

function attributeKeys(
  index: ScriptIndex,
  of: ScopedExpression,
  name: string,
  depth: number,
): Keys {
  const given = index.attributes.get(name) ?? [];
  const growth = index.attributeGrowth.get(name) ?? [];
  if (given.length === 0 || given.length + growth.length > mostSources) return unknown(of);
  const parts = given.map((each) => keysOf(index, each, depth + 1));
  return merged([...parts, grown(index, growth, depth)]);
}

function grown(index: ScriptIndex, growth: readonly Growth[], depth: number): Keys {
  return merged(
    growth.map((change) =>
      change.kind === "item"
        ? named(index, { value: change.key, scope: change.scope }, depth)
        : keysOf(index, change, depth + 1),
    ),
  );
}

/** Of a tuple that a value is, the part at a position. */
function partKeys(index: ScriptIndex, of: ScopedExpression, position: number, depth: number): Keys {
  if (depth > deepest) return unknown(of);
  const memory = memoryAt(index.memory.parts, position, index.memory.keys.work);
  const otherwise = { nothing: none, unknown: unknown(of) };
  return remembered(memory, of, otherwise, () => partAnew(index, of, position, depth));
}

function partAnew(index: ScriptIndex, of: ScopedExpression, position: number, depth: number): Keys {
  const { value, scope } = of;
  if (value.kind === "tuple" || value.kind === "list") {
    const part = value.items[position];
    return part === undefined ? unknown(of) : keysOf(index, { value: part, scope }, depth + 1);
  }
  if (value.kind !== "call") return unknown(of);
  const returned = returnsOf(index, value, scope);
  if (returned.length === 0 || returned.length > mostSources) return unknown(of);
  return merged(returned.map((each) => partKeys(index, each, position, depth + 1)));
}

const copying = new Set(["copy", "deepcopy", "dict", "OrderedDict", "to_dict", "flatten_dict"]);
const empty = new Set(["dict", "OrderedDict", "defaultdict", "Counter"]);

function callKeys(index: ScriptIndex, call: Call, scope: Scope, depth: number): Keys {
  const of = { value: call, scope };
  const inner = (value: Expression) => keysOf(index, { value, scope }, depth + 1);
  const { callee } = call;
  const name = calledName(callee) ?? "";
  const [first] = positionalOf(call);
  if (empty.has(name) && callee.kind === "name" && first === undefined)
    return argumentKeys(index, of, call, depth);
  if (name === "defaultdict") return none;
  if (name === "MetricCollection") return collectionKeys(index, call, scope, depth);
  if (name === "clone" && callee.kind === "attribute") {
    return prefixed(index, call, scope, inner(callee.object), depth);
  }
  const returned = returnsOf(index, call, scope);
  if (returned.length > 0 && returned.length <= mostSources) {
    return merged(returned.map((each) => keysOf(index, each, depth + 1)));
  }
  if (copying.has(name)) {
    const copied = first ?? (callee.kind === "attribute" ? callee.object : undefined);
    if (copied !== undefined) {
      return merged([
        inner(copied),
        argumentKeys(
          index,
          of,
          { ...call, arguments: call.arguments.filter((each) => each.name !== undefined) },
          depth,
        ),
      ]);
    }
  }
  // A collection of metrics is called, or asked to compute, and gives its names.
  if (name === "compute" && callee.kind === "attribute") return inner(callee.object);
  if (callee.kind === "attribute" && isCollection(index, callee.name)) return inner(callee);
  return unknown(of);
}

function argumentKeys(index: ScriptIndex, of: ScopedExpression, call: Call, depth: number): Keys {
  return merged(
    call.arguments.map((argument): Keys => {
      if (argument.spread === "**") {
        return keysOf(index, { value: argument.value, scope: of.scope }, depth + 1);
      }
      if (argument.name === undefined) return unknown(of);
      return {
        keys: [{ name: [argument.name], place: of.scope.module.place(argument) }],
        open: [],
      };
    }),
  );
}

function isCollection(index: ScriptIndex, attribute: string): boolean {
  return (index.attributes.get(attribute) ?? []).some(({ value }) => {
    if (value.kind !== "call") return false;
    const name = calledName(value.callee);
    return name === "MetricCollection" || name === "clone";
  });
}

/** torchmetrics: a dictionary gives the names; of a list they are those of the classes. */
function collectionKeys(index: ScriptIndex, call: Call, scope: Scope, depth: number): Keys {
  const metrics = argumentOf(call, "metrics", 0);
  const place = scope.module.place(call);
  const of = metrics === undefined ? undefined : { value: metrics, scope };
  const isNamed = metrics?.kind === "dict" || metrics?.kind === "comprehension";
  const keys: Keys =
    of !== undefined && (isNamed || metrics?.kind === "name")
      ? keysOf(index, of, depth + 1)
      : { keys: [{ name: anything, place }], open: [] };
  const names = keys.keys.length === 0 ? [{ name: anything, place }] : keys.keys;
  return prefixed(index, call, scope, { keys: names, open: keys.open }, depth);
}

function prefixed(
  index: ScriptIndex,
  call: Call,
  scope: Scope,
  { keys, open }: Keys,
  depth: number,
): Keys {
  const side = (name: string): readonly Pattern[] => {
    const value = argumentOf(call, name);
    if (value === undefined || (value.kind === "constant" && value.value === null)) return [[]];
    return textsOf(index, { value, scope }, depth + 1);
  };
  const [before, after] = [side("prefix"), side("postfix")];
  const all = [...keys, ...open.map((place) => ({ name: anything, place }))];
  const named = all.flatMap(({ name, place }) =>
    products([before, [name], after]).map((each) => ({ name: joined([each]), place })),
  );
  return {
    keys: named.filter(({ name }) => !isAnything(name)),
    open: named.filter(({ name }) => isAnything(name)).map(({ place }) => place),
  };
}
