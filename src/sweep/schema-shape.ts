/** What a schema of the grammar asks for, in words: read from the schema itself. */
import * as z from "zod";
import { type Facts, factsOf } from "./facts.js";

/** Without what makes it optional. */
export function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}

/** The facts of a schema, or of what it wraps. */
export function factsThrough(schema: z.ZodType): Facts | undefined {
  return factsOf(schema) ?? factsOf(unwrap(schema));
}

export function isRequired(schema: z.ZodType): boolean {
  return !(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault);
}

export function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.ZodType>> {
  return schema.shape as Record<string, z.ZodType>;
}

export function optionsOf(schema: z.ZodUnion): readonly z.ZodType[] {
  return schema.options as readonly z.ZodType[];
}

/** What may stand there: `a number`, `"auto"`. */
export function expectations(schema: z.ZodType): readonly string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) return [...new Set(optionsOf(inner).flatMap(expectations))];
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return ["a map"];
  if (inner instanceof z.ZodArray) return ["a list"];
  if (inner instanceof z.ZodString) return [factsOf(inner)?.form ?? "text"];
  if (inner instanceof z.ZodNumber) return [inner.isInt ? "a whole number" : "a number"];
  if (inner instanceof z.ZodBoolean) return ["true or false"];
  return choicesOf(inner).map((choice) => JSON.stringify(choice));
}

/** The values of an enumeration or a literal; none for other schemas. */
export function choicesOf(schema: z.ZodType): readonly string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  if (inner instanceof z.ZodLiteral) return [...inner.values].map(String);
  if (inner instanceof z.ZodUnion) return optionsOf(inner).flatMap(choicesOf);
  return [];
}
