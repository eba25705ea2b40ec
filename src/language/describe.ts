/** What the grammar says of a key or a value, as Markdown. */
import * as z from "zod";
import { factsThrough } from "../sweep/schema-shape.js";
import { alternatives } from "./place.js";

/** The meaning of a key, its default and its bounds; empty where the grammar is silent. */
export function describe(schema: z.ZodType): string {
  const facts = factsThrough(schema);
  if (facts === undefined) return "";
  const notes = [defaultOf(schema), boundsOf(schema)].filter((note) => note !== "");
  return paragraphs([
    facts.description,
    notes.join(" "),
    facts.deprecated === undefined ? "" : `Deprecated: use \`${facts.deprecated}\`.`,
    facts.notYet === undefined ? "" : `Not supported yet. Meanwhile, ${facts.notYet}.`,
    facts.notUsed === undefined ? "" : `Accepted for W&B: ${lowerFirst(facts.notUsed)}.`,
  ]);
}

/** One value of an enumeration. */
export function describeValue(schema: z.ZodType, value: string): string {
  const facts = factsThrough(schema);
  const instead = facts?.valuesNotYet?.[value];
  return paragraphs([
    facts?.values?.[value] ?? "",
    defaultValue(schema) === value ? "The default." : "",
    instead === undefined ? "" : `Not supported yet. Meanwhile, ${instead}.`,
  ]);
}

/** Whether a value does here what it says. */
export function isSupported(schema: z.ZodType, value: string): boolean {
  return factsThrough(schema)?.valuesNotYet?.[value] === undefined;
}

/** The values of an enumeration, one a line. */
export function describeValues(schema: z.ZodType): string {
  const values = factsThrough(schema)?.values ?? {};
  return Object.entries(values)
    .map(([value, meaning]) => `- \`${value}\`: ${meaning}`)
    .join("\n");
}

export function defaultValue(schema: z.ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

function defaultOf(schema: z.ZodType): string {
  const value = defaultValue(schema);
  return value === undefined ? "" : `Default: \`${String(value)}\`.`;
}

function boundsOf(schema: z.ZodType): string {
  const number = alternatives(schema).find((inner) => inner instanceof z.ZodNumber);
  if (number === undefined) return "";
  const { minValue, maxValue } = number;
  const least = isLimit(minValue)
    ? ` ${number.safeParse(minValue).success ? "from" : "above"} ${minValue}`
    : "";
  const most = isLimit(maxValue) ? ` up to ${maxValue}` : "";
  if (least === "" && most === "") return "";
  return `A ${number.isInt ? "whole " : ""}number${least}${most}.`;
}

/** The ends of the safe integers are what every whole number is held to. */
function isLimit(value: number | null): value is number {
  return value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

/** Text of others as it stands: nothing in it is a picture, a link or a heading. */
export function asPlainText(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]()#!~|<>&]/g, "\\$&")
    .trim();
}

/** Markdown of several parts, those that say nothing left out. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
