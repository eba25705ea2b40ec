/**
 * Which calls a program makes when it is started, judged by names: what stands at the top of a module
 * that is imported, and in functions whose names are mentioned there. `if __name__ == "__main__"` of a
 * module that is only imported does not run.
 */
import type { Modules } from "../modules.js";
import type { PythonModule, ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Expression, Span, Statement } from "../python/syntax.js";
import { blocksOf, expressionsIn, expressionsOf, expressionsWithin } from "../python/walk.js";

export interface ReachedCalls {
  /** Those that the program's own file makes. */
  readonly own: readonly ScopedCall[];
  /** Those of the modules that it imports. */
  readonly imported: () => readonly ScopedCall[];
}

export function reachedCalls(modules: Modules): ReachedCalls {
  return {
    own: modules.program.calls,
    imported: () => {
      const names = reachedNames(modules);
      return modules.all.slice(1).flatMap((module) => {
        const guards = mainGuards(module);
        return module.calls.filter(
          ({ call, scope }) =>
            isReached(scope, names) && !guards.some((guard) => isWithin(call, guard)),
        );
      });
    },
  };
}

function isReached(scope: Scope, names: ReadonlySet<string>): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.owner?.kind !== "function") continue;
    const { name } = at.owner;
    // A method without a call of its own, such as `__init__`, runs with its class.
    const isSpecial = name.startsWith("__") && name.endsWith("__");
    if (!isSpecial && !names.has(name)) return false;
  }
  return true;
}

function reachedNames(modules: Modules): ReadonlySet<string> {
  const byName = new Map<string, Scope[]>();
  for (const module of modules.all) {
    for (const scope of module.scopes) {
      if (scope.owner === undefined) continue;
      const known = byName.get(scope.owner.name);
      if (known === undefined) byName.set(scope.owner.name, [scope]);
      else known.push(scope);
    }
  }
  const names = new Set<string>();
  const add = (expressions: Iterable<Expression>): void => {
    for (const expression of expressions) {
      const name =
        expression.kind === "name" || expression.kind === "attribute" ? expression.name : undefined;
      if (name !== undefined) names.add(name);
    }
  };
  for (const module of modules.all) {
    add(topExpressions(module.body, module === modules.program));
  }
  // The set grows while it is walked: what a reached function mentions is reached too.
  for (const name of names) {
    for (const scope of byName.get(name) ?? []) {
      add(expressionsIn(scope.body));
      if (scope.owner?.kind !== "class") continue;
      for (const statement of scope.body) {
        if (statement.kind === "function" && /^__\w+__$/.test(statement.name)) {
          add(expressionsIn(statement.body));
        }
      }
    }
  }
  return names;
}

function* topExpressions(body: readonly Statement[], isProgram: boolean): Generator<Expression> {
  for (const statement of body) {
    if (!isProgram && isMainGuard(statement)) continue;
    for (const expression of expressionsOf(statement)) yield* expressionsWithin(expression);
    for (const block of blocksOf(statement)) yield* topExpressions(block, isProgram);
  }
}

function mainGuards(module: PythonModule): readonly Span[] {
  return module.body.filter(isMainGuard);
}

function isMainGuard(statement: Statement): boolean {
  if (statement.kind !== "if") return false;
  const test = statement.branches[0]?.test;
  return test?.kind === "binary" && [test.left, test.right].some(isModuleName);
}

function isModuleName(expression: Expression): boolean {
  return expression.kind === "name" && expression.name === "__name__";
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
