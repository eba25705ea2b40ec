/**
 * What may be written at the cursor. Nothing here needs the document to be valid: the place is found
 * by its lines, what may stand there by the grammar, and what is likely to by what is around it.
 */
import * as z from "zod";
import { parameter, parameters } from "../sweep/parameter-grammar.js";
import type { TextRange } from "../sweep/tree.js";
import { commandItems, commandWords, wholeCommands } from "./completion-command.js";
import { deckOffers } from "./completion-deck.js";
import { expressionAt } from "./completion-expression.js";
import { distributionOffers, newParameters, parameterKeys } from "./completion-forms.js";
import { booleanOffers, choiceOffers, objectKeys } from "./completion-grammar.js";
import { parameterValues } from "./completion-parameter-values.js";
import {
  proposedDefinition,
  proposedParameter,
  scriptParameters,
  wholeParameters,
} from "./completion-parameters.js";
import { wholeSweeps } from "./completion-templates.js";
import { goalOffers, metricNames, programs, runCaps, wholeMetric } from "./completion-values.js";
import { type Cursor, cursorAt } from "./cursor.js";
import { type Offer, type Site, scriptAround } from "./offer.js";
import { alternativesBeside, isMetricName, schemasAt } from "./place.js";
import { sketchOf } from "./sketch.js";
import { escaped, written } from "./snippet.js";
import type { Surroundings } from "./surroundings.js";

export interface Completion {
  readonly label: string;
  readonly kind: Offer["kind"];
  /** In the syntax of TextMate; lines after the first continue at the indent of the first. */
  readonly snippet: string;
  /** What it replaces. */
  readonly range: TextRange;
  /** What the word at the cursor is compared with, where that is not the label. */
  readonly filterText?: string;
  /** Beside the label, in a few words. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation: string;
  readonly deprecated: boolean;
  /** Whether something is completed again where it ends. */
  readonly suggestsNext: boolean;
  /**
   * Whether its label is made of the word at the cursor, so that the list is wanted anew at each
   * letter. What it inserts is right for a word that has grown since all the same.
   */
  readonly takesWord: boolean;
}

/** In the order in which they are to be listed. Never throws. */
export function completionsAt(
  text: string,
  offset: number,
  around: Surroundings,
): readonly Completion[] {
  const expression = expressionAt(text, offset);
  if (expression !== undefined) {
    return expression.offers.map((offer) => completionOf(offer, expression.word));
  }
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return [];
  const site = siteOf(text, cursor, around);
  const offers = cursor.at === "value" ? valuesAt(site) : keysAt(site);
  if (cursor.at === "item") offers.push(...valuesAt(site));
  const [first, last] = [offers.filter((each) => !each.last), offers.filter((each) => each.last)];
  const fitting = withoutRepeats([...first, ...last]).filter(
    ({ kind }) => kind !== "form" || !cursor.hasColon,
  );
  // Behind a complete word Enter is to end the line.
  if (offset === cursor.word.end && fitting.some((offer) => isComplete(offer, site))) return [];
  return fitting.map((offer) => completionFrom(offer, site, text));
}

/** Whether the offer stands there already, and would insert nothing else. */
function isComplete(offer: Offer, { cursor, typed }: Site): boolean {
  const { label } = offer;
  if (typed.replaceAll(/^["']|["']$/g, "") !== label) return false;
  const inserted = insertedBy(offer, cursor);
  return inserted === escaped(label) || inserted === escaped(written(label));
}

/** Where a key has its colon already, its name alone. */
function insertedBy({ label, kind, snippet }: Offer, { hasColon }: Cursor): string {
  const isName = kind === "key" || kind === "parameter";
  return hasColon && isName ? escaped(label) : snippet;
}

function siteOf(text: string, cursor: Cursor, around: Surroundings): Site {
  const sketch = sketchOf(text);
  const script = scriptAround(around, sketch);
  const typed = text.slice(cursor.word.start, cursor.word.end);
  return { cursor, typed, sketch, around, ...(script !== undefined && { script }) };
}

/** What the surroundings know comes before what the grammar allows, and may be the same. */
function withoutRepeats(offers: readonly Offer[]): readonly Offer[] {
  const seen = new Set<string>();
  return offers.filter(({ label }) => {
    if (seen.has(label)) return false;
    seen.add(label);
    return true;
  });
}

function keysAt(site: Site): Offer[] {
  const { cursor } = site;
  const places = schemasAt(cursor.path);
  if (places.includes(parameter)) return [...proposedDefinition(site), ...parameterKeys(site)];
  const offers: Offer[] = [...deckOffers(site), ...wholeSweeps(site)];
  for (const place of places) {
    if (place === parameters) {
      offers.push(...scriptParameters(site), ...proposedParameter(site), ...newParameters(site));
    }
    for (const inner of alternativesBeside(place, cursor.siblings)) {
      if (inner instanceof z.ZodObject) offers.push(...objectKeys(inner, site));
      if (inner instanceof z.ZodArray && cursor.at === "key") offers.push(...newItems(site));
    }
  }
  return cursor.path.length === 0 ? withWholeBlocks(offers, site) : offers;
}

/** Blocks that the script fills in come right behind the keys that they begin with. */
function withWholeBlocks(offers: readonly Offer[], site: Site): Offer[] {
  const wholes = [...wholeMetric(site), ...wholeParameters(site)];
  const behindKeys = offers.flatMap((offer) => [
    offer,
    ...wholes.filter(({ label }) => label.startsWith(`${offer.label}:`)),
  ]);
  const hasCommand = site.cursor.siblings.has("command");
  const commands = hasCommand ? [] : wholeCommands(site);
  return [...behindKeys, ...commands.map((offer) => ({ ...offer, last: true }))];
}

/** The items of a list of which not even the dash is there. */
function newItems(site: Site): Offer[] {
  const { cursor } = site;
  const item: Site = {
    ...site,
    cursor: { ...cursor, path: [...cursor.path, null], at: "value" },
  };
  const dash = cursor.style === "block" ? "- " : "";
  const single = valuesAt(item).map((offer) => ({ ...offer, snippet: dash + offer.snippet }));
  const isCommand = cursor.path.length === 1 && cursor.path[0] === "command";
  return isCommand && site.sketch.command.length === 0
    ? [...commandItems(site), ...single]
    : single;
}

function valuesAt(site: Site): Offer[] {
  const { path } = site.cursor;
  const [first, second, ...more] = path;
  if (first === "command" && second === null && more.length === 0) return commandWords(site);
  if (first === "program" && second === undefined) return programs(site);
  if (first === "run_cap" && second === undefined) return runCaps(site);
  if (isMetricName(path)) return metricNames(site);
  const isField = schemasAt(path.slice(0, -1)).includes(parameter);
  if (isField && path.at(-1) === "distribution") return distributionOffers(site);
  const grammar = schemasAt(path).flatMap((place) => [
    ...booleanOffers(place),
    ...choiceOffers(place),
  ]);
  if (path.at(-1) === "goal") return goalOffers(grammar, site);
  return [...parameterValues(site), ...deckOffers(site), ...grammar];
}

function completionFrom(offer: Offer, site: Site, text: string): Completion {
  const { cursor } = site;
  const { label } = offer;
  const whole = insertedBy(offer, cursor);
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
    ...completionOf(offer, cursor.word),
    snippet: cursor.needsSpace ? ` ${quoted}` : quoted,
    ...(filterText !== undefined && { filterText }),
    suggestsNext: /: $|\n {2,}\$\d+$/.test(whole) || hasValuesAtFirst(whole, site),
  };
}

/** Whether the first field of a snippet is an empty value of a key for which there are completions. */
function hasValuesAtFirst(snippet: string, site: Site): boolean {
  const before = /^([^$]*): \$1(?!\d)/.exec(snippet)?.[1];
  if (before === undefined) return false;
  let indent = Number.POSITIVE_INFINITY;
  const keys: string[] = [];
  for (const line of `${before}:`.split("\n").toReversed()) {
    const [, space = "", key] = /^( *)([\w-]+):/.exec(line) ?? [];
    if (key === undefined || space.length >= indent) continue;
    indent = space.length;
    keys.unshift(key);
  }
  const path = [...site.cursor.path, ...keys];
  const cursor: Cursor = { ...site.cursor, path, at: "value", siblings: new Map() };
  return valuesAt({ ...site, cursor, typed: "" }).length > 0;
}

/** As it is offered, in place of the word at the cursor. */
function completionOf(offer: Offer, range: TextRange): Completion {
  const { label, kind, snippet, detail, documentation } = offer;
  const { deprecated = false, takesWord = false } = offer;
  return {
    label,
    kind,
    snippet,
    range,
    ...(detail !== undefined && { detail }),
    documentation,
    deprecated,
    suggestsNext: false,
    takesWord,
  };
}
