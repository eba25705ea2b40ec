/**
 * Programs that hand their arguments on as they are: `OmegaConf.from_cli()`, which takes any
 * `name=value`, and nanoGPT's way of executing a text that sets the script's own globals.
 */
import { evaluate } from "../evaluate.js";
import { folderOf, joinPath } from "../finder.js";
import type { Modules } from "../modules.js";
import { type ScopedCall, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { CommandLine, Gap, Option, SourceFiles, Takes } from "../reading.js";
import { outsideName } from "../resolve.js";
import { writtenAsFloat } from "./click-option.js";
import { commandLine } from "./command-line.js";

/** `OmegaConf.from_cli()` takes everything; with arguments of its own it reads no command line. */
export function omegaconfLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const name = outsideName(modules, scope, call.callee) ?? "";
    if (!/(?:^|\.)OmegaConf\.from_cli$/.test(name)) return [];
    const place = scope.module.place(call);
    return [commandLine("omegaconf", place, { refusesUnknown: false, style: "overrides" })];
  });
}

/** `exec(open("configurator.py").read())`: seen with nanoGPT's configurator. */
export function globalsLines(
  modules: Modules,
  calls: readonly ScopedCall[],
  files: SourceFiles,
): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    if (outsideName(modules, scope, call.callee) !== "exec") return [];
    const path = openedPath(modules, scope, positionalOf(call)[0]);
    if (path === undefined) return [];
    const beside = joinPath(folderOf(scope.module.path), path);
    const text = files.read(beside) ?? files.read(path);
    if (text === undefined || !text.includes("sys.argv")) return [];
    const place = scope.module.place(call);
    const isKnown = text.includes("globals()") && text.includes("Unknown config key");
    const gaps: Gap[] = isKnown ? [] : [{ place, why: "executes-text" }];
    return [
      commandLine("globals", place, {
        options: globalsBefore(modules, scope, call),
        gaps,
        refusesUnknown: isKnown,
      }),
    ];
  });
}

/** The path in `open(path).read()`. */
function openedPath(
  modules: Modules,
  scope: Scope,
  expression: Expression | undefined,
): string | undefined {
  if (expression?.kind !== "call" || expression.callee.kind !== "attribute") return undefined;
  if (expression.callee.name !== "read" || expression.callee.object.kind !== "call")
    return undefined;
  const opened = argumentOf(expression.callee.object, "file", 0);
  const path = opened === undefined ? undefined : evaluate(modules, scope, opened);
  return typeof path === "string" ? path : undefined;
}

/** The script's own globals up to that line: it takes a value of the same type, and no other. */
function globalsBefore(modules: Modules, scope: Scope, call: Call): Option[] {
  const options = new Map<string, Option>();
  const top = topScope(scope.module);
  for (const statement of scope.module.body) {
    if (statement.start >= call.start) break;
    if (statement.kind !== "assign" || statement.value === undefined) continue;
    for (const target of statement.targets) {
      if (target.kind !== "name" || target.name.startsWith("_")) continue;
      const value = evaluate(modules, top, statement.value);
      const takes = takesOf(value, statement.value);
      options.set(target.name, {
        name: target.name,
        spellings: [`--${target.name}`],
        takes,
        ...(value !== undefined && { default: value }),
        isRequired: false,
        place: scope.module.place(statement),
      });
    }
  }
  return [...options.values()];
}

function takesOf(value: unknown, written: Expression): Takes {
  if (typeof value === "boolean") return { kind: "boolean", reads: "words" };
  if (typeof value === "string") return { kind: "text" };
  if (typeof value !== "number") return { kind: "unknown" };
  return { kind: writtenAsFloat(written) === false ? "integer" : "number" };
}
