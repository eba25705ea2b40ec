/** What hover says of a parameter: what it draws, what the script makes of it, what practice knows. */
import type { Distribution } from "../space/space.js";
import { chooseDefinition } from "../sweep/parameter-definition.js";
import { definitions, parameter } from "../sweep/parameter-grammar.js";
import type { SweepDocument } from "../sweep/parse.js";
import type { MapNode, TextNode } from "../sweep/tree.js";
import { asPlainText, describe, paragraphs } from "./describe.js";
import { drawingOf } from "./distribution-drawing.js";
import { figuresOf, inWords } from "./distribution-words.js";
import { optionOf, type Sweepable } from "./options.js";
import { distributionIn } from "./parameter-entries.js";
import { optionSentences } from "./parameter-proposal.js";
import { contextOf, practiceMarkdown } from "./practice/practice.js";
import type { Surroundings } from "./surroundings.js";
import { markdownImage, type Theme } from "./svg.js";

export interface HoveredParameter {
  /** With dots between groups. */
  readonly name: string;
  readonly node: TextNode;
}

/** Markdown in up to three parts, with a line between them. */
export function parameterMarkdown(
  document: SweepDocument,
  { name, node }: HoveredParameter,
  around: Surroundings,
  theme: Theme,
): string {
  const option = optionOf(document, name, around);
  const said = node.kind === "map" ? drawn(name, node, option, theme) : "";
  const script = option === undefined ? "" : optionSentences(option);
  const context = contextOf({ document, problems: [] }, around);
  const choices = option?.choices === undefined ? {} : { choices: option.choices };
  const practice = practiceMarkdown(name, option?.default, { ...context, ...choices });
  return [said, script, practice ?? ""].filter((part) => part !== "").join("\n\n---\n\n");
}

function drawn(name: string, node: MapNode, option: Sweepable | undefined, theme: Theme): string {
  const choice = chooseDefinition(node);
  if (choice.kind === "definition" && choice.name === "group") {
    return `**${asPlainText(name)}**: ${describe(definitions.group)}`;
  }
  const distribution = distributionIn(node);
  if (distribution === undefined) return `**${asPlainText(name)}**: ${describe(parameter)}`;
  const words = inWords(distribution);
  const svg = drawingOf(distribution, { theme, default: option?.default });
  return paragraphs([
    `**${asPlainText(name)}**: ${words}`,
    svg === undefined ? "" : markdownImage(svg, alternative(words, option)),
    figures(distribution),
  ]);
}

function alternative(words: string, option: Sweepable | undefined): string {
  const preset = option?.default;
  const said = preset === undefined ? "" : ` The script's default is ${JSON.stringify(preset)}.`;
  return words.replaceAll("`", "") + said;
}

function figures(distribution: Distribution): string {
  const found = figuresOf(distribution);
  if (found === undefined) return "";
  const [low, middle, high] = found.quantiles;
  return `Half of the draws are at most ${middle}; nine of ten lie between ${low} and ${high}. For example ${found.samples.join(", ")}.`;
}
