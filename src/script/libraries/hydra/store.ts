/** Configurations that a script keeps in Hydra's `ConfigStore`: dataclasses, and dictionaries. */
import { evaluate } from "../../evaluate.js";
import type { Modules } from "../../modules.js";
import type { Scope } from "../../python/scope.js";
import type { Call, Expression } from "../../python/syntax.js";
import { argumentOf } from "../../python/walk.js";
import type { Gap, Literal, SourcePlace } from "../../reading.js";
import { outsideName, resolve } from "../../resolve.js";
import { isDictionary } from "../../values.js";
import { written } from "../../written.js";
import { fieldsOfClass } from "../dataclass.js";
import { type Fields, optionOf, textOfValue } from "../field.js";
import { innerFields } from "../nested.js";
import type { TakesRules } from "../takes.js";
import type { ConfigFile } from "./config-file.js";
import type { ConfigBranch, ConfigTree } from "./config-tree.js";
import { type DefaultEntry, defaultEntriesOf } from "./defaults-list.js";

const rules: TakesRules = { boolean: { kind: "boolean", reads: "words" }, enumBy: "name" };

export interface StoredConfigs {
  /** By the path that it is found under: `config`, `optimizer/sgd`. */
  readonly configs: ReadonlyMap<string, ConfigFile>;
  /** What is stored and could not be read. */
  readonly gaps: readonly Gap[];
}

export function storedConfigs(modules: Modules): StoredConfigs {
  const configs = new Map<string, ConfigFile>();
  const gaps: Gap[] = [];
  for (const module of modules.all) {
    for (const { call, scope } of module.calls) {
      if (!isStore(modules, scope, call)) continue;
      const place = module.place(call);
      const name = textOfValue(modules, scope, argumentOf(call, "name", 0));
      const node = argumentOf(call, "node", 1);
      if (name === undefined || node === undefined) {
        gaps.push({ place, why: "options-computed" });
        continue;
      }
      const group = textOfValue(modules, scope, argumentOf(call, "group", 2));
      const header = textOfValue(modules, scope, argumentOf(call, "package", 3));
      const read = configOf(modules, scope, node, place);
      const bare = name.replace(/\.yaml$/, "");
      configs.set(group === undefined ? bare : `${group}/${bare}`, {
        ...read,
        ...(header !== undefined && { header }),
      });
    }
  }
  return { configs, gaps };
}

function isStore(modules: Modules, scope: Scope, call: Call): boolean {
  if (call.callee.kind !== "attribute" || call.callee.name !== "store") return false;
  const { value, scope: at } = written(modules, scope, call.callee.object);
  if (value.kind !== "call") return false;
  return /(?:^|\.)ConfigStore(?:\.instance)?$/.test(outsideName(modules, at, value.callee) ?? "");
}

function configOf(
  modules: Modules,
  scope: Scope,
  node: Expression,
  place: SourcePlace,
): ConfigFile {
  const behind = written(modules, scope, node);
  const made = behind.value.kind === "call" ? behind.value.callee : behind.value;
  const resolved = resolve(modules, behind.scope, made);
  if (resolved?.kind === "class") {
    const fields = fieldsOfClass(modules, resolved.definition, resolved.scope);
    return configOfFields(modules, fields, place);
  }
  const literal = evaluate(modules, behind.scope, behind.value);
  return {
    defaults: [],
    tree: treeOfLiteral(isDictionary(literal) ? literal : {}, place),
    place,
    isWhole: isDictionary(literal),
  };
}

function configOfFields(modules: Modules, fields: Fields, place: SourcePlace): ConfigFile {
  const defaults = fields.fields.find(({ name }) => name === "defaults")?.default;
  const list =
    defaults === undefined ? undefined : evaluate(modules, defaults.scope, defaults.value);
  const entries: readonly DefaultEntry[] = defaultEntriesOf(list);
  const read = treeOfFields(modules, fields, place, 0);
  const own = new Map(read.tree.entries);
  own.delete("defaults");
  const isWhole = read.isWhole && (defaults === undefined || list !== undefined);
  return { defaults: entries, tree: { ...read.tree, entries: own }, place, isWhole };
}

const deepest = 8;

function treeOfFields(
  modules: Modules,
  { fields, gaps }: Fields,
  place: SourcePlace,
  depth: number,
): { readonly tree: ConfigBranch; readonly isWhole: boolean } {
  const entries = new Map<string, ConfigTree>();
  let isWhole = gaps.length === 0;
  for (const field of fields) {
    const inner = depth < deepest ? innerFields(modules, field) : undefined;
    if (inner !== undefined) {
      const within = treeOfFields(modules, inner, field.place, depth + 1);
      entries.set(field.name, within.tree);
      isWhole &&= within.isWhole;
      continue;
    }
    const option = optionOf(modules, field, rules, { name: field.name, spellings: [] });
    const { takes, default: given, choices, help } = option;
    entries.set(field.name, {
      kind: "leaf",
      takes,
      isTyped: takes.kind !== "unknown",
      ...(given !== undefined && given !== "???" && { default: given }),
      ...(choices !== undefined && { choices }),
      ...(help !== undefined && { help }),
      place: field.place,
    });
  }
  return { tree: { kind: "branch", entries, place }, isWhole };
}

function treeOfLiteral(
  literal: { readonly [key: string]: Literal },
  place: SourcePlace,
): ConfigBranch {
  const entries = new Map<string, ConfigTree>();
  for (const [name, value] of Object.entries(literal)) {
    entries.set(
      name,
      isDictionary(value)
        ? treeOfLiteral(value, place)
        : { kind: "leaf", takes: { kind: "unknown" }, isTyped: false, default: value, place },
    );
  }
  return { kind: "branch", entries, place };
}
