/** The documentation of a parameter, as completion and hover show it. */
import type { Json } from "../../space/value.js";
import type { Evidence, Family } from "./family.js";
import { type Proposal, proposalFor } from "./proposal.js";
import { familyOf } from "./recognition.js";
import { type Context, nothingAround } from "./signs.js";
import { type Standing, shortTitle, sourceOf } from "./sources.js";
import { yamlFieldsOf } from "./yaml-fields.js";

/**
 * A few short paragraphs of Markdown; all that is known stands in `docs/established-practice.md`.
 * Undefined where nothing is known of the name.
 */
export function practiceMarkdown(
  name: string,
  preset?: Json,
  context: Context = nothingAround,
): string | undefined {
  const family = familyOf(name, context, preset);
  if (family === undefined) return undefined;
  const proposal = proposalFor(name, preset, context);
  return [
    `**${capital(family.title)}**: ${lowerFirst(family.what)}${importance(family)}`,
    proposal === undefined ? (family.advice?.text ?? "") : proposalParagraph(proposal),
    sourceLine(proposal ?? family.advice ?? family.order),
  ]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function proposalParagraph(proposal: Proposal): string {
  const written = yamlFieldsOf(proposal.fields).map(([key, text]) => `${key}: ${text}`);
  return `Proposed: \`{${written.join(", ")}}\`. ${proposal.laid} ${proposal.reason}`;
}

/** How much it matters among those of its area; empty where that is not worth a word. */
function importance({ order }: Family): string {
  const words: Readonly<Record<number, string>> = {
    1: " Usually the most important.",
    2: " Often the second most important.",
  };
  return words[order?.place ?? 0] ?? "";
}

/** `*Source: [Title](url).*`; of what was not read there, what it is instead. */
function sourceLine(evidence: Evidence | undefined): string {
  if (evidence === undefined) return "";
  const named = evidence.sources
    .filter((key) => key !== "sweepdeck" && key !== "surrogates")
    .map((key) => {
      const source = sourceOf(key);
      const title = shortTitle(source);
      return source.url === undefined ? title : `[${title}](${source.url})`;
    });
  const sources = `${named.length === 1 ? "Source" : "Sources"}: ${named.join(", ")}`;
  const kind = kinds[evidence.standing];
  const said = [kind, named.length === 0 ? "" : sources].filter((part) => part !== "");
  return said.length === 0 ? "" : `*${said.join(". ")}.*`;
}

const kinds: Readonly<Record<Standing, string>> = {
  read: "",
  "from memory": "Rule of thumb",
  judgement: "Rule of thumb",
  "measured on surrogates": "Measured on surrogates of training runs",
};

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
