/** The documentation of a parameter, as completion and hover show it. */
import type { Json } from "../../space/value.js";
import type { Evidence, Family, Order } from "./family.js";
import { type Proposal, proposalFor } from "./proposal.js";
import { familyOf } from "./recognition.js";
import { type Context, nothingAround } from "./signs.js";
import { shortTitle, sourceOf } from "./sources.js";
import { yamlFieldsOf } from "./yaml-fields.js";

/** A few short paragraphs of Markdown; undefined where nothing is known of the name. */
export function practiceMarkdown(
  name: string,
  preset?: Json,
  context: Context = nothingAround,
): string | undefined {
  const family = familyOf(name, context, preset);
  if (family === undefined) return undefined;
  const proposal = proposalFor(name, preset, context);
  return [
    `**${capital(family.title)}**: ${lowerFirst(family.what)}`,
    proposal === undefined ? "" : proposalParagraph(proposal),
    family.order === undefined ? "" : orderParagraph(family.order, family),
    family.defaults === undefined ? "" : `Defaults elsewhere: ${family.defaults}.`,
    family.advice === undefined ? "" : `${family.advice.text} ${inWords(family.advice)}`,
  ]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function proposalParagraph(proposal: Proposal): string {
  const written = yamlFieldsOf(proposal.fields).map(([key, text]) => `${key}: ${text}`);
  return `Proposed: \`{${written.join(", ")}}\`. ${proposal.laid} ${proposal.reason} ${inWords(proposal)}`;
}

function orderParagraph(order: Order, { area }: Family): string {
  return `Importance: ${ordinal(order.place)} in ${area}. ${order.because} ${inWords(order)}`;
}

/** `*Source: [Title](url) (from memory).*` */
function inWords({ sources, standing }: Evidence): string {
  const named = sources.map((key) => {
    const source = sourceOf(key);
    const title = shortTitle(source);
    return source.url === undefined ? title : `[${title}](${source.url})`;
  });
  return `*${named.length === 1 ? "Source" : "Sources"}: ${named.join(", ")} (${standing}).*`;
}

export function ordinal(place: number): string {
  const suffix = { 1: "st", 2: "nd", 3: "rd" }[place] ?? "th";
  return `${place}${suffix}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names such as `L2` and `LoRA` keep their capitals. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
