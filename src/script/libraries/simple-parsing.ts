/**
 * simple-parsing: the fields of dataclasses and of those within, by their own names. Seen with 0.1.9.
 *
 * It is argparse below: unique abbreviations are taken, other spellings are not. A name that two
 * dataclasses have is written with as much of its path as tells them apart. A bool takes words or
 * stands alone, with `--noflag` beside it; a member of an Enum is given by its name; `None` is text.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { CommandLine, Gap, Option } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { commandLine } from "./command-line.js";
import { fieldsOfClass } from "./dataclass.js";
import { type Field, optionOf } from "./field.js";
import { methodCalls } from "./method-calls.js";
import { type Leaf, leavesWithin } from "./nested.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "boolean", reads: "words" }, enumBy: "name" };

interface Parsed {
  readonly leaves: readonly Leaf[];
  readonly gaps: readonly Gap[];
}

export function simpleParsingLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const name = outsideName(modules, scope, call.callee) ?? "";
    if (/^simple_parsing(?:\.\w+)*\.parse(?:_known_args)?$/.test(name)) {
      const type = argumentOf(call, "config_class", 0);
      const parsed = leavesOf(modules, scope, type, []);
      return [lineOf(modules, scope, call, [parsed], !name.endsWith("known_args"), false)];
    }
    if (!/^simple_parsing(?:\.\w+)*\.ArgumentParser$/.test(name)) return [];
    return [parserLine(modules, scope, call)];
  });
}

function parserLine(modules: Modules, scope: Scope, parser: Call): CommandLine {
  const parsed: Parsed[] = [];
  let refusesUnknown = true;
  let addsOthers = false;
  for (const { method, call, scope: at } of methodCalls(modules, parser)) {
    if (method === "add_arguments") {
      const dest = argumentOf(call, "dest", 1);
      const path = dest === undefined ? undefined : evaluate(modules, at, dest);
      const prefix = typeof path === "string" ? [path] : [];
      parsed.push(leavesOf(modules, at, argumentOf(call, "dataclass", 0), prefix));
    } else if (method === "parse_known_args") {
      refusesUnknown = false;
    } else if (/^add_(?:argument|subparsers|argument_group|mutually)/.test(method)) {
      addsOthers = true;
    }
  }
  return lineOf(modules, scope, parser, parsed, refusesUnknown, addsOthers);
}

function leavesOf(
  modules: Modules,
  scope: Scope,
  type: Expression | undefined,
  path: readonly string[],
): Parsed {
  const resolved = type === undefined ? undefined : resolve(modules, scope, type);
  if (type !== undefined && resolved?.kind === "class") {
    const fields = fieldsOfClass(modules, resolved.definition, resolved.scope);
    return leavesWithin(modules, fields, path);
  }
  const place = scope.module.place(type ?? { start: 0, end: 0 });
  const why = resolved?.kind === "outside" ? "options-from-library" : "options-computed";
  return { leaves: [], gaps: [{ place, why }] };
}

function lineOf(
  modules: Modules,
  scope: Scope,
  call: Call,
  parsed: readonly Parsed[],
  refusesUnknown: boolean,
  addsOthers: boolean,
): CommandLine {
  const place = scope.module.place(call);
  const leaves = parsed.flatMap((each) => each.leaves);
  const counts = new Map<string, number>();
  for (const { field } of leaves) counts.set(field.name, (counts.get(field.name) ?? 0) + 1);
  const options = leaves.flatMap((leaf) =>
    optionsOf(modules, leaf, (counts.get(leaf.field.name) ?? 0) > 1),
  );
  // Names are flat, so that what is not seen of a dataclass within is not told by a prefix.
  const gaps: Gap[] = parsed
    .flatMap((each) => each.gaps)
    .map(({ place: at, why }) => ({ place: at, why }));
  const hasSubgroups = leaves.some(({ field }) => specifiedBy(modules, field, "subgroups"));
  const otherMode = ["argument_generation_mode", "nested_mode", "conflict_resolution"].some(
    (keyword) => argumentOf(call, keyword) !== undefined,
  );
  if (addsOthers || hasSubgroups || otherMode) gaps.push({ place, why: "options-computed" });
  const hasConfigPath = argumentOf(call, "add_config_path_arg") ?? argumentOf(call, "config_path");
  const dashes = argumentOf(call, "add_option_string_dash_variants") !== undefined;
  return commandLine("simple-parsing", place, {
    options: hasConfigPath === undefined ? options : [...options, configPath(place)],
    gaps,
    refusesUnknown,
    hyphens: dashes ? "either" : "exact",
    abbreviations: true,
  });
}

function configPath(place: Option["place"]): Option {
  return {
    name: "config_path",
    spellings: ["--config_path"],
    takes: { kind: "text" },
    isRequired: false,
    place,
  };
}

function optionsOf(modules: Modules, { path, field }: Leaf, isAmbiguous: boolean): Option[] {
  // How much of the path tells names apart is for all of them together to say: each beginning counts.
  const names = isAmbiguous
    ? path.slice(0, -1).map((_, at) => path.slice(at).join("."))
    : [field.name];
  const option = optionOf(modules, field, rules, {
    name: names.at(-1) ?? field.name,
    spellings: (names.length === 0 ? [field.name] : names).map((name) => `--${name}`),
  });
  const choices = choicesGiven(modules, field);
  const options: Option[] = [{ ...option, ...(choices !== undefined && { choices }) }];
  if (field.hint.type.kind === "boolean") {
    options.push({
      name: `no${field.name}`,
      spellings: [`--no${field.name}`],
      takes: { kind: "flag", sets: false },
      isRequired: false,
      place: field.place,
    });
  }
  return options;
}

/** `choice("sgd", "adam", default="sgd")`. */
function choicesGiven(modules: Modules, field: Field): readonly string[] | undefined {
  const call = specifiedBy(modules, field, "choice");
  if (call === undefined || field.specifier === undefined) return undefined;
  const { scope } = field.specifier;
  const choices = positionalOf(call).map((each) => evaluate(modules, scope, each));
  return choices.every((each) => typeof each === "string") ? choices : undefined;
}

function specifiedBy(modules: Modules, { specifier }: Field, name: string): Call | undefined {
  if (specifier?.value.kind !== "call") return undefined;
  const called = outsideName(modules, specifier.scope, specifier.value.callee) ?? "";
  const isThat = called.startsWith("simple_parsing.") && called.endsWith(`.${name}`);
  return isThat ? specifier.value : undefined;
}
