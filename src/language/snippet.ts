/**
 * What is inserted for a key: its form from the grammar, with fields to fill in, in the syntax of
 * TextMate snippets that editors share.
 */
import * as z from "zod";
import { readPlain } from "../sweep/pyyaml.js";
import { choicesOf, isRequired, shapeOf } from "../sweep/schema-shape.js";
import { defaultCommand } from "../sweep/sweep.js";
import { defaultValue, isSupported } from "./describe.js";
import { alternatives } from "./place.js";

/** The fields of one snippet, numbered as they are asked for. */
export interface Fields {
  text(placeholder: string): string;
  choice(values: readonly string[]): string;
}

export function newFields(): Fields {
  let count = 0;
  return {
    text: (placeholder) => {
      count += 1;
      // Text that is only selected Enter would delete; of a choice it takes what is shown.
      return placeholder === "" ? `$${count}` : choiceAt(count, [placeholder]);
    },
    choice: (values) => {
      count += 1;
      return choiceAt(count, values);
    },
  };
}

function choiceAt(count: number, values: readonly string[]): string {
  const options = values.map((value) => value.replaceAll(/[\\,|]/g, "\\$&"));
  return `\${${count}|${options.join(",")}|}`;
}

/** Text that stands for itself in a snippet. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, "\\$&");
}

/**
 * The word before the cursor as it stands when the completion is accepted: who types on while the
 * list is being made keeps the letters that the list does not know. An editor's words end at hyphens
 * and dots: names that hold some stand as they were.
 */
export function currentWord(typed: string): string {
  return /^\w+$/.test(typed) ? `\${TM_CURRENT_WORD:${typed}}` : escaped(typed);
}

/** A value as it is written in YAML: quoted where it would be read as something else. */
export function written(value: string): string {
  const isPlain = !/[:#{}[\],\p{C}]|^[-?!&*|>%@`"'\s]|\s$/u.test(value);
  return isPlain && readPlain(value).type === "text" ? value : quoted(value);
}

/** Characters that YAML lets nobody write are escaped, where JSON leaves some of them. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /\p{C}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What is sensible to begin with, where the grammar has no default. */
const examples: Readonly<Record<string, string>> = {
  program: "train.py",
  run_cap: "20",
  seed: "0",
  min_iter: "3",
  max_iter: "27",
  s: "2",
  trial_time: "2h",
  total_time: "12h",
  trial_memory: "12GiB",
  cwd: ".",
};

/** The keys that a new block is given, where these are not just those that it must have. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  metric: ["name", "goal"],
  early_terminate: ["type", "min_iter"],
  sampler: ["seed"],
  slots: ["parallel"],
  limits: ["trial_time"],
};

/** `key: ` and its value; the lines of a block are indented by two spaces a level. */
export function keySnippet(key: string, schema: z.ZodType): string {
  return keyLines(key, schema, newFields()).join("\n");
}

/** The same within brackets, on one line. */
export function flowSnippet(key: string, schema: z.ZodType): string {
  const [line = "", ...more] = keyLines(key, schema, newFields());
  if (more.length === 0) return line;
  return `${key}: ${isList(schema) ? "[$1]" : "{$1}"}`;
}

function keyLines(key: string, schema: z.ZodType, fields: Fields): readonly string[] {
  if (key === "command") {
    return ["command:", ...defaultCommand.map((word) => `  - ${escaped(word)}`)];
  }
  if (key === "values" || key === "probabilities") return [`${key}: [${fields.text("")}]`];
  if (isList(schema)) return [`${key}:`, `  - ${fields.text("")}`];
  const object = alternatives(schema).find((inner) => inner instanceof z.ZodObject);
  if (object !== undefined) return [`${key}:`, ...objectLines(key, object, fields)];
  if (isMap(schema)) return [`${key}:`, `  ${fields.text("")}`];
  return [`${key}: ${scalarField(key, schema, fields)}`];
}

function objectLines(key: string, schema: z.ZodObject, fields: Fields): readonly string[] {
  const shape = Object.entries(shapeOf(schema));
  const named = wanted[key];
  const inside = shape.filter(([name, of]) => named?.includes(name) ?? isRequired(of));
  if (inside.length === 0) return [`  ${fields.text("")}`];
  return inside.flatMap(([name, of]) => keyLines(name, of, fields)).map((line) => `  ${line}`);
}

function scalarField(key: string, schema: z.ZodType, fields: Fields): string {
  const begin = String(defaultValue(schema) ?? examples[key] ?? "");
  if (isBoolean(schema)) {
    // Who writes the key down wants other than the default.
    return fields.choice(begin === "true" ? ["false", "true"] : ["true", "false"]);
  }
  const choices = choicesOf(schema).filter((choice) => isSupported(schema, choice));
  const isClosed = alternatives(schema).every(
    (inner) => inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral,
  );
  if (!isClosed) return fields.text(begin);
  const [only = ""] = choices;
  return choices.length > 1 ? fields.choice(choices.map(written)) : written(only);
}

function isList(schema: z.ZodType): boolean {
  return alternatives(schema).some((inner) => inner instanceof z.ZodArray);
}

/** Whether a block follows the key, and nothing else may. */
function isMap(schema: z.ZodType): boolean {
  return alternatives(schema).every((inner) => inner instanceof z.ZodRecord);
}

export function isBoolean(schema: z.ZodType): boolean {
  return alternatives(schema).some((inner) => inner instanceof z.ZodBoolean);
}
