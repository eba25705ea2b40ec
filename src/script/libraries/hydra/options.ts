/**
 * The options of a composed configuration: its keys, its groups, and what exists only for some choices
 * of a group.
 */
import type { Gap, Option, OptionChoice, SourcePlace } from "../../reading.js";
import { type ChosenGroup, type Composition, type ConfigRepository, compose } from "./compose.js";
import { type ConfigLeaf, leavesOf } from "./config-tree.js";
import type { Choice } from "./defaults-list.js";

export interface ConfigOptions {
  readonly options: readonly Option[];
  readonly gaps: readonly Gap[];
}

// Each is a composition of its own; a folder of experiments may hold hundreds of them.
const mostAlternatives = 200;

export function optionsOf(
  repository: ConfigRepository,
  primary: string,
  place: SourcePlace,
): ConfigOptions {
  const base = compose(repository, primary, place, { chosen: new Map(), appended: [] });
  const leaves = new Map<string, LeafUse>();
  for (const [key, leaf] of ownLeaves(base))
    leaves.set(key, { leaf, inBase: true, with: [], without: [] });
  const gaps = gapsOf(base);
  const groups = new Map(base.groups.map((group) => [group.key, group]));
  // Where the first composition went astray, in a circle say, its alternatives would too.
  const alternatives = base.open.length > 0 ? [] : alternativesOf(repository, base);
  for (const { name, value, chosen, appended } of alternatives.slice(0, mostAlternatives)) {
    const composition = compose(repository, primary, place, { chosen, appended });
    const own = ownLeaves(composition);
    for (const [key, leaf] of own) {
      const use = leaves.get(key);
      if (use === undefined) {
        leaves.set(key, { leaf, inBase: false, with: [{ name, value }], without: [] });
      } else {
        use.with.push({ name, value });
      }
    }
    for (const [key, use] of leaves) {
      if (use.inBase && !own.has(key)) use.without.push({ name, value });
    }
    for (const group of composition.groups) {
      const isAppended = appended.some((each) => each.group === group.key);
      if (!groups.has(group.key) && !isAppended) groups.set(group.key, group);
    }
  }
  if (alternatives.length > mostAlternatives) gaps.push({ place, why: "too-many-files" });
  const used = groupsOf(groups.values());
  return {
    options: [
      ...[...leaves].map(([key, use]) => optionOfLeaf(key, use, base)),
      ...[...groups.values()].map((group) =>
        groupOption(group, choicesOf(repository, group.group, used)),
      ),
      ...appendable(repository, used).map((group) =>
        groupOption({ key: `+${group}`, group, choice: null, place }, repository.choicesOf(group)),
      ),
    ],
    gaps,
  };
}

interface LeafUse {
  readonly leaf: ConfigLeaf;
  readonly inBase: boolean;
  /** Choices other than those made for it by which it exists. */
  readonly with: OptionChoice[];
  readonly without: OptionChoice[];
}

interface Alternative extends OptionChoice {
  readonly chosen: ReadonlyMap<string, Choice>;
  readonly appended: readonly { readonly group: string; readonly choice: string }[];
}

function ownLeaves({ tree }: Composition): ReadonlyMap<string, ConfigLeaf> {
  const entries = new Map(tree.entries);
  // Hydra's own configuration, of which a file may set a part.
  entries.delete("hydra");
  return leavesOf({ ...tree, entries });
}

function gapsOf({ missing, open }: Composition): Gap[] {
  return [
    ...missing.map(({ place }): Gap => ({ place, why: "config-missing" })),
    ...open.map((place): Gap => ({ place, why: "config-missing" })),
  ];
}

function alternativesOf(repository: ConfigRepository, base: Composition): Alternative[] {
  const alternatives: Alternative[] = [];
  const used = groupsOf(base.groups);
  for (const { key, group, choice } of base.groups) {
    for (const value of choicesOf(repository, group, used)) {
      if (value === choice) continue;
      alternatives.push({ name: key, value, chosen: new Map([[key, value]]), appended: [] });
    }
  }
  for (const group of appendable(repository, used)) {
    for (const choice of repository.choicesOf(group)) {
      const appended = [{ group, choice }];
      alternatives.push({ name: `+${group}`, value: choice, chosen: new Map(), appended });
    }
  }
  return alternatives;
}

/** Groups that the defaults list does not name, of which a choice may be added: `+experiment=big`. */
function appendable(repository: ConfigRepository, used: ReadonlySet<string>): readonly string[] {
  return repository.groups.filter((group) => !used.has(group));
}

function groupsOf(groups: Iterable<ChosenGroup>): ReadonlySet<string> {
  return new Set([...groups].map(({ group }) => group));
}

/** What may be chosen; configurations of a group within are chosen there, not here. */
function choicesOf(
  repository: ConfigRepository,
  group: string,
  used: ReadonlySet<string>,
): readonly string[] {
  return repository.choicesOf(group).filter((choice) => {
    const slash = choice.lastIndexOf("/");
    return slash < 0 || !used.has(`${group}/${choice.slice(0, slash)}`);
  });
}

function optionOfLeaf(key: string, use: LeafUse, base: Composition): Option {
  const { takes, default: given, choices, help, place } = use.leaf;
  const onlyWith = use.inBase ? conditionsOf(use, base) : use.with;
  return {
    name: key,
    spellings: [key],
    takes,
    ...(given !== undefined && { default: given }),
    ...(choices !== undefined && { choices }),
    ...(help !== undefined && { help }),
    isRequired: false,
    ...(onlyWith.length > 0 && { onlyWith }),
    place,
  };
}

/** For a key that some choices take away: the choice that was made for it, and the others that keep it. */
function conditionsOf(use: LeafUse, base: Composition): readonly OptionChoice[] {
  const lost = new Set(use.without.map(({ name }) => name).filter((name) => !name.startsWith("+")));
  return [...lost].flatMap((name): OptionChoice[] => {
    const made = base.groups.find(({ key }) => key === name)?.choice;
    const kept = use.with.filter((each) => each.name === name);
    return typeof made === "string" ? [{ name, value: made }, ...kept] : kept;
  });
}

function groupOption({ key, choice, place }: ChosenGroup, choices: readonly string[]): Option {
  const isNamed = typeof choice === "string" && !choice.includes("${");
  return {
    name: key,
    spellings: [key],
    takes: { kind: "text" },
    ...(isNamed && { default: choice }),
    ...(choices.length > 0 && { choices }),
    isRequired: typeof choice === "object" && choice !== null && !Array.isArray(choice),
    place,
  };
}
