/** Follows the parsers of argparse, and of the libraries that took its place. */
import { evaluate } from "../evaluate.js";
import type { Follower } from "../flow/flow.js";
import { newSettings, type Settings } from "../flow/settings.js";
import {
  type CallUse,
  type Followed,
  followedOf,
  indifferent,
  nothing,
  placeOf,
  type Use,
  type Values,
} from "../flow/values.js";
import type { Modules } from "../modules.js";
import type { ClassDefinition, Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { Gap } from "../reading.js";
import { givenArguments } from "./keywords.js";
import { optionOf } from "./option.js";
import {
  addGap,
  addOption,
  inherit,
  newParser,
  optional,
  type Parser,
  setDefault,
} from "./parser.js";
import { exitsOnError } from "./subclass.js";

/** All that is known of the parsers of a program while it is followed. */
export interface Parsers {
  readonly modules: Modules;
  /** By where they are made. */
  readonly made: Map<string, Parser>;
  readonly objects: Map<Parser, Followed>;
  readonly owners: Map<Followed, Parser>;
  /** What `parse_known_args` leaves. */
  readonly rests: Map<Followed, Parser>;
  /** What a parser's results are. */
  readonly results: Map<Parser, Settings>;
  /** Where something parses that the outside gave. */
  readonly foreign: Gap[];
  readonly commandLine: Followed;
  /** Whether arguments that no parser took are gone through, or handed to somebody else. */
  usesRaw: boolean;
  /** What `sys.argv` was set to. */
  input: "fixed" | "command-line" | Parser;
  /** Where the command line is changed before it is parsed. */
  changed: Gap | undefined;
}

const classes = new Set([
  "argparse.ArgumentParser",
  "configargparse.ArgumentParser",
  "configargparse.ArgParser",
  "configargparse.Parser",
  "configargparse.get_argument_parser",
  "configargparse.getArgumentParser",
]);

// Functions of libraries that read the command line, by their names.
const parsesElsewhere =
  /(?:^|\.)(?:main|cli|run_cli|docopt|automain|parse_\w*args?|get_\w*args?|load_cfg|\w*argument_parser|parse_\w*command_line|parse_known_args)$/;

// They look at a parser and leave it as it is.
const onlookers =
  /^(?:print|str|repr|type|id|len|isinstance|issubclass|hasattr|dir|argcomplete\..*|logging\..*|pprint\..*)$/;

export function newParsers(modules: Modules): Parsers {
  const parsers: Parsers = {
    modules,
    made: new Map(),
    objects: new Map(),
    owners: new Map(),
    rests: new Map(),
    results: new Map(),
    foreign: [],
    commandLine: commandLineOf(
      (use) => {
        parsers.changed = { place: placeOf(use), why: "options-computed" };
      },
      () => {
        parsers.usesRaw = true;
      },
    ),
    usesRaw: false,
    input: "command-line",
    changed: undefined,
  };
  return parsers;
}

export function parsersFollower(parsers: Parsers): Follower {
  return {
    outsideValue: (name) =>
      name === "sys.argv" ? [{ kind: "followed", followed: parsers.commandLine }] : nothing,
    outsideCall: (name, use) => {
      if (parsesElsewhere.test(name)) {
        parsers.foreign.push({ place: placeOf(use), why: "options-from-library" });
      }
      if (!classes.has(name)) return undefined;
      const parser = parserAt(parsers, use);
      configure(parsers, parser, use);
      return [{ kind: "followed", followed: objectOf(parsers, parser) }];
    },
    unknownCall: (use) => {
      const { callee } = use.call;
      if (callee.kind === "attribute" && /^parse_(?:known_)?args$/.test(callee.name)) {
        parsers.foreign.push({ place: placeOf(use), why: "options-from-library" });
      }
      return undefined;
    },
    inherited: (bases, use, made) =>
      bases.some((base) => classes.has(base))
        ? objectOf(parsers, parserAt(parsers, use, "", made))
        : undefined,
    outsideAssigned: (name, use, values, written) => {
      if (name === "sys.argv") setCommandLine(parsers, use, values, written);
    },
  };
}

/** What a parser's results are, wherever they are parsed. */
function resultsOf(parsers: Parsers, parser: Parser): Settings {
  const known = parsers.results.get(parser) ?? newSettings();
  parsers.results.set(parser, known);
  return known;
}

/** Whether the program itself uses arguments that none of its options took. */
export function usesRawArguments({ usesRaw, made }: Parsers): boolean {
  return usesRaw || [...made.values()].some(({ takesRest }) => takesRest);
}

function commandLineOf(change: (use: Use) => void, useRaw: () => void): Followed {
  const itself: Followed = {
    ...words(useRaw),
    element: (index, use) => {
      if (index.kind === "other") return [{ kind: "followed", followed: itself }];
      // The first word is the program.
      if (evaluate(use.flow.modules, use.scope, index) !== 0) useRaw();
      return nothing;
    },
    method: (name, use) => {
      if (/^(?:remove|pop|insert|clear|append|extend)$/.test(name)) change(use);
      else useRaw();
      return nothing;
    },
  };
  return itself;
}

/** Words of the command line; told where they are used other than by a parser. */
function words(useRaw: () => void): Followed {
  const noted = () => {
    useRaw();
    return nothing;
  };
  return {
    ...indifferent,
    element: noted,
    method: noted,
    each: noted,
    handedOut: (to) => (to !== undefined && onlookers.test(to) ? nothing : noted()),
  };
}

function setCommandLine(parsers: Parsers, use: Use, values: Values, written: Expression): void {
  const rest = followedOf(values)
    .map((each) => parsers.rests.get(each))
    .find((owner) => owner !== undefined);
  if (rest !== undefined) parsers.input = rest;
  else if (isProgramOnly(written)) parsers.input = "fixed";
  else parsers.changed = { place: placeOf(use), why: "options-computed" };
}

/** `[sys.argv[0]]`, `sys.argv[:1]`, or words that are written down. */
function isProgramOnly(written: Expression): boolean {
  if (written.kind === "list") {
    return written.items.every((item) => item.kind === "constant" || item.kind === "subscript");
  }
  const bound = written.kind === "subscript" ? written.index : undefined;
  const [only, another] = bound?.kind === "other" ? bound.parts : [];
  return another === undefined && only?.kind === "constant" && only.value === 1;
}

function parserAt(parsers: Parsers, use: Use, key = "", made?: ClassDefinition): Parser {
  const id = `${use.scope.module.path}:${use.node.start}:${key}`;
  const known = parsers.made.get(id);
  if (known !== undefined) return known;
  const parser = newParser(placeOf(use));
  if (made !== undefined) parser.exits = exitsOnError(made);
  parsers.made.set(id, parser);
  return parser;
}

function objectOf(parsers: Parsers, parser: Parser): Followed {
  const known = parsers.objects.get(parser);
  if (known !== undefined) return known;
  const object: Followed = {
    ...indifferent,
    attribute: (name) => [{ kind: "method", of: object, name }],
    method: (name, use) => callMethod(parsers, parser, name, use),
    handedOut: (to, use) => {
      if (to !== undefined && onlookers.test(to)) return nothing;
      const why = to === undefined ? "parser-passed-on" : "options-from-library";
      addGap(parser, { place: placeOf(use), why });
      return [{ kind: "followed", followed: object }];
    },
  };
  parsers.objects.set(parser, object);
  parsers.owners.set(object, parser);
  return object;
}

function configure(parsers: Parsers, parser: Parser, use: CallUse): void {
  const { modules } = parsers;
  const given = givenArguments(modules, use.scope, use.call);
  const literal = (name: string) => {
    const expression = given.named.get(name);
    return expression && evaluate(modules, expression.scope, expression.value);
  };
  const prefix = literal("prefix_chars");
  if (typeof prefix === "string" && prefix !== "") parser.prefix = prefix;
  if (literal("allow_abbrev") === false) parser.abbreviations = false;
  if (literal("exit_on_error") === false) parser.exits = false;
  const parents = given.named.get("parents");
  if (parents === undefined) return;
  const at = use.call.arguments.findIndex((argument) => argument.name === "parents");
  // A subclass hands its keywords on, and the parents among them.
  const handed = at < 0 ? use.given.flat() : (use.given[at] ?? nothing);
  const known = new Set(followedOf(handed).flatMap((each) => parsers.owners.get(each) ?? []));
  known.delete(parser);
  for (const parent of known) inherit(parser, parent);
  const { value } = parents;
  const isWhole =
    (value.kind === "list" || value.kind === "tuple") && value.items.length === known.size;
  if (!isWhole) addGap(parser, { place: placeOf(use), why: "parser-passed-on" });
}

function callMethod(parsers: Parsers, parser: Parser, name: string, use: CallUse): Values {
  switch (name) {
    case "add_argument":
    case "add":
    case "add_arg":
      addArgument(parsers, parser, use);
      return nothing;
    case "add_argument_group":
    case "add_mutually_exclusive_group":
    case "add_arg_group":
      return [{ kind: "followed", followed: objectOf(parsers, parser) }];
    case "add_subparsers":
      return [{ kind: "followed", followed: subparsersOf(parsers, parser) }];
    case "set_defaults":
      setDefaults(parsers, parser, use);
      return nothing;
    case "parse_args":
    case "parse_intermixed_args":
      parse(parsers, parser, use, parser.exits);
      return [{ kind: "followed", followed: resultsOf(parsers, parser).followed }];
    case "parse_known_args":
    case "parse_known_intermixed_args": {
      parse(parsers, parser, use, false);
      const results: Values = [{ kind: "followed", followed: resultsOf(parsers, parser).followed }];
      const rest: Values = [{ kind: "followed", followed: restOf(parsers, parser) }];
      return [{ kind: "box", items: [results, rest] }];
    }
    case "__init__":
      configure(parsers, parser, use);
      return nothing;
    default:
      if (/^(?:_?add_|link_)/.test(name)) {
        addGap(parser, { place: placeOf(use), why: "options-from-library" });
      }
      return nothing;
  }
}

function addArgument(parsers: Parsers, parser: Parser, use: CallUse): void {
  const option = optionOf(parsers.modules, use.scope, use.call, parser);
  if (option === undefined) addGap(parser, { place: placeOf(use), why: "options-computed" });
  // What only some runs are given an option for is not always wanted.
  else addOption(parser, use.isConditional || !use.isReached ? optional(option) : option);
}

function setDefaults(parsers: Parsers, parser: Parser, use: CallUse): void {
  const given = givenArguments(parsers.modules, use.scope, use.call);
  for (const [name, { value, scope }] of given.named) {
    const literal = evaluate(parsers.modules, scope, value);
    if (literal !== undefined) setDefault(parser, name, literal);
  }
}

function subparsersOf(parsers: Parsers, parser: Parser): Followed {
  return {
    ...indifferent,
    method: (name, use) => {
      if (name !== "add_parser") return nothing;
      const { modules } = parsers;
      const command = argumentOf(use.call, "name", 0);
      const called = command && evaluate(modules, use.scope, command);
      if (typeof called !== "string") {
        addGap(parser, { place: placeOf(use), why: "options-computed" });
        return nothing;
      }
      const below = parserAt(parsers, use, called);
      configure(parsers, below, use);
      const aliases = argumentOf(use.call, "aliases");
      const others = aliases && evaluate(modules, use.scope, aliases);
      const names = [called, ...(Array.isArray(others) ? others : [])].filter(
        (each): each is string => typeof each === "string",
      );
      if (!parser.commands.some((known) => known.parser === below)) {
        parser.commands.push({ names, parser: below });
      }
      return [{ kind: "followed", followed: objectOf(parsers, below) }];
    },
  };
}

function restOf(parsers: Parsers, parser: Parser): Followed {
  for (const [object, owner] of parsers.rests) if (owner === parser) return object;
  const object: Followed = words(() => {
    parsers.usesRaw = true;
  });
  parsers.rests.set(object, parser);
  return object;
}

function parse(parsers: Parsers, parser: Parser, use: CallUse, isStrict: boolean): void {
  if (parsers.changed !== undefined) addGap(parser, parsers.changed);
  const input = inputOf(parsers, use);
  const { isConditional, isReached } = use;
  const place = placeOf(use);
  const isKnown = parser.parses.some(
    (known) => known.place.start === place.start && known.place.path === place.path,
  );
  if (input === "fixed" || isKnown) return;
  parser.parses.push({
    place,
    isStrict: isStrict && input !== "unknown",
    isConditional,
    isReached,
    restOf: typeof input === "object" ? input : undefined,
  });
}

/** What a call parses: without arguments, and with `None`, it is the command line. */
function inputOf(parsers: Parsers, use: CallUse): Parsers["input"] | "unknown" {
  const args = argumentOf(use.call, "args", 0);
  if (args === undefined) return parsers.input;
  const at = use.call.arguments.findIndex((argument) => argument.value === args);
  const given = followedOf(use.given[at] ?? nothing);
  for (const each of given) {
    const owner = parsers.rests.get(each);
    if (owner !== undefined) return owner;
  }
  if (given.includes(parsers.commandLine)) return parsers.input;
  const value = evaluate(parsers.modules, use.scope, args);
  if (value === null) return parsers.input;
  if (value !== undefined) return "fixed";
  return isParameter(use, args) ? parsers.input : "unknown";
}

/** `def main(argv=None)`: what nobody hands over is the command line. */
function isParameter(use: Use, args: Expression): boolean {
  const { owner } = use.scope;
  return (
    args.kind === "name" &&
    owner?.kind === "function" &&
    owner.parameters.some((parameter) => parameter.name === args.name)
  );
}
