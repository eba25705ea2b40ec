/** The `command:` of a sweep file: what W&B's agent makes of each word. */
import { pythonStr } from "../space/python-text.js";
import { closest } from "./closest.js";
import { kindOf } from "./kind.js";
import type { Report } from "./problem.js";
import { defaultCommand } from "./sweep.js";
import { entryOf, type ListNode, type MapNode, type TextNode, toJson, valueAt } from "./tree.js";

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

const macroNames = Object.keys(commandMacros);
const environmentMacro = /^envvar:[A-Z0-9_]*$/;

export function checkCommand(root: MapNode, report: Report): void {
  const entry = entryOf(root, "command");
  if (entry === undefined) {
    if (!hasProgram(root)) reportNoProgram(root, report);
    return;
  }
  if (entry.value.kind !== "list") return;
  const words = entry.value;
  for (const word of words.items) checkWord(word, words, report);
  if (usesProgram(words) && !hasProgram(root)) reportNoProgram(root, report);
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
  if (entry !== undefined) report(entry.keyRange, { code: "program-missing" });
}

function checkWord(word: TextNode, words: ListNode, report: Report): void {
  const range = word.range.end > word.range.start ? word.range : words.range;
  if (word.kind !== "scalar") {
    report(range, { code: "command-not-a-word", found: kindOf(word) });
    return;
  }
  if (word.type === "null") {
    report(range, { code: "command-null-element" });
    return;
  }
  const element = word.source;
  for (const [macro, name = ""] of element.matchAll(/\$\{([^}]*)\}/g)) {
    if (environmentMacro.test(name)) continue;
    const known = macroNames.includes(name);
    if (macro !== element) {
      if (known) report(range, { code: "command-embedded-macro", macro, element });
    } else if (!known) {
      const near = closest(name, macroNames);
      report(range, {
        code: "command-unknown-macro",
        macro,
        ...(near !== undefined && { closest: `\${${near}}` }),
      });
    }
  }
  if (word.plain && /^-?-?\w[\w./-]*(?: +-{0,2}[\w./=-]+)+$/.test(element)) {
    report(range, { code: "command-several-words", element });
  }
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
