/** Completions of a parameter's own definition: whole forms, keys that still fit, distributions. */
import { factsOf } from "../sweep/facts.js";
import { type DefinitionName, definitions, distributionNames } from "../sweep/parameter-grammar.js";
import { shapeOf } from "../sweep/schema-shape.js";
import { definitionLines, fieldSnippet, fitting, isInferred } from "./definition.js";
import { describe } from "./describe.js";
import type { Offer, Site } from "./offer.js";
import { unquoted } from "./outline.js";
import { currentWord, escaped, newFields } from "./snippet.js";

/** Within a parameter: whole forms where nothing is there yet, and the keys that still fit. */
export function parameterKeys({ cursor }: Site): Offer[] {
  const { siblings, style } = cursor;
  const distribution = siblings.get("distribution");
  const fits = fitting(siblings.keys(), distribution && unquoted(distribution));
  const offers = siblings.size === 0 ? fits.map((name) => wholeForm(name, style)) : [];
  const seen = new Set(siblings.keys());
  for (const name of fits) {
    for (const [key, of] of Object.entries(shapeOf(definitions[name]))) {
      if (seen.has(key)) continue;
      seen.add(key);
      const snippet = key === "distribution" ? "distribution: " : fieldSnippet(name, key);
      // Where one form is left, the name of its distribution says nothing new.
      const last = key === "distribution" && fits.every(isInferred);
      offers.push({ label: key, kind: "key", snippet, documentation: describe(of), last });
    }
  }
  return offers;
}

function wholeForm(name: DefinitionName, style: Site["cursor"]["style"]): Offer {
  const lines = definitionLines(name, new Set());
  return { ...formOffer(name), snippet: style === "flow" ? inLine(lines) : lines.join("\n") };
}

/** A new parameter, called what is typed already, in the forms that most have. */
export function newParameters({ cursor, typed }: Site): Offer[] {
  const usual: readonly DefinitionName[] = [
    "categorical",
    "log_uniform_values",
    "uniform",
    "int_uniform",
    "constant",
    "group",
  ];
  return usual.map((definition) => {
    const fields = newFields();
    const head = `${typed === "" ? fields.text("name") : nameOf(typed, cursor.style)}:`;
    const lines = definitionLines(definition, new Set(), fields);
    return {
      ...formOffer(definition),
      label: `${typed || "parameter"}: ${definition}`,
      snippet:
        cursor.style === "flow" ? `${head} {${inLine(lines)}}` : [head, ...lines].join("\n  "),
      ...(typed !== "" && { filterText: typed }),
      takesWord: true,
    };
  });
}

function formOffer(name: DefinitionName): Omit<Offer, "snippet"> {
  const deprecated = factsOf(definitions[name])?.deprecated !== undefined;
  return {
    label: name,
    kind: "form",
    documentation: describe(definitions[name]),
    ...(deprecated && { deprecated, last: true }),
  };
}

/** The lines of a form, within brackets. */
function inLine(lines: readonly string[]): string {
  const [first = "", ...more] = lines;
  return first === "parameters:" ? "parameters: {$1}" : [first, ...more].join(", ");
}

/** The name, and behind it the fields that it needs and that are not there. */
export function distributionOffers({ cursor }: Site): Offer[] {
  const { siblings, style } = cursor;
  const present = new Set([...siblings.keys(), "distribution"]);
  const fits = new Set(fitting(siblings.keys(), undefined));
  return distributionNames.map((name) => {
    const rest = fits.has(name) ? definitionLines(name, present) : [];
    const { last = false, ...offer } = formOffer(name);
    return {
      ...offer,
      kind: "value",
      snippet: [name, ...rest].join(style === "flow" ? ", " : "\n"),
      last: last || !fits.has(name),
    };
  });
}

/** Within brackets an editor counts a comma without a space behind it to the word. */
function nameOf(typed: string, style: Site["cursor"]["style"]): string {
  return style === "flow" ? escaped(typed) : currentWord(typed);
}
