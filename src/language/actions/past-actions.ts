/** What earlier trials of the file are good for: their best values, and where they lie. */
import { ownValue } from "../../space/record.js";
import type { Distribution } from "../../space/space.js";
import type { SweepDocument } from "../../sweep/parse.js";
import { entryOf, textOf } from "../../sweep/tree.js";
import { removalOf, rewordAt, type TextEdit } from "../edit.js";
import { distributionIn, type ParameterEntry, parameterEntries } from "../parameter-entries.js";
import { yamlValue } from "../practice/practice.js";
import type { Past } from "../surroundings.js";
import { type Action, type Occasion, rewriting } from "./action.js";
import { isLogarithmic, isWhole, rangeOf, rounded } from "./numbers.js";
import { type Fields, redefine } from "./redefine.js";

/** Every parameter fixed at what the best trial had: a sweep of one configuration. */
export function keepBest({ parsed: { document }, around: { past } }: Occasion): Action | undefined {
  const best = past?.best[0];
  if (best === undefined) return undefined;
  const edits: TextEdit[] = [];
  for (const { name, entry } of parameterEntries(document.root)) {
    const value = ownValue(best.configuration, name);
    const isConstant = distributionIn(entry.value)?.kind === "constant";
    if (value === undefined || isConstant) continue;
    const redefined = redefine(document, entry, [["value", yamlValue(value)]]);
    if (redefined === undefined) return undefined;
    edits.push(...redefined);
  }
  if (edits.length === 0) return undefined;
  const title = `Keep the values of trial ${best.number}, the best`;
  return { title, kind: "refactor.extract", edits: [...edits, ...asOneRun(document)], lost: [] };
}

/** A grid of constants is one run; the other methods would repeat it, or refuse it. */
function asOneRun({ text, root }: SweepDocument): readonly TextEdit[] {
  const [method, cap] = [entryOf(root, "method"), entryOf(root, "run_cap")];
  if (method === undefined || textOf(method.value) === "grid") return [];
  const removal = cap && removalOf(text, cap.keyRange);
  return [rewordAt(text, method.value.range, "grid"), ...(removal === undefined ? [] : [removal])];
}

/** Fewer trials than this say nothing of where the good ones lie. */
const fewest = 8;

/** The ranges of all parameters, or of one. */
export function narrow(
  { parsed: { document }, around: { past } }: Occasion,
  only?: ParameterEntry,
): Action | undefined {
  if (past === undefined || past.best.length < fewest) return undefined;
  const parameters = only === undefined ? parameterEntries(document.root) : [only];
  const edits: TextEdit[] = [];
  for (const { name, entry } of parameters) {
    const distribution = distributionIn(entry.value);
    const fields = distribution && narrowed(distribution, valuesOf(past, name));
    // What is told by the bounds stays told by them.
    const isNamed = entryOf(entry.value, "distribution") !== undefined;
    const kept = fields?.filter(([key]) => isNamed || key !== "distribution");
    const redefined = kept && redefine(document, entry, kept);
    edits.push(...(redefined ?? []));
  }
  const top = topOf(past);
  const what = only === undefined ? "the ranges" : only.name;
  return edits.length === 0
    ? undefined
    : rewriting(`Narrow ${what} around the best ${top} of ${past.best.length} trials`, edits);
}

function topOf({ best }: Past): number {
  return Math.ceil(best.length / 4);
}

/** Of the best quarter, the best first. */
function valuesOf(past: Past, name: string): readonly number[] {
  return past.best
    .slice(0, topOf(past))
    .map(({ configuration }) => ownValue(configuration, name))
    .filter((value) => typeof value === "number");
}

/**
 * The hull of the best, and on each side as much again as would hold one more of them; never more
 * than half of that beyond the old bounds, and only where the best trial itself lies near one.
 */
function narrowed(distribution: Distribution, values: readonly number[]): Fields | undefined {
  const range = rangeOf(distribution);
  const [best] = values;
  if (range === undefined || best === undefined || values.length < 2) return undefined;
  if (distribution.kind === "beta" || distribution.kind === "q_beta") return undefined;
  const isLog = isLogarithmic(distribution) && range.low > 0 && values.every((value) => value > 0);
  const into = isLog ? Math.log : (value: number) => value;
  const out = isLog ? Math.exp : (value: number) => value;
  const [low, high] = [into(range.low), into(range.high)];
  const width = high - low;
  const scaled = values.map(into);
  const [least, most] = [Math.min(...scaled), Math.max(...scaled)];
  const margin = Math.max((most - least) / values.length, 0.05 * width);
  const isAtEdge = (edge: number) => Math.abs(into(best) - edge) < 0.02 * width;
  const from = isAtEdge(low) ? low - 2 * margin : Math.max(low, least - margin);
  const to = isAtEdge(high) ? high + 2 * margin : Math.min(high, most + margin);
  if (from <= low && to >= high && !isAtEdge(low) && !isAtEdge(high)) return undefined;
  const found = outward({ low: out(from), high: out(to) }, distribution, isLog);
  return fieldsOf(distribution, {
    low: isAtEdge(low) ? atLeast(range.low, found.low, isLog) : Math.max(found.low, range.low),
    high: isAtEdge(high) ? found.high : Math.min(found.high, range.high),
  });
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Where nothing lay below 0, nothing does: sizes and rates have no other side. */
function atLeast(oldLow: number, low: number, isLog: boolean): number {
  if (oldLow < 0 || low > 0) return low;
  return isLog ? oldLow : 0;
}

/** Rounded away from each other: to steps, else to two digits. */
function outward({ low, high }: Bounds, distribution: Distribution, isLog: boolean): Bounds {
  const step = "q" in distribution ? distribution.q : isWhole(distribution) ? 1 : undefined;
  const twoDigits = (size: number) => 10 ** (Math.floor(Math.log10(size)) - 1);
  const below = step ?? twoDigits(isLog ? low : high - low);
  const above = step ?? twoDigits(isLog ? high : high - low);
  return { low: Math.floor(low / below) * below, high: Math.ceil(high / above) * above };
}

function fieldsOf(distribution: Distribution, { low, high }: Bounds): Fields {
  const [min, max] = exponential(distribution, [low, high]);
  const steps: Fields = "q" in distribution ? [["q", yamlValue(distribution.q)]] : [];
  return [
    ["distribution", distribution.kind],
    ["min", bounded(distribution, min)],
    ["max", bounded(distribution, max)],
    ...steps,
  ];
}

/** Bounds that are exponents stay exponents. */
function exponential(
  { kind }: Distribution,
  [low, high]: readonly [number, number],
): readonly [number, number] {
  if (kind === "log_uniform" || kind === "q_log_uniform") return [Math.log(low), Math.log(high)];
  return kind === "inv_log_uniform" ? [-Math.log(high), -Math.log(low)] : [low, high];
}

/** A whole bound of `uniform` keeps its dot, by which it is told from whole numbers. */
function bounded({ kind }: Distribution, value: number): string {
  const text = yamlValue(rounded(value, 6));
  return kind === "uniform" && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
