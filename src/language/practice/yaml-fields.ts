/** The fields of a proposal as they are written in a sweep file, read alike by every YAML. */
import type { Json } from "../../space/value.js";
import { readPlain } from "../../sweep/pyyaml.js";
import type { Fields } from "./family.js";

/** Key and value, in the order in which they are written. */
export function yamlFieldsOf(fields: Fields): readonly (readonly [key: string, text: string])[] {
  if ("values" in fields) {
    return [["values", `[${yamlValues(fields.values).join(", ")}]`]];
  }
  const isByFactors = fields.distribution.includes("log");
  const number = (value: number): string => (isByFactors ? scientific(value) : plain(value));
  const bounds = [
    ["distribution", fields.distribution],
    ["min", number(fields.min)],
    ["max", number(fields.max)],
  ] as const;
  return "q" in fields ? [...bounds, ["q", plain(fields.q)]] : bounds;
}

/** Where one of them needs its power of ten, all that are small show theirs. */
function yamlValues(values: readonly Json[]): readonly string[] {
  const texts = values.map(yamlValue);
  const isByFactors = texts.some((text) => /^\d[\d.]*e-/.test(text));
  return values.map((value, index) =>
    isByFactors && typeof value === "number" && value > 0
      ? scientific(value)
      : (texts[index] ?? ""),
  );
}

export function yamlValue(value: Json): string {
  if (typeof value === "number") return plain(value);
  if (typeof value !== "string") return JSON.stringify(value);
  return readPlain(value).type === "text" && /^[\w./+][\w./+-]*$/.test(value)
    ? value
    : JSON.stringify(value);
}

/** With the dot and the sign without which W&B reads text. */
function plain(value: number): string {
  const text = String(value);
  const short = value.toExponential();
  return text.includes("e") || (Math.abs(value) < 0.001 && short.length < text.length)
    ? dotted(short)
    : text;
}

/** Bounds that differ by factors show their powers of ten. */
function scientific(value: number): string {
  return value < 0.1 ? dotted(value.toExponential()) : plain(value);
}

function dotted(exponential: string): string {
  return exponential.includes(".") ? exponential : exponential.replace("e", ".0e");
}
