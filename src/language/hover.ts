/** What is said of the word under the mouse. */
import type * as z from "zod";
import { spaceOf } from "../sweep/build-space.js";
import { commandMacros } from "../sweep/command-rules.js";
import { chooseDefinition } from "../sweep/parameter-definition.js";
import { definitions, distributionNames, parameter } from "../sweep/parameter-grammar.js";
import { parseSweep, type SweepDocument } from "../sweep/parse.js";
import { choicesOf, shapeOf } from "../sweep/schema-shape.js";
import { type TextNode, type TextRange, valueAt } from "../sweep/tree.js";
import { chooseVariant, commonPart, variantsOf } from "../sweep/variants.js";
import { costInWords, trialsOf } from "./cost.js";
import { describe, describeValue, describeValues, paragraphs } from "./describe.js";
import { parameterMarkdown } from "./hover-parameter.js";
import { defaultsMarkdown, metricMarkdown, programMarkdown } from "./hover-script.js";
import { exampleOf } from "./macro-words.js";
import { mentionAt } from "./mentions.js";
import { parameterEntries } from "./parameter-entries.js";
import { isMetricName, parameterName, schemasAt } from "./place.js";
import { scheduleMarkdown } from "./schedule-words.js";
import type { Surroundings } from "./surroundings.js";
import type { Theme } from "./svg.js";
import { type Trail, trailAt } from "./trail.js";

export interface Hover {
  readonly markdown: string;
  readonly range: TextRange;
}

/** Undefined where there is nothing to say. `theme` is what the pictures are drawn for. */
export function hoverAt(
  document: SweepDocument,
  offset: number,
  around: Surroundings,
  theme: Theme = "any",
): Hover | undefined {
  const trail = trailAt(document.root, offset);
  if (trail === undefined) return undefined;
  if (trail.path[0] === "sweepdeck") {
    const mentioned = mentionHover(document, offset, around, theme);
    if (mentioned !== undefined) return mentioned;
  }
  const isWord = trail.path[0] === "command" && trail.at === "value";
  if (isWord) return macroHover(document, trail.node.range, offset, around);
  const looked = { document, trail, around, theme };
  const markdown = trail.at === "key" ? ofKey(looked) : ofValue(looked);
  const range = trail.at === "key" ? (trail.entry?.keyRange ?? trail.node.range) : trail.node.range;
  return markdown === "" ? undefined : { markdown, range };
}

/** A parameter that the block speaks of, told as where it is defined. */
function mentionHover(
  document: SweepDocument,
  offset: number,
  around: Surroundings,
  theme: Theme,
): Hover | undefined {
  const mention = mentionAt(document, offset);
  if (mention?.of !== "parameter") return undefined;
  const found = parameterEntries(document.root).find(({ name }) => name === mention.name);
  if (found === undefined) return undefined;
  const { name, entry } = found;
  const markdown = parameterMarkdown(document, { name, node: entry.value }, around, theme);
  return { markdown, range: mention.range };
}

interface Looked {
  readonly document: SweepDocument;
  readonly trail: Trail;
  readonly around: Surroundings;
  readonly theme: Theme;
}

function ofKey({ document, trail, around, theme }: Looked): string {
  const key = trail.path.at(-1);
  if (schemasAt(trail.path).includes(parameter)) {
    const name = parameterName(trail.path);
    return parameterMarkdown(document, { name, node: trail.node }, around, theme);
  }
  const schema = schemaOf(trail);
  if (schema === undefined) return "";
  const said = paragraphs([
    describe(schema),
    describeValues(schema),
    trail.path.length === 1 ? ofSweep(String(key), document, around) : "",
  ]);
  return said === "" ? "" : `**${String(key)}**: ${said}`;
}

/** What the whole sweep comes to, said at the keys that decide it. */
function ofSweep(key: string, document: SweepDocument, { past }: Surroundings): string {
  if (key !== "early_terminate" && key !== "run_cap") return "";
  const { sweep } = parseSweep(document.text);
  if (sweep === undefined) return "";
  if (key === "run_cap") return costInWords(sweep, past);
  const { earlyTerminate } = sweep;
  return earlyTerminate === undefined ? "" : scheduleMarkdown(earlyTerminate, trialsOf(sweep));
}

function ofValue({ document, trail, around }: Looked): string {
  const { node, path } = trail;
  if (node.kind !== "scalar") return "";
  if (path.length === 1 && path[0] === "program") return programMarkdown(node.source, around);
  if (isMetricName(path)) return metricMarkdown(node.source, around);
  const schema = schemaOf(trail);
  const isDistribution =
    trail.path.at(-1) === "distribution" && schemasAt(trail.path.slice(0, -1)).includes(parameter);
  if (isDistribution) {
    const name = distributionNames.find((each) => each === node.source);
    return name === undefined ? "" : `**${name}**: ${describe(definitions[name])}`;
  }
  if (schema === undefined || !choicesOf(schema).includes(node.source)) return "";
  const said = describeValue(schema, node.source);
  const isDefaults = node.source === "defaults" && path[1] === "initial";
  const defaults = isDefaults ? defaultsMarkdown(document, around) : "";
  return said === "" && defaults === ""
    ? ""
    : paragraphs([`**${node.source}**: ${said}`, defaults]);
}

/**
 * Of a key of a parameter, the one of its definition: `min` means one thing here, and another there.
 * So does `eta` in one stopping rule and another.
 */
function schemaOf({ path, holders, entry }: Trail): z.ZodType | undefined {
  const holder = holders.at(-1);
  const isField = schemasAt(path.slice(0, -1)).includes(parameter);
  if (isField && holder?.kind === "map" && entry !== undefined) {
    const choice = chooseDefinition(holder);
    if (choice.kind === "definition") return shapeOf(definitions[choice.name])[entry.key];
  }
  const variants = schemasAt(path.slice(0, -1))
    .map(variantsOf)
    .find((each) => each.length > 0);
  if (variants !== undefined && holder?.kind === "map" && entry !== undefined) {
    const choice = chooseVariant(variants, holder);
    const isOfAll = entry.key === "type" || choice.kind !== "variant";
    return shapeOf(isOfAll ? commonPart(variants) : choice.schema)[entry.key];
  }
  return schemasAt(path)[0];
}

function macroHover(
  { text, root }: SweepDocument,
  word: TextRange,
  offset: number,
  around: Surroundings,
): Hover | undefined {
  for (const { index, 0: macro, 1: name = "" } of text
    .slice(word.start, word.end)
    .matchAll(/\$\{([^}]*)\}/g)) {
    const range = { start: word.start + index, end: word.start + index + macro.length };
    if (offset < range.start || offset > range.end) continue;
    const meaning = meaningOf(name);
    if (meaning === undefined) return undefined;
    const markdown = paragraphs([`**${macro}**: ${meaning}`, becomes(name, root, around)]);
    return { markdown, range };
  }
  return undefined;
}

function meaningOf(macro: string): string | undefined {
  if (macro.startsWith("envvar:")) {
    return `The environment variable \`${macro.slice("envvar:".length)}\`; its bare name where it is not set.`;
  }
  return Object.entries(commandMacros).find(([name]) => name === macro)?.[1];
}

/** What the macro is here. */
function becomes(macro: string, root: TextNode | undefined, { program }: Surroundings): string {
  if (macro === "program") {
    return program?.kind === "read" || program?.kind === "unread"
      ? `Here: \`${program.path}\``
      : "";
  }
  const example = exampleOf(macro, spaceOf(valueAt(root, "parameters")));
  return example === undefined ? "" : `Here, for example:\n\`\`\`\n${example}\n\`\`\``;
}
