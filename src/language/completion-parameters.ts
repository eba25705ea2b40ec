/** Completions that the script gives: its options that are not swept yet, whole parameters each. */
import type { Offer, ScriptAround, Site } from "./offer.js";
import { type Sweepable, sweepableNamed } from "./options.js";
import {
  type NamedProposal,
  optionMarkdown,
  type ParameterProposal,
  parameterFor,
  proposalNamed,
} from "./parameter-proposal.js";
import { parameterName } from "./place.js";
import { currentWord, escaped, type Fields, newFields, written } from "./snippet.js";

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

/** More than these are searched only by who takes them in. */
const wholeBlockHolds = 3;

/** `parameters:` with the few options that matter most, where none is swept yet. */
export function wholeParameters({ cursor, script }: Site): Offer[] {
  if (script === undefined || cursor.style === "flow" || cursor.siblings.has("parameters"))
    return [];
  const telling = proposalsOf(script)
    .filter(({ role, option }) => role === "search" && !isGrouped(option))
    .slice(0, wholeBlockHolds);
  if (telling.length < 2) return [];
  const stops = newFields();
  const lines = telling.flatMap((proposal) => {
    const fields = fieldSnippets(proposal, stops).map(indented);
    return [`${escaped(written(proposal.option.name))}:`, ...fields];
  });
  return [
    {
      label: `parameters: ${inShort(telling.map(({ option }) => option.name))}`,
      kind: "form",
      snippet: ["parameters:", ...lines.map(indented)].join("\n"),
      detail: "most telling",
      documentation: telling
        .map(({ option, summary }) => `- \`${option.name}\`: ${summary}`)
        .join("\n"),
    },
  ];
}

/** A longer label is cut off, and with it what it holds. */
const namesFit = 24;

/** `lr, batch_size and 3 more`; at least the first. */
function inShort(names: readonly string[]): string {
  const all = names.join(", ");
  if (all.length <= namesFit) return all;
  const fits = names.filter((_, index) => names.slice(0, index + 1).join(", ").length <= namesFit);
  const shown = fits.length === 0 ? names.slice(0, 1) : fits;
  const more = names.length - shown.length;
  return more === 0 ? all : `${shown.join(", ")} and ${more} more`;
}

function isGrouped({ from, name }: Sweepable): boolean {
  return from === "wandb.config" && name.includes(".");
}

/** Of a parameter that has a name and nothing else: what practice, and its script, would have it be. */
export function proposedDefinition(site: Site): Offer[] {
  const { cursor } = site;
  const proposal = proposalFor(parameterName(cursor.path), site);
  if (proposal === undefined || cursor.siblings.size > 0) return [];
  const lines = fieldSnippets(proposal, newFields());
  return [
    {
      label: proposal.summary,
      kind: "form",
      snippet: lines.join(cursor.style === "flow" ? ", " : "\n"),
      detail: "proposed",
      documentation: proposal.documentation,
    },
  ];
}

/** A new parameter whose name is typed already, where practice knows it and the script has none such. */
export function proposedParameter({ cursor, typed, script, sketch }: Site): Offer[] {
  const isOption = script !== undefined && sweepableNamed(script.options, typed) !== undefined;
  const proposal = typed === "" || isOption ? undefined : proposalFor(typed, { sketch });
  if (proposal === undefined) return [];
  const lines = fieldSnippets(proposal, newFields());
  const snippet =
    cursor.style === "flow"
      ? `${escaped(typed)}: {${lines.join(", ")}}`
      : [`${currentWord(typed)}:`, ...lines].join("\n  ");
  return [
    {
      label: `${typed}: ${proposal.summary}`,
      kind: "form",
      snippet,
      filterText: typed,
      detail: "proposed",
      documentation: proposal.documentation,
      takesWord: true,
    },
  ];
}

/** By the script's option of that name, else by practice alone; `method` instead of the sweep's own. */
export function proposalFor(
  name: string,
  { script, sketch }: Pick<Site, "script" | "sketch">,
  method = sketch.method,
): NamedProposal | undefined {
  const aim = method === undefined ? {} : { method };
  const option = script && sweepableNamed(script.options, name);
  if (script !== undefined && option !== undefined) {
    const context = { ...script.context, ...aim };
    return { ...parameterFor(option, context), documentation: optionMarkdown(option, context) };
  }
  const siblings = sketch.parameters.map((each) => each.name);
  return proposalNamed(name, { siblings, ...aim });
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
function fieldSnippets(
  { fields }: Pick<ParameterProposal, "fields">,
  stops: Fields,
): readonly string[] {
  return fields.map(([key, text]) => {
    if (key === "distribution") return `${key}: ${text}`;
    const list = /^\[(.*)\]$/.exec(text)?.[1];
    return list === undefined ? `${key}: ${stops.text(text)}` : `${key}: [${stops.text(list)}]`;
  });
}
