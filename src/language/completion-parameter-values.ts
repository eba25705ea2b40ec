/** Completions of what a parameter may be: what the script accepts, and what practice proposes. */
import { proposalFor } from "./completion-parameters.js";
import { type Offer, type Site, untilTyped } from "./offer.js";
import { type Sweepable, sweepableNamed, takesInWords } from "./options.js";
import { optionMarkdown } from "./parameter-proposal.js";
import { parameterName } from "./place.js";
import { yamlValue } from "./practice/practice.js";
import { escaped } from "./snippet.js";

/** At `value`, `values` and its items, `min`, `max` and the like of a parameter; else none. */
export function parameterValues(site: Site): Offer[] {
  const { path } = site.cursor;
  const isItem = path.at(-1) === null;
  const holder = path.slice(0, isItem ? -2 : -1);
  const field = path[holder.length];
  if (typeof field !== "string" || path[0] !== "parameters" || holder.length % 2 !== 0) return [];
  // Who goes on to the next line behind `values:` writes the list there.
  if (field === "values" && !isItem && site.cursor.needsSpace) return [];
  const name = parameterName(holder);
  const option = site.script && sweepableNamed(site.script.options, name);
  const accepted = option === undefined ? [] : acceptedBy(option, field, isItem, site);
  return accepted.length > 0 ? accepted : proposedFor(name, field, isItem, site);
}

/** The script's default first. */
function acceptedBy(option: Sweepable, field: string, isItem: boolean, { script }: Site): Offer[] {
  if (script === undefined || (field !== "value" && field !== "values")) return [];
  const { choices = [], default: preset, takes } = option;
  const isSwitch = takes.kind === "flag" || takes.kind === "boolean";
  const accepted = choices.length === 0 && isSwitch ? [true, false] : choices;
  const documentation = optionMarkdown(option, script.context);
  if (field === "values" && !isItem) {
    if (accepted.length === 0) return [];
    const whole = `[${accepted.map(yamlValue).join(", ")}]`;
    const detail = "all that the script accepts";
    return [{ label: whole, kind: "value", snippet: escaped(whole), detail, documentation }];
  }
  const values = preset === undefined || preset === null ? accepted : [preset, ...accepted];
  return [...new Set(values.map(yamlValue))].map((text) => {
    const isDefault = preset !== undefined && text === yamlValue(preset);
    const detail = isDefault ? "the script's default" : takesInWords(takes);
    const offer: Offer = {
      label: text,
      kind: "value",
      snippet: escaped(text),
      detail,
      documentation,
    };
    return accepted.length === 0 && typeof preset === "number"
      ? { ...offer, ...untilTyped }
      : offer;
  });
}

/** The field as it stands in the proposal for the parameter, where that is of the same form. */
function proposedFor(name: string, field: string, isItem: boolean, site: Site): Offer[] {
  // A list is proposed as for a grid, whatever the method is: it is being written already.
  const proposal = proposalFor(name, site, field === "values" ? "grid" : undefined);
  const fields = new Map(proposal?.fields);
  const text = fields.get(field);
  const named = site.cursor.siblings.get("distribution");
  const isOfOtherForm = named !== undefined && named !== fields.get("distribution");
  if (proposal === undefined || text === undefined || text === "" || isOfOtherForm) return [];
  const texts = isItem ? text.replace(/^\[|\]$/g, "").split(", ") : [text];
  const { documentation } = proposal;
  return texts.map((each) => ({
    label: each,
    kind: "value",
    snippet: escaped(each),
    detail: "proposed",
    documentation,
    ...untilTyped,
  }));
}
