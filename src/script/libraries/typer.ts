/**
 * Typer: options are a function's parameters. Seen with typer 0.29.2.
 *
 * A parameter `batch_size` is `--batch-size` and nothing else, unless its option is spelled out; a bool
 * is a flag with a `--no-` beside it and refuses a value; a parameter without a default is an argument
 * and not an option. An app with one command has no word for it, save where it has a callback or apps
 * within.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression, FunctionDefinition } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { CommandLine, Gap, Option, SourcePlace, Subcommand } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";
import { functionsIn, settingsOf } from "./click.js";
import { flagOf, spellingsOf, takesOfDefault } from "./click-option.js";
import { commandLine } from "./command-line.js";
import { type Field, optionOf } from "./field.js";
import { fieldsOfFunction } from "./signature.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "flag", sets: true }, enumBy: "value" };

interface TyperCommand {
  readonly app: Call;
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
  readonly kind: "command" | "callback";
  readonly decorator: Call;
}

interface TyperChild {
  readonly app: Call;
  /** Undefined: what is added cannot be told. */
  readonly child: Call | undefined;
  readonly name: string | undefined;
  readonly place: SourcePlace;
}

interface TyperApps {
  readonly commands: readonly TyperCommand[];
  readonly children: readonly TyperChild[];
}

export function typerLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  const lines: CommandLine[] = [];
  const started = new Set<Call>();
  for (const { call, scope } of calls) {
    if (outsideName(modules, scope, call.callee) === "typer.run") {
      const target = argumentOf(call, "function", 0);
      const resolved = target === undefined ? undefined : resolve(modules, scope, target);
      if (resolved?.kind === "function") {
        lines.push(lineOf(modules, resolved.definition, resolved.scope, undefined));
      }
      continue;
    }
    const app = appOf(modules, scope, call.callee);
    if (app !== undefined) started.add(app);
  }
  if (started.size === 0) return lines;
  const apps = appsOf(modules);
  return [...lines, ...[...started].flatMap((app) => appLine(modules, apps, app, 0) ?? [])];
}

/** The call `typer.Typer(...)` behind a name. */
function appOf(modules: Modules, scope: Scope, expression: Expression): Call | undefined {
  const { value, scope: at } = written(modules, scope, expression);
  if (value.kind !== "call") return undefined;
  return outsideName(modules, at, value.callee) === "typer.Typer" ? value : undefined;
}

function appsOf(modules: Modules): TyperApps {
  const commands: TyperCommand[] = [];
  const children: TyperChild[] = [];
  for (const module of modules.all) {
    for (const scope of module.scopes) {
      for (const definition of functionsIn(scope)) {
        for (const decorator of definition.decorators) {
          if (decorator.kind !== "call" || decorator.callee.kind !== "attribute") continue;
          const { name: kind, object } = decorator.callee;
          if (kind !== "command" && kind !== "callback") continue;
          const app = appOf(modules, scope, object);
          if (app !== undefined) commands.push({ app, definition, scope, kind, decorator });
        }
      }
    }
    for (const { call, scope } of module.calls) {
      const command = calledCommand(modules, call, scope);
      if (command !== undefined) commands.push(command);
      const child = addedApp(modules, call, scope);
      if (child !== undefined) children.push(child);
    }
  }
  return { commands, children };
}

/** `app.command()(train)`. */
function calledCommand(modules: Modules, call: Call, scope: Scope): TyperCommand | undefined {
  const decorator = call.callee;
  if (decorator.kind !== "call" || decorator.callee.kind !== "attribute") return undefined;
  if (decorator.callee.name !== "command") return undefined;
  const app = appOf(modules, scope, decorator.callee.object);
  const [target] = positionalOf(call);
  const resolved = target === undefined ? undefined : resolve(modules, scope, target);
  if (app === undefined || resolved?.kind !== "function") return undefined;
  return {
    app,
    definition: resolved.definition,
    scope: resolved.scope,
    kind: "command",
    decorator,
  };
}

/** `app.add_typer(data, name="data")`. */
function addedApp(modules: Modules, call: Call, scope: Scope): TyperChild | undefined {
  if (call.callee.kind !== "attribute" || call.callee.name !== "add_typer") return undefined;
  const app = appOf(modules, scope, call.callee.object);
  const target = argumentOf(call, "typer_instance", 0);
  const child = target === undefined ? undefined : appOf(modules, scope, target);
  if (app === undefined) return undefined;
  const named = argumentOf(call, "name") ?? (child && argumentOf(child, "name"));
  const name = named === undefined ? undefined : evaluate(modules, scope, named);
  const isNamed = typeof name === "string";
  const isKnown = isNamed || named === undefined;
  return {
    app,
    child: isKnown ? child : undefined,
    name: isNamed ? name : undefined,
    place: scope.module.place(call),
  };
}

const deepest = 6;

function appLine(
  modules: Modules,
  apps: TyperApps,
  app: Call,
  depth: number,
): CommandLine | undefined {
  const own = apps.commands.filter((command) => command.app === app);
  const commands = own.filter(({ kind }) => kind === "command");
  const callback = own.find(({ kind }) => kind === "callback");
  const children = depth < deepest ? apps.children.filter((child) => child.app === app) : [];
  const [only, another] = commands;
  const isAlone = another === undefined && callback === undefined && children.length === 0;
  if (only !== undefined && isAlone && depth === 0) {
    return lineOf(modules, only.definition, only.scope, only.decorator);
  }
  const listed = commands.map((command) => ({
    name: commandName(modules, command),
    commandLine: lineOf(modules, command.definition, command.scope, command.decorator),
  }));
  const within = children.flatMap(({ child, name }): readonly Subcommand[] => {
    const line = child && appLine(modules, apps, child, depth + 1);
    if (line === undefined) return [];
    // Without a name its commands are those of the app that it is added to.
    return name === undefined ? line.commands : [{ name, commandLine: line }];
  });
  const first = callback ?? only;
  const place = first?.scope.module.place(first.definition.nameSpan) ?? children[0]?.place;
  if (place === undefined) return undefined;
  const base = callback && lineOf(modules, callback.definition, callback.scope, callback.decorator);
  const unknown = children.filter(({ child }) => child === undefined);
  const gaps = unknown.map((child): Gap => ({ place: child.place, why: "options-computed" }));
  return {
    ...(base ?? commandLine("typer", place, {})),
    commands: [...listed, ...within],
    gaps: [...(base?.gaps ?? []), ...gaps],
  };
}

function commandName(modules: Modules, { decorator, definition, scope }: TyperCommand): string {
  const given = argumentOf(decorator, "name", 0);
  const name = given === undefined ? undefined : evaluate(modules, scope, given);
  return typeof name === "string" ? name : definition.name.toLowerCase().replaceAll("_", "-");
}

function lineOf(
  modules: Modules,
  definition: FunctionDefinition,
  scope: Scope,
  decorator: Call | undefined,
): CommandLine {
  const { fields } = fieldsOfFunction(modules, definition, scope);
  const settings = decorator === undefined ? undefined : settingsOf(modules, scope, decorator);
  const place = scope.module.place(definition.nameSpan);
  // What takes any option may do anything with what it is given.
  const others: Gap[] =
    settings?.ignoresUnknown === true ? [{ place, why: "options-computed" }] : [];
  return commandLine("typer", place, {
    options: fields.flatMap((field) => typerOption(modules, field) ?? []),
    gaps: [...changedSignatures(modules, definition, scope), ...others],
    refusesUnknown: settings?.ignoresUnknown !== true,
    hyphens: settings?.normalizes === true ? "either" : "exact",
  });
}

/** Decorators of the workspace that set another signature, which is what Typer reads. */
function changedSignatures(modules: Modules, definition: FunctionDefinition, scope: Scope): Gap[] {
  return definition.decorators.flatMap((decorator): Gap[] => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    const resolved = resolve(modules, scope, callee);
    if (resolved?.kind !== "function") return [];
    const { start, end } = resolved.definition;
    const text = resolved.scope.module.text.slice(start, end);
    const sets = text.includes("__signature__") || !text.includes("wraps");
    return sets ? [{ place: scope.module.place(decorator), why: "options-computed" }] : [];
  });
}

/** What a parameter is as an option; undefined: an argument, or what Typer itself hands in. */
function typerOption(modules: Modules, field: Field): Option | undefined {
  const { type } = field.hint;
  if (type.kind === "unknown" && /(?:Context|CallbackParam)$/.test(type.name ?? ""))
    return undefined;
  const info = infoOf(modules, field);
  if (info === undefined) {
    return field.default === undefined ? undefined : plainOption(modules, field, [], field.default);
  }
  if (info.kind === "Argument") return undefined;
  const { call, scope, isAnnotated } = info;
  const positional = positionalOf(call);
  const texts = (isAnnotated ? positional : positional.slice(1)).map((each) =>
    evaluate(modules, scope, each),
  );
  const declarations = texts.filter((each) => typeof each === "string");
  const inside = argumentOf(call, "default", isAnnotated ? undefined : 0);
  const given = isAnnotated
    ? field.default
    : inside === undefined
      ? undefined
      : { value: inside, scope };
  const option = plainOption(modules, field, declarations, given);
  const help = argumentOf(call, "help");
  const said = help === undefined ? undefined : evaluate(modules, scope, help);
  const { choices, ...free } = option;
  const ignoresCase = argumentOf(call, "case_sensitive") !== undefined;
  const converts = argumentOf(call, "parser") ?? argumentOf(call, "click_type");
  return {
    ...free,
    ...(choices !== undefined && !ignoresCase && { choices }),
    ...(converts !== undefined && { takes: { kind: "unknown" } as const }),
    ...(argumentOf(call, "count") !== undefined && { takes: rules.boolean }),
    ...(typeof said === "string" && { help: said.trim().replaceAll(/\s+/g, " ") }),
  };
}

function plainOption(
  modules: Modules,
  field: Field,
  declarations: readonly string[],
  given: ScopedExpression | undefined,
): Option {
  const isRequired = given === undefined || given.value.kind === "other";
  const dashed = field.name.toLowerCase().replaceAll("_", "-");
  const isSpelled = declarations.some((each) => each.startsWith("-"));
  const isFlag = field.hint.type.kind === "boolean";
  const implied = isFlag ? `--${dashed}/--no-${dashed}` : `--${dashed}`;
  const spelled = spellingsOf(isSpelled ? declarations : [implied]) ?? {
    name: "",
    on: [],
    off: [],
  };
  const { default: _default, ...bare } = field;
  const option = optionOf(
    modules,
    { ...bare, isRequired, ...(given !== undefined && !isRequired && { default: given }) },
    rules,
    { name: field.name, spellings: spelled.on },
  );
  const untyped = field.hint.type.kind === "any" && given !== undefined && !isRequired;
  return {
    ...option,
    ...(isFlag && { takes: flagOf(spelled) }),
    ...(untyped && { takes: takesOfDefault(modules, given.scope, given.value) }),
  };
}

interface OptionInfo {
  readonly kind: "Option" | "Argument";
  readonly call: Call;
  readonly scope: Scope;
  /** Whether it stands in the annotation, and not as the default. */
  readonly isAnnotated: boolean;
}

function infoOf(modules: Modules, field: Field): OptionInfo | undefined {
  const inDefault = field.default === undefined ? [] : [{ ...field.default, isAnnotated: false }];
  const inHint = field.hint.metadata.map((each) => ({ ...each, isAnnotated: true }));
  for (const { value, scope, isAnnotated } of [...inHint, ...inDefault]) {
    const behind = written(modules, scope, value);
    if (behind.value.kind !== "call") continue;
    const name = outsideName(modules, behind.scope, behind.value.callee);
    const kind = /^typer\.(?:\w+\.)*(Option|Argument)$/.exec(name ?? "")?.[1];
    if (kind === "Option" || kind === "Argument") {
      return { kind, call: behind.value, scope: behind.scope, isAnnotated };
    }
  }
  return undefined;
}
