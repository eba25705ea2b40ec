/**
 * Whether a script takes a parameter under a name: what is proven, and what is not.
 *
 * *Refused* is said only where the command line is known to be closed and wholly seen. *Unread* is said
 * only where the name stands nowhere in anything that was read. Everything else is left open.
 */
import { closestName } from "./closest.js";
import { overridingOf } from "./libraries/hydra/overriding.js";
import type {
  CommandLine,
  ConfigKey,
  Gap,
  Option,
  OptionChoice,
  ScriptReading,
  Subcommand,
} from "./reading.js";

/** How the values reach the script. */
export interface Passed {
  /** `--name=value`, `name=value`, not as arguments at all, or all in one argument of JSON. */
  readonly style: "hyphens" | "overrides" | "none" | "json";
  /** What else the command gives the script: a subcommand, `--config=base.yaml`. */
  readonly words: readonly string[];
  /** What the sweep gives to all of its parameters: some keys of Hydra's exist only for such choices. */
  readonly swept?: readonly OptionChoice[];
}

export type Acceptance =
  | { readonly verdict: "accepted"; readonly option?: Option; readonly key?: ConfigKey }
  /** The program ends with an error as soon as it reads its arguments. */
  | {
      readonly verdict: "refused";
      readonly commandLine: CommandLine;
      readonly closest?: string;
      /** For any of these choices it would be taken. */
      readonly onlyWith?: readonly OptionChoice[];
    }
  /** The value is given, and nothing ever asks for it. */
  | { readonly verdict: "unread"; readonly closest?: string }
  | { readonly verdict: "unknown"; readonly because: readonly Gap[] };

/** @param name as the sweep writes it: `lr`, `optim.lr` */
export function acceptanceOf(reading: ScriptReading, name: string, passed: Passed): Acceptance {
  const lines = reading.commandLines.map((line) => takenBy(line, name, passed));
  const { config } = reading;
  const key = config.isRead ? config.keys.find((each) => each.name === name) : undefined;
  const option = lines.flatMap((line) => line.option ?? [])[0];
  const isPassed = passed.style === "hyphens" || passed.style === "overrides";
  const isTaken = option !== undefined || lines.some((line) => line.isTaken);
  if (isPassed && isTaken) {
    return {
      verdict: "accepted",
      ...(option !== undefined && { option }),
      ...(key !== undefined && { key }),
    };
  }
  const [first] = lines;
  if (
    first !== undefined &&
    isPassed &&
    lines.every((line) => refuses(line, name, reading, passed))
  ) {
    const { commandLine, onlyWith } = first;
    return onlyWith === undefined
      ? { verdict: "refused", commandLine, ...closestOf(name, optionNames(reading, passed)) }
      : { verdict: "refused", commandLine, onlyWith };
  }
  if (key !== undefined) return { verdict: "accepted", key };
  const because = [...reading.gaps, ...lines.flatMap((line) => line.gaps)];
  const isRaw = isPassed && reading.usesRawArguments === true;
  const isOpen = because.length > 0 || config.passedOn.length > 0 || isRaw;
  if (isOpen || isMentioned(reading, name)) return { verdict: "unknown", because };
  const keys = config.keys.map((each) => each.name);
  return { verdict: "unread", ...closestOf(name, [...keys, ...optionNames(reading, passed)]) };
}

/** The option that `name` means, whichever way it is passed: its place, its default, its help. */
export function optionNamed(
  reading: ScriptReading,
  name: string,
  words: Passed["words"] = [],
): Option | undefined {
  for (const line of reading.commandLines) {
    const { option } = takenBy(line, name, { style: line.style, words });
    if (option !== undefined) return option;
  }
  return undefined;
}

interface Taken {
  readonly commandLine: CommandLine;
  readonly option: Option | undefined;
  /** Whether it takes the name, though no option says what it makes of it. */
  readonly isTaken: boolean;
  /** Where it would take the name for other choices. */
  readonly onlyWith?: readonly OptionChoice[];
  /** Of the command line and of the commands that it may go on to. */
  readonly gaps: readonly Gap[];
  /** Whether the words say which of the commands it is. */
  readonly isDecided: boolean;
}

function takenBy(commandLine: CommandLine, name: string, passed: Passed): Taken {
  if (commandLine.library === "hydra") return overriddenBy(commandLine, name, passed);
  const { commands } = commandLine;
  const below = chosenCommands(commands, passed);
  const others = below.map((command) => takenBy(command.commandLine, name, passed));
  const option = optionFor(commandLine, name) ?? others.flatMap((other) => other.option ?? [])[0];
  return {
    commandLine,
    option,
    isTaken: isBranch(commandLine, name) || others.some((other) => other.isTaken),
    gaps: [...commandLine.gaps, ...others.flatMap((other) => other.gaps)],
    isDecided:
      commands.length === 0 ||
      (below.some((command) => passed.words.includes(command.name)) &&
        others.every((other) => other.isDecided)),
  };
}

/** The command that the words name, or every one where they name none. */
function chosenCommands(commands: readonly Subcommand[], passed: Passed): readonly Subcommand[] {
  const chosen = commands.find((command) => passed.words.includes(command.name));
  return chosen === undefined ? commands : [chosen];
}

/** A class's options may be given to jsonargparse as one dictionary, `--model={"lr": 0.1}`. */
function isBranch({ library, options }: CommandLine, name: string): boolean {
  return library === "jsonargparse" && options.some((each) => each.name.startsWith(`${name}.`));
}

function overriddenBy(commandLine: CommandLine, name: string, passed: Passed): Taken {
  const overriding = overridingOf(commandLine, name, passed.words, passed.swept);
  const onlyWith = overriding.verdict === "refused" ? overriding.option?.onlyWith : undefined;
  return {
    commandLine,
    ...(onlyWith !== undefined && { onlyWith }),
    option: overriding.verdict === "taken" ? overriding.option : undefined,
    isTaken: overriding.verdict === "taken",
    // Of the keys of another configuration than the script's nothing is known.
    gaps:
      overriding.verdict === "open"
        ? [...commandLine.gaps, { place: commandLine.place, why: "config-missing" }]
        : commandLine.gaps,
    isDecided: overriding.verdict !== "open",
  };
}

function optionFor(commandLine: CommandLine, name: string): Option | undefined {
  const wanted = wantedSpelling(commandLine, name);
  for (const option of commandLine.options) {
    if (option.spellings.some((each) => spelling(commandLine, each) === wanted)) return option;
    const { takes } = option;
    if (takes.kind === "flag" && takes.negation === wanted) return option;
  }
  const [first, second] = optionsBegunBy(commandLine, name);
  return second === undefined ? first : undefined;
}

/** Where more than one option begins with the name, and none is called so, no parser lets it pass. */
function isAmbiguous(commandLine: CommandLine, name: string): boolean {
  return optionsBegunBy(commandLine, name).length > 1;
}

function optionsBegunBy(commandLine: CommandLine, name: string): readonly Option[] {
  if (!commandLine.abbreviations) return [];
  const wanted = wantedSpelling(commandLine, name);
  return commandLine.options.filter((option) =>
    option.spellings.some((each) => spelling(commandLine, each).startsWith(wanted)),
  );
}

function wantedSpelling(commandLine: CommandLine, name: string): string {
  return spelling(commandLine, commandLine.style === "hyphens" ? `--${name}` : name);
}

function spelling({ hyphens }: CommandLine, written: string): string {
  return hyphens === "either" ? written.replaceAll("_", "-") : written;
}

function refuses(line: Taken, name: string, reading: ScriptReading, passed: Passed): boolean {
  const { commandLine, gaps, isDecided } = line;
  return (
    // Where the script starts its own agent, values reach it past its command line.
    reading.startsAgent === undefined &&
    commandLine.style === passed.style &&
    (commandLine.refusesUnknown || isAmbiguous(commandLine, name)) &&
    !gaps.some((gap) => concerns(gap, name)) &&
    isDecided &&
    !reading.gaps.some((gap) => hides(gap, commandLine, reading))
  );
}

function concerns({ prefix }: Gap, name: string): boolean {
  return prefix === undefined || name === prefix || name.startsWith(`${prefix}.`);
}

/** Whether what could not be read may hold options of that command line. */
function hides(gap: Gap, commandLine: CommandLine, reading: ScriptReading): boolean {
  // A parser that goes on into a module which nobody could import has a gap of its own.
  if (gap.why === "computed-import") return false;
  if (gap.why !== "syntax-error") return true;
  const places = [commandLine.place, ...commandLine.options.map((option) => option.place)];
  return gap.place.path === reading.program || places.some(({ path }) => path === gap.place.path);
}

function isMentioned({ words }: ScriptReading, name: string): boolean {
  const last = name.split(".").at(-1) ?? name;
  return words.has(last) || words.has(last.replaceAll("-", "_"));
}

/** Names as a sweep would write them, of the commands that the words choose. */
function optionNames(reading: ScriptReading, passed: Passed): readonly string[] {
  const namesOf = ({ options, commands, style }: CommandLine): string[] => [
    ...options.flatMap((option) =>
      style === "hyphens"
        ? option.spellings.filter((each) => each.startsWith("--")).map((each) => each.slice(2))
        : option.spellings,
    ),
    ...chosenCommands(commands, passed).flatMap((command) => namesOf(command.commandLine)),
  ];
  return reading.commandLines.flatMap(namesOf);
}

function closestOf(name: string, names: readonly string[]): { closest?: string } {
  const closest = closestName(name, names) ?? sameLeaf(name, names);
  return closest === undefined ? {} : { closest };
}

/** The only name that ends as this one does: `wandb.log_model` for `training.log_model`. */
function sameLeaf(name: string, names: readonly string[]): string | undefined {
  const leaf = name.slice(name.lastIndexOf(".") + 1);
  const alike = [...new Set(names)].filter((each) => each === leaf || each.endsWith(`.${leaf}`));
  return alike.length === 1 ? alike[0] : undefined;
}
