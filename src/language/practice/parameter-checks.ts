/** What is said of parameters: those that are not for searching, and those that go together. */
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf, numberOf, type TextNode, textOf, valueAt } from "../../sweep/tree.js";
import { dependences, overlaps } from "./couplings.js";
import type { Family, Fields, Role } from "./family.js";
import { metricFacts } from "./metric-facts.js";
import type { PracticeProblem } from "./problem.js";
import { proposalFor } from "./proposal.js";
import { conceptOf, familyOf } from "./recognition.js";
import { type Context, settingOf } from "./signs.js";
import type { Swept } from "./swept.js";

/** A parameter that takes several values, and what is known of it. */
export interface Searched extends Swept {
  readonly family?: Family;
}

export function parameterProblems(
  { document: { root } }: ParsedSweep,
  searched: readonly Searched[],
  context: Context,
): readonly PracticeProblem[] {
  const metric = textOf(valueAt(valueAt(root, "metric"), "name")) ?? "";
  return [
    ...linearOverDecades(searched, context),
    ...searchedAlone(searched, context),
    ...searchedTwice(searched),
    ...notForSearching(searched, context, repeatedSeed(root)),
    ...lossChanged(searched, metric),
  ];
}

const codes = {
  seed: "seed-searched",
  budget: "budget-searched",
  yardstick: "yardstick-searched",
  bookkeeping: "bookkeeping-searched",
} as const satisfies Partial<Record<Role, string>>;

function notForSearching(
  searched: readonly Searched[],
  { method }: Context,
  repeated: string | undefined,
): readonly PracticeProblem[] {
  return searched.flatMap(({ name, entry, family }) => {
    const role = family?.role;
    if (role === undefined || !isNotForSearching(role) || name === repeated) return [];
    // Every seed, and every fold, of a grid is tried with every setting: a repetition.
    if (method === "grid" && (role === "seed" || role === "yardstick")) return [];
    return [{ code: codes[role], severity: "hint", range: entry.keyRange, name }];
  });
}

/** The one that `sweepdeck.repeats` sets itself, which is a problem of its own. */
function repeatedSeed(root: TextNode | undefined): string | undefined {
  const repeats = valueAt(valueAt(root, "sweepdeck"), "repeats");
  return textOf(valueAt(repeats, "seed_parameter"));
}

function isNotForSearching(role: Role): role is keyof typeof codes {
  return Object.hasOwn(codes, role);
}

function searchedAlone(
  searched: readonly Searched[],
  context: Context,
): readonly PracticeProblem[] {
  for (const { id, between } of dependences) {
    const [one, other] = between;
    const alone = searchedOf(searched, one);
    if (alone === undefined || searchedOf(searched, other) !== undefined) continue;
    const partner = context.siblings.find(
      (name) =>
        concept(familyOf(name, context)) === other && !Array.isArray(settingOf(context, name)),
    );
    // Where there is no learning rate, there is none that could be at odds with it.
    if (partner === undefined) continue;
    const { name, entry } = alone;
    const facts = { name, why: id, partner: withProposal(partner, context) };
    return [{ code: "searched-alone", severity: "hint", range: entry.keyRange, ...facts }];
  }
  return [];
}

function withProposal(
  name: string,
  context: Context,
): { readonly name: string; readonly fields?: Fields } {
  const fields = proposalFor(name, settingOf(context, name), context)?.fields;
  return { name, ...(fields !== undefined && { fields }) };
}

function searchedTwice(searched: readonly Searched[]): readonly PracticeProblem[] {
  return overlaps.flatMap(({ id, between }) => {
    const first = searchedOf(searched, between[0]);
    const second = searchedOf(searched, between[1]);
    if (first === undefined || second === undefined) return [];
    const related = [{ place: second.entry.keyRange, message: "It is searched here." }];
    const facts = { name: first.name, other: second.name, why: id, related };
    return [{ code: "searched-twice", severity: "hint", range: first.entry.keyRange, ...facts }];
  });
}

function lossChanged(searched: readonly Searched[], metric: string): readonly PracticeProblem[] {
  if (metricFacts(metric).word !== "loss") return [];
  return searched
    .filter(({ family }) => family?.changesLoss === true)
    .map(({ name, entry }) => ({
      code: "loss-changed",
      severity: "hint",
      range: entry.keyRange,
      name,
      metric,
    }));
}

/** Two decades: below that a linear scale does little harm. */
const ratioThatMatters = 100;

function linearOverDecades(
  searched: readonly Searched[],
  context: Context,
): readonly PracticeProblem[] {
  if (context.method === "grid") return [];
  return searched.flatMap(({ name, node, entry, family, distribution }) => {
    const min = numberOf(valueAt(node, "min"));
    const max = numberOf(valueAt(node, "max"));
    if (distribution !== "uniform" || min === undefined || max === undefined) return [];
    if (!Number.isFinite(max)) return [];
    const from = firstFactor(name, min, max, context);
    const isRate = concept(family) === "learning_rate" && from !== undefined;
    const spans = min > 0 ? max / min >= ratioThatMatters : min === 0 && isRate;
    const isScale = family === undefined ? min > 0 && max !== 1 : from !== undefined;
    if (!spans || !isScale) return [];
    const at = entryOf(node, "distribution")?.value.range ?? entry.keyRange;
    const severity = family === undefined ? "hint" : "info";
    return [
      {
        code: "linear-over-decades",
        severity,
        range: at,
        name,
        min,
        max,
        ...(from !== undefined && { from }),
      },
    ];
  });
}

/** Where a range by factors would begin: at its own bound, or where practice begins below 0's. */
function firstFactor(name: string, min: number, max: number, context: Context): number | undefined {
  const fields = proposalFor(name, undefined, context)?.fields;
  if (fields === undefined || "values" in fields) return undefined;
  if (fields.distribution !== "log_uniform_values") return undefined;
  if (min > 0) return min;
  return fields.min < max ? fields.min : undefined;
}

function searchedOf(searched: readonly Searched[], wanted: string): Searched | undefined {
  return searched.find(({ family }) => concept(family) === wanted);
}

function concept(family: Family | undefined): string | undefined {
  return family === undefined ? undefined : conceptOf(family);
}
