/**
 * What may be written at the cursor. Nothing here needs the document to be valid: the place is found
 * by its lines, and the rest is read from the grammar.
 */
import * as z from "zod";
import { commandMacros } from "../sweep/command-rules.js";
import { factsOf } from "../sweep/facts.js";
import {
  type DefinitionName,
  definitions,
  distributionNames,
  parameter,
  parameters,
} from "../sweep/parameter-grammar.js";
import { choicesOf, factsThrough, shapeOf } from "../sweep/schema-shape.js";
import type { TextRange } from "../sweep/tree.js";
import { type Cursor, cursorAt } from "./cursor.js";
import { definitionLines, fieldSnippet, fitting, isInferred } from "./definition.js";
import { describe, describeValue, isSupported } from "./describe.js";
import { unquoted } from "./outline.js";
import { alternatives, schemasAt } from "./place.js";
import { escaped, flowSnippet, isBoolean, keySnippet, newFields, written } from "./snippet.js";
import type { Surroundings } from "./surroundings.js";

export interface Completion {
  readonly label: string;
  readonly kind: "key" | "value" | "macro" | "form";
  /** In the syntax of TextMate; lines after the first continue at the indent of the first. */
  readonly snippet: string;
  /** What it replaces. */
  readonly range: TextRange;
  /** What the word at the cursor is compared with, where that is not the label. */
  readonly filterText?: string;
  /** Markdown. */
  readonly documentation: string;
  readonly deprecated: boolean;
  /** Whether something is completed again where it ends. */
  readonly suggestsNext: boolean;
  /** Whether it is made of the word at the cursor, and another word makes it another. */
  readonly takesWord: boolean;
}

/** What is offered, before it is fitted to the cursor. */
interface Offer {
  readonly label: string;
  readonly kind: Completion["kind"];
  readonly snippet: string;
  readonly filterText?: string;
  readonly documentation: string;
  readonly deprecated?: boolean;
  /** Accepted, but of little use here: offered last. */
  readonly last?: boolean;
  readonly takesWord?: boolean;
}

/** In the order in which they are to be listed. */
export function completionsAt(
  text: string,
  offset: number,
  _around: Surroundings,
): readonly Completion[] {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return [];
  const typed = text.slice(cursor.word.start, cursor.word.end);
  const offers = cursor.at === "value" ? valuesAt(cursor) : keysAt(cursor, typed);
  if (cursor.at === "item") offers.push(...valuesAt(cursor));
  const [first, last] = [offers.filter((each) => !each.last), offers.filter((each) => each.last)];
  return [...first, ...last]
    .filter(({ kind }) => kind !== "form" || !cursor.hasColon)
    .map((offer) => completionFrom(offer, cursor, text));
}

function keysAt(cursor: Cursor, typed: string): Offer[] {
  const places = schemasAt(cursor.path);
  if (places.includes(parameter)) return parameterKeys(cursor);
  const offers: Offer[] = [];
  for (const place of places) {
    if (place === parameters) offers.push(...newParameters(cursor, typed));
    for (const inner of alternatives(place)) {
      if (inner instanceof z.ZodObject) offers.push(...objectKeys(inner, cursor));
      if (inner instanceof z.ZodArray && cursor.at === "key") offers.push(...newItems(cursor));
    }
  }
  return offers;
}

function objectKeys(schema: z.ZodObject, { siblings, style }: Cursor): Offer[] {
  return Object.entries(shapeOf(schema))
    .filter(([key]) => !siblings.has(key))
    .map(([key, of]) => {
      const facts = factsThrough(of);
      const last = facts?.notYet !== undefined || facts?.notUsed !== undefined;
      const snippet = style === "flow" ? flowSnippet(key, of) : keySnippet(key, of);
      return { label: key, kind: "key", snippet, documentation: describe(of), last };
    });
}

function parameterKeys({ siblings, style }: Cursor): Offer[] {
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

function wholeForm(name: DefinitionName, style: Cursor["style"]): Offer {
  const lines = definitionLines(name, new Set());
  return { ...formOffer(name), snippet: style === "flow" ? inLine(lines) : lines.join("\n") };
}

/** A new parameter, called what is typed already, in the forms that most have. */
function newParameters({ style }: Cursor, typed: string): Offer[] {
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
    const head = `${typed === "" ? fields.text("name") : escaped(typed)}:`;
    const lines = definitionLines(definition, new Set(), fields);
    return {
      ...formOffer(definition),
      label: `${typed || "parameter"}: ${definition}`,
      snippet: style === "flow" ? `${head} {${inLine(lines)}}` : [head, ...lines].join("\n  "),
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

/** The items of a list of which not even the dash is there. */
function newItems(cursor: Cursor): Offer[] {
  const item: Cursor = { ...cursor, path: [...cursor.path, null], at: "value" };
  const dash = cursor.style === "block" ? "- " : "";
  return valuesAt(item).map((offer) => ({ ...offer, snippet: dash + offer.snippet }));
}

function valuesAt(cursor: Cursor): Offer[] {
  const { path } = cursor;
  const [first, second, ...more] = path;
  if (first === "command" && second === null && more.length === 0) return macroOffers();
  if (path.at(-1) === "distribution" && schemasAt(path.slice(0, -1)).includes(parameter)) {
    return distributionOffers(cursor);
  }
  return schemasAt(path).flatMap((place) => [...booleanOffers(place), ...choiceOffers(place)]);
}

function choiceOffers(place: z.ZodType): Offer[] {
  return choicesOf(place).map((choice) => ({
    label: choice,
    kind: "value",
    snippet: escaped(written(choice)),
    documentation: describeValue(place, choice),
    last: !isSupported(place, choice),
  }));
}

function booleanOffers(place: z.ZodType): Offer[] {
  if (!isBoolean(place)) return [];
  return ["true", "false"].map((value) => ({
    label: value,
    kind: "value",
    snippet: value,
    documentation: describeValue(place, value),
  }));
}

/** The name, and behind it the fields that it needs and that are not there. */
function distributionOffers({ siblings, style }: Cursor): Offer[] {
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

function macroOffers(): Offer[] {
  const offers = Object.entries(commandMacros).map(([name, meaning]): Offer => {
    const macro = `\${${name}}`;
    return { label: macro, kind: "macro", snippet: escaped(macro), documentation: meaning };
  });
  return [
    ...offers,
    {
      label: "${envvar:NAME}",
      kind: "macro",
      snippet: "\\${envvar:${1:NAME}\\}",
      documentation: "The value of an environment variable; it may stand inside a word.",
    },
  ];
}

function completionFrom(offer: Offer, cursor: Cursor, text: string): Completion {
  const { label, kind, documentation, deprecated = false, takesWord = false } = offer;
  const whole = cursor.hasColon && kind === "key" ? label : offer.snippet;
  // An editor continues at the indent of the line, which in a list is that of the dash.
  const nested = cursor.at === "item" ? whole.replaceAll("\n", "\n  ") : whole;
  const quote = /["']/.exec(text.charAt(cursor.word.start))?.[0];
  const head = escaped(label);
  const filterText = offer.filterText ?? (quote && `${quote}${label}`);
  const quoted =
    quote !== undefined && nested.startsWith(head)
      ? `${quote}${head}${quote}${nested.slice(head.length)}`
      : nested;
  return {
    label,
    kind,
    snippet: cursor.needsSpace ? ` ${quoted}` : quoted,
    range: cursor.word,
    ...(filterText !== undefined && { filterText }),
    documentation,
    deprecated,
    suggestsNext: /: $|\n {2,}\$\d+$/.test(whole),
    takesWord,
  };
}
