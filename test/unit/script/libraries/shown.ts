/** Command lines as text, so that a test reads like a page of help. */
import { commandLinesOf } from "../../../../src/script/libraries/index.js";
import { readModules } from "../../../../src/script/modules.js";
import type { CommandLine, Option, Takes } from "../../../../src/script/reading.js";
import { sourceFiles } from "../source-files.js";

type Workspace = string | Readonly<Record<string, string>>;

/** The command lines of `train.py`, which a text alone stands for. */
export function linesOf(workspace: Workspace): readonly CommandLine[] {
  const files = sourceFiles(typeof workspace === "string" ? { "train.py": workspace } : workspace);
  const modules = readModules("train.py", files);
  return modules === undefined ? [] : commandLinesOf(modules, files);
}

/** The only command line of `train.py`. */
export function lineOf(workspace: Workspace): CommandLine {
  const [line, another] = linesOf(workspace);
  if (line === undefined) throw new Error("No command line was found.");
  if (another !== undefined) throw new Error(`Besides ${line.library} also ${another.library}.`);
  return line;
}

/** Its options, one to a line; below a subcommand's name those of it. */
export function shown(workspace: Workspace): readonly string[] {
  return shownLine(lineOf(workspace), "");
}

function shownLine(line: CommandLine, indent: string): string[] {
  return [
    ...line.options.map((option) => indent + shownOption(option)),
    ...line.commands.flatMap(({ name, commandLine }) => [
      `${indent}${name}`,
      ...shownLine(commandLine, `${indent}  `),
    ]),
  ];
}

export function shownOption(option: Option): string {
  const { default: given, choices, onlyWith } = option;
  return [
    `${option.spellings.join(" ")}: ${shownTakes(option.takes)}`,
    ...(choices === undefined ? [] : [`of ${choices.map(shownValue).join(" ")}`]),
    ...(given === undefined ? [] : [`= ${shownValue(given)}`]),
    ...(option.isRequired ? ["required"] : []),
    ...(option.readsNone === true ? ["or None"] : []),
    ...(onlyWith === undefined
      ? []
      : [`with ${onlyWith.map(({ name, value }) => `${name}=${value}`).join(" or ")}`]),
  ].join(" ");
}

function shownTakes(takes: Takes): string {
  switch (takes.kind) {
    case "flag":
      return takes.negation === undefined
        ? `flag ${takes.sets ? "on" : "off"}`
        : `flag on, ${takes.negation} off`;
    case "boolean":
      return takes.reads === "words" ? "boolean" : "boolean of any text";
    case "list":
      return `list of ${shownTakes(takes.of)}`;
    default:
      return takes.kind;
  }
}

function shownValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Why not all is known of it, with the names that are in doubt. */
export function gapsOf(line: CommandLine): readonly string[] {
  return line.gaps.map(({ why, prefix }) => (prefix === undefined ? why : `${why}: ${prefix}`));
}
