/**
 * Scalars as PyYAML's `safe_load` reads them, which is how W&B reads a sweep file.
 *
 * PyYAML follows YAML 1.1 in its own way: `yes`, `on` and `010` are a boolean, a boolean and 8,
 * but `y` is text, and so is `1e-4`, for want of a dot. One thing is read otherwise here: a
 * decimal number that PyYAML takes for text is a number, marked so that the reader is warned.
 */
import type { ScalarType } from "./tree.js";

export interface ReadScalar {
  readonly type: ScalarType;
  readonly value: null | boolean | number | string;
  readonly textToPyYaml?: true;
}

/** What PyYAML refuses to read. */
export interface UnreadableScalar {
  readonly type: "unreadable";
}

const unreadable: UnreadableScalar = { type: "unreadable" };

const booleanWord =
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const nullWord = /^(?:~|null|Null|NULL|)$/;
const integer =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const timestamp =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
/** Decimals that PyYAML takes for text; a leading zero alone (`08`) stays text. */
const looseDecimal =
  /^[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?[eE][-+]?\d+|\d+\.\d*[eE]\d+|\.\d+(?:[eE][-+]?\d+)?)$/;

/** A scalar without quotes and without a tag. */
export function readPlain(source: string): ReadScalar | UnreadableScalar {
  const first = source.charCodeAt(0);
  // Most plain scalars are words that start with a letter no special word starts with.
  if (first >= 0x41 && !"yYnNtTfFoO~".includes(source.charAt(0))) return text(source);
  if (nullWord.test(source)) return { type: "null", value: null };
  if (booleanWord.test(source)) return readBoolean(source);
  if (float.test(source)) return readFloat(source);
  if (integer.test(source)) return readInteger(source);
  if (timestamp.test(source)) return { type: "date", value: source };
  if (looseDecimal.test(source)) {
    return { type: "float", value: Number(source), textToPyYaml: true };
  }
  // PyYAML keeps them for merging and for default values, and constructs neither as a value.
  if (source === "<<" || source === "=") return unreadable;
  return text(source);
}

/** A scalar with a tag (`!!float 1e-4`); undefined if the tag has no form in JSON. */
export function readTagged(source: string, tag: string): ReadScalar | UnreadableScalar | undefined {
  switch (tag) {
    case "!":
      // Means "text" in YAML, and "as if it were plain" in PyYAML, quotes or not.
      return readPlain(source);
    case "tag:yaml.org,2002:str":
      return text(source);
    case "tag:yaml.org,2002:null":
      return { type: "null", value: null };
    case "tag:yaml.org,2002:bool":
      return readBoolean(source);
    case "tag:yaml.org,2002:int":
      return readInteger(source);
    case "tag:yaml.org,2002:float":
      return readFloat(source);
    case "tag:yaml.org,2002:timestamp":
      return timestamp.test(source) ? { type: "date", value: source } : unreadable;
    default:
      return undefined;
  }
}

function text(source: string): ReadScalar {
  return { type: "text", value: source };
}

function readBoolean(source: string): ReadScalar | UnreadableScalar {
  const word = source.toLowerCase();
  if (["yes", "true", "on"].includes(word)) return { type: "boolean", value: true };
  if (["no", "false", "off"].includes(word)) return { type: "boolean", value: false };
  return unreadable;
}

function readInteger(source: string): ReadScalar | UnreadableScalar {
  const { sign, digits } = splitSign(source.replaceAll("_", ""));
  const value = wholeNumber(digits);
  return value === undefined ? unreadable : { type: "integer", value: sign * value };
}

function wholeNumber(digits: string): number | undefined {
  if (digits === "0") return 0;
  if (digits.startsWith("0b")) return inBase(digits.slice(2), 2);
  if (digits.startsWith("0x")) return inBase(digits.slice(2), 16);
  if (digits.startsWith("0")) return inBase(digits, 8);
  if (digits.includes(":")) return sexagesimal(digits, /^\d+$/);
  return inBase(digits, 10);
}

function inBase(digits: string, base: 2 | 8 | 10 | 16): number | undefined {
  const allowed = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-fA-F]+$/ }[base];
  if (!allowed.test(digits)) return undefined;
  const prefix = { 2: "0b", 8: "0o", 10: "", 16: "0x" }[base];
  return Number(`${prefix}${digits}`);
}

function readFloat(source: string): ReadScalar | UnreadableScalar {
  const { sign, digits } = splitSign(source.replaceAll("_", "").trim().toLowerCase());
  const value = decimal(digits);
  return value === undefined ? unreadable : { type: "float", value: sign * value };
}

function decimal(digits: string): number | undefined {
  if (/^(?:\.inf|inf|infinity)$/.test(digits)) return Infinity;
  if (/^\.?nan$/.test(digits)) return NaN;
  if (digits.includes(":")) return sexagesimal(digits, /^(?:\d+\.?\d*|\.\d+)$/);
  return /^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** 12:30 is 750: hours, minutes and seconds, or degrees. */
function sexagesimal(digits: string, allowed: RegExp): number | undefined {
  const parts = digits.split(":");
  if (!parts.every((part) => allowed.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

function splitSign(source: string): { sign: 1 | -1; digits: string } {
  const signed = source.startsWith("-") || source.startsWith("+");
  return { sign: source.startsWith("-") ? -1 : 1, digits: signed ? source.slice(1) : source };
}
