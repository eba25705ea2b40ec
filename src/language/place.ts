/** What the grammar allows at a place of the file, found by the keys that lead there. */
import * as z from "zod";
import { sweepFile } from "../sweep/grammar.js";
import { optionsOf, shapeOf, unwrap } from "../sweep/schema-shape.js";
import { commonPart, variantOfType, variantsOf } from "../sweep/variants.js";
import type { Path } from "./cursor.js";
import { unquoted } from "./outline.js";

/**
 * The schemas that a value at `path` may follow, as the grammar has them (optional ones not
 * unwrapped, for what is said of a key is said of that); empty where the grammar knows no such place.
 */
export function schemasAt(path: Path): readonly z.ZodType[] {
  let places: readonly z.ZodType[] = [sweepFile];
  for (const step of path) {
    places = [...new Set(places.flatMap(alternatives).flatMap((place) => below(place, step)))];
  }
  return places;
}

/** Without wrapping, and with unions taken apart. */
export function alternatives(schema: z.ZodType): readonly z.ZodType[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodUnion ? optionsOf(inner).flatMap(alternatives) : [inner];
}

/** As `alternatives`; of maps that their `type` tells apart, the one that is meant. */
export function alternativesBeside(
  schema: z.ZodType,
  siblings: ReadonlyMap<string, string>,
): readonly z.ZodType[] {
  const variants = variantsOf(schema);
  if (variants.length === 0) return alternatives(schema);
  const type = siblings.get("type");
  const meant = variantOfType(variants, type === undefined ? undefined : unquoted(type));
  return [meant ?? commonPart(variants)];
}

function below(schema: z.ZodType, step: string | null): readonly z.ZodType[] {
  if (schema instanceof z.ZodArray) return step === null ? [schema.element as z.ZodType] : [];
  if (step === null) return [];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = shapeOf(schema);
  const found = Object.hasOwn(shape, step) ? shape[step] : undefined;
  return found === undefined ? [] : [found];
}

/** `optim.lr` of `parameters: {optim: {parameters: {lr: …}}}`. */
export function parameterName(path: Path): string {
  return path.filter((_, index) => index % 2 === 1).join(".");
}

/** Of `metric`, of `metrics`, and of the objectives of the `sweepdeck:` block. */
export function isMetricName(path: Path): boolean {
  const holder = path.slice(0, -1).join(".");
  return (
    path.at(-1) === "name" &&
    (holder === "metric" || holder === "metrics." || holder === "sweepdeck.objectives.")
  );
}
