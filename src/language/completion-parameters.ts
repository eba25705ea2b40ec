/** Completions that the script gives: its options that are not swept yet, whole parameters each. */
import type { Offer, ScriptAround, Site } from "./offer.js";
import type { Sweepable } from "./options.js";
import { optionMarkdown, type ParameterProposal, parameterFor } from "./parameter-proposal.js";
import { type Fields, newFields, written } from "./snippet.js";

/** The most worth searching first; those that are better left alone last. */
export function scriptParameters(site: Site): Offer[] {
  const { script, cursor } = site;
  if (script === undefined) return [];
  const group = groupOf(cursor.path);
  return proposalsNotSwept(site, script)
    .filter(({ option }) => group === "" || isNested(option, group))
    .map((proposal) => parameterOffer(proposal, group, site));
}

interface Documented extends ParameterProposal {
  readonly documentation: string;
}

const keptOf = new WeakMap<ScriptAround, readonly Documented[]>();

/** Of all options, in the order in which they are offered; of the same script made once. */
function proposalsOf(script: ScriptAround): readonly Documented[] {
  const kept = keptOf.get(script);
  if (kept !== undefined) return kept;
  const { options, context } = script;
  const proposals = options
    .map((option) => ({
      ...parameterFor(option, context),
      documentation: optionMarkdown(option, context),
    }))
    .sort((a, b) => a.rank - b.rank);
  keptOf.set(script, proposals);
  return proposals;
}

function proposalsNotSwept(site: Site, script: ScriptAround): readonly Documented[] {
  const { cursor, sketch } = site;
  const swept = new Set(sketch.parameters.map(({ name }) => alike(name)));
  for (const key of cursor.siblings.keys()) swept.add(alike(`${prefixOf(cursor.path)}${key}`));
  // The word at the cursor is in the sketch too, once a colon follows it.
  if (cursor.hasColon) swept.delete(alike(`${prefixOf(cursor.path)}${site.typed}`));
  return proposalsOf(script).filter(({ option }) => !swept.has(alike(option.name)));
}

function alike(name: string): string {
  return name.replaceAll("-", "_");
}

/** `optim` in `parameters: {optim: {parameters: ‸}}`; empty at the top. */
function groupOf(path: Site["cursor"]["path"]): string {
  return path
    .slice(1)
    .filter((_, index) => index % 2 === 0)
    .join(".");
}

function prefixOf(path: Site["cursor"]["path"]): string {
  const group = groupOf(path);
  return group === "" ? "" : `${group}.`;
}

/** W&B hands a group to `wandb.config` as a map; a command line gets it as one value. */
function isNested({ name, from }: Sweepable, group: string): boolean {
  return from === "wandb.config" && name.startsWith(`${group}.`);
}

function parameterOffer(proposal: Documented, group: string, { cursor }: Site): Offer {
  const { option, summary, documentation } = proposal;
  const name = group === "" ? option.name : option.name.slice(group.length + 1);
  // Names with dots are keys of their own on a command line, and maps within maps in the config.
  const keys = option.from === "wandb.config" ? name.split(".") : [name];
  const isFlow = cursor.style === "flow";
  return {
    label: name,
    kind: "parameter",
    snippet: isFlow ? flowParameter(keys, proposal) : blockParameter(keys, proposal).join("\n"),
    detail: summary,
    documentation,
  };
}

function blockParameter(keys: readonly string[], proposal: ParameterProposal): readonly string[] {
  const [key = "", ...inner] = keys;
  const lines =
    inner.length > 0
      ? ["parameters:", ...blockParameter(inner, proposal).map(indented)]
      : fieldSnippets(proposal, newFields());
  return [`${written(key)}:`, ...lines.map(indented)];
}

function flowParameter(keys: readonly string[], proposal: ParameterProposal): string {
  const [key = "", ...inner] = keys;
  const inside =
    inner.length > 0
      ? `parameters: {${flowParameter(inner, proposal)}}`
      : fieldSnippets(proposal, newFields()).join(", ");
  return `${written(key)}: {${inside}}`;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** What is likely to be changed is a field to go through: bounds and values, not the distribution. */
export function fieldSnippets({ fields }: ParameterProposal, stops: Fields): readonly string[] {
  return fields.map(([key, text]) => {
    if (key === "distribution") return `${key}: ${text}`;
    const list = /^\[(.*)\]$/.exec(text)?.[1];
    return list === undefined ? `${key}: ${stops.text(text)}` : `${key}: [${stops.text(list)}]`;
  });
}
