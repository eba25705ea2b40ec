/** The ways in which a program takes its command line, of the parsers that it parses with. */
import type { CommandLine } from "../reading.js";
import { addGap, addOption, newParser, optional, type Parse, type Parser } from "./parser.js";
import type { Parsers } from "./parsers.js";

interface Parsing {
  readonly parser: Parser;
  readonly parse: Parse;
}

/** @param isConfigRead whether values may reach the program by `wandb.config` instead */
export function commandLinesOf(parsers: Parsers, isConfigRead: boolean): readonly CommandLine[] {
  const parsings = [...parsers.made.values()].flatMap((parser) =>
    parser.parses.map((parse) => ({ parser, parse })),
  );
  const reached = parsings.filter(({ parse }) => parse.isReached);
  return linesOf(reached.length > 0 ? reached : parsings.map(unproven), isConfigRead);
}

/** Command lines of which only the place is known: something parses that came from outside. */
export function foreignLinesOf(parsers: Parsers): readonly CommandLine[] {
  return parsers.foreign.map((gap) => ({ ...lineOf(newParser(gap.place), true), gaps: [gap] }));
}

/** Nobody saw the program come here: what it parses may never be parsed. */
function unproven({ parser, parse }: Parsing): Parsing {
  return { parser, parse: { ...parse, isStrict: false } };
}

/**
 * Parsers that are gone through one after the other are one command line: what one of them refuses ends
 * the program, what any of them takes is taken. Parsers behind a switch are each a way of its own.
 */
function linesOf(parsings: readonly Parsing[], isConfigRead: boolean): readonly CommandLine[] {
  const certain = parsings.filter(({ parse }) => !parse.isConditional);
  const main = certain.find(({ parse }) => parse.isStrict) ?? certain.at(-1);
  if (main !== undefined) {
    const all = newParser(main.parser.place);
    Object.assign(all, { prefix: main.parser.prefix, abbreviations: main.parser.abbreviations });
    for (const parser of new Set([main, ...parsings].map((each) => each.parser))) {
      const isCertain = certain.some((each) => each.parser === parser);
      for (const option of parser.options) addOption(all, isCertain ? option : optional(option));
      for (const gap of parser.gaps) addGap(all, gap);
      all.takesRest ||= parser.takesRest;
      for (const command of parser.commands) all.commands.push(command);
    }
    return [lineOf(all, main.parse.isStrict)];
  }
  const strict = new Map<Parser, boolean>();
  for (const { parser, parse } of parsings) {
    // Where a test decides whether arguments are parsed at all, they may be given another way.
    const isStrict = parse.isStrict && !isConfigRead;
    strict.set(parser, isStrict || (strict.get(parser) ?? false));
  }
  return [...strict].map(([parser, isStrict]) => {
    const line = lineOf(parser, isStrict);
    return { ...line, options: line.options.map(optional) };
  });
}

function lineOf(parser: Parser, refusesUnknown: boolean): CommandLine {
  return {
    library: "argparse",
    place: parser.place,
    options: parser.options,
    // `prog command --x=1` then has no unknown option.
    refusesUnknown: refusesUnknown && !parser.takesRest,
    gaps: parser.gaps,
    hyphens: "exact",
    abbreviations: parser.abbreviations,
    style: "hyphens",
    commands: parser.commands.flatMap(({ names, parser: below }) => {
      const commandLine = lineOf(below, refusesUnknown);
      return names.map((name) => ({ name, commandLine }));
    }),
  };
}
