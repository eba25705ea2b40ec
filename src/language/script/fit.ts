/** A sweep beside its script: what is passed, how, and what is known of who takes it. */
import { type Acceptance, acceptanceOf, type Passed } from "../../script/acceptance.js";
import type { CommandLine, OptionChoice, ScriptReading } from "../../script/reading.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import type { Severity } from "../../sweep/problem.js";
import { defaultCommand } from "../../sweep/sweep.js";
import { type ScalarNode, type TextNode, textOf, valueAt } from "../../sweep/tree.js";
import { passingOf } from "../options.js";
import { parametersOf } from "../practice/swept.js";
import type { ProgramFound, Surroundings } from "../surroundings.js";

export interface Fit {
  readonly root: TextNode;
  readonly text: string;
  readonly reading: ScriptReading;
  /** The name of the program's file. */
  readonly script: string;
  /** What was read is not what the sweep names, but most likely the same. */
  readonly isLikely: boolean;
  readonly passed: Passed;
  /** The macro that passes the parameters, and where; W&B's default has no place. */
  readonly macro?: { readonly name: string; readonly node?: ScalarNode };
  /** The command line that is given the other style of arguments than it takes. */
  readonly mismatched?: CommandLine;
  /** Whether the script takes a parameter of this name, as the command passes it. */
  readonly acceptance: (name: string) => Acceptance;
}

const known = new WeakMap<
  ParsedSweep,
  { readonly program: unknown; readonly fit: Fit | undefined }
>();

/** Undefined where no script was read. */
export function fitOf(parsed: ParsedSweep, { program }: Surroundings): Fit | undefined {
  // Several families ask for it with each keystroke.
  const last = known.get(parsed);
  if (last !== undefined && last.program === program) return last.fit;
  const fit = newFit(parsed, program);
  known.set(parsed, { program, fit });
  return fit;
}

function newFit({ document }: ParsedSweep, program: ProgramFound | undefined): Fit | undefined {
  const { root, text } = document;
  const read = readingOf(program);
  if (root?.kind !== "map" || read === undefined) return undefined;
  const { reading } = read;
  const words = wordsOf(root);
  const macro = macroOf(words);
  const passed = passedBy(root, words, reading);
  const mismatched = mismatchedLine(reading, passed);
  // A style that does not fit is said once; of each name it is asked whether the script knows it.
  const asked = mismatched === undefined ? passed : { ...passed, style: mismatched.style };
  const acceptances = new Map<string, Acceptance>();
  return {
    root,
    text,
    reading,
    script: reading.program.split(/[\\/]/).at(-1) ?? reading.program,
    isLikely: read.isLikely,
    passed: asked,
    ...(macro !== undefined && { macro }),
    ...(mismatched !== undefined && { mismatched }),
    acceptance: (name) => {
      const acceptance = acceptances.get(name) ?? acceptanceOf(reading, name, asked);
      acceptances.set(name, acceptance);
      return acceptance;
    },
  };
}

function readingOf(
  program: ProgramFound | undefined,
): { readonly reading: ScriptReading; readonly isLikely: boolean } | undefined {
  if (program?.kind === "read") return { reading: program.reading, isLikely: false };
  if (program?.kind !== "missing" || program.likely === undefined) return undefined;
  return { reading: program.likely, isLikely: true };
}

interface Word {
  readonly text: string;
  readonly node?: ScalarNode;
}

function wordsOf(root: TextNode): readonly Word[] {
  const command = valueAt(root, "command");
  if (command?.kind !== "list") return defaultCommand.map((text) => ({ text }));
  return command.items.flatMap((node) =>
    node.kind === "scalar" ? [{ text: node.source, node }] : [],
  );
}

function macroOf(words: readonly Word[]): Fit["macro"] {
  const found = words.find(({ text }) => passingOf([text]) !== "none");
  return found && { name: found.text, ...(found.node !== undefined && { node: found.node }) };
}

function passedBy(root: TextNode, words: readonly Word[], reading: ScriptReading): Passed {
  const texts = words.map(({ text }) => text);
  const passing = passingOf(texts);
  // An agent that the script starts hands parameters to a function of it, and nothing by arguments.
  // What a shell makes of its arguments is its own business, as is what a file of them becomes.
  const isIndirect = passing === "file" || texts.some(isShell);
  const style = reading.startsAgent !== undefined ? "none" : isIndirect ? "json" : passing;
  return { style, words: texts.filter((text) => !text.startsWith("${")), swept: listedIn(root) };
}

function isShell(word: string, at: number, words: readonly string[]): boolean {
  return /(?:^|\/)(?:ba|da|z|k)?sh$/.test(word) && /^-\w*c$/.test(words[at + 1] ?? "");
}

/** The values that parameters list, as the script is given them. */
function listedIn(root: TextNode): readonly OptionChoice[] {
  return parametersOf(root).flatMap(({ name, node }) => {
    const list = valueAt(node, "values");
    const only = valueAt(node, "value");
    const nodes = list?.kind === "list" ? list.items : only === undefined ? [] : [only];
    return nodes.flatMap((each) => (each.kind === "scalar" ? [{ name, value: each.source }] : []));
  });
}

/** Where every command line takes the other style, is wholly seen, and refuses what it does not know. */
function mismatchedLine(reading: ScriptReading, { style, words }: Passed): CommandLine | undefined {
  const [first] = reading.commandLines;
  if (first === undefined || (style !== "hyphens" && style !== "overrides")) return undefined;
  const isAll = reading.commandLines.every(
    (line) => line.style !== style && line.refusesUnknown && !takesWords(line, words),
  );
  return isAll ? first : undefined;
}

/**
 * Whether `name=value` may be a word that it wants, or may be taken by what was not seen:
 * `--cfg-options` and a list of them, for one.
 *
 * @param words of the command, besides the parameters
 */
export function takesWords(line: CommandLine, words: readonly string[]): boolean {
  if (line.style === "overrides") return false;
  const mayTake = line.options.some(({ spellings, takes }) => {
    if (!spellings.some((each) => each.startsWith("-"))) return true;
    const isMany = takes.kind === "list" || takes.kind === "unknown";
    return isMany && words.some((word) => isCalledBy(spellings, word, line));
  });
  return (
    mayTake ||
    line.gaps.length > 0 ||
    line.commands.some((each) => takesWords(each.commandLine, words))
  );
}

function isCalledBy(spellings: readonly string[], word: string, line: CommandLine): boolean {
  const isBeginning = line.abbreviations && word.startsWith("--") && word.length > 2;
  return spellings.some((each) => each === word || (isBeginning && each.startsWith(word)));
}

/** What is said of a script that is only likely the one that runs is said more softly. */
export function severityIn({ isLikely }: Fit, severity: Severity): Severity {
  if (!isLikely) return severity;
  return severity === "error" ? "warning" : "hint";
}

/** Whether the script starts its run itself: where a library does, that may read `wandb.config` too. */
export function startsRun({ reading }: Fit): boolean {
  return reading.words.has("wandb") && reading.words.has("init");
}

/** `lr` as the script is given it. */
export function asPassed({ passed }: Fit, name: string): string {
  return passed.style === "overrides" ? name : `--${name}`;
}

export function metricNameOf(
  root: TextNode,
): { readonly name: string; readonly node: ScalarNode } | undefined {
  const node = valueAt(valueAt(root, "metric"), "name");
  const name = textOf(node);
  return node?.kind === "scalar" && name !== undefined ? { name, node } : undefined;
}

/** Whether a wrong name costs the search its sense: it decides what is tried, or what is stopped. */
export function dependsOnMetric(root: TextNode): boolean {
  const stops = valueAt(root, "early_terminate");
  return textOf(valueAt(root, "method")) === "bayes" || stops?.kind === "map";
}
