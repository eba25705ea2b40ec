/**
 * What a Hydra app's configuration is made of, for given choices of its groups.
 *
 * Follows Hydra 1.1 to 1.3 (`hydra/_internal/defaults_list.py`, `hydra/core/default_element.py`): a
 * list is expanded from its end, so that later overrides go before earlier ones, and merged from its
 * beginning; a package is relative to that of the parent, one named in a file's header is absolute.
 */
import type { SourcePlace } from "../../reading.js";
import type { ConfigFile } from "./config-file.js";
import { type ConfigBranch, mergedBranch, nestedUnder } from "./config-tree.js";
import type { Choice, DefaultEntry } from "./defaults-list.js";

/** Where configurations are found by their paths, such as `model/resnet`. */
export interface ConfigRepository {
  load(path: string): ConfigFile | undefined;
  /** The configurations in a group and below it, as they are chosen. */
  choicesOf(group: string): readonly string[];
  /** Every group, outer before inner. */
  readonly groups: readonly string[];
  /** Below version base 1.2, which an app that names none has, words in packages stand for others. */
  readonly isLegacy: boolean;
}

/** `+group=choice`, appended to the primary list. */
export interface AppendedChoice {
  readonly group: string;
  readonly choice: string;
}

export interface Choices {
  /** By the key that overrides a group: `model`, or `optimizer@training.opt`. */
  readonly chosen: ReadonlyMap<string, Choice>;
  readonly appended: readonly AppendedChoice[];
}

export interface Composition {
  readonly tree: ConfigBranch;
  readonly groups: readonly ChosenGroup[];
  /** Configurations that are named and not found, by the file that names them. */
  readonly missing: readonly MissingConfig[];
  /** Files that could not be read whole, or that search in other folders too. */
  readonly open: readonly SourcePlace[];
}

export interface ChosenGroup {
  readonly key: string;
  readonly group: string;
  readonly choice: Choice;
  readonly place: SourcePlace;
}

export interface MissingConfig {
  readonly path: string;
  readonly place: SourcePlace;
}

/** A configuration within the tree of defaults. */
interface Element {
  /** Of the file, below the folder of configurations. */
  readonly path: string;
  /** The folder that its own relative entries begin in. */
  readonly base: string;
  readonly package: string;
  readonly isOptional: boolean;
  readonly place: SourcePlace;
}

interface Part {
  readonly package: string;
  readonly tree: ConfigBranch;
}

interface Walk {
  readonly repository: ConfigRepository;
  readonly chosen: Map<string, Choice>;
  readonly groups: Map<string, ChosenGroup>;
  readonly missing: MissingConfig[];
  readonly open: SourcePlace[];
  budget: number;
}

const mostConfigs = 500;
const deepest = 20;

export function compose(
  repository: ConfigRepository,
  primary: string,
  place: SourcePlace,
  { chosen, appended }: Choices,
): Composition {
  const walk: Walk = {
    repository,
    chosen: new Map(chosen),
    groups: new Map(),
    missing: [],
    open: [],
    budget: mostConfigs,
  };
  const above: Element = { path: "", base: "", package: "", isOptional: false, place };
  const root = configElement(walk, above, { path: primary, isOptional: false }, place);
  const parts = expand(walk, root, appended, 0);
  const tree = parts.reduce<ConfigBranch>(
    (before, part) => mergedBranch(before, nestedUnder(part.package, part.tree)),
    { kind: "branch", entries: new Map(), place },
  );
  return { tree, groups: [...walk.groups.values()], missing: walk.missing, open: walk.open };
}

function expand(
  walk: Walk,
  element: Element,
  appended: readonly AppendedChoice[],
  depth: number,
): readonly Part[] {
  walk.budget -= 1;
  if (depth > deepest || walk.budget < 0) {
    walk.open.push(element.place);
    return [];
  }
  const file = walk.repository.load(element.path);
  if (file === undefined) {
    if (!element.isOptional) walk.missing.push({ path: element.path, place: element.place });
    return [];
  }
  if (!file.isWhole) walk.open.push(file.place);
  if (file.searchPath !== undefined) walk.open.push(file.searchPath);
  const defaults = [
    ...file.defaults,
    ...(file.defaults.some(({ kind }) => kind === "self") ? [] : [{ kind: "self" } as const]),
    ...appended.map(appendedEntry),
  ];
  for (const entry of defaults) {
    if (entry.kind !== "group" || !entry.isOverride) continue;
    const key = overrideKey(walk, element, entry);
    if (!walk.chosen.has(key)) walk.chosen.set(key, entry.choice);
  }
  const expanded: (readonly Part[])[] = [];
  const deferred: [number, DefaultEntry][] = [];
  for (let at = defaults.length - 1; at >= 0; at -= 1) {
    const entry = defaults[at];
    if (entry === undefined) continue;
    if (entry.kind === "self") expanded[at] = [{ package: element.package, tree: file.tree }];
    else if (isInterpolated(walk, element, entry)) deferred.push([at, entry]);
    else expanded[at] = expandEntry(walk, element, entry, file.place, depth);
  }
  // Choices that are made of other choices wait until those are known.
  for (const [at, entry] of deferred) {
    expanded[at] = expandEntry(walk, element, entry, file.place, depth);
  }
  return expanded.flat();
}

function appendedEntry({ group, choice }: AppendedChoice): DefaultEntry {
  return { kind: "group", group, choice, isOptional: false, isOverride: false };
}

function expandEntry(
  walk: Walk,
  parent: Element,
  entry: DefaultEntry,
  place: SourcePlace,
  depth: number,
): readonly Part[] {
  if (entry.kind === "self" || (entry.kind === "group" && entry.isOverride)) return [];
  if (entry.kind === "config") {
    const path = interpolated(walk, entry.path);
    if (path === undefined) {
      walk.open.push(place);
      return [];
    }
    return expandConfig(walk, parent, { ...entry, path }, place, depth);
  }
  const group = groupPath(parent, entry.group);
  // What Hydra itself is made of is none of the app's options.
  if (/^hydra(?:\/|$)/.test(group)) return [];
  const key = overrideKey(walk, parent, entry);
  const chosen = walk.chosen.get(key);
  const choice = chosen === undefined ? entry.choice : chosen;
  walk.groups.set(key, { key, group, choice, place });
  const names = typeof choice === "string" ? [choice] : isNames(choice) ? choice : [];
  return names.flatMap((written) => {
    const name = interpolated(walk, written);
    if (name === undefined) {
      walk.open.push(place);
      return [];
    }
    if (name !== written) walk.groups.set(key, { key, group, choice: name, place });
    if (isNames(choice)) {
      const path = `${entry.group}/${name}`;
      return expandConfig(walk, parent, { ...entry, kind: "config", path }, place, depth);
    }
    const path = `${group}/${name}`;
    const header = walk.repository.load(path)?.header;
    const packaged = ownPackage(walk, entry.package, header, group);
    const element: Element = {
      path,
      base: group,
      package: finalPackage(walk, parent.package, packaged, entry.group, name),
      isOptional: entry.isOptional,
      place,
    };
    return expand(walk, element, [], depth + 1);
  });
}

function expandConfig(
  walk: Walk,
  parent: Element,
  entry: DefaultEntry & { kind: "config" },
  place: SourcePlace,
  depth: number,
): readonly Part[] {
  return expand(walk, configElement(walk, parent, entry, place), [], depth + 1);
}

function configElement(
  walk: Walk,
  parent: Element,
  entry: { readonly path: string; readonly package?: string; readonly isOptional: boolean },
  place: SourcePlace,
): Element {
  const path = groupPath(parent, entry.path);
  const slash = path.lastIndexOf("/");
  const base = slash < 0 ? "" : path.slice(0, slash);
  const own = entry.path.replace(/^\//, "");
  const relative = own.includes("/") ? own.slice(0, own.lastIndexOf("/")) : "";
  const header = walk.repository.load(path)?.header;
  const packaged = ownPackage(walk, entry.package, header, base);
  return {
    path,
    base,
    package: finalPackage(walk, parent.package, packaged, relative, path.slice(slash + 1)),
    isOptional: entry.isOptional,
    place,
  };
}

function isInterpolated(walk: Walk, parent: Element, entry: DefaultEntry): boolean {
  if (entry.kind === "self") return false;
  if (entry.kind === "config") return entry.path.includes("${");
  const choice = walk.chosen.get(overrideKey(walk, parent, entry)) ?? entry.choice;
  return typeof choice === "string" && choice.includes("${");
}

/** A choice with the choices that it refers to put in; undefined where one is not known. */
function interpolated(walk: Walk, name: string): string | undefined {
  let isKnown = true;
  const text = name.replaceAll(/\$\{([^}]*)\}/g, (_whole, key: string) => {
    const choice = walk.groups.get(key)?.choice ?? walk.chosen.get(key);
    if (typeof choice === "string" && !choice.includes("${")) return choice;
    isKnown = false;
    return "";
  });
  return isKnown ? text : undefined;
}

function groupPath(parent: Element, group: string): string {
  if (group.startsWith("/")) return group.slice(1);
  return parent.base === "" ? group : `${parent.base}/${group}`;
}

/** How a group is named on the command line: with its package, where that is not the group's own. */
function overrideKey(walk: Walk, parent: Element, entry: DefaultEntry & { kind: "group" }): string {
  const group = groupPath(parent, entry.group);
  const name = typeof entry.choice === "string" ? entry.choice : "";
  const own = ownPackage(walk, entry.package, undefined, group);
  const packaged = finalPackage(walk, parent.package, own, entry.group, name);
  if (packaged === group.replaceAll("/", ".")) return group;
  return `${group}@${packaged === "" ? "_global_" : packaged}`;
}

function finalPackage(
  walk: Walk,
  parent: string,
  own: string | undefined,
  relativeGroup: string,
  name: string,
): string {
  const group = relativeGroup.replace(/^\//, "").replaceAll("/", ".");
  const packaged = own === "_here_" ? "" : (own ?? group);
  const named = walk.repository.isLegacy ? packaged.replaceAll("_name_", name) : packaged;
  const full = [parent, named].filter((each) => each !== "").join(".");
  const last = full.lastIndexOf("_global_");
  return last < 0 ? full : full.slice(last + "_global_.".length);
}

/** The package that an entry names, or else its file's header: the one counts from the parent's, the other from the top. */
function ownPackage(
  walk: Walk,
  named: string | undefined,
  header: string | undefined,
  group: string,
): string | undefined {
  const dotted = group.replaceAll("/", ".");
  if (named !== undefined) {
    return named.includes("_group_") ? `_global_.${named.replaceAll("_group_", dotted)}` : named;
  }
  const { isLegacy } = walk.repository;
  if (header === undefined || (isLegacy && header === "_group_")) return undefined;
  const isGlobal = header === "_global_" || header.startsWith("_global_.");
  const absolute = isGlobal ? header : `_global_.${header}`;
  return isLegacy ? absolute.replaceAll("_group_", dotted) : absolute;
}

function isNames(choice: Choice): choice is readonly string[] {
  return Array.isArray(choice);
}
