/** What to search for a parameter, by established practice and around the script's own default. */
import type { Json } from "../../space/value.js";
import { areas, type Evidence, type Family, type Fields, type ProposalRule } from "./family.js";
import { asGrid, fieldsAmong, fieldsAround } from "./ranges.js";
import { familyOf } from "./recognition.js";
import { type Context, isSeen, nothingAround } from "./signs.js";
import { yamlValue } from "./yaml-fields.js";

export interface Proposal extends Evidence {
  readonly family: Family;
  readonly fields: Fields;
  /** How the range came about, as a sentence. */
  readonly laid: string;
  /** Why a range of this kind, as a sentence. */
  readonly reason: string;
  /** As `rankOf` has it. */
  readonly rank: number;
}

/** Undefined where nothing is known of the name, or where it is not for searching. */
export function proposalFor(
  name: string,
  preset?: Json,
  context: Context = nothingAround,
): Proposal | undefined {
  const family = familyOf(name, context, preset);
  if (family === undefined || family.role !== "search") return undefined;
  const rule = family.proposals.find(({ where }) =>
    (where ?? []).every((sign) => isSeen(sign, name, context)),
  );
  const laid = rule && layRange(rule, preset, context);
  if (rule === undefined || laid === undefined) return undefined;
  const fields = context.method === "grid" ? asGrid(laid.fields, preset) : laid.fields;
  return {
    family,
    fields,
    laid: fields === laid.fields ? laid.how : howSpread(laid.fields, preset),
    reason: rule.reason,
    sources: rule.sources,
    standing: rule.standing,
    rank: rankOfFamily(family),
  };
}

/** Of a range of which a grid gets a few values. */
function howSpread(fields: Fields, preset: Json | undefined): string {
  if ("values" in fields) return "The usual values.";
  const { min, max } = fields;
  const isWithin = typeof preset === "number" && preset >= min && preset <= max;
  const own = isWithin ? `, the script's own ${yamlValue(preset)} among them` : "";
  return `Values from ${yamlValue(min)} to ${yamlValue(max)}${own}.`;
}

interface Laid {
  readonly fields: Fields;
  readonly how: string;
}

function layRange(
  rule: ProposalRule,
  preset: Json | undefined,
  context: Context,
): Laid | undefined {
  // The library knows better than a range would.
  if (preset === "auto") return undefined;
  if (context.choices !== undefined) return fromChoices(rule, preset, context.choices);
  const { around, usual, off, usualFirst } = rule;
  if (preset === 0 && off !== undefined) {
    return { fields: off, how: "The script has it off, and off stays among the values." };
  }
  const stays = usual !== undefined && (usualFirst ?? false) && isInside(usual, preset);
  if (around !== undefined && !stays && preset !== undefined && preset !== null) {
    const fields = fieldsAround(around, preset, usual);
    if (fields !== undefined) return { fields, how: howLaid(around, preset) };
  }
  if (usual === undefined) return undefined;
  const how = stays
    ? `The usual range; the script's own ${yamlValue(preset ?? null)} lies within.`
    : "The usual range.";
  return { fields: usual, how };
}

function fromChoices(
  { around }: ProposalRule,
  preset: Json | undefined,
  choices: readonly Json[],
): Laid | undefined {
  const preferred = around?.rule === "words" ? around.usual : [];
  const fields = fieldsAmong(choices, preferred, preset);
  return fields && { fields, how: "Of what the script accepts." };
}

function isInside(usual: Fields, preset: Json | undefined): boolean {
  if (typeof preset !== "number" || "values" in usual) return false;
  return preset >= usual.min && preset <= usual.max;
}

function howLaid(width: NonNullable<ProposalRule["around"]>, preset: Json): string {
  const own = `the script's own ${yamlValue(preset)}`;
  switch (width.rule) {
    case "scale":
      return width.factor === 10
        ? `A decade to each side of ${own}.`
        : `A factor of ${width.factor} to each side of ${own}.`;
    case "near-one":
      return `Spaced by the distance from 1, around ${own}.`;
    case "fraction":
      return `Up to 0.3 to each side of ${own}.`;
    case "sizes":
      return `Multiples of ${own}.`;
    case "count":
      return `Two to each side of ${own}.`;
    case "large-count":
      return `From a quarter to four times ${own}.`;
    case "usual-values":
      return `The usual values, with ${own} among them.`;
    case "words":
      return "Of what the script accepts.";
  }
}

/**
 * The smaller, the more it matters; families of different areas at the same place follow the order
 * of the areas. Undefined for a name that is unknown or not for searching.
 */
export function rankOf(
  name: string,
  context: Context = nothingAround,
  preset?: Json,
): number | undefined {
  const family = familyOf(name, context, preset);
  return family?.role === "search" ? rankOfFamily(family) : undefined;
}

function rankOfFamily({ order, area }: Family): number {
  const place = order?.place ?? 9;
  return place * areas.length + areas.indexOf(area);
}
