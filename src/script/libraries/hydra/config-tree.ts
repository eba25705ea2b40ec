/** A configuration as keys within keys, each with what it takes and the place that says so. */
import type { Literal, SourcePlace, Takes } from "../../reading.js";

export type ConfigTree = ConfigBranch | ConfigLeaf;

export interface ConfigBranch {
  readonly kind: "branch";
  readonly entries: ReadonlyMap<string, ConfigTree>;
  readonly place: SourcePlace;
}

export interface ConfigLeaf {
  readonly kind: "leaf";
  readonly takes: Takes;
  /** Whether a dataclass says what it takes, which a file's value then does not change. */
  readonly isTyped: boolean;
  readonly default?: Literal;
  readonly choices?: readonly Literal[];
  readonly help?: string;
  readonly place: SourcePlace;
}

/** The leaves by their dotted keys, in the order in which they are written. */
export function leavesOf(tree: ConfigTree, prefix = ""): ReadonlyMap<string, ConfigLeaf> {
  const leaves = new Map<string, ConfigLeaf>();
  const visit = (at: ConfigTree, key: string): void => {
    if (at.kind === "leaf") {
      leaves.set(key, at);
      return;
    }
    for (const [name, child] of at.entries) visit(child, key === "" ? name : `${key}.${name}`);
  };
  visit(tree, prefix);
  return leaves;
}

/** `tree` under the keys of `path`: `a.b` and `{c: 1}` are `{a: {b: {c: 1}}}`. */
export function nestedUnder(path: string, tree: ConfigBranch): ConfigBranch {
  if (path === "") return tree;
  return path
    .split(".")
    .reduceRight<ConfigBranch>(
      (inner, name) => ({ kind: "branch", entries: new Map([[name, inner]]), place: inner.place }),
      tree,
    );
}

/** What the later one says goes before what the earlier one says, key by key. */
export function merged(earlier: ConfigTree | undefined, later: ConfigTree): ConfigTree {
  if (earlier === undefined) return later;
  if (earlier.kind === "leaf" && later.kind === "leaf") return mergedLeaf(earlier, later);
  if (earlier.kind === "leaf" || later.kind === "leaf") return later;
  return mergedBranch(earlier, later);
}

export function mergedBranch(earlier: ConfigBranch, later: ConfigBranch): ConfigBranch {
  const entries = new Map(earlier.entries);
  for (const [name, tree] of later.entries)
    entries.set(name, merged(earlier.entries.get(name), tree));
  return { kind: "branch", entries, place: later.place };
}

function mergedLeaf(earlier: ConfigLeaf, later: ConfigLeaf): ConfigLeaf {
  if (!earlier.isTyped || later.isTyped) return later;
  const { takes, choices } = earlier;
  const help = later.help ?? earlier.help;
  return {
    ...later,
    takes,
    isTyped: true,
    ...(choices !== undefined && { choices }),
    ...(help !== undefined && { help }),
  };
}
