/** What a name stands for, followed through imports, aliases and re-exports. */
import type { Modules } from "./modules.js";
import { type PythonModule, scopeOwnedBy, topScope } from "./python/module.js";
import { type Binding, lookup, type Scope } from "./python/scope.js";
import type { ClassDefinition, Expression, FunctionDefinition } from "./python/syntax.js";
import { dottedPath } from "./python/walk.js";

export type Resolved =
  /** Not of the workspace: `argparse.ArgumentParser`, or a builtin such as `float`. */
  | { readonly kind: "outside"; readonly name: string }
  | { readonly kind: "module"; readonly module: PythonModule }
  /** `scope`: where it is defined, a class's scope for a method. */
  | { readonly kind: "function"; readonly definition: FunctionDefinition; readonly scope: Scope }
  | { readonly kind: "class"; readonly definition: ClassDefinition; readonly scope: Scope }
  /** A variable: all that is ever bound to its name in `scope`. */
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly bindings: readonly Binding[];
      readonly scope: Scope;
    };

// Aliases of aliases; a cycle of imports ends here too.
const furthest = 20;

/**
 * What an expression of the form `a.b.c` stands for, seen from a scope. Undefined where that cannot be
 * told: an attribute of a variable, a call, a name that the workspace should have and has not.
 */
export function resolve(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): Resolved | undefined {
  const path = dottedPath(expression);
  return path === undefined ? undefined : resolvePath(modules, scope, path, 0);
}

/** The full name of what lies outside the workspace: `wandb.init`, whatever it was imported as. */
export function outsideName(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): string | undefined {
  const resolved = resolve(modules, scope, expression);
  return resolved?.kind === "outside" ? resolved.name : undefined;
}

/** The classes that a class is made of: itself, then its bases as far as they lie in the workspace. */
export function classLine(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
): readonly ScopedClass[] {
  return classLineWithin(modules, definition, scope, 0);
}

export interface ScopedClass {
  readonly definition: ClassDefinition;
  /** Where it is defined. */
  readonly scope: Scope;
}

function classLineWithin(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  steps: number,
): readonly ScopedClass[] {
  const line: ScopedClass[] = [];
  const add = (next: ClassDefinition, at: Scope): void => {
    if (line.length >= furthest || line.some((known) => known.definition === next)) return;
    line.push({ definition: next, scope: at });
    for (const argument of next.arguments) {
      if (argument.name !== undefined || argument.spread !== undefined) continue;
      const path = dottedPath(unsubscripted(argument.value));
      const base = path === undefined ? undefined : resolvePath(modules, at, path, steps + 1);
      if (base?.kind === "class") add(base.definition, base.scope);
    }
  };
  add(definition, scope);
  return line;
}

/** The bases of a class, and of its bases, that lie outside the workspace, by their full names. */
export function outsideBases(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
): readonly string[] {
  return classLine(modules, definition, scope).flatMap((known) =>
    known.definition.arguments.flatMap((argument) => {
      if (argument.name !== undefined || argument.spread !== undefined) return [];
      return outsideName(modules, known.scope, unsubscripted(argument.value)) ?? [];
    }),
  );
}

function unsubscripted(expression: Expression): Expression {
  return expression.kind === "subscript" ? expression.object : expression;
}

function resolvePath(
  modules: Modules,
  scope: Scope,
  path: readonly string[],
  steps: number,
): Resolved | undefined {
  const [first = "", ...rest] = path;
  if (steps > furthest) return undefined;
  const found = lookup(scope, first);
  if (found !== undefined) {
    return resolveBindings(modules, found.scope, first, found.bindings, rest, steps + 1);
  }
  const starred = resolveStarred(modules, topScope(scope.module), path, steps + 1);
  if (starred !== undefined) return starred;
  const outside = topScope(scope.module).everythingFrom.filter(
    (source) => modules.imported(scope.module, source) === undefined,
  );
  const [only] = outside;
  if (only === undefined || builtins.has(first)) return { kind: "outside", name: path.join(".") };
  return outside.length === 1
    ? { kind: "outside", name: [only.module, ...path].join(".") }
    : undefined;
}

function resolveBindings(
  modules: Modules,
  scope: Scope,
  name: string,
  bindings: readonly Binding[],
  rest: readonly string[],
  steps: number,
): Resolved | undefined {
  // `try: import wandb` with `except ImportError: wandb = None`: the import is what is meant.
  const binding = bindings.find((each) => each.kind === "import") ?? bindings.at(-1);
  if (binding?.kind === "import") return resolveImport(modules, scope, binding, rest, steps);
  if (binding?.kind === "function" && rest.length === 0) {
    return { kind: "function", definition: binding.definition, scope };
  }
  if (binding?.kind === "class") {
    return rest.length === 0
      ? { kind: "class", definition: binding.definition, scope }
      : resolveInClass(modules, binding.definition, scope, rest, steps);
  }
  if (binding?.kind === "value" && bindings.length === 1) {
    const path = dottedPath(binding.value);
    const isItself = path?.[0] === name;
    if (path !== undefined && !isItself) {
      const aliased = resolvePath(modules, binding.scope, [...path, ...rest], steps);
      if (aliased !== undefined && aliased.kind !== "variable") return aliased;
    }
  }
  return rest.length === 0 ? { kind: "variable", name, bindings, scope } : undefined;
}

function resolveImport(
  modules: Modules,
  scope: Scope,
  binding: Binding & { kind: "import" },
  rest: readonly string[],
  steps: number,
): Resolved | undefined {
  const { from, member } = binding;
  const path = member === undefined ? rest : [member, ...rest];
  const source = modules.imported(scope.module, from);
  if (source !== undefined) {
    const known = resolveIn(modules, source, path, steps);
    if (known !== undefined) return known;
  }
  for (let length = path.length; length > 0; length -= 1) {
    const dotted = [from.module, ...path.slice(0, length)].filter((each) => each !== "").join(".");
    const module = modules.imported(scope.module, { level: from.level, module: dotted });
    if (module !== undefined) return resolveIn(modules, module, path.slice(length), steps);
  }
  if (source !== undefined) return undefined;
  const name = [".".repeat(from.level) + from.module, ...path].filter((each) => each !== "");
  return { kind: "outside", name: name.join(".") };
}

/** What `path` is as an attribute of a module: its own, re-exported, or a module of that package. */
function resolveIn(
  modules: Modules,
  module: PythonModule,
  path: readonly string[],
  steps: number,
): Resolved | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return { kind: "module", module };
  if (steps > furthest) return undefined;
  const top = topScope(module);
  const bindings = top.bindings.get(first);
  if (bindings !== undefined) {
    return resolveBindings(modules, top, first, bindings, rest, steps + 1);
  }
  const starred = resolveStarred(modules, top, path, steps + 1);
  if (starred !== undefined) return starred;
  if (!module.path.endsWith("__init__.py")) return undefined;
  const below = modules.imported(module, { level: 1, module: first });
  return below === undefined ? undefined : resolveIn(modules, below, rest, steps + 1);
}

function resolveStarred(
  modules: Modules,
  top: Scope,
  path: readonly string[],
  steps: number,
): Resolved | undefined {
  if (steps > furthest) return undefined;
  for (const source of top.everythingFrom) {
    const module = modules.imported(top.module, source);
    const found = module === undefined ? undefined : resolveIn(modules, module, path, steps + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function resolveInClass(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  path: readonly string[],
  steps: number,
): Resolved | undefined {
  const [first = "", ...rest] = path;
  for (const known of classLineWithin(modules, definition, scope, steps)) {
    const inside = scopeOwnedBy(known.scope.module, known.definition);
    const bindings = inside?.bindings.get(first);
    if (inside !== undefined && bindings !== undefined) {
      return resolveBindings(modules, inside, first, bindings, rest, steps + 1);
    }
  }
  return undefined;
}

const builtins = new Set(
  `abs all any bool bytearray bytes callable chr classmethod complex dict dir enumerate eval exec
  filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass
  iter len list locals map max memoryview min next object oct open ord pow print property range repr
  reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__
  __name__ __file__`.split(/\s+/),
);
