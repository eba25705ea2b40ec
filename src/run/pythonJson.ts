/** JSON as Python's `json` writes it: NaN and infinities are tokens, and floats have Python's digits. */
import type { Json } from "../space/value.js";

/** The JSON text that Python's `json.dumps` makes of a value, so that scripts in any language read what W&B would give them. */
export function pythonJson(value: Json): string {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") return pythonJsonNumber(value);
  if (typeof value === "string") return asciiString(value);
  if (isList(value)) return `[${value.map(pythonJson).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, inner]) => `${asciiString(key)}: ${pythonJson(inner)}`,
  );
  return `{${entries.join(", ")}}`;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function pythonJsonNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return pythonNumber(value);
}

/**
 * A finite number as Python's `repr` writes it. A whole number is written as an integer, because
 * JSON does not say whether 1 was written 1.0, and `type=int` refuses 1.0 where `type=float` takes 1.
 */
export function pythonNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value)) return String(value);
  // CPython writes an exponent below -4 out. Here, where only fractions come, JavaScript writes the
  // same digits in every other case.
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return Number(exponent) < -4 ? `${digits}e-${exponent.slice(1).padStart(2, "0")}` : String(value);
}

function asciiString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const token = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/** Parses JSON that may hold the tokens NaN, Infinity and -Infinity; undefined where it is none. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only then, for it is slower: the tokens become strings of a mark that no text can hold.
  }
  try {
    return JSON.parse(
      text.replace(token, (found) =>
        found.startsWith('"') ? found : JSON.stringify(mark + found),
      ),
      (_key, value: unknown) =>
        typeof value === "string" && value.startsWith(mark)
          ? Number(value.slice(mark.length))
          : value,
    );
  } catch {
    return undefined;
  }
}

const mark = "\u0000\ud800number:";
