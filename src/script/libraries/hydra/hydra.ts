/**
 * Hydra: a configuration of YAML files and dataclasses, overridden by `key=value`. Seen with Hydra
 * 1.3.8 and OmegaConf 2.3.1.
 *
 * A key that the configuration has not is refused, save as `+key`; `++key` is always taken. A key of a
 * YAML file takes any value; one of a dataclass takes what its type takes: an int refuses 3.0, a bool
 * takes words and numbers, `None` is text and `null` is None, a member of an Enum is given by its name.
 */
import { evaluate } from "../../evaluate.js";
import { folderOf, joinPath } from "../../finder.js";
import type { Modules } from "../../modules.js";
import type { ScopedCall } from "../../python/module.js";
import type { Scope } from "../../python/scope.js";
import type { Call, FunctionDefinition } from "../../python/syntax.js";
import { argumentOf } from "../../python/walk.js";
import type { CommandLine, Gap, SourceFiles } from "../../reading.js";
import { outsideName, resolve } from "../../resolve.js";
import { functionsIn } from "../click.js";
import { commandLine } from "../command-line.js";
import { optionsOf } from "./options.js";
import { pathOf } from "./paths.js";
import { repositoryOf } from "./repository.js";
import { storedConfigs } from "./store.js";

export function hydraLines(
  modules: Modules,
  calls: readonly ScopedCall[],
  files: SourceFiles,
): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const name = outsideName(modules, scope, call.callee);
    if (name === "hydra.main") {
      const isOwn = scope.module === modules.program;
      const decorated = functionsIn(scope).find(({ decorators }) => decorators.includes(call));
      // A module that is imported may have an app of its own, which is not the program's.
      const isStarted = isOwn || decorated === undefined || isCalled(modules, calls, decorated);
      return isStarted ? [lineOf(modules, scope, call, files)] : [];
    }
    // hydra-zen: its configurations are made by functions.
    const isZen = call.callee.kind === "attribute" && call.callee.name === "hydra_main";
    if (!isZen) return [];
    const place = scope.module.place(call);
    return [lineWith(place, { gaps: [{ place, why: "options-computed" }] })];
  });
}

function isCalled(
  modules: Modules,
  calls: readonly ScopedCall[],
  definition: FunctionDefinition,
): boolean {
  return calls.some(({ call, scope }) => {
    const resolved = resolve(modules, scope, call.callee);
    return resolved?.kind === "function" && resolved.definition === definition;
  });
}

function lineWith(
  place: CommandLine["place"],
  given: Partial<Omit<CommandLine, "library" | "place">>,
): CommandLine {
  return commandLine("hydra", place, { style: "overrides", ...given });
}

function lineOf(modules: Modules, scope: Scope, call: Call, files: SourceFiles): CommandLine {
  const place = scope.module.place(call);
  const missing: Gap = { place, why: "config-missing" };
  const { configs, gaps: unread } = storedConfigs(modules);
  const primary = primaryOf(modules, scope, call);
  const folder = folderNamed(modules, scope, call);
  if (folder === undefined || primary.isComputed) return lineWith(place, { gaps: [missing] });
  const name = primary.name ?? folder.name;
  if (name === undefined) return lineWith(place, {});
  const repository = repositoryOf(files, folder.path, configs, isLegacy(modules, scope, call));
  const { options, gaps } = optionsOf(repository, name, place);
  return lineWith(place, { options, gaps: [...gaps, ...unread], configuration: name });
}

interface Primary {
  readonly name?: string;
  readonly isComputed: boolean;
}

function primaryOf(modules: Modules, scope: Scope, call: Call): Primary {
  const given = argumentOf(call, "config_name", 1);
  if (given === undefined) return { isComputed: false };
  const name = evaluate(modules, scope, given);
  if (typeof name === "string") return { name: name.replace(/\.ya?ml$/, ""), isComputed: false };
  return { isComputed: name !== null };
}

/** Whether the app behaves as Hydra did below 1.2: those do that name no version to behave as. */
function isLegacy(modules: Modules, scope: Scope, call: Call): boolean {
  const version = argumentOf(call, "version_base", 2);
  const base = version === undefined ? "1.1" : evaluate(modules, scope, version);
  return typeof base === "string" && /^1\.[01](?:\.|$)/.test(base);
}

/** Undefined: the folder cannot be told. `path` undefined: there is none. */
function folderNamed(
  modules: Modules,
  scope: Scope,
  call: Call,
): { readonly path?: string; readonly name?: string } | undefined {
  const own = folderOf(scope.module.path);
  const given = argumentOf(call, "config_path", 0);
  // Since version base 1.2 there is no folder unless one is named.
  if (given === undefined) return isLegacy(modules, scope, call) ? { path: own } : {};
  const path = pathOf(modules, scope, given);
  if (path === undefined) {
    return evaluate(modules, scope, given) === null ? {} : undefined;
  }
  if (path.startsWith("pkg://")) return undefined;
  const isFile = /\.ya?ml$/.test(path);
  const named = isFile ? folderOf(path) : path;
  const name = path.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
  // What is made from `__file__` begins where the program's own path begins.
  const isFromHere = evaluate(modules, scope, given) === undefined;
  const folder = named.startsWith("/") || isFromHere ? named : joinPath(own, named);
  return isFile ? { path: folder, name } : { path: folder };
}
