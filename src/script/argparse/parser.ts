/** What is known of one `ArgumentParser`. */
import type { Gap, Literal, Option, SourcePlace } from "../reading.js";

export interface Parser {
  readonly place: SourcePlace;
  readonly options: Option[];
  readonly gaps: Gap[];
  readonly commands: { readonly names: readonly string[]; readonly parser: Parser }[];
  /** From `set_defaults`, for options that are added before and after. */
  readonly defaults: Map<string, Literal>;
  readonly parses: Parse[];
  abbreviations: boolean;
  /** Characters that an option may begin with. */
  prefix: string;
  /** Whether a positional takes everything behind it, options too. */
  takesRest: boolean;
  /** Whether an unknown option ends the program when `parse_args` meets one. */
  exits: boolean;
}

/** One call that parses. */
export interface Parse {
  readonly place: SourcePlace;
  /** Whether what the parser does not know ends the program. */
  readonly isStrict: boolean;
  readonly isConditional: boolean;
  readonly isReached: boolean;
  /** The parser that took its own arguments out before; undefined: the whole command line. */
  readonly restOf: Parser | undefined;
}

export function newParser(place: SourcePlace): Parser {
  return {
    place,
    options: [],
    gaps: [],
    commands: [],
    defaults: new Map(),
    parses: [],
    abbreviations: true,
    prefix: "-",
    takesRest: false,
    exits: true,
  };
}

export function addGap(parser: Parser, gap: Gap): void {
  const { place, why } = gap;
  const isKnown = parser.gaps.some(
    (known) =>
      known.why === why && known.place.start === place.start && known.place.path === place.path,
  );
  if (!isKnown) parser.gaps.push(gap);
}

/** Adds an option; one that the same place added before stays as it is. */
export function addOption(parser: Parser, option: Option): void {
  const isKnown = parser.options.some(
    (known) =>
      known.name === option.name &&
      known.place.start === option.place.start &&
      known.place.path === option.place.path,
  );
  if (!isKnown) parser.options.push(option);
}

/** The same option, which may be left out. */
export function optional(option: Option): Option {
  return option.isRequired ? { ...option, isRequired: false } : option;
}

/** Takes over what a parent has, as `parents=[...]` does. */
export function inherit(parser: Parser, parent: Parser): void {
  parser.takesRest ||= parent.takesRest;
  for (const option of parent.options) addOption(parser, option);
  for (const gap of parent.gaps) addGap(parser, gap);
  for (const [name, value] of parent.defaults) setDefault(parser, name, value);
  for (const command of parent.commands) {
    if (!parser.commands.includes(command)) parser.commands.push(command);
  }
}

export function setDefault(parser: Parser, name: string, value: Literal): void {
  parser.defaults.set(name, value);
  for (const [at, option] of parser.options.entries()) {
    if (option.name === name) parser.options[at] = { ...option, default: value };
  }
}
