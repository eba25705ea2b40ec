/** The `command:` of a sweep file: what W&B's agent makes of each word. */
import { pythonStr } from "../space/python-text.js";
import { closest } from "./closest.js";
import { kindOf } from "./kind.js";
import type { Report } from "./problem.js";
import { defaultCommand } from "./sweep.js";
import {
  entryOf,
  type ListNode,
  type MapNode,
  type ScalarNode,
  type TextNode,
  type TextRange,
  toJson,
  valueAt,
} from "./tree.js";

/** Each stands for whole words; `${envvar:NAME}` may stand inside one. */
export const commandMacros = {
  env: "`/usr/bin/env`, where there is one.",
  interpreter: "The Python interpreter.",
  program: "The training script.",
  args: "`--name=value` for each parameter.",
  args_no_equals: "`--name` and `value`, as two words, for each parameter.",
  args_no_hyphens: "`name=value` for each parameter.",
  args_no_boolean_flags: "As `args`, but `--name` for true and nothing for false.",
  args_append_hydra: "`+name=value` for each parameter.",
  args_override_hydra: "`++name=value` for each parameter.",
  args_json: "All parameters as one JSON text.",
  args_json_file: "The path of a JSON file with all parameters.",
} as const;

interface Command {
  readonly text: string;
  readonly words: ListNode;
  readonly parameters: ReadonlySet<string>;
}

const macroNames: readonly string[] = Object.keys(commandMacros);
// The longest name is bounded: thousands of openings that nothing closes are each left at once.
const macroForm = /\$\{([^}]{0,200})\}/g;
const environmentMacro = /^envvar:[A-Z0-9_]*$/;

export function checkCommand(root: MapNode, text: string, report: Report): void {
  const entry = entryOf(root, "command");
  if (entry === undefined) {
    if (!hasProgram(root)) reportNoProgram(root, report);
    return;
  }
  if (entry.value.kind !== "list") return;
  const words = entry.value;
  const command = { text, words, parameters: parameterNames(root) };
  for (const [index, word] of words.items.entries()) checkWord(word, index, command, report);
  if (usesProgram(words) && !hasProgram(root)) reportNoProgram(root, report);
}

function parameterNames(root: MapNode): ReadonlySet<string> {
  const parameters = valueAt(root, "parameters");
  return new Set(parameters?.kind === "map" ? parameters.entries.map(({ key }) => key) : []);
}

function hasProgram(root: MapNode): boolean {
  return valueAt(root, "program") !== undefined;
}

function usesProgram(words: ListNode): boolean {
  return words.items.some((word) => word.kind === "scalar" && word.source === "${program}");
}

/** Without a script the default command has nothing to run. */
function reportNoProgram(root: MapNode, report: Report): void {
  const entry = entryOf(root, "command") ?? root.entries[0];
  if (entry !== undefined) {
    report(entry.keyRange, {
      code: "program-missing",
      isAsked: entryOf(root, "command") !== undefined,
    });
  }
}

function checkWord(word: TextNode, index: number, command: Command, report: Report): void {
  const { words } = command;
  const range = word.range.end > word.range.start ? word.range : words.range;
  if (word.kind !== "scalar") {
    report(range, { code: "command-not-a-word", found: kindOf(word) });
    return;
  }
  if (word.type === "null") {
    report(visibleNull(word, command.text), { code: "command-null-element" });
    return;
  }
  const element = word.source;
  const macro = macroInOtherForm(element);
  if (macro !== undefined) {
    report(range, { code: "command-macro-form", text: element, macro });
    return;
  }
  const several = severalWords(word, words.items[index - 1]);
  if (several !== undefined) {
    report(range, { code: "command-several-words", element, isCertain: several === "certain" });
    return;
  }
  checkMacros(element, range, command, report);
}

/** What is written of an empty item is its dash. */
function visibleNull({ range }: ScalarNode, text: string): TextRange {
  if (range.end > range.start) return range;
  const dash = text.lastIndexOf("-", range.start - 1);
  return dash < 0 ? range : { start: dash, end: dash + 1 };
}

/** `$args`, `$(args)`, `${{ args }}`: forms that other tools have for `${args}`. */
function macroInOtherForm(element: string): string | undefined {
  const [, bare, bracketed, braced] =
    /^\$(?:(\w+)|\(\s*(\w+)\s*\)|\{\{?\s*(\w+)\s*\}\}?)$/.exec(element) ?? [];
  const name = bare ?? bracketed ?? braced;
  if (name === undefined || !macroNames.includes(name)) return undefined;
  const macro = `\${${name}}`;
  return macro === element ? undefined : macro;
}

function checkMacros(element: string, range: TextRange, command: Command, report: Report): void {
  for (const [macro, name = ""] of element.matchAll(macroForm)) {
    if (environmentMacro.test(name)) continue;
    const isParameter = command.parameters.has(name);
    const isKnown = macroNames.includes(name);
    if (macro !== element) {
      // Other words in braces may be meant for whoever runs the command: Hydra, a shell.
      if (isKnown || isParameter) {
        report(range, { code: "command-embedded-macro", macro, element, isParameter: !isKnown });
      }
    } else if (!isKnown) {
      const near = isParameter ? undefined : closest(name, macroNames);
      report(range, {
        code: "command-unknown-macro",
        macro,
        isParameter,
        ...(near !== undefined && { closest: `\${${near}}` }),
      });
    }
  }
}

/** What starts a program, where it stands first in a word. */
const launchers =
  /^(?:python[\d.]*|bash|sh|env|accelerate|torchrun|deepspeed|poetry|uv|srun|docker|conda|mpirun|time|nice)$/;
/** The word behind these is a script of a shell, spaces and all. */
const takesScript = /^(?:-l?c|--command|--wrap)$/;

/** Whether an element holds several words; nothing splits it. */
function severalWords(
  word: ScalarNode,
  before: TextNode | undefined,
): "certain" | "likely" | undefined {
  const parts = word.source.trim().split(/\s+/);
  if (parts.length < 2) return undefined;
  if (before?.kind === "scalar" && takesScript.test(before.source)) return undefined;
  const isOption = parts.every((part, index) =>
    index === 0 ? /^--?[a-zA-Z][\w-]*$/.test(part) : /^[\w./-]+$/.test(part),
  );
  const holdsMacros = parts.some((part) => macroNames.some((name) => part === `\${${name}}`));
  const starts = launchers.test(parts[0] ?? "") && !isOptionAlone(before);
  if (starts || isOption || holdsMacros) return "certain";
  const isPlain = word.plain && /^-?-?\w[\w./-]*(?: +-{0,2}[\w./=-]+)+$/.test(word.source);
  // Text in quotes, and what follows an option, may have its spaces on purpose.
  return isPlain && !isOptionAlone(before) ? "likely" : undefined;
}

function isOptionAlone(before: TextNode | undefined): boolean {
  return before?.kind === "scalar" && /^--?[a-zA-Z][\w-]*$/.test(before.source);
}

/** The words as W&B's agent passes them on: the agent calls Python's `str`. */
export function commandOf(root: MapNode): readonly string[] {
  const node = valueAt(root, "command");
  if (node?.kind !== "list") return defaultCommand;
  return node.items.map(pythonText);
}

function pythonText(node: TextNode): string {
  if (node.kind !== "scalar") return pythonStr(toJson(node));
  if (typeof node.value === "string" || node.textToPyYaml) return node.source;
  // Other than values, the words of a command never pass through JSON: 1.0 keeps its dot.
  const isWholeFloat = node.type === "float" && Number.isSafeInteger(node.value);
  return isWholeFloat ? `${String(node.value)}.0` : pythonStr(node.value);
}
