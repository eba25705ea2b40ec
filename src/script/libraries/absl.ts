/**
 * absl flags, wherever a module defines them. Seen with absl-py 2.5.1.
 *
 * A name is taken exactly. A bool takes true, t, 1, false, f, 0 in any case, or stands alone, with
 * `--noflag` beside it; `None` is None for text and refused for numbers; an unknown flag ends the
 * program.
 */
import { enumMembers, evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { PythonModule, ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call } from "../python/syntax.js";
import { argumentOf, statementsIn } from "../python/walk.js";
import type { CommandLine, Gap, Literal, Option, Takes } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { commandLine } from "./command-line.js";

/** `all`: the calls of every module that is imported, for flags are everybody's. */
export function abslLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  const start = calls.find(({ call, scope }) => {
    const name = outsideName(modules, scope, call.callee) ?? "";
    return /^absl\.(?:app\.run|flags\.FLAGS)$/.test(name);
  });
  if (start === undefined) return [];
  const place = start.scope.module.place(start.call);
  const options: Option[] = libraryFlags.map((name) => ({
    name,
    spellings: [`--${name}`],
    takes: { kind: "text" },
    isRequired: false,
    place,
  }));
  const gaps: Gap[] = [];
  for (const module of modules.all) {
    for (const { call, scope } of module.calls) {
      const name = outsideName(modules, scope, call.callee) ?? "";
      const kind = /(?:^|\.)DEFINE_?(\w*)$/.exec(name)?.[1];
      if (kind === undefined || !/^absl\.|^ml_collections\./.test(name)) continue;
      const option = flagOf(modules, scope, call, kind);
      if (option === undefined) gaps.push({ place: module.place(call), why: "options-computed" });
      else options.push(...withNegation(option));
      const file = configPrefix(modules, scope, call, kind);
      if (file !== undefined) {
        gaps.push({ place: module.place(call), why: "options-from-file", prefix: file });
      }
    }
  }
  gaps.push(...modules.all.flatMap(flagsOfLibraries));
  // `FLAGS(sys.argv, known_only=True)`, and a parser of the script's own.
  const isLax = ["known_only", "flags_parser"].some((keyword) => argumentOf(start.call, keyword));
  return [commandLine("absl", place, { options, gaps, refusesUnknown: !isLax })];
}

/** Flags that absl itself defines, and that a sweep may name. */
const libraryFlags = ["log_dir", "verbosity", "v"];

/** Flags are everybody's, and these libraries define some that a sweep may name. */
const flagLibraries: ReadonlySet<string> = new Set([
  ...["acme", "big_vision", "clu", "dopamine", "flaxformer", "jaxline", "kauldron", "launchpad"],
  ...["lingvo", "official", "open_spiel", "pysc2", "scenic", "t5", "t5x", "tensor2tensor"],
  ...["tensorflow_models", "tf_agents", "trax", "xmanager"],
]);

function flagsOfLibraries(module: PythonModule): readonly Gap[] {
  return module.scopes.flatMap(({ body }) =>
    statementsIn(body).flatMap((statement): readonly Gap[] => {
      const sources =
        statement.kind === "import"
          ? statement.names.map(({ name }) => name)
          : statement.kind === "import-from" && statement.level === 0
            ? [statement.module]
            : [];
      const defines = sources.some((source) => flagLibraries.has(source.split(".")[0] ?? ""));
      return defines ? [{ place: module.place(statement), why: "options-from-library" }] : [];
    }),
  );
}

function flagOf(modules: Modules, scope: Scope, call: Call, kind: string): Option | undefined {
  const value = (name: string, position: number): Literal | undefined => {
    const given = argumentOf(call, name, position);
    return given === undefined ? undefined : evaluate(modules, scope, given);
  };
  const name = value("name", 0);
  if (typeof name !== "string") return undefined;
  const given = value("default", 1);
  const help = value("help", kind.startsWith("enum") ? 3 : 2);
  const choices = choicesOf(modules, scope, call, kind);
  const takes = takesOf(kind);
  const isDefault = given !== undefined && kind !== "alias" && !kind.startsWith("config");
  return {
    name,
    spellings: [`--${name}`],
    takes,
    ...(isDefault && { default: given }),
    ...(choices !== undefined && { choices }),
    ...(typeof help === "string" && { help: help.trim().replaceAll(/\s+/g, " ") }),
    isRequired: value("required", Number.POSITIVE_INFINITY) === true,
    ...(takes.kind === "text" && choices === undefined && { readsNone: true }),
    place: scope.module.place(call),
  };
}

function takesOf(kind: string): Takes {
  if (kind.startsWith("multi_")) return { kind: "list", of: takesOf(kind.slice("multi_".length)) };
  switch (kind) {
    case "string":
    case "enum":
    case "enum_class":
      return { kind: "text" };
    case "integer":
      return { kind: "integer" };
    case "float":
      return { kind: "number" };
    case "bool":
    case "boolean":
      return { kind: "boolean", reads: "words" };
    case "list":
    case "spaceseplist":
      return { kind: "list", of: { kind: "text" } };
    default:
      return { kind: "unknown" };
  }
}

function choicesOf(
  modules: Modules,
  scope: Scope,
  call: Call,
  kind: string,
): readonly Literal[] | undefined {
  if (kind === "enum") {
    const given = argumentOf(call, "enum_values", 2);
    const values = given === undefined ? undefined : evaluate(modules, scope, given);
    const ignoresCase = argumentOf(call, "case_sensitive");
    return Array.isArray(values) && ignoresCase === undefined ? values : undefined;
  }
  if (kind !== "enum_class") return undefined;
  const type = argumentOf(call, "enum_class", 2);
  const resolved = type === undefined ? undefined : resolve(modules, scope, type);
  if (resolved?.kind !== "class") return undefined;
  const members = enumMembers(modules, resolved.definition, resolved.scope);
  // A member is given in any case.
  return members && [...members.keys()].flatMap((name) => [name, name.toLowerCase()]);
}

function configPrefix(
  modules: Modules,
  scope: Scope,
  call: Call,
  kind: string,
): string | undefined {
  if (!kind.startsWith("config")) return undefined;
  const name = argumentOf(call, "name", 0);
  const text = name === undefined ? undefined : evaluate(modules, scope, name);
  return typeof text === "string" ? text : undefined;
}

function withNegation(option: Option): readonly Option[] {
  if (option.takes.kind !== "boolean") return [option];
  const name = `no${option.name}`;
  const negation: Option = {
    name,
    spellings: [`--${name}`],
    takes: { kind: "flag", sets: false },
    isRequired: false,
    place: option.place,
  };
  return [option, negation];
}
