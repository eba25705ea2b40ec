/** Unions of maps that their key `type` tells apart: samplers, stopping rules. */
import * as z from "zod";
import { withFacts } from "./facts.js";
import { choicesOf, factsThrough, isRequired, optionsOf, shapeOf, unwrap } from "./schema-shape.js";
import { type MapNode, type TextNode, textOf, valueAt } from "./tree.js";

export type VariantChoice =
  | { readonly kind: "variant"; readonly schema: z.ZodObject }
  /** `type` is there, and names none of them. */
  | { readonly kind: "unknown"; readonly node: TextNode; readonly types: z.ZodType }
  | { readonly kind: "missing" };

/** The maps of a union each of which has a `type` of its own; none for any other schema. */
export function variantsOf(schema: z.ZodType): readonly z.ZodObject[] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodUnion)) return [];
  const objects = optionsOf(inner).filter((option) => option instanceof z.ZodObject);
  const isVariant = objects.every((each) => typeSchema(each) instanceof z.ZodLiteral);
  return isVariant && objects.length > 1 ? objects : [];
}

export function chooseVariant(variants: readonly z.ZodObject[], node: MapNode): VariantChoice {
  const given = valueAt(node, "type");
  if (given === undefined) {
    const usual = variants.find((each) => !isRequired(shapeOf(each)["type"] ?? each));
    return usual === undefined ? { kind: "missing" } : { kind: "variant", schema: usual };
  }
  const schema = variantOfType(variants, textOf(given));
  if (schema !== undefined) return { kind: "variant", schema };
  return { kind: "unknown", node: given, types: z.enum(variants.flatMap(typesOf)) };
}

export function variantOfType(
  variants: readonly z.ZodObject[],
  type: string | undefined,
): z.ZodObject | undefined {
  return variants.find((each) => type !== undefined && typesOf(each).includes(type));
}

const commonParts = new WeakMap<z.ZodObject, z.ZodObject>();

/** `type`, as a choice of them all, and the keys that every variant has. */
export function commonPart(variants: readonly z.ZodObject[]): z.ZodObject {
  const [first = z.object({})] = variants;
  const known = commonParts.get(first);
  if (known !== undefined) return known;
  const shared = Object.entries(shapeOf(first)).filter(([key]) =>
    variants.every((each) => Object.hasOwn(shapeOf(each), key)),
  );
  const made = z.object({ ...Object.fromEntries(shared), type: typeChoice(variants) });
  commonParts.set(first, made);
  return made;
}

function typeChoice(variants: readonly z.ZodObject[]): z.ZodType {
  const facts = variants.flatMap((each) => factsThrough(shapeOf(each)["type"] ?? each) ?? []);
  return withFacts(z.enum(variants.flatMap(typesOf)), {
    description: facts[0]?.description ?? "",
    values: Object.assign({}, ...facts.map(({ values }) => values)),
    valuesNotYet: Object.assign({}, ...facts.map(({ valuesNotYet }) => valuesNotYet)),
  });
}

/** What a variant is called. */
export function typesOf(variant: z.ZodObject): readonly string[] {
  return choicesOf(shapeOf(variant)["type"] ?? z.never());
}

function typeSchema(object: z.ZodObject): z.ZodType {
  return unwrap(shapeOf(object)["type"] ?? z.never());
}
