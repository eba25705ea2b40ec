/**
 * jsonargparse: signatures as options, with dots for what lies within. Seen with jsonargparse 4.53.0.
 *
 * It is argparse below: unique abbreviations are taken, `-` for `_` is not. A value is read as YAML: a
 * bool takes true, yes, false, no in any case and neither 1 nor nothing, None is `null`, `3.0` is no
 * int, `[1,2]` a list; a member of an Enum is given by its name.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { type ScopedCall, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition, Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { CommandLine, Option, Subcommand } from "../reading.js";
import { classLine, outsideName, resolve } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";
import { commandLine } from "./command-line.js";
import { addTo, type BuiltLine, builtLine } from "./jsonargparse-parser.js";
import { type Component, declaredBy, signatureOf } from "./jsonargparse-signature.js";
import { methodCalls } from "./method-calls.js";
import { fieldsOfFunction } from "./signature.js";

export function jsonargparseLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const name = outsideName(modules, scope, call.callee) ?? "";
    const last = /^jsonargparse\.(?:\w+\.)*(\w+)$/.exec(name)?.[1];
    if (last === "CLI" || last === "auto_cli") return [cliLine(modules, scope, call)];
    return last === "ArgumentParser" ? [parserLine(modules, scope, call)] : [];
  });
}

export function jsonargparseLine(
  place: CommandLine["place"],
  given: Partial<Omit<CommandLine, "library" | "place">>,
): CommandLine {
  return commandLine("jsonargparse", place, { abbreviations: true, ...given });
}

/** `CLI(main)`: a function, a class with its methods as commands, or a list or dictionary of these. */
function cliLine(modules: Modules, scope: Scope, call: Call): CommandLine {
  const place = scope.module.place(call);
  const asPositional = argumentOf(call, "as_positional");
  const positional = asPositional === undefined || evaluate(modules, scope, asPositional) !== false;
  const components = argumentOf(call, "components", 0);
  const behind = components === undefined ? undefined : written(modules, scope, components);
  const found = componentsOf(modules, scope, behind);
  if (found === undefined) {
    return jsonargparseLine(place, { gaps: [{ place, why: "options-computed" }] });
  }
  const [only, another] = found;
  if (only !== undefined && another === undefined && behind?.value.kind !== "dict") {
    return componentLine(modules, only.component, positional);
  }
  const commands = found.map(({ name, component }): Subcommand => {
    return { name, commandLine: componentLine(modules, component, positional) };
  });
  return jsonargparseLine(place, { commands });
}

interface NamedComponent {
  readonly name: string;
  readonly component: Component;
}

function componentsOf(
  modules: Modules,
  scope: Scope,
  behind: ScopedExpression | undefined,
): NamedComponent[] | undefined {
  if (behind === undefined) return componentsOfModule(scope);
  const named: [string | undefined, Expression][] = [];
  if (behind.value.kind === "dict") {
    for (const { key, value } of behind.value.entries) {
      const name = key === undefined ? undefined : evaluate(modules, behind.scope, key);
      named.push([typeof name === "string" ? name : undefined, value]);
    }
  } else if (behind.value.kind === "list" || behind.value.kind === "tuple") {
    for (const item of behind.value.items) named.push([undefined, item]);
  } else {
    named.push([undefined, behind.value]);
  }
  const found = named.flatMap(([name, value]) => {
    const component = resolve(modules, behind.scope, value);
    if (component?.kind !== "function" && component?.kind !== "class") return [];
    return [{ name: name ?? component.definition.name, component }];
  });
  return found.length === named.length ? found : undefined;
}

/** Without components: the functions and classes that the module itself defines. */
function componentsOfModule(scope: Scope): NamedComponent[] {
  const top = topScope(scope.module);
  return [...top.bindings].flatMap(([name, bindings]): NamedComponent[] => {
    const binding = bindings.at(-1);
    if (binding?.kind === "function") {
      const { definition } = binding;
      return [{ name, component: { kind: "function", definition, scope: top } }];
    }
    if (binding?.kind !== "class") return [];
    const { definition } = binding;
    return [{ name, component: { kind: "class", definition, scope: top } }];
  });
}

function componentLine(modules: Modules, component: Component, positional: boolean): CommandLine {
  const place = component.scope.module.place(component.definition.nameSpan);
  const declared = declaredBy(modules, component);
  const signature = signatureOf(modules, declared, "");
  // What has no default is given by its place, unless the caller says otherwise.
  const options = signature.options.filter((option) => !positional || !option.isRequired);
  const commands =
    component.kind === "class" ? methodsOf(modules, component.definition, component.scope) : [];
  return jsonargparseLine(place, {
    options: [...options, configOption(place)],
    gaps: signature.gaps,
    refusesUnknown: !declared.takesOthers,
    commands,
  });
}

function configOption(place: Option["place"]): Option {
  return {
    name: "config",
    spellings: ["--config"],
    takes: { kind: "text" },
    isRequired: false,
    place,
  };
}

function methodsOf(modules: Modules, definition: ClassDefinition, scope: Scope): Subcommand[] {
  return classLine(modules, definition, scope).flatMap((known) =>
    known.definition.body.flatMap((statement): Subcommand[] => {
      if (statement.kind !== "function" || statement.name.startsWith("_")) return [];
      const [self, ...parameters] = statement.parameters;
      if (self === undefined) return [];
      const declared = fieldsOfFunction(modules, { ...statement, parameters }, known.scope);
      const place = known.scope.module.place(statement.nameSpan);
      const { options, gaps } = signatureOf(modules, declared, "");
      return [{ name: statement.name, commandLine: jsonargparseLine(place, { options, gaps }) }];
    }),
  );
}

function parserLine(modules: Modules, scope: Scope, parser: Call): CommandLine {
  const line: BuiltLine = { options: [], gaps: [], linked: new Set() };
  let refusesUnknown = true;
  for (const { method, call, scope: at } of methodCalls(modules, parser)) {
    if (method === "parse_known_args") refusesUnknown = false;
    else addTo(modules, at, call, method, line);
  }
  return jsonargparseLine(scope.module.place(parser), { ...builtLine(line), refusesUnknown });
}
