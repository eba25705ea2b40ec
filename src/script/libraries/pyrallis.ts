/**
 * pyrallis: the fields of a dataclass, with dots for what lies within. Seen with pyrallis 0.3.1.
 *
 * It is argparse below: unique abbreviations are taken, `-` for `_` is not. A value is read as YAML and
 * then converted: an int takes 3.5 and drops the fraction, a bool takes words, None is `null`; a member
 * of an Enum is given by its name.
 */
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Expression, FunctionDefinition, Span } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { CommandLine, Gap, Option } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { functionsIn } from "./click.js";
import { commandLine } from "./command-line.js";
import { fieldsOfClass } from "./dataclass.js";
import { optionOf } from "./field.js";
import { leavesWithin } from "./nested.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = {
  boolean: { kind: "boolean", reads: "words" },
  integer: { kind: "number" },
  enumBy: "name",
};

export function pyrallisLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  const parsed = calls.flatMap(({ call, scope }): CommandLine[] => {
    const name = outsideName(modules, scope, call.callee) ?? "";
    if (!/^pyrallis(?:\.\w+)*\.parse$/.test(name)) return [];
    const type = argumentOf(call, "config_class", 0);
    return [lineOf(modules, scope, call, type)];
  });
  const started = new Set<FunctionDefinition>();
  for (const { call, scope } of calls) {
    const resolved = resolve(modules, scope, call.callee);
    if (resolved?.kind === "function") started.add(resolved.definition);
  }
  const wrapped = modules.all.flatMap((module) =>
    module.scopes.flatMap((scope) =>
      functionsIn(scope).flatMap((definition): CommandLine[] => {
        if (!started.has(definition) || !isWrapped(modules, scope, definition)) return [];
        const type = definition.parameters[0]?.annotation;
        return [lineOf(modules, scope, definition.nameSpan, type)];
      }),
    ),
  );
  return [...parsed, ...wrapped];
}

function isWrapped(modules: Modules, scope: Scope, definition: FunctionDefinition): boolean {
  return definition.decorators.some(
    (decorator) =>
      decorator.kind === "call" &&
      /^pyrallis(?:\.\w+)*\.wrap$/.test(outsideName(modules, scope, decorator.callee) ?? ""),
  );
}

function lineOf(
  modules: Modules,
  scope: Scope,
  span: Span,
  type: Expression | undefined,
): CommandLine {
  const place = scope.module.place(span);
  const resolved = type === undefined ? undefined : resolve(modules, scope, type);
  const configPath: Option = {
    name: "config_path",
    spellings: ["--config_path"],
    takes: { kind: "text" },
    isRequired: false,
    place,
  };
  if (resolved?.kind !== "class") {
    const gaps: Gap[] = [{ place, why: "options-computed" }];
    return commandLine("pyrallis", place, { options: [configPath], gaps, abbreviations: true });
  }
  const declared = fieldsOfClass(modules, resolved.definition, resolved.scope);
  const { leaves, gaps } = leavesWithin(modules, declared);
  const options = leaves.map(({ path, field }) => {
    const name = path.join(".");
    const option = optionOf(modules, field, rules, { name, spellings: [`--${name}`] });
    return field.hint.type.kind === "choices"
      ? { ...option, takes: { kind: "unknown" } as const }
      : option;
  });
  return commandLine("pyrallis", place, {
    options: [...options, configPath],
    gaps,
    abbreviations: true,
  });
}
