/**
 * click: options by decorators, commands in groups. Seen with click 8.5.1 (and typer's 0.29.2).
 *
 * A name is taken exactly; a flag refuses a value (`--flag=True`), a `bool` takes words (true, t, yes,
 * y, on, 1); `None` is no number; `3.0` is no int; an unknown option and a bare `name=value` end the
 * program.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression, FunctionDefinition } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { CommandLine, Gap, Option, Subcommand } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { written } from "../written.js";
import { readDecorator } from "./click-decorators.js";
import { commandLine } from "./command-line.js";

interface ClickFunction {
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
  readonly isGroup: boolean;
  /** The decorator that makes it a command: `click.command()`, `cli.command("name")`. */
  readonly decorator: Expression;
}

export function clickLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  const known = new Map<FunctionDefinition, ClickFunction>();
  const all = clickFunctions(modules);
  for (const found of all) known.set(found.definition, found);
  const started = new Set<FunctionDefinition>();
  for (const { call, scope } of calls) {
    const { callee } = call;
    // `cli()`, and `cli.main(...)`.
    const target = callee.kind === "attribute" && callee.name === "main" ? callee.object : callee;
    const resolved = resolve(modules, scope, target);
    if (resolved?.kind !== "function" || !known.has(resolved.definition)) continue;
    // Within a command a call of another is a call of click's own, which no command line comes to.
    if (scope.owner?.kind === "function" && known.has(scope.owner)) continue;
    started.add(resolved.definition);
  }
  return [...started].flatMap((definition) => {
    const found = known.get(definition);
    return found === undefined ? [] : [lineOf(modules, all, found, 0)];
  });
}

function clickFunctions(modules: Modules): ClickFunction[] {
  const found: ClickFunction[] = [];
  for (const module of modules.all) {
    for (const scope of module.scopes) {
      for (const definition of functionsIn(scope)) {
        for (const decorator of definition.decorators) {
          const kind = commandKind(modules, scope, decorator);
          if (kind === undefined) continue;
          found.push({ definition, scope, isGroup: kind === "group", decorator });
        }
      }
    }
  }
  return found;
}

export function functionsIn(scope: Scope): FunctionDefinition[] {
  return [...scope.bindings.values()].flatMap((bindings) =>
    bindings.flatMap((binding) => (binding.kind === "function" ? [binding.definition] : [])),
  );
}

function commandKind(
  modules: Modules,
  scope: Scope,
  decorator: Expression,
): "command" | "group" | undefined {
  const callee = decorator.kind === "call" ? decorator.callee : decorator;
  const name = outsideName(modules, scope, callee);
  if (name !== undefined) {
    const matched = /^(?:\w*click|cloup)(?:\.\w+)*\.(command|group)$/.exec(name)?.[1];
    return matched === "command" || matched === "group" ? matched : undefined;
  }
  if (callee.kind !== "attribute") return undefined;
  if (callee.name !== "command" && callee.name !== "group") return undefined;
  return groupOf(modules, scope, callee.object) === undefined ? undefined : callee.name;
}

/** The function that `cli` of `@cli.command()` is, where it is a group of click's. */
function groupOf(
  modules: Modules,
  scope: Scope,
  expression: Expression,
): FunctionDefinition | undefined {
  const resolved = resolve(modules, scope, expression);
  if (resolved?.kind !== "function") return undefined;
  const isGroup = resolved.definition.decorators.some((decorator) => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    return callee.kind === "attribute" || callee.kind === "name"
      ? /(?:^|\.)group$/.test(outsideName(modules, resolved.scope, callee) ?? lastName(callee))
      : false;
  });
  return isGroup ? resolved.definition : undefined;
}

function lastName(expression: Expression): string {
  return expression.kind === "attribute" || expression.kind === "name" ? expression.name : "";
}

const deepest = 8;

function lineOf(
  modules: Modules,
  all: readonly ClickFunction[],
  found: ClickFunction,
  depth: number,
): CommandLine {
  const { definition, scope, decorator } = found;
  const gaps: Gap[] = [];
  const options = optionsOf(modules, scope, definition, gaps);
  const settings = settingsOf(modules, scope, decorator);
  const place = scope.module.place(definition.nameSpan);
  const isCustom =
    decorator.kind === "call" && argumentOf(decorator, "cls") !== undefined && found.isGroup;
  if (isCustom) gaps.push({ place, why: "options-computed" });
  // What takes any option may do anything with what it is given.
  if (settings.ignoresUnknown) gaps.push({ place, why: "options-computed" });
  const commands =
    found.isGroup && depth < deepest ? commandsOf(modules, all, found, depth, gaps) : [];
  return commandLine("click", place, {
    options,
    gaps,
    commands,
    refusesUnknown: !settings.ignoresUnknown,
    hyphens: settings.normalizes ? "either" : "exact",
  });
}

interface ContextSettings {
  readonly ignoresUnknown: boolean;
  readonly normalizes: boolean;
}

/** `context_settings`, of a decorator of click's or of typer's. */
export function settingsOf(modules: Modules, scope: Scope, decorator: Expression): ContextSettings {
  const given = decorator.kind === "call" ? argumentOf(decorator, "context_settings") : undefined;
  const none = { ignoresUnknown: false, normalizes: false };
  if (given === undefined) return none;
  const behind = written(modules, scope, given);
  const named = new Map<string, Expression>();
  if (behind.value.kind === "dict") {
    for (const { key, value } of behind.value.entries) {
      if (key?.kind === "constant") named.set(String(key.value), value);
    }
  } else if (behind.value.kind === "call") {
    for (const { name, value } of behind.value.arguments) if (name) named.set(name, value);
  } else {
    return { ignoresUnknown: true, normalizes: false };
  }
  const ignores = named.get("ignore_unknown_options");
  return {
    ignoresUnknown: ignores !== undefined && evaluate(modules, behind.scope, ignores) !== false,
    normalizes: named.has("token_normalize_func"),
  };
}

function optionsOf(
  modules: Modules,
  scope: Scope,
  definition: FunctionDefinition,
  gaps: Gap[],
): Option[] {
  const options: Option[] = [];
  for (const decorator of definition.decorators) {
    if (commandKind(modules, scope, decorator) !== undefined) continue;
    readDecorator(modules, scope, decorator, { options, gaps });
  }
  return options;
}

function commandsOf(
  modules: Modules,
  all: readonly ClickFunction[],
  group: ClickFunction,
  depth: number,
  gaps: Gap[],
): Subcommand[] {
  const commands: Subcommand[] = [];
  const add = (found: ClickFunction, name: string | undefined): void => {
    const line = lineOf(modules, all, found, depth + 1);
    const names = name === undefined ? commandNames(found, modules) : [name];
    for (const each of names) commands.push({ name: each, commandLine: line });
  };
  for (const found of all) {
    const callee = found.decorator.kind === "call" ? found.decorator.callee : found.decorator;
    if (callee.kind !== "attribute" || found.definition === group.definition) continue;
    if (groupOf(modules, found.scope, callee.object) === group.definition) add(found, undefined);
  }
  for (const module of modules.all) {
    for (const { call, scope } of module.calls) {
      if (!addsTo(modules, group, call, scope)) continue;
      const added = addedCommand(modules, all, call, scope);
      if (added === undefined) gaps.push({ place: module.place(call), why: "options-computed" });
      else add(added.found, added.name);
    }
  }
  return commands;
}

/** Whether it is `group.add_command(...)`, or may be. */
function addsTo(modules: Modules, group: ClickFunction, { callee }: Call, scope: Scope): boolean {
  if (callee.kind !== "attribute" || callee.name !== "add_command") return false;
  const resolved = resolve(modules, scope, callee.object);
  return resolved?.kind !== "function" || resolved.definition === group.definition;
}

/** `cli.add_command(train, name="fit")`; undefined where it cannot be told what is added. */
function addedCommand(
  modules: Modules,
  all: readonly ClickFunction[],
  call: Call,
  scope: Scope,
): { found: ClickFunction; name: string | undefined } | undefined {
  const command = argumentOf(call, "cmd", 0);
  const resolved = command === undefined ? undefined : resolve(modules, scope, command);
  if (resolved?.kind !== "function") return undefined;
  const found = all.find((each) => each.definition === resolved.definition);
  const name = argumentOf(call, "name", 1);
  const text = name === undefined ? undefined : evaluate(modules, scope, name);
  if (name !== undefined && typeof text !== "string") return undefined;
  return found && { found, name: typeof text === "string" ? text : undefined };
}

/** Since click 8.2 `train_cmd` and `train_command` are called `train`; before, `train-cmd`. */
function commandNames(found: ClickFunction, modules: Modules): readonly string[] {
  const { decorator, definition, scope } = found;
  const given = decorator.kind === "call" ? argumentOf(decorator, "name", 0) : undefined;
  const text = given === undefined ? undefined : evaluate(modules, scope, given);
  if (typeof text === "string") return [text];
  const whole = definition.name.toLowerCase().replaceAll("_", "-");
  const short = whole.replace(/-(?:command|cmd|group|grp)$/, "");
  return short === whole ? [whole] : [short, whole];
}
