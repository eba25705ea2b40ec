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

export function indexOf(modules: Modules): ScriptIndex {
  const calls = new Map<string, ScopedCall[]>();
  const functions = new Map<string, ScopedFunction[]>();
  const attributes = new Map<string, ScopedExpression[]>();
  const attributeGrowth = new Map<string, Growth[]>();
  const growth = new Map<Scope, Map<string, Growth[]>>();
  const unpackings = new Map<Scope, Map<string, Unpacking[]>>();
  const within = <Value>(map: Map<Scope, Map<string, Value[]>>, scope: Scope) => {
    const found = map.get(scope) ?? new Map<string, Value[]>();
    map.set(scope, found);
    return found;
  };
  const readBack: ScopedExpression[] = [];
  const handed = new Map<Scope, Map<string, ScopedCall[]>>();
  const grows = (target: Expression, change: Growth): void => {
    if (target.kind === "name") {
      push(within(growth, binder(change.scope, target.name)), target.name, change);
    }
    if (target.kind === "attribute") push(attributeGrowth, target.name, change);
  };
  for (const scope of modules.all.flatMap(({ scopes }) => scopes)) {
    if (scope.owner?.kind === "function") {
      push(functions, scope.owner.name, { definition: scope.owner, scope });
    }
    for (const statement of statementsIn(scope.body)) {
      for (const { target, value } of assignmentsOf(statement)) {
        if (target.kind === "attribute") push(attributes, target.name, { value, scope });
        if (target.kind === "subscript") {
          grows(target.object, { kind: "item", key: target.index, scope });
        }
        if (target.kind === "name" && scope.owner?.kind === "class") {
          push(attributes, target.name, { value, scope });
        }
        if (target.kind === "tuple" || target.kind === "list") {
          for (const [position, item] of target.items.entries()) {
            if (item.kind !== "name") continue;
            push(within(unpackings, scope), item.name, { value, scope, position });
          }
        }
      }
      if (statement.kind === "update" && statement.operator === "|=") {
        grows(statement.target, { kind: "merge", value: statement.value, scope });
      }
    }
    for (const expression of expressionsIn(scope.body)) {
      growByCall(expression, scope, grows);
      const key = readBackKey(expression);
      if (key !== undefined) readBack.push({ value: key, scope });
    }
  }
  for (const module of modules.all) {
    for (const scoped of module.calls) {
      const name = calledName(scoped.call.callee);
      if (name !== undefined) push(calls, name, scoped);
      for (const { value } of scoped.call.arguments) {
        if (value.kind !== "name") continue;
        push(within(handed, binder(scoped.scope, value.name)), value.name, scoped);
      }
    }
  }
  return {
    modules,
    memory: memoryFor({ steps: mostSteps }),
    calls,
    functions,
    attributes,
    attributeGrowth,
    readBack,
    growth: (scope, name) => growth.get(scope)?.get(name) ?? [],
    unpackings: (scope, name) => unpackings.get(scope)?.get(name) ?? [],
    handedTo: (scope, name) => handed.get(scope)?.get(name) ?? [],
  };
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

function growByCall(
  expression: Expression,
  scope: Scope,
  grows: (target: Expression, change: Growth) => void,
): void {
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return;
  const { object, name } = expression.callee;
  const [first] = expression.arguments;
  if (name === "setdefault" && first?.name === undefined && first !== undefined) {
    grows(object, { kind: "item", key: first.value, scope });
  }
  if (name !== "update") return;
  for (const argument of expression.arguments) {
    if (argument.name === undefined) grows(object, { kind: "merge", value: argument.value, scope });
    else {
      const { start } = argument;
      const key = { kind: "constant", value: argument.name, start, end: argument.end } as const;
      grows(object, { kind: "item", key, scope });
    }
  }
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
