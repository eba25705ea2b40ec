/** Completions that the grammar alone gives: keys of blocks, values of enumerations. */
import type * as z from "zod";
import { choicesOf, factsThrough, shapeOf } from "../sweep/schema-shape.js";
import { describe, describeValue, isSupported } from "./describe.js";
import type { Offer, Site } from "./offer.js";
import { escaped, flowSnippet, isBoolean, keySnippet, written } from "./snippet.js";

/** The keys of a block that are not there yet. */
export function objectKeys(schema: z.ZodObject, { cursor, around }: Site): Offer[] {
  const { siblings, style } = cursor;
  return Object.entries(shapeOf(schema))
    .filter(([key]) => !siblings.has(key))
    .map(([key, of]) => {
      const facts = factsThrough(of);
      const last = facts?.notYet !== undefined || facts?.notUsed !== undefined;
      const usual = style === "flow" ? flowSnippet(key, of) : keySnippet(key, of);
      // Of the programs around there is a list: none of them is proposed before it opens.
      const isListed = key === "program" && cursor.path.length === 0 && around.programs.length > 0;
      const snippet = isListed ? "program: $1" : usual;
      return { label: key, kind: "key", snippet, documentation: describe(of), last };
    });
}

export function choiceOffers(place: z.ZodType): Offer[] {
  return choicesOf(place).map((choice) => ({
    label: choice,
    kind: "value",
    snippet: escaped(written(choice)),
    documentation: describeValue(place, choice),
    last: !isSupported(place, choice),
  }));
}

export function booleanOffers(place: z.ZodType): Offer[] {
  if (!isBoolean(place)) return [];
  return ["true", "false"].map((value) => ({
    label: value,
    kind: "value",
    snippet: value,
    documentation: describeValue(place, value),
  }));
}
