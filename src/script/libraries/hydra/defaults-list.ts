/** Hydra's defaults list: which configurations one is made of. */
import type { Literal } from "../../reading.js";

export type DefaultEntry =
  | { readonly kind: "self" }
  | {
      readonly kind: "config";
      readonly path: string;
      readonly package?: string;
      readonly isOptional: boolean;
    }
  | {
      readonly kind: "group";
      readonly group: string;
      readonly package?: string;
      readonly choice: Choice;
      readonly isOptional: boolean;
      readonly isOverride: boolean;
    };

/** `null`: none; several are merged in their order; `missing`: written as `???`. */
export type Choice = string | null | readonly string[] | { readonly missing: true };

/** Reads a list as it is written: `model: resnet`, `optional db@here: mysql`, `override /a: b`, `_self_`. */
export function defaultEntriesOf(list: Literal | undefined): readonly DefaultEntry[] {
  return isList(list) ? list.flatMap(entriesOf) : [];
}

function entriesOf(item: Literal): DefaultEntry[] {
  if (typeof item === "string") {
    if (item === "_self_") return [{ kind: "self" }];
    return [configEntryOf(item, false)];
  }
  if (item === null || typeof item !== "object" || isList(item)) return [];
  // Below version base 1.2 `optional: true` may stand beside the group.
  const { optional, ...groups } = item;
  return Object.entries(groups).flatMap(([written, choice]): DefaultEntry[] => {
    const words = written.trim().split(/\s+/);
    const target = words.pop() ?? "";
    const isOptional = optional === true || words.includes("optional");
    const isOverride = words.includes("override");
    const read = choiceOf(choice);
    if (read === undefined || target === "") return [];
    const { name, ...packaged } = withPackage(target);
    return [{ kind: "group", group: name, ...packaged, choice: read, isOptional, isOverride }];
  });
}

function configEntryOf(written: string, isOptional: boolean): DefaultEntry {
  const words = written.trim().split(/\s+/);
  const { name, ...packaged } = withPackage(words.pop() ?? "");
  return {
    kind: "config",
    path: name.replace(/\.ya?ml$/, ""),
    ...packaged,
    isOptional: isOptional || words.includes("optional"),
  };
}

function withPackage(target: string): { name: string; package?: string } {
  const at = target.indexOf("@");
  if (at < 0) return { name: target };
  return { name: target.slice(0, at), package: target.slice(at + 1) };
}

function choiceOf(written: Literal): Choice | undefined {
  if (written === null) return null;
  if (written === "???") return { missing: true };
  if (isList(written)) return written.map(String);
  return typeof written === "object" ? undefined : String(written).replace(/\.ya?ml$/, "");
}

function isList(value: Literal | undefined): value is readonly Literal[] {
  return Array.isArray(value);
}
