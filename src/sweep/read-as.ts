/** The plain value of a tree, as a schema wants to see it. */
import * as z from "zod";
import { factsThrough, optionsOf, shapeOf, unwrap } from "./schema-shape.js";
import { isNull, type MapNode, type ScalarNode, type TextNode, textOf, toJson } from "./tree.js";
import { chooseVariant, variantsOf } from "./variants.js";

/** Where text is wanted, 1e-4 and 2026-01-31 are text; a block left empty is left out. */
export function readAs(schema: z.ZodType, node: TextNode): unknown {
  const inner = unwrap(schema);
  if (node.kind === "scalar") return scalarAs(inner, node);
  if (node.kind === "map" && inner instanceof z.ZodObject) return objectAs(inner, node);
  if (node.kind === "map" && inner instanceof z.ZodUnion) {
    const choice = chooseVariant(variantsOf(inner), node);
    const object = optionsOf(inner).find((option) => option instanceof z.ZodObject);
    const schema = choice.kind === "variant" ? choice.schema : object;
    return schema === undefined ? toJson(node) : objectAs(schema, node);
  }
  if (node.kind === "list" && inner instanceof z.ZodArray) {
    return node.items.map((item) => readAs(inner.element as z.ZodType, item));
  }
  return toJson(node);
}

function objectAs(schema: z.ZodObject, node: MapNode): unknown {
  const shape = shapeOf(schema);
  const entries = node.entries.flatMap(({ key, value }) => {
    const of = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (of === undefined) return [];
    if (factsThrough(of)?.mayBeNull && isNull(value)) return [];
    return [[key, readAs(of, value)] as const];
  });
  return Object.fromEntries(entries);
}

export function scalarAs(leaf: z.ZodType, node: ScalarNode): unknown {
  if (leaf instanceof z.ZodUnion) {
    const accepting = optionsOf(leaf).find(
      (option) => option.safeParse(scalarAs(unwrap(option), node)).success,
    );
    return accepting === undefined ? node.value : scalarAs(unwrap(accepting), node);
  }
  const wantsText =
    leaf instanceof z.ZodString || leaf instanceof z.ZodEnum || leaf instanceof z.ZodLiteral;
  return wantsText ? (textOf(node) ?? node.value) : node.value;
}
