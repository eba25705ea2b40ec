/** Readings of small scripts, said in words. */
import { readScript } from "../../../src/script/read-script.js";
import type { CommandLine, Option, ScriptReading, Takes } from "../../../src/script/reading.js";
import { sourceFiles } from "./source-files.js";

/** The program is `train.py`; further files are its neighbours. */
export function readingOf(
  program: string,
  others: Readonly<Record<string, string>> = {},
): ScriptReading {
  const reading = readScript("train.py", sourceFiles({ "train.py": program, ...others }));
  if (reading === undefined) throw new Error("train.py was not read.");
  return reading;
}

export function onlyLine(reading: ScriptReading): CommandLine {
  const [line, another] = reading.commandLines;
  if (line === undefined || another !== undefined) {
    throw new Error(`There are ${reading.commandLines.length} command lines.`);
  }
  return line;
}

/** `--lr number = 0.1`, `--opt text of adam, sgd`, `<data> text, required`. */
export function optionsOf(line: CommandLine): readonly string[] {
  return line.options.map(saidOption);
}

export function optionsIn(
  program: string,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  return optionsOf(onlyLine(readingOf(program, others)));
}

export function keysIn(program: string, others: Readonly<Record<string, string>> = {}) {
  return readingOf(program, others).config.keys.map(({ name, default: value }) =>
    value === undefined ? name : `${name} = ${JSON.stringify(value)}`,
  );
}

function saidOption(option: Option): string {
  const { spellings, name, choices, isRequired } = option;
  const called = spellings.length === 0 ? `<${name}>` : spellings.join(" ");
  const value = option.default === undefined ? "" : ` = ${JSON.stringify(option.default)}`;
  const among = choices === undefined ? "" : ` of ${choices.join(", ")}`;
  return `${called} ${saidTakes(option.takes)}${among}${value}${isRequired ? ", required" : ""}`;
}

function saidTakes(takes: Takes): string {
  switch (takes.kind) {
    case "flag":
      return takes.negation === undefined ? "flag" : `flag or ${takes.negation}`;
    case "boolean":
      return `boolean from ${takes.reads}`;
    case "list":
      return `list of ${saidTakes(takes.of)}`;
    default:
      return takes.kind;
  }
}
