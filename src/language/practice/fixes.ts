/** Quick fixes of what practice advises against. */
import type { ParsedSweep, SweepDocument } from "../../sweep/parse.js";
import {
  entryOf,
  type MapEntry,
  type MapNode,
  type TextNode,
  type TextRange,
  valueAt,
} from "../../sweep/tree.js";
import { rewordAt, type TextEdit } from "../edit.js";
import { type Fix, type Fixers, fixesBy, possible, preferred, useValue } from "../fixes/fix.js";
import { addDistribution } from "../rewrite.js";
import { trailAt } from "../trail.js";
import { keyBehind, otherFields, parameterAbove, textIn } from "./edits.js";
import type { PracticeFacts, PracticeProblem } from "./problem.js";
import { parametersOf } from "./swept.js";
import { yamlFieldsOf, yamlValue } from "./yaml-fields.js";

/** The best first; none where only the user can know. */
export function practiceFixesFor(parsed: ParsedSweep, problem: PracticeProblem): readonly Fix[] {
  return fixesBy<PracticeFacts>(fixers, parsed, problem);
}

// Preferred is what cures a mistake. What only follows advice is for the user to choose.
const fixers: Fixers<PracticeFacts> = {
  "goal-against-name": ({ better }, range, { text }) => [
    preferredIf(`Change the goal to ${better}`, rewordAt(text, range, better)),
  ],
  "goal-missing": ({ better }, range, document) => {
    const entry = trailAt(document.root, range.start)?.entry;
    const edit = entry && keyBehind(document, entry, ["goal", better]);
    return [preferredIf(`Add goal: ${better}`, edit)];
  },
  "metric-on-training-data": useInstead,
  "metric-on-test-data": useInstead,
  "nothing-searched": (_problem, range, { text }) => [
    possibleIf("Use method: grid", rewordAt(text, range, "grid")),
  ],
  "seed-searched": (_problem, range, document) => [setConstant(document, range, "first")],
  "budget-searched": (_problem, range, document) => [setConstant(document, range, "last")],
  "yardstick-searched": (_problem, range, document) => [setConstant(document, range, "first")],
  "bookkeeping-searched": (_problem, range, document) => [setConstant(document, range, "first")],
  "searched-alone": ({ partner }, range, document) => [searchPartner(document, range, partner)],
  "searched-twice": ({ why, other }, range, document) => [
    why === "rank-and-alpha" ? setConstant(document, range, "first") : undefined,
    why === "leaves-and-depth" ? leaveDepth(document, other) : undefined,
  ],
  "linear-over-decades": ({ min, from }, range, document) => [
    byFactors(document, range, min > 0 ? undefined : from),
  ],
  "too-many-parameters": ({ enough }, range) => [
    enough === undefined ? undefined : allowRuns(enough, range),
  ],
  "run-cap-below-start-up": ({ enough }, range) => [allowRuns(enough, range)],
};

function preferredIf(title: string, edit: TextEdit | undefined): Fix | undefined {
  return edit && preferred(title, edit);
}

function possibleIf(title: string, edit: TextEdit | undefined): Fix | undefined {
  return edit && possible(title, edit);
}

function allowRuns(enough: number, range: TextRange): Fix | undefined {
  return possibleIf(`Allow ${enough} runs`, { range, newText: String(enough) });
}

function useInstead(
  { instead }: { readonly instead?: string },
  range: TextRange,
  { text }: SweepDocument,
): readonly (Fix | undefined)[] {
  if (instead === undefined) return [];
  return [possible(`Use ${instead}`, useValue(text, range, instead))];
}

interface ParameterAt {
  readonly entry: MapEntry;
  readonly node: MapNode;
}

/** The parameter whose name stands at `range`. */
function parameterAt({ root }: SweepDocument, range: TextRange): ParameterAt | undefined {
  const trail = trailAt(root, range.start);
  if (trail?.entry === undefined || trail.node.kind !== "map") return undefined;
  return { entry: trail.entry, node: trail.node };
}

/** `first`: the first value or the lower bound; `last`: the largest value or the upper bound. */
function setConstant(
  document: SweepDocument,
  range: TextRange,
  which: "first" | "last",
): Fix | undefined {
  const parameter = parameterAt(document, range);
  const value = parameter && oneValueOf(parameter.node, which);
  if (parameter === undefined || value === undefined) return undefined;
  const text = textIn(document, value.range);
  const edit = otherFields(document, parameter.entry, parameter.node, [["value", text]]);
  return possibleIf(`Set ${parameter.entry.key} to ${text}`, edit);
}

function oneValueOf(node: MapNode, which: "first" | "last"): TextNode | undefined {
  const values = valueAt(node, "values");
  if (values?.kind !== "list") return valueAt(node, which === "first" ? "min" : "max");
  const { items } = values;
  if (which === "first") return items[0];
  const size = (item: TextNode): number =>
    item.kind === "scalar" && typeof item.value === "number" ? item.value : -Infinity;
  return items.reduce<TextNode | undefined>(
    (most, item) => (most === undefined || size(item) > size(most) ? item : most),
    undefined,
  );
}

/** LightGBM's -1 is no bound at all. */
function leaveDepth(document: SweepDocument, name: string): Fix | undefined {
  const depth = parametersOf(document.root).find((parameter) => parameter.name === name);
  const edit = depth && otherFields(document, depth.entry, depth.node, [["value", "-1"]]);
  return possibleIf(`Set ${name} to -1`, edit);
}

function searchPartner(
  document: SweepDocument,
  range: TextRange,
  partner: Extract<PracticeFacts, { code: "searched-alone" }>["partner"],
): Fix | undefined {
  const alone = parameterAt(document, range);
  if (partner.fields === undefined || alone === undefined) return undefined;
  const fields = yamlFieldsOf(partner.fields);
  const written = parametersOf(document.root).find(({ name }) => name === partner.name);
  const edit =
    written === undefined
      ? parameterAbove(document, alone.entry, partner.name, fields)
      : otherFields(document, written.entry, written.node, fields);
  return possibleIf(`Search ${partner.name} too`, edit);
}

/** `from` takes the place of a bound of 0, which no factor leads to. */
function byFactors(
  document: SweepDocument,
  range: TextRange,
  from: number | undefined,
): Fix | undefined {
  const distribution = "log_uniform_values";
  const trail = trailAt(document.root, range.start);
  const node = trail?.node.kind === "map" ? trail.node : trail?.holders.at(-1);
  const named = entryOf(node, "distribution");
  const edit =
    named === undefined
      ? addDistribution(document, range, distribution)
      : rewordAt(document.text, named.value.range, distribution);
  if (from === undefined) return preferredIf(`Use ${distribution}`, edit);
  const min = entryOf(node, "min")?.value.range;
  if (edit === undefined || min === undefined) return undefined;
  const text = yamlValue(from);
  return preferred(`Use ${distribution} from ${text}`, edit, { range: min, newText: text });
}
