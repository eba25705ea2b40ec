/**
 * What a script does to names and attributes, in all of its files at once: who is called where, which
 * dictionaries grow, what attributes are given. The order in which things happen is not followed:
 * what may have happened counts as having happened.
 */
import type { Modules } from "../modules.js";
import type { PythonModule, ScopedCall } from "../python/module.js";
import { lookup, type Scope } from "../python/scope.js";
import type { Expression, FunctionDefinition, Statement } from "../python/syntax.js";
import { expressionsIn, statementsIn } from "../python/walk.js";
import type { Keys } from "./keys.js";
import { type Memory, mostSteps, newMemory, type Work } from "./memory.js";
import type { Pattern } from "./pattern.js";

export interface ScopedExpression {
  readonly value: Expression;
  readonly scope: Scope;
}

/** How a dictionary grows in place. */
export type Growth =
  | { readonly kind: "item"; readonly key: Expression; readonly scope: Scope }
  | { readonly kind: "merge"; readonly value: Expression; readonly scope: Scope };

export interface ScopedFunction {
  readonly definition: FunctionDefinition;
  /** The scope that it opens. */
  readonly scope: Scope;
}

/** Something taken apart: `a, b = value`. */
export interface Unpacking extends ScopedExpression {
  readonly position: number;
}

export interface ScriptMemory {
  readonly texts: Memory<readonly Pattern[]>;
  /** By the position in elements that are tuples. */
  readonly elements: Map<number | undefined, Memory<readonly Pattern[]>>;
  /** By the position in a tuple. */
  readonly parts: Map<number | undefined, Memory<Keys>>;
  readonly keys: Memory<Keys>;
  readonly insides: Memory<Scope>;
}

export interface ScriptIndex {
  readonly modules: Modules;
  readonly memory: ScriptMemory;
  /** By the last name of what is called. */
  readonly calls: ReadonlyMap<string, readonly ScopedCall[]>;
  readonly functions: ReadonlyMap<string, readonly ScopedFunction[]>;
  /** `anything.name = value`, and `name = value` in the body of a class. */
  readonly attributes: ReadonlyMap<string, readonly ScopedExpression[]>;
  /** By the name of an attribute. */
  readonly attributeGrowth: ReadonlyMap<string, readonly Growth[]>;
  /** Of a variable, by the scope that binds it. */
  readonly growth: (scope: Scope, name: string) => readonly Growth[];
  readonly unpackings: (scope: Scope, name: string) => readonly Unpacking[];
  /** Keys of metrics that are read back from Lightning's trainer. */
  readonly readBack: readonly ScopedExpression[];
  /** Calls that a variable is handed to whole. */
  readonly handedTo: (scope: Scope, name: string) => readonly ScopedCall[];
}

type Named<Value> = Map<string, Value[]>;

/** What the index is made of, while it is made. */
interface Notes {
  readonly calls: Named<ScopedCall>;
  readonly functions: Named<ScopedFunction>;
  readonly attributes: Named<ScopedExpression>;
  readonly attributeGrowth: Named<Growth>;
  readonly growth: Map<Scope, Named<Growth>>;
  readonly unpackings: Map<Scope, Named<Unpacking>>;
  readonly handed: Map<Scope, Named<ScopedCall>>;
  readonly readBack: ScopedExpression[];
}

export function indexOf(modules: Modules): ScriptIndex {
  const notes: Notes = {
    calls: new Map(),
    functions: new Map(),
    attributes: new Map(),
    attributeGrowth: new Map(),
    growth: new Map(),
    unpackings: new Map(),
    handed: new Map(),
    readBack: [],
  };
  for (const module of modules.all) {
    for (const scope of module.scopes) noteScope(notes, scope);
    for (const scoped of module.calls) noteCall(notes, scoped);
  }
  const { calls, functions, attributes, attributeGrowth, readBack } = notes;
  return {
    modules,
    memory: memoryFor({ steps: mostSteps }),
    calls,
    functions,
    attributes,
    attributeGrowth,
    readBack,
    growth: (scope, name) => notes.growth.get(scope)?.get(name) ?? [],
    unpackings: (scope, name) => notes.unpackings.get(scope)?.get(name) ?? [],
    handedTo: (scope, name) => notes.handed.get(scope)?.get(name) ?? [],
  };
}

function noteScope(notes: Notes, scope: Scope): void {
  if (scope.owner?.kind === "function") {
    push(notes.functions, scope.owner.name, { definition: scope.owner, scope });
  }
  for (const statement of statementsIn(scope.body)) {
    for (const { target, value } of assignmentsOf(statement)) {
      noteAssignment(notes, target, value, scope);
    }
    if (statement.kind === "update" && statement.operator === "|=") {
      noteGrowth(notes, statement.target, { kind: "merge", value: statement.value, scope });
    }
  }
  for (const expression of expressionsIn(scope.body)) {
    for (const { target, growth } of growthBy(expression, scope)) noteGrowth(notes, target, growth);
    const key = readBackKey(expression);
    if (key !== undefined) notes.readBack.push({ value: key, scope });
  }
}

function noteAssignment(notes: Notes, target: Expression, value: Expression, scope: Scope): void {
  const isOfClass = target.kind === "name" && scope.owner?.kind === "class";
  if (target.kind === "attribute" || isOfClass) {
    push(notes.attributes, target.name, { value, scope });
  }
  if (target.kind === "subscript") {
    noteGrowth(notes, target.object, { kind: "item", key: target.index, scope });
  }
  if (target.kind !== "tuple" && target.kind !== "list") return;
  for (const [position, item] of target.items.entries()) {
    if (item.kind !== "name") continue;
    push(within(notes.unpackings, scope), item.name, { value, scope, position });
  }
}

function noteGrowth(notes: Notes, target: Expression, growth: Growth): void {
  if (target.kind === "attribute") push(notes.attributeGrowth, target.name, growth);
  if (target.kind !== "name") return;
  push(within(notes.growth, binder(growth.scope, target.name)), target.name, growth);
}

function noteCall(notes: Notes, scoped: ScopedCall): void {
  const name = calledName(scoped.call.callee);
  if (name !== undefined) push(notes.calls, name, scoped);
  for (const { value } of scoped.call.arguments) {
    if (value.kind !== "name") continue;
    push(within(notes.handed, binder(scoped.scope, value.name)), value.name, scoped);
  }
}

function within<Value>(map: Map<Scope, Named<Value>>, scope: Scope): Named<Value> {
  const found = map.get(scope) ?? new Map<string, Value[]>();
  map.set(scope, found);
  return found;
}

function memoryFor(work: Work): ScriptMemory {
  return {
    texts: newMemory(work),
    elements: new Map(),
    parts: new Map(),
    keys: newMemory(work),
    insides: newMemory({ steps: Number.POSITIVE_INFINITY }),
  };
}

/** A variable may be bound further out than where it is used. */
function binder(scope: Scope, name: string): Scope {
  return lookup(scope, name)?.scope ?? scope;
}

/** `log` of `wandb.log(...)`, `f` of `f(...)`. */
export function calledName(callee: Expression): string | undefined {
  if (callee.kind === "name" || callee.kind === "attribute") return callee.name;
  return undefined;
}

/** Calls of any of these names, in the order of the files. */
export function callsNamed(index: ScriptIndex, names: Iterable<string>): readonly ScopedCall[] {
  return [...names].flatMap((name) => index.calls.get(name) ?? []);
}

/** Whether anything of a package is imported in any file that was read. */
export function importedPackages(modules: readonly PythonModule[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const statement of modules.flatMap(({ scopes }) => scopes).flatMap(importsOf)) {
    const parts = statement.split(".");
    for (let length = 1; length <= parts.length; length += 1) {
      found.add(parts.slice(0, length).join("."));
    }
  }
  return found;
}

function importsOf({ body }: Scope): readonly string[] {
  return [...statementsIn(body)].flatMap((statement) => {
    if (statement.kind === "import") return statement.names.map(({ name }) => name);
    if (statement.kind !== "import-from" || statement.level > 0) return [];
    return [statement.module, ...statement.names.map(({ name }) => `${statement.module}.${name}`)];
  });
}

const logged = new Set(["logged_metrics", "callback_metrics", "progress_bar_metrics"]);

/** `trainer.logged_metrics[key]` and `trainer.logged_metrics.get(key)`. */
function readBackKey(expression: Expression): Expression | undefined {
  if (expression.kind === "subscript") {
    return isLogged(expression.object) ? expression.index : undefined;
  }
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return undefined;
  const { object, name } = expression.callee;
  return name === "get" && isLogged(object) ? expression.arguments[0]?.value : undefined;
}

function isLogged(expression: Expression): boolean {
  return expression.kind === "attribute" && logged.has(expression.name);
}

function growthBy(
  expression: Expression,
  scope: Scope,
): readonly { readonly target: Expression; readonly growth: Growth }[] {
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return [];
  const { object: target, name } = expression.callee;
  const [first] = expression.arguments;
  if (name === "setdefault" && first !== undefined && first.name === undefined) {
    return [{ target, growth: { kind: "item", key: first.value, scope } }];
  }
  if (name !== "update") return [];
  return expression.arguments.map(({ name: keyword, value, start, end }) =>
    keyword === undefined
      ? { target, growth: { kind: "merge", value, scope } }
      : {
          target,
          growth: { kind: "item", key: { kind: "constant", value: keyword, start, end }, scope },
        },
  );
}

function assignmentsOf(
  statement: Statement,
): readonly { readonly target: Expression; readonly value: Expression }[] {
  if (statement.kind === "assign") {
    const { value } = statement;
    return value === undefined ? [] : statement.targets.map((target) => ({ target, value }));
  }
  if (statement.kind === "update" && statement.target.kind === "subscript") {
    return [{ target: statement.target, value: statement.value }];
  }
  return [];
}

function push<Value>(map: Map<string, Value[]>, name: string, value: Value): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [value]);
  else known.push(value);
}
