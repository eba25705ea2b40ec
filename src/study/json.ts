/**
 * JSON as Python writes it: the tokens NaN, Infinity and -Infinity stand for numbers.
 *
 * Only the journal holds such text. Every other file of a study is plain JSON.
 */
import type { Json } from "../space/value.js";

/** Parses one text; throws a SyntaxError where it is JSON by neither reading. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Plain JSON is all but every line, so the tokens are looked for only where it fails.
    if (!text.includes("NaN") && !text.includes("Infinity")) throw error;
    return parseWithTokens(text);
  }
}

const stringOrToken = /"(?:[^"\\]|\\.)*"|NaN|Infinity/g;

function parseWithTokens(text: string): unknown {
  let notANumber = "NaN";
  while (text.includes(`"${notANumber}"`)) notANumber += "'";
  const plain = text.replace(stringOrToken, (match) => {
    if (match === "NaN") return `"${notANumber}"`;
    // A literal too large for a double is read as an infinity.
    return match === "Infinity" ? "1e999" : match;
  });
  return JSON.parse(plain, (_key, value: unknown) => (value === notANumber ? Number.NaN : value));
}

/** The text of a value on one line, ASCII or not, with the tokens where JSON has no number. */
export function stringifyJson(value: Json): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(stringifyJson).join(",")}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${stringifyJson(member)}`,
  );
  return `{${members.join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return String(value);
}

/** As Python writes a float: with a point or an exponent, so that 3 is not read as an integer. */
export function floatText(value: number): string {
  const text = numberText(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Narrows what `parseJson` gave to an object with members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
