/** Enum classes: their members, and what these are worth. */
import type { Modules } from "./modules.js";
import { scopeOwnedBy, topScope } from "./python/module.js";
import type { Scope } from "./python/scope.js";
import type { ClassDefinition, Expression } from "./python/syntax.js";
import { statementsIn } from "./python/walk.js";
import type { Literal } from "./reading.js";
import { outsideBases, outsideName } from "./resolve.js";

export type Valuer = (scope: Scope, expression: Expression) => Literal | undefined;

/** The values of an Enum's members by name; undefined for any other class. */
export function membersOf(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  valueIn: Valuer,
): ReadonlyMap<string, Literal> | undefined {
  const bases = outsideBases(modules, definition, scope);
  if (!bases.some((base) => enumBases.has(base.split(".").at(-1) ?? ""))) return undefined;
  const members = new Map<string, Literal>();
  const inside = scopeOwnedBy(scope.module, definition) ?? topScope(scope.module);
  for (const statement of statementsIn(definition.body)) {
    if (statement.kind !== "assign" || statement.value === undefined) continue;
    const [target] = statement.targets;
    if (target?.kind !== "name" || target.name.startsWith("_")) continue;
    const isAutomatic =
      statement.value.kind === "call" &&
      outsideName(modules, inside, statement.value.callee)?.split(".").at(-1) === "auto";
    const text = bases.some((base) => base.endsWith("StrEnum"));
    const value = isAutomatic
      ? text
        ? target.name.toLowerCase()
        : members.size + 1
      : valueIn(inside, statement.value);
    if (value !== undefined) members.set(target.name, value);
  }
  return members;
}

const enumBases = new Set(["Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"]);
