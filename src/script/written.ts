/** The expression that stands behind a name. */
import type { Modules } from "./modules.js";
import type { Scope } from "./python/scope.js";
import type { Expression } from "./python/syntax.js";
import { resolve } from "./resolve.js";

export interface ScopedExpression {
  readonly value: Expression;
  /** Where its names are looked up. */
  readonly scope: Scope;
}

// Names of names; a cycle ends here too.
const furthest = 40;

/** The expression behind a name that is bound once, followed as far as it goes. */
export function written(modules: Modules, scope: Scope, expression: Expression): ScopedExpression {
  let at: ScopedExpression = { value: expression, scope };
  for (let step = 0; step < furthest; step += 1) {
    const next = boundOnce(modules, at.scope, at.value);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** What a name is bound to, where it is bound once and its value is not changed in place. */
export function boundOnce(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): ScopedExpression | undefined {
  const resolved = resolve(modules, scope, expression);
  if (resolved?.kind !== "variable") return undefined;
  const [binding, another] = resolved.bindings;
  if (binding?.kind !== "value" || another !== undefined) return undefined;
  if (resolved.scope.module.changed.has(resolved.name)) return undefined;
  return { value: binding.value, scope: binding.scope };
}
