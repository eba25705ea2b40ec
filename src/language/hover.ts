/** What is said of the word under the mouse. */
import type * as z from "zod";
import { distributionOf } from "../sweep/build-space.js";
import { commandMacros } from "../sweep/command-rules.js";
import { chooseDefinition } from "../sweep/parameter-definition.js";
import { definitions, distributionNames, parameter } from "../sweep/parameter-grammar.js";
import type { SweepDocument } from "../sweep/parse.js";
import { choicesOf, shapeOf } from "../sweep/schema-shape.js";
import type { MapNode, TextNode, TextRange } from "../sweep/tree.js";
import { describe, describeValue, describeValues, paragraphs } from "./describe.js";
import { figuresOf, inWords } from "./distribution-words.js";
import { schemasAt } from "./place.js";
import type { Surroundings } from "./surroundings.js";
import { type Trail, trailAt } from "./trail.js";

export interface Hover {
  readonly markdown: string;
  readonly range: TextRange;
}

/** Undefined where there is nothing to say. */
export function hoverAt(
  { text, root }: SweepDocument,
  offset: number,
  _around: Surroundings,
): Hover | undefined {
  const trail = trailAt(root, offset);
  if (trail === undefined) return undefined;
  const isWord = trail.path[0] === "command" && trail.at === "value";
  if (isWord) return macroHover(text, trail.node.range, offset);
  const markdown = trail.at === "key" ? ofKey(trail) : ofValue(trail);
  const range = trail.at === "key" ? (trail.entry?.keyRange ?? trail.node.range) : trail.node.range;
  return markdown === "" ? undefined : { markdown, range };
}

function ofKey(trail: Trail): string {
  const key = trail.path.at(-1);
  if (schemasAt(trail.path).includes(parameter)) return ofParameter(String(key), trail.node);
  const schema = schemaOf(trail);
  if (schema === undefined) return "";
  const said = paragraphs([describe(schema), describeValues(schema)]);
  return said === "" ? "" : `**${String(key)}**: ${said}`;
}

function ofValue(trail: Trail): string {
  const { node } = trail;
  if (node.kind !== "scalar") return "";
  const schema = schemaOf(trail);
  const isDistribution =
    trail.path.at(-1) === "distribution" && schemasAt(trail.path.slice(0, -1)).includes(parameter);
  if (isDistribution) {
    const name = distributionNames.find((each) => each === node.source);
    return name === undefined ? "" : `**${name}**: ${describe(definitions[name])}`;
  }
  if (schema === undefined || !choicesOf(schema).includes(node.source)) return "";
  const said = describeValue(schema, node.source);
  return said === "" ? "" : `**${node.source}**: ${said}`;
}

/** Of a key of a parameter, the one of its definition: `min` means one thing here, and another there. */
function schemaOf({ path, holders, entry }: Trail): z.ZodType | undefined {
  const holder = holders.at(-1);
  const isField = schemasAt(path.slice(0, -1)).includes(parameter);
  if (isField && holder?.kind === "map" && entry !== undefined) {
    const choice = chooseDefinition(holder);
    if (choice.kind === "definition") return shapeOf(definitions[choice.name])[entry.key];
  }
  return schemasAt(path)[0];
}

function ofParameter(name: string, node: TextNode): string {
  if (node.kind !== "map") return "";
  return paragraphs([`**${name}**: ${sentenceOf(node)}`, figures(node)]);
}

function sentenceOf(node: MapNode): string {
  const choice = chooseDefinition(node);
  if (choice.kind === "definition" && choice.name === "group") return describe(definitions.group);
  const distribution = readDistribution(node);
  return distribution === undefined ? describe(parameter) : inWords(distribution);
}

function figures(node: MapNode): string {
  const distribution = readDistribution(node);
  const found = distribution && figuresOf(distribution);
  if (found === undefined) return "";
  const [low, middle, high] = found.quantiles;
  return paragraphs([
    `Half of the draws are at most ${middle}; nine of ten lie between ${low} and ${high}.`,
    `For example ${found.samples.join(", ")}.`,
  ]);
}

function readDistribution(node: MapNode): ReturnType<typeof distributionOf> {
  const choice = chooseDefinition(node);
  if (choice.kind !== "definition" || choice.name === "group") return undefined;
  return distributionOf(node, choice.name);
}

function macroHover(text: string, word: TextRange, offset: number): Hover | undefined {
  for (const { index, 0: macro, 1: name = "" } of text
    .slice(word.start, word.end)
    .matchAll(/\$\{([^}]*)\}/g)) {
    const range = { start: word.start + index, end: word.start + index + macro.length };
    if (offset < range.start || offset > range.end) continue;
    const meaning = meaningOf(name);
    return meaning === undefined ? undefined : { markdown: `**${macro}**: ${meaning}`, range };
  }
  return undefined;
}

function meaningOf(macro: string): string | undefined {
  if (macro.startsWith("envvar:")) {
    return `The environment variable \`${macro.slice("envvar:".length)}\`; its bare name where it is not set.`;
  }
  return Object.entries(commandMacros).find(([name]) => name === macro)?.[1];
}
