/**
 * The parameter that a sweep may be given for an option of its script: around the script's own
 * default by established practice, else by what the option takes.
 */
import type { Json } from "../space/value.js";
import { asPlainText, paragraphs } from "./describe.js";
import { type Sweepable, takesInWords } from "./options.js";
import {
  type Context,
  type Fields,
  familyOf,
  practiceMarkdown,
  proposalFor,
  type Role,
  yamlFieldsOf,
  yamlValue,
} from "./practice/practice.js";

export interface ParameterProposal {
  readonly option: Sweepable;
  /** In the order in which they are written. */
  readonly fields: readonly (readonly [key: string, text: string])[];
  /** In a few words: `1.0e-4 to 1.0e-2, log`. */
  readonly summary: string;
  /** The smaller, the more it is worth to search. */
  readonly rank: number;
  /** What it is to a search; absent where nothing is known of its name. */
  readonly role?: Role;
}

/** Behind all that practice ranks. */
const rankElsewhere = 500;
const rankUnknown = 1000;
const rankWords = 1100;
const rankNotSearched = 1200;

/** Every option has one: what is not worth searching is fixed at the script's own default. */
export function parameterFor(option: Sweepable, context: Context): ParameterProposal {
  const { choices, default: preset } = option;
  const around: Context = choices === undefined ? context : { ...context, choices };
  const name = option.called;
  const family = familyOf(name, around, preset);
  // Some search the epochs of fine-tuning; they stay a budget to who begins a sweep.
  const isBudget = family?.concept === "budget";
  const role = family === undefined ? {} : { role: isBudget ? ("budget" as const) : family.role };
  const found = proposalFor(name, preset, around);
  if (found !== undefined) {
    const fields = fitted(found.fields, option);
    // What exists for other choices than the script's own is not there to be searched yet.
    const rank = found.rank + (option.onlyWith === undefined ? 0 : rankElsewhere);
    return { option, ...asWritten(fields), rank, ...role };
  }
  if (family !== undefined && family.role !== "search") {
    return { option, ...constant(option), rank: rankNotSearched, ...role };
  }
  const fields = byType(option, context.method === "grid");
  if (fields === undefined) return { option, ...constant(option), rank: rankWords, ...role };
  return { option, ...asWritten(fields), rank: rankUnknown, ...role };
}

export interface NamedProposal extends Pick<ParameterProposal, "fields" | "summary"> {
  readonly documentation: string;
}

/** For a parameter of which no script says anything; undefined of names that practice does not know. */
export function proposalNamed(name: string, context: Context): NamedProposal | undefined {
  const found = proposalFor(name, undefined, context);
  if (found === undefined) return undefined;
  const documentation = practiceMarkdown(name, undefined, context) ?? "";
  return { ...asWritten(found.fields), documentation };
}

/** Markdown: what the script says of the option, then what established practice does. */
export function optionMarkdown(option: Sweepable, context: Context): string {
  const { choices, default: preset } = option;
  const around: Context = choices === undefined ? context : { ...context, choices };
  const unknown =
    typeof preset === "number"
      ? "Established practice does not know this name: the range follows the script's own default."
      : "";
  return paragraphs([
    optionSentences(option),
    practiceMarkdown(option.called, preset, around) ?? unknown,
  ]);
}

/** What the script itself says of it. */
export function optionSentences(option: Sweepable): string {
  const { help, default: preset, choices, from, called, name, takes, isRequired } = option;
  const kind = takesInWords(takes);
  const where = from === "wandb.config" ? `\`wandb.config.${called}\`` : `\`${called}\``;
  const file = fileName(option.place.path);
  const facts = [
    `${where} of \`${file}\`, line ${option.place.line + 1}${kind === "" ? "" : `: ${kind}`}.`,
    choices === undefined ? "" : `One of ${choices.map(code).join(", ")}.`,
    preset === undefined ? "" : `The script's default is ${code(preset)}.`,
    preset === undefined && isRequired ? "The script asks for it." : "",
    name === called ? "" : `Written \`${name}\` in a sweep.`,
    onlyWithInWords(option),
    takes.kind === "flag" && takes.sets && preset === true
      ? "It is on by default, so a sweep can give it no false."
      : takes.kind === "flag"
        ? "It takes no value, so the command needs `${args_no_boolean_flags}`."
        : "",
  ];
  return paragraphs([asPlainText(help ?? ""), facts.filter((fact) => fact !== "").join(" ")]);
}

function onlyWithInWords({ onlyWith = [] }: Sweepable): string {
  if (onlyWith.length === 0) return "";
  return `It exists only with ${onlyWith.map(({ name, value }) => `\`${name}=${value}\``).join(" or ")}.`;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function code(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.replaceAll("`", "'")}\``;
}

function constant({
  default: preset,
  takes,
}: Sweepable): Pick<ParameterProposal, "fields" | "summary"> {
  // Who writes a flag down wants what it does.
  const value = preset ?? (takes.kind === "flag" ? takes.sets : undefined);
  const text = value === undefined ? "" : yamlValue(value);
  return { fields: [["value", text]], summary: text === "" ? "one value" : `always ${text}` };
}

function asWritten(fields: Fields): Pick<ParameterProposal, "fields" | "summary"> {
  return { fields: yamlFieldsOf(fields), summary: summaryOf(fields) };
}

/** In the numbers that are inserted. */
function summaryOf(fields: Fields): string {
  const written = new Map(yamlFieldsOf(fields));
  if ("values" in fields) return (written.get("values") ?? "").slice(1, -1);
  const bounds = `${written.get("min")} to ${written.get("max")}`;
  return fields.distribution.includes("log") ? `${bounds}, log` : bounds;
}

/** What the option would refuse is left out, and whole numbers are kept whole. */
function fitted(fields: Fields, { takes, choices }: Sweepable): Fields {
  if (takes.kind === "flag" || takes.kind === "boolean") return { values: [true, false] };
  if ("values" in fields) {
    if (choices === undefined) return fields;
    const allowed = fields.values.filter((value) => choices.includes(value));
    return { values: allowed.length > 1 ? allowed : choices };
  }
  if (choices !== undefined) return { values: choices };
  return takes.kind === "integer" ? inWholeNumbers(fields) : fields;
}

function inWholeNumbers(fields: Exclude<Fields, { readonly values: unknown }>): Fields {
  const [min, max] = [Math.ceil(fields.min), Math.floor(fields.max)];
  if (min >= max) return fields;
  switch (fields.distribution) {
    case "uniform":
      return { distribution: "int_uniform", min, max };
    case "log_uniform_values":
      return { distribution: "q_log_uniform_values", min, max, q: 1 };
    default:
      return fields;
  }
}

/** Where nothing is known of the name; undefined where the type says nothing either. */
function byType(option: Sweepable, isGrid: boolean): Fields | undefined {
  const { takes, choices, default: preset } = option;
  if (choices !== undefined) return { values: choices };
  if (takes.kind === "flag" || takes.kind === "boolean" || typeof preset === "boolean") {
    return { values: [true, false] };
  }
  if (typeof preset !== "number" || preset <= 0) return undefined;
  if (takes.kind === "integer" || (takes.kind === "unknown" && Number.isInteger(preset))) {
    return wholeAround(preset, isGrid);
  }
  if (preset >= 0.1 && preset < 1) return fractionAround(preset, isGrid);
  if (isGrid) return { values: [preset / 10, preset, preset * 10].map(clean) };
  return {
    distribution: "log_uniform_values",
    min: clean(preset / 10),
    max: clean(preset * 10),
  };
}

function wholeAround(preset: number, isGrid: boolean): Fields {
  const [min, max] = [Math.max(1, Math.floor(preset / 2)), preset * 2];
  if (isGrid) return { values: [...new Set([min, preset, max])] };
  return { distribution: "int_uniform", min, max };
}

/** A number below 1 and not small is a part of something, more often than a scale. */
function fractionAround(preset: number, isGrid: boolean): Fields {
  const [min, max] = [clean(preset / 2), clean(Math.min(1, preset * 2))];
  if (isGrid) return { values: [min, preset, max] };
  return { distribution: "uniform", min, max };
}

/** Without the digits that division leaves. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
