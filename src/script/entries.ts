/** The entries of a dictionary, where a script writes it down in one way or another. */
import type { Evaluator } from "./iteration.js";
import { scopeOwnedBy } from "./python/module.js";
import type { Scope } from "./python/scope.js";
import type { Call, Dictionary, Expression, Span } from "./python/syntax.js";
import { positionalOf } from "./python/walk.js";
import { classLine, outsideName, resolve } from "./resolve.js";
import { type ScopedExpression, written } from "./written.js";

/** Key and value as written, each with the scope of its names. */
export interface Entry {
  readonly key: ScopedExpression;
  readonly value: ScopedExpression;
}

const deepest = 20;

// Called with keywords, they hold them under their names.
const holders =
  /^(?:dict|collections\.OrderedDict|argparse\.Namespace|types\.SimpleNamespace|easydict\.EasyDict|(?:.*\.)?(?:AttrDict|DotMap|Munch|Box|ConfigDict|EasyDict))$/;

// They give what their one argument holds.
const views = /^(?:vars|dict|dataclasses\.asdict|copy\.(?:copy|deepcopy))$/;

/** Undefined where not every entry is written down. */
export function dictionaryEntries(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): readonly Entry[] | undefined {
  if (depth > deepest) return undefined;
  const held = written(self.modules, scope, expression);
  const { value } = held;
  if (value.kind === "dict") return displayEntries(self, held.scope, value, depth);
  if (value.kind === "attribute" && value.name === "__dict__") {
    return dictionaryEntries(self, held.scope, value.object, depth + 1);
  }
  if (value.kind === "call") return callEntries(self, held.scope, value, depth);
  const element = elementWritten(self, held.scope, value, depth + 1);
  return element && dictionaryEntries(self, element.scope, element.value, depth + 1);
}

/** What stands behind `held[2]`, `held["name"]` or `held.name`, where what holds it is written down. */
export function elementWritten(
  self: Evaluator,
  scope: Scope,
  expression: Expression,
  depth: number,
): ScopedExpression | undefined {
  if (depth > deepest) return undefined;
  const isAttribute = expression.kind === "attribute";
  if (!isAttribute && expression.kind !== "subscript") return undefined;
  const key = isAttribute ? expression.name : self.value(scope, expression.index, depth);
  if (typeof key === "number") return self.items(scope, expression.object, depth)?.at(key);
  const entries = dictionaryEntries(self, scope, expression.object, depth + 1);
  return entries?.findLast(({ key: { value } }) => value.kind === "constant" && value.value === key)
    ?.value;
}

/** What `dataclasses.fields` goes through: each as a dictionary of its name, its type and its default. */
export function fieldsWritten(
  self: Evaluator,
  scope: Scope,
  owner: Expression,
): readonly ScopedExpression[] | undefined {
  const held = written(self.modules, scope, owner);
  const made = held.value.kind === "call" ? held.value.callee : held.value;
  const resolved = resolve(self.modules, held.scope, made);
  if (resolved?.kind !== "class") return undefined;
  const fields = new Map<string, ScopedExpression>();
  for (const known of classLine(self.modules, resolved.definition, resolved.scope).toReversed()) {
    const inside = scopeOwnedBy(known.scope.module, known.definition) ?? known.scope;
    for (const { start, end, ...statement } of known.definition.body) {
      if (statement.kind !== "assign" || statement.annotation === undefined) continue;
      const [target] = statement.targets;
      if (target?.kind !== "name") continue;
      const said = (value: string): Expression => ({ kind: "constant", start, end, value });
      const entries = [
        { key: said("name"), value: said(target.name) },
        { key: said("type"), value: statement.annotation },
        ...(statement.value === undefined
          ? []
          : [{ key: said("default"), value: fieldDefault(statement.value) }]),
      ];
      fields.set(target.name, { value: { kind: "dict", start, end, entries }, scope: inside });
    }
  }
  return [...fields.values()];
}

function displayEntries(
  self: Evaluator,
  scope: Scope,
  display: Dictionary,
  depth: number,
): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  for (const { key, value } of display.entries) {
    const spread =
      key === undefined
        ? dictionaryEntries(self, scope, value, depth + 1)
        : [{ key: { value: key, scope }, value: { value, scope } }];
    if (spread === undefined) return undefined;
    entries.push(...spread);
  }
  return entries;
}

function callEntries(
  self: Evaluator,
  scope: Scope,
  call: Call,
  depth: number,
): readonly Entry[] | undefined {
  const resolved = resolve(self.modules, scope, call.callee);
  if (resolved?.kind === "class") return fieldEntries(self, resolved, scope, call);
  const name = outsideName(self.modules, scope, call.callee);
  if (name === undefined) return undefined;
  const [only, another] = positionalOf(call);
  if (views.test(name) && only !== undefined && another === undefined) {
    const base = dictionaryEntries(self, scope, only, depth + 1);
    const more = keywordEntries(self, scope, call, depth);
    return base && more && [...base, ...more];
  }
  return holders.test(name) && only === undefined
    ? keywordEntries(self, scope, call, depth)
    : undefined;
}

function keywordEntries(
  self: Evaluator,
  scope: Scope,
  call: Call,
  depth: number,
): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  for (const argument of call.arguments) {
    if (argument.spread === "*") return undefined;
    if (argument.spread === "**") {
      const spread = dictionaryEntries(self, scope, argument.value, depth + 1);
      if (spread === undefined) return undefined;
      entries.push(...spread);
    } else if (argument.name !== undefined) {
      entries.push({
        key: constant(argument, scope, argument.name),
        value: { value: argument.value, scope },
      });
    }
  }
  return entries;
}

/** The fields of a class whose instance is looked at: what its body says, and what it was called with. */
function fieldEntries(
  self: Evaluator,
  made: { readonly definition: Parameters<typeof classLine>[1]; readonly scope: Scope },
  scope: Scope,
  call: Call,
): readonly Entry[] | undefined {
  if (call.arguments.some((argument) => argument.name === undefined)) return undefined;
  const entries = new Map<string, Entry>();
  for (const known of classLine(self.modules, made.definition, made.scope).toReversed()) {
    const inside = scopeOwnedBy(known.scope.module, known.definition) ?? known.scope;
    for (const statement of known.definition.body) {
      if (statement.kind !== "assign" || statement.value === undefined) continue;
      const [target] = statement.targets;
      if (target?.kind !== "name") continue;
      const value = { value: fieldDefault(statement.value), scope: inside };
      entries.set(target.name, { key: constant(target, inside, target.name), value });
    }
  }
  for (const { name, value, start, end } of call.arguments) {
    if (name === undefined) continue;
    entries.set(name, { key: constant({ start, end }, scope, name), value: { value, scope } });
  }
  return [...entries.values()];
}

/** `field(default=3)` is 3. */
function fieldDefault(value: Expression): Expression {
  if (value.kind !== "call") return value;
  return value.arguments.find((argument) => argument.name === "default")?.value ?? value;
}

/** A text or a number as an expression, so that it can be bound to a name. */
export function constant(
  at: Span,
  scope: Scope,
  value: null | boolean | number | string,
): ScopedExpression {
  return { value: { kind: "constant", start: at.start, end: at.end, value }, scope };
}
