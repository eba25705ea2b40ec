/**
 * From the `command` of a sweep file to the words that are run, by the rules of W&B's own agent
 * (wandb 0.31.0, `wandb_agent.py` and `sdk/launch/sweeps/utils.py`), which the tests compare with.
 */
import type { Json } from "../space/value.js";
import { defaultCommand } from "../sweep/sweep.js";
import { isList, pythonJson, pythonNumber } from "./pythonJson.js";

export interface CommandInputs {
  /** The words of the sweep's `command`; empty means W&B's default. */
  readonly command: readonly string[];
  /** By top-level name; a nested group is one value. */
  readonly configuration: Readonly<Record<string, Json>>;
  readonly interpreter: string;
  /** Undefined for a sweep that names none: the macro becomes nothing. */
  readonly program: string | undefined;
  /** What the trial will find in its environment, for `${envvar:NAME}`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The trial's config.json, for `${args_json_file}`. */
  readonly configurationFile: string;
}

/** Whether a command asks for a macro, as a whole word: `usesMacro(command, "interpreter")`. */
export function usesMacro(command: readonly string[], macro: string): boolean {
  return effective(command).includes(`\${${macro}}`);
}

/** The macros that a command may hold as whole words; any other `${…}` becomes nothing, as under W&B. */
export const macroNames = [
  "env",
  "interpreter",
  "program",
  "args",
  "args_no_equals",
  "args_no_hyphens",
  "args_no_boolean_flags",
  "args_append_hydra",
  "args_override_hydra",
  "args_json",
  "args_json_file",
] as const;
type MacroName = (typeof macroNames)[number];

/**
 * The words to run. `${envvar:NAME}` is replaced inside words too, by the bare name where there is
 * no such variable; every other macro must be a whole word, and may become several or none.
 */
export function buildCommand(inputs: CommandInputs): readonly string[] {
  const expansions = expansionsOf(inputs);
  return effective(inputs.command).flatMap((word) => {
    const text = word.replace(
      /\$\{envvar:([A-Z0-9_]*)\}/g,
      (_macro, name: string) => inputs.environment[name] ?? name,
    );
    if (!text.startsWith("${") || !text.endsWith("}")) return [text];
    return expansions.get(text.slice(2, -1)) ?? [];
  });
}

function effective(command: readonly string[]): readonly string[] {
  return command.length === 0 ? defaultCommand : command;
}

function expansionsOf(inputs: CommandInputs): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(inputs.configuration);
  const assignments = entries.map(([name, value]) => `${name}=${pythonText(value)}`);
  const expansions: Readonly<Record<MacroName, readonly string[]>> = {
    env: ["/usr/bin/env"],
    interpreter: [inputs.interpreter],
    program: inputs.program === undefined ? [] : [inputs.program],
    args: assignments.map((assignment) => `--${assignment}`),
    args_no_equals: entries.flatMap(([name, value]) => [`--${name}`, pythonText(value)]),
    args_no_hyphens: assignments,
    args_no_boolean_flags: entries.flatMap(([name, value]) => {
      if (value === false) return [];
      return value === true ? [`--${name}`] : [`--${name}=${pythonText(value)}`];
    }),
    args_append_hydra: assignments.map((assignment) => `+${assignment}`),
    args_override_hydra: assignments.map((assignment) => `++${assignment}`),
    args_json: [pythonJson(inputs.configuration)],
    args_json_file: [inputs.configurationFile],
  };
  return new Map(Object.entries(expansions));
}

/** A value as Python's `str` shows it, which is what the agent puts after `--name=`. */
export function pythonText(value: Json): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

function pythonRepr(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pythonReprNumber(value);
  if (typeof value === "string") return pythonReprString(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, inner]) => `${pythonReprString(key)}: ${pythonRepr(inner)}`,
  );
  return `{${entries.join(", ")}}`;
}

function pythonReprNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return pythonNumber(value);
}

const namedEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Single quotes unless the text holds some and no double ones; what is not printable is escaped. */
function pythonReprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(
    // Python calls printable whatever is not of the categories Other and Separator, but for the space.
    /[\\'"]|[\p{C}\p{Z}]/gu,
    (character) => {
      if (character === "\\" || character === quote) return `\\${character}`;
      if (character === " " || character === "'" || character === '"') return character;
      return namedEscapes[character] ?? unicodeEscape(character);
    },
  );
  return quote + body + quote;
}

function unicodeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
