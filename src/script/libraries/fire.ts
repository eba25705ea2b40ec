/**
 * Python Fire: the parameters of functions and constructors. Seen with fire 0.7.1.
 *
 * `-` and `_` are the same in a name. A value is read as Python, whatever the parameter's type: `None`
 * is None, `3.0` a float, `no` text. A name that nothing takes ends the program, save with `**kwargs`.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { type ScopedCall, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition, Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { CommandLine, Option, Subcommand } from "../reading.js";
import { classLine, outsideName, type Resolved, resolve } from "../resolve.js";
import { written } from "../written.js";
import { commandLine } from "./command-line.js";
import { type Fields, optionOf } from "./field.js";
import { fieldsOfConstructor, fieldsOfFunction } from "./signature.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "unknown" }, enumBy: "name" };

export function fireLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    if (!/^fire(?:\.\w+)*\.Fire$/.test(outsideName(modules, scope, call.callee) ?? "")) return [];
    const component = argumentOf(call, "component", 0);
    return [
      component === undefined
        ? moduleLine(modules, scope, call)
        : lineOf(modules, scope, component, 0),
    ];
  });
}

/** Without a component: every function and class of the module is a command. */
function moduleLine(modules: Modules, scope: Scope, call: Call): CommandLine {
  const top = topScope(scope.module);
  const commands = [...top.bindings].flatMap(([name, bindings]): Subcommand[] => {
    const binding = bindings.at(-1);
    if (binding?.kind === "function") {
      const { definition } = binding;
      const resolved: Command = { kind: "function", definition, scope: top };
      return [{ name, commandLine: resolvedLine(modules, resolved) }];
    }
    if (binding?.kind !== "class") return [];
    const resolved: Command = { kind: "class", definition: binding.definition, scope: top };
    return [{ name, commandLine: resolvedLine(modules, resolved) }];
  });
  return lineWith(scope.module.place(call), { commands });
}

function lineWith(
  place: CommandLine["place"],
  given: Partial<Omit<CommandLine, "library" | "place">>,
): CommandLine {
  return commandLine("fire", place, { hyphens: "either", ...given });
}

const deepest = 4;

function lineOf(modules: Modules, scope: Scope, component: Expression, depth: number): CommandLine {
  const place = scope.module.place(component);
  const unknown = lineWith(place, { gaps: [{ place, why: "options-computed" }] });
  if (depth > deepest) return unknown;
  const behind = written(modules, scope, component);
  if (behind.value.kind === "dict") {
    const commands = behind.value.entries.flatMap(({ key, value }): Subcommand[] => {
      const name = key === undefined ? undefined : evaluate(modules, behind.scope, key);
      if (typeof name !== "string") return [];
      return [{ name, commandLine: lineOf(modules, behind.scope, value, depth + 1) }];
    });
    return lineWith(place, { commands });
  }
  // An object: its methods are commands, and its constructor has had its arguments.
  const made = behind.value.kind === "call" ? behind.value : undefined;
  const resolved = resolve(modules, behind.scope, made?.callee ?? behind.value);
  if (made !== undefined && resolved?.kind === "class") {
    const { definition, scope: at } = resolved;
    return lineWith(place, { commands: methodsOf(modules, definition, at, undefined) });
  }
  if (made !== undefined || resolved === undefined) return unknown;
  const isKnown = resolved.kind === "function" || resolved.kind === "class";
  return isKnown ? resolvedLine(modules, resolved) : unknown;
}

type Command = Resolved & { kind: "function" | "class" };

function resolvedLine(modules: Modules, resolved: Command): CommandLine {
  if (resolved.kind === "function") {
    const { definition, scope } = resolved;
    return fieldsLine(
      modules,
      scope.module.place(definition.nameSpan),
      fieldsOfFunction(modules, definition, scope),
    );
  }
  const { definition, scope } = resolved;
  const declared = fieldsOfConstructor(modules, definition, scope);
  const line = fieldsLine(modules, scope.module.place(definition.nameSpan), declared);
  return { ...line, commands: methodsOf(modules, definition, scope, line) };
}

function fieldsLine(modules: Modules, place: CommandLine["place"], declared: Fields): CommandLine {
  const options = declared.fields.map((field): Option => {
    const option = optionOf(modules, field, rules, {
      name: field.name,
      spellings: [`--${field.name}`],
    });
    // What the text reads as is Python's to say, and no type refuses it.
    const { choices: _choices, ...free } = option;
    return { ...free, takes: { kind: "unknown" }, readsNone: true };
  });
  const { gaps, takesOthers } = declared;
  return lineWith(place, { options, gaps, refusesUnknown: !takesOthers });
}

/** The methods of a class; each takes the constructor's options as well. */
function methodsOf(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  constructed: CommandLine | undefined,
): Subcommand[] {
  return classLine(modules, definition, scope).flatMap((known) =>
    known.definition.body.flatMap((statement): Subcommand[] => {
      if (statement.kind !== "function" || statement.name.startsWith("_")) return [];
      const [self, ...parameters] = statement.parameters;
      if (self === undefined) return [];
      const method = { ...statement, parameters };
      const line = fieldsLine(
        modules,
        known.scope.module.place(statement.nameSpan),
        fieldsOfFunction(modules, method, known.scope),
      );
      const options = [...line.options, ...(constructed?.options ?? [])];
      const gaps = [...line.gaps, ...(constructed?.gaps ?? [])];
      const refusesUnknown = line.refusesUnknown && constructed?.refusesUnknown !== false;
      return [{ name: statement.name, commandLine: { ...line, options, gaps, refusesUnknown } }];
    }),
  );
}
