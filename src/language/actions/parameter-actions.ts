/** Actions on one parameter: lists and ranges, scales, weights, and fixing it at a value. */

import { quantile } from "../../space/distribution.js";
import { ownValue } from "../../space/record.js";
import type { Distribution } from "../../space/space.js";
import type { Json } from "../../space/value.js";
import type { SweepDocument } from "../../sweep/parse.js";
import { type MapEntry, textOf, valueAt } from "../../sweep/tree.js";
import { sweepablesOf } from "../options.js";
import { distributionIn, type ParameterEntry, parameterEntries } from "../parameter-entries.js";
import { yamlValue } from "../practice/practice.js";
import { type Action, type Occasion, rewriting } from "./action.js";
import { isLogarithmic, isWhole, rangeFor, rangeOf, rounded, valuesIn } from "./numbers.js";
import { type Fields, redefine } from "./redefine.js";

/** How many values a range is listed as. */
const usualCount = 5;

export function parameterActions(parameter: ParameterEntry, occasion: Occasion): readonly Action[] {
  const { entry } = parameter;
  const { document } = occasion.parsed;
  const distribution = distributionIn(entry.value);
  if (distribution === undefined) return [];
  const isGrid = textOf(valueAt(document.root, "method")) === "grid";
  const offer = (title: string, fields: Fields | undefined) =>
    fields && offered(title, fields, entry, document);
  return [
    offer("List values of the range", listed(distribution)),
    offer("Search the range of these values", asRange(distribution, isGrid)),
    isGrid ? undefined : offer(...otherScale(distribution)),
    isGrid ? undefined : offer("Weight the values", weighted(distribution)),
    ...(isLastToSearch(parameter, occasion)
      ? []
      : freezings(parameter, distribution, occasion)
    ).map(([title, value]) => offer(title, [["value", yamlValue(value)]])),
  ].filter((action) => action !== undefined);
}

function offered(
  title: string,
  fields: Fields,
  entry: MapEntry,
  document: SweepDocument,
): Action | undefined {
  const edits = redefine(document, entry, fields);
  return edits && rewriting(title, edits);
}

function listed(distribution: Distribution): Fields | undefined {
  const values = valuesIn(distribution, usualCount);
  return values && [["values", listText(values, isWhole(distribution))]];
}

/** Whole numbers among fractions keep a dot, so that a script gets numbers of one kind. */
export function listText(values: readonly Json[], areWhole = true): string {
  const texts = values.map(yamlValue);
  return `[${texts.map((text) => (!areWhole && /^-?\d+$/.test(text) ? `${text}.0` : text)).join(", ")}]`;
}

/** A grid takes whole numbers only. */
function asRange(distribution: Distribution, isGrid: boolean): Fields | undefined {
  if (distribution.kind !== "categorical" || distribution.probabilities !== undefined) {
    return undefined;
  }
  const numbers = distribution.values.filter((value) => typeof value === "number");
  if (numbers.length < distribution.values.length) return undefined;
  const fields = rangeFor(numbers);
  const isInferred = fields?.every(([key]) => key !== "distribution");
  return isGrid && !isInferred ? undefined : fields;
}

/** From linear to logarithmic, or back; a logarithm needs numbers above 0. */
function otherScale(distribution: Distribution): readonly [string, Fields | undefined] {
  const range = rangeOf(distribution);
  const toLog = "Search by factors (log scale)";
  if (range === undefined) return [toLog, undefined];
  const { low, high } = range;
  const bounds: Fields = [
    ["min", yamlValue(rounded(low, 6))],
    ["max", yamlValue(rounded(high, 6))],
  ];
  const q: Fields = "q" in distribution ? [["q", yamlValue(distribution.q)]] : [];
  if (isLogarithmic(distribution)) {
    const isPlain = isWhole(distribution) && "q" in distribution && distribution.q === 1;
    const name = q.length === 0 ? "uniform" : "q_uniform";
    const isWritten = isPlain && Number.isInteger(low) && Number.isInteger(high);
    const fields: Fields = isWritten
      ? [["distribution", "int_uniform"], ...bounds]
      : [["distribution", name], ...bounds, ...q];
    return ["Search evenly (linear scale)", fields];
  }
  if (low <= 0 || distribution.kind === "beta" || distribution.kind === "q_beta") {
    return [toLog, undefined];
  }
  const steps: Fields = distribution.kind === "int_uniform" ? [["q", "1"]] : q;
  const name = steps.length === 0 ? "log_uniform_values" : "q_log_uniform_values";
  return [toLog, [["distribution", name], ...bounds, ...steps]];
}

/** Equal weights to begin with, of two digits, which sum to 1 all the same. */
function weighted(distribution: Distribution): Fields | undefined {
  if (distribution.kind !== "categorical" || distribution.probabilities !== undefined) {
    return undefined;
  }
  const { values } = distribution;
  if (values.length < 2 || values.length > 50) return undefined;
  const weight = Math.floor(100 / values.length) / 100;
  const first = rounded(1 - weight * (values.length - 1), 6);
  const weights = values.map((_, index) => (index === 0 ? first : weight));
  return [
    ["values", listText(values)],
    ["probabilities", listText(weights)],
  ];
}

/** At the script's own value, at the best trial's, else in the middle. */
function freezings(
  { name }: ParameterEntry,
  distribution: Distribution,
  { around, parsed }: Occasion,
): readonly (readonly [title: string, value: Json])[] {
  if (distribution.kind === "constant") return [];
  const found: [string, Json][] = [];
  const preset = presetOf(name, around, parsed.sweep?.command ?? []);
  if (preset !== undefined) {
    found.push([`Freeze at the script's default, ${yamlValue(preset)}`, preset]);
  }
  const best = around.past?.best[0];
  const reached = best && ownValue(best.configuration, name);
  if (best !== undefined && reached !== undefined) {
    found.push([`Freeze at what was best, ${shortText(reached)} (trial ${best.number})`, reached]);
  }
  if (found.length > 0) return found;
  const middle = middleOf(distribution);
  return middle === undefined ? [] : [[`Freeze at ${yamlValue(middle)}`, middle]];
}

/** A Bayesian search needs something that varies. */
function isLastToSearch({ entry }: ParameterEntry, { parsed: { document } }: Occasion): boolean {
  if (textOf(valueAt(document.root, "method")) !== "bayes") return false;
  return parameterEntries(document.root).every(
    (each) =>
      each.entry === entry || (distributionIn(each.entry.value)?.kind ?? "constant") === "constant",
  );
}

function shortText(value: Json): string {
  return yamlValue(typeof value === "number" ? rounded(value, 4) : value);
}

function presetOf(
  name: string,
  { program }: Occasion["around"],
  command: readonly string[],
): Json | undefined {
  if (program?.kind !== "read") return undefined;
  return sweepablesOf(program.reading, command).find((each) => each.name === name)?.default;
}

function middleOf(distribution: Distribution): Json | undefined {
  if (distribution.kind === "categorical") return distribution.values[0];
  const middle = quantile(distribution, 0.5);
  return typeof middle === "number" ? rounded(middle) : middle;
}
