/** What a sweep can set in a script, under the names that the sweep's command needs. */

import { optionNamed } from "../script/acceptance.js";
import type {
  CommandLine,
  Library,
  Literal,
  Option,
  ScriptReading,
  SourcePlace,
  Takes,
} from "../script/reading.js";
import { commandOf } from "../sweep/command-rules.js";
import type { SweepDocument } from "../sweep/parse.js";
import { defaultCommand } from "../sweep/sweep.js";
import type { Surroundings } from "./surroundings.js";

export interface Sweepable {
  /** As a sweep has to write it, with dots where it is nested. */
  readonly name: string;
  /** What the script calls it. */
  readonly called: string;
  readonly takes: Takes;
  readonly default?: Literal;
  readonly choices?: readonly Literal[];
  readonly help?: string;
  readonly isRequired: boolean;
  readonly place: SourcePlace;
  readonly from: Library | "wandb.config";
  /** Where it exists only for some choices of another option. */
  readonly onlyWith?: Option["onlyWith"];
}

/** How a command passes parameters on; `none` where no macro of it does. */
export type Passing = "hyphens" | "overrides" | "file" | "none";

const passings: Readonly<Record<string, Passing>> = {
  "${args}": "hyphens",
  "${args_no_equals}": "hyphens",
  "${args_no_boolean_flags}": "hyphens",
  "${args_no_hyphens}": "overrides",
  "${args_append_hydra}": "overrides",
  "${args_override_hydra}": "overrides",
  "${args_json}": "file",
  "${args_json_file}": "file",
};

/** `command`: its words; empty stands for W&B's default. */
export function passingOf(command: readonly string[]): Passing {
  const words = command.length === 0 ? defaultCommand : command;
  for (const word of words) {
    const passing = passings[word];
    if (passing !== undefined) return passing;
  }
  return "none";
}

/**
 * The options and the keys of `wandb.config`, in the script's order, each name once. An option that
 * no `--name=value` can reach is left out.
 */
export function sweepablesOf(
  reading: ScriptReading,
  command: readonly string[],
): readonly Sweepable[] {
  const found = new Map<string, Sweepable>();
  for (const option of reading.commandLines.flatMap((line) => optionsIn(line, command))) {
    if (!found.has(option.name)) found.set(option.name, option);
  }
  for (const { name, default: preset, place } of reading.config.keys) {
    if (found.has(name)) continue;
    found.set(name, {
      name,
      called: name,
      takes: { kind: "unknown" },
      ...(preset !== undefined && { default: preset }),
      isRequired: false,
      place,
      from: "wandb.config",
    });
  }
  return [...found.values()];
}

/** Of subcommands only the one that the command names; where it names none, any may be meant. */
function optionsIn(line: CommandLine, command: readonly string[]): readonly Sweepable[] {
  const named = line.commands.find(({ name }) => command.includes(name));
  const chosen = named === undefined ? line.commands : [named];
  const inner = chosen.flatMap(({ commandLine }) => optionsIn(commandLine, command));
  return [...inner, ...line.options.flatMap((option) => sweepable(option, line))];
}

function sweepable(option: Option, { library, style }: CommandLine): readonly Sweepable[] {
  const name = style === "overrides" ? option.name : nameIn(option);
  if (name === undefined) return [];
  const { takes, choices, help, isRequired, place, onlyWith } = option;
  return [
    {
      name,
      called: option.name,
      takes,
      ...(option.default !== undefined && { default: option.default }),
      ...(choices !== undefined && { choices }),
      ...(help !== undefined && { help }),
      isRequired,
      place,
      from: library,
      ...(onlyWith !== undefined && { onlyWith }),
    },
  ];
}

/** `learning-rate` of `--learning-rate`; of several spellings the script's own name for it. */
function nameIn({ name, spellings }: Option): string | undefined {
  const long = spellings
    .filter((spelling) => spelling.startsWith("--"))
    .map((spelling) => spelling.slice(2));
  return long.find((each) => each === name) ?? long[0];
}

/** Undefined where the sweep names no program, or one that could not be read. */
export function readingIn({ program }: Surroundings): ScriptReading | undefined {
  return program?.kind === "read" ? program.reading : undefined;
}

/** The option that a parameter of the sweep sets, by its name with dots. */
export function optionOf(
  { root }: SweepDocument,
  name: string,
  around: Surroundings,
): Sweepable | undefined {
  const reading = readingIn(around);
  if (reading === undefined) return undefined;
  const command = root?.kind === "map" ? commandOf(root) : defaultCommand;
  const sweepables = sweepablesOf(reading, command);
  const found = sweepableNamed(sweepables, name);
  if (found !== undefined) return found;
  // Some libraries take a beginning of a name for the whole of it.
  const place = optionNamed(reading, name)?.place;
  return place && sweepables.find((each) => each.place === place);
}

/** What a sweep means by `name`: as it is spelt, else with hyphens and underscores alike. */
export function sweepableNamed(
  sweepables: readonly Sweepable[],
  name: string,
): Sweepable | undefined {
  return (
    sweepables.find((each) => each.name === name || each.called === name) ??
    sweepables.find((each) => alike(each.name) === alike(name))
  );
}

function alike(name: string): string {
  return name.replace(/^\+{1,2}/, "").replaceAll("-", "_");
}

/**
 * Whether a command may name keys that only `wandb.config` has: a parser that refuses what it does
 * not know ends the script before it reads them.
 */
export function takesConfigKeys(reading: ScriptReading, command: readonly string[]): boolean {
  const passing = passingOf(command);
  if (passing === "none" || passing === "file") return true;
  return !reading.commandLines.some(
    ({ refusesUnknown, gaps }) => refusesUnknown && gaps.length === 0,
  );
}

/** The macro by which a script of this kind is given its parameters. */
export function macroFor(reading: ScriptReading): string {
  const [line] = reading.commandLines;
  if (line === undefined) return "${args}";
  if (line.style === "overrides") return "${args_no_hyphens}";
  const options = allOptions(line);
  // What takes words is given no false by the macro for flags, which refuse the value of the other.
  const takesWords = options.some(
    ({ takes }) => takes.kind === "boolean" && takes.reads === "words",
  );
  const hasFlags = options.some(({ takes }) => takes.kind === "flag");
  return hasFlags && !takesWords ? "${args_no_boolean_flags}" : "${args}";
}

function allOptions({ options, commands }: CommandLine): readonly Option[] {
  return [...options, ...commands.flatMap(({ commandLine }) => allOptions(commandLine))];
}

/**
 * The booleans among `sweepables` as the macro can give them both ways; a flag that is on by default
 * becomes the one that switches it off.
 */
export function passableBy(macro: string, sweepables: readonly Sweepable[]): readonly Sweepable[] {
  return sweepables.flatMap((each): readonly Sweepable[] => {
    const { takes } = each;
    if (each.from === "wandb.config") return [each];
    if (macro !== "${args_no_boolean_flags}") return takes.kind === "flag" ? [] : [each];
    if (takes.kind === "boolean") return [];
    if (takes.kind !== "flag" || !takes.sets || each.default !== true) return [each];
    if (takes.negation === undefined) return [];
    const name = takes.negation.replace(/^--/, "");
    return [{ ...each, name, takes: { kind: "flag", sets: false }, default: false }];
  });
}

/** In words, for documentation; empty where it is not known. */
export function takesInWords(takes: Takes): string {
  switch (takes.kind) {
    case "text":
      return "text";
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "flag":
      return takes.sets ? "a flag that switches it on" : "a flag that switches it off";
    case "boolean":
      return "true or false";
    case "list": {
      const of = takesInWords(takes.of);
      return of === "" ? "a list" : `a list, each ${of}`;
    }
    case "unknown":
      return "";
  }
}
