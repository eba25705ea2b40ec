/**
 * Optuna's three distributions, and which of them stands for each of W&B's.
 *
 * Optuna has no normal, beta or weighted distributions, and asks that a range be finite, positive
 * where it is logarithmic, and a multiple of its step. So what is written here bounds the values;
 * what they are drawn from is kept as `sweepdeck:space`.
 */
import { identity, quantile } from "../space/distribution.js";
import type { Distribution } from "../space/space.js";
import type { Json } from "../space/value.js";
import { floatText, isObject, parseJson, stringifyJson } from "./json.js";

export type JournalDistribution =
  | {
      readonly kind: "float";
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number | null;
    }
  | {
      readonly kind: "int";
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number;
    }
  | { readonly kind: "categorical"; readonly choices: readonly Json[] };

export type NumericJournalDistribution = Exclude<JournalDistribution, { kind: "categorical" }>;

/**
 * Where values come from: `drawn` from the distribution, or points of W&B's `grid`, which steps
 * from `min` where a draw is rounded to a multiple of `q`.
 */
export type ValueSource = "drawn" | "grid";

/** Draws further out than this, one in a thousand million at each end, are pulled in. */
const tail = 1e-9;

export function journalDistribution(
  distribution: Exclude<Distribution, { kind: "constant" }>,
  source: ValueSource,
): JournalDistribution {
  switch (distribution.kind) {
    case "categorical":
      return { kind: "categorical", choices: choicesOf(distribution.values) };
    case "int_uniform":
      return { kind: "int", low: distribution.min, high: distribution.max, log: false, step: 1 };
    case "uniform":
      return linear(distribution.min, distribution.max);
    case "log_uniform_values":
    case "inv_log_uniform_values":
      return logarithmic(distribution.min, distribution.max);
    case "log_uniform":
      return logarithmic(Math.exp(distribution.min), Math.exp(distribution.max));
    case "inv_log_uniform":
      return logarithmic(Math.exp(-distribution.max), Math.exp(-distribution.min));
    case "q_uniform":
      return source === "grid"
        ? gridLattice(distribution.min, distribution.max, distribution.q)
        : lattice(multiples(distribution.min, distribution.max, distribution.q), distribution.q);
    case "q_log_uniform_values":
      return logarithmicLattice(distribution.min, distribution.max, distribution.q);
    case "q_log_uniform":
      return logarithmicLattice(
        Math.exp(distribution.min),
        Math.exp(distribution.max),
        distribution.q,
      );
    case "normal":
      return linear(...ends(distribution, distribution.mu));
    case "q_normal":
      return floatLattice(ends(distribution, distribution.mu), distribution.q);
    case "log_normal":
      return logarithmic(...ends(distribution, Math.exp(distribution.mu)));
    case "q_log_normal":
      return logarithmicLattice(...ends(distribution, Math.exp(distribution.mu)), distribution.q);
    case "beta":
      return linear(0, 1);
    case "q_beta":
      return floatLattice(multiples(0, 1, distribution.q), distribution.q);
  }
}

/** A spread of 0, which W&B allows, has no quantiles: all its draws are `centre`. */
function ends(
  distribution: Exclude<Distribution, { kind: "constant" | "categorical" }>,
  centre: number,
): readonly [low: number, high: number] {
  const low = Number(quantile(distribution, tail));
  const high = Number(quantile(distribution, 1 - tail));
  return Number.isNaN(low) || Number.isNaN(high) ? [centre, centre] : [low, high];
}

function linear(low: number, high: number): JournalDistribution {
  return { kind: "float", low: finite(low), high: finite(high), log: false, step: null };
}

function logarithmic(low: number, high: number): JournalDistribution {
  const positive = Math.max(finite(low), smallestNormal);
  return {
    kind: "float",
    low: positive,
    high: Math.max(positive, finite(high)),
    log: true,
    step: null,
  };
}

/** Below it a double loses digits, and its logarithm with them. */
const smallestNormal = 2 ** -1022;

function finite(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}

/**
 * Optuna has no logarithmic lattice. Where 0 is one of the values (`min` under half of `q`) there
 * is no logarithm either, and W&B would draw 0 often: then the lattice is kept.
 */
function logarithmicLattice(min: number, max: number, q: number): JournalDistribution {
  const [low, high] = multiples(min, max, q);
  return low > 0 ? logarithmic(low, high) : lattice([low, high], q);
}

function lattice(range: readonly [low: number, high: number], q: number): JournalDistribution {
  const [low, high] = range;
  return [low, high, q].every(Number.isSafeInteger)
    ? { kind: "int", low, high, log: false, step: q }
    : floatLattice(range, q);
}

function floatLattice(
  [low, high]: readonly [low: number, high: number],
  q: number,
): JournalDistribution {
  const [from, to] = [onDecimals(finite(low), q), onDecimals(finite(high), q)];
  return {
    kind: "float",
    low: from,
    high: to,
    log: false,
    step: isWholeNumberOfSteps(from, to, q) ? q : null,
  };
}

/** The points `min`, `min + q`, … below `max`, as NumPy's `arange` makes them. */
function gridLattice(min: number, max: number, q: number): JournalDistribution {
  const count = Math.max(1, Math.ceil((max - min) / q));
  const high = min + (count - 1) * (min + q - min);
  const whole = [min, high, q].every(Number.isSafeInteger);
  if (whole) return { kind: "int", low: min, high, log: false, step: q };
  return {
    kind: "float",
    low: min,
    high,
    log: false,
    step: isWholeNumberOfSteps(min, high, q) ? q : null,
  };
}

/** The multiples of `q` next to the ends of the open interval from `min` to `max`. */
function multiples(min: number, max: number, q: number): readonly [low: number, high: number] {
  const first = Math.floor(min / q + 0.5);
  return [first * q, Math.max(first, Math.ceil(max / q - 0.5)) * q];
}

/** Takes off the dust of a product such as 3 · 0.1, for Optuna counts steps in decimal. */
function onDecimals(value: number, q: number): number {
  const places = -decimal(q).exponent;
  return places > 0 && places <= 100 && Math.abs(value) < 1e21
    ? Number(value.toFixed(places))
    : value;
}

/** As Optuna asks it: exactly, of the numbers as they are written. */
function isWholeNumberOfSteps(low: number, high: number, step: number): boolean {
  const numbers = [decimal(low), decimal(high), decimal(step)];
  const exponent = Math.min(...numbers.map((number) => number.exponent));
  const [from, to, by] = numbers.map(
    (number) => number.digits * 10n ** BigInt(number.exponent - exponent),
  );
  return from !== undefined && to !== undefined && by !== undefined && (to - from) % by === 0n;
}

function decimal(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** Each different value once, in Optuna's terms: as it is, or as JSON text. */
function choicesOf(values: readonly Json[]): readonly Json[] {
  const different = differentValues(values);
  return different.every(isPlainChoice) && !hasEqualsInPython(different)
    ? different
    : different.map(stringifyJson);
}

export function differentValues(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [identity(value), value])).values()];
}

/** Infinities are kept from the dashboard, whose answers must be JSON. */
function isPlainChoice(value: Json): boolean {
  return value === null || typeof value !== "object" || typeof value === "boolean"
    ? typeof value !== "number" || Number.isFinite(value)
    : false;
}

/** Python finds 1 == True and 0 == False, and Optuna finds a choice by `==`. */
function hasEqualsInPython(values: readonly Json[]): boolean {
  const has = (value: Json) => values.includes(value);
  return (has(0) && has(false)) || (has(1) && has(true));
}

export function distributionText(distribution: JournalDistribution): string {
  switch (distribution.kind) {
    case "float": {
      const { low, high, log, step } = distribution;
      return `{"name":"FloatDistribution","attributes":{"step":${step === null ? "null" : floatText(step)},"low":${floatText(low)},"high":${floatText(high)},"log":${log}}}`;
    }
    case "int": {
      const { low, high, log, step } = distribution;
      return `{"name":"IntDistribution","attributes":{"log":${log},"step":${step},"low":${low},"high":${high}}}`;
    }
    case "categorical":
      return `{"name":"CategoricalDistribution","attributes":{"choices":${stringifyJson(distribution.choices)}}}`;
  }
}

/** The choices of a categorical distribution by whichever writer; undefined where it is a range of numbers. */
export function choicesFromText(text: string): readonly Json[] | undefined {
  const parsed = parseJson(text);
  if (!isObject(parsed)) return undefined;
  // Optuna also reads an abbreviated form, without `attributes`.
  const fields = isObject(parsed["attributes"]) ? parsed["attributes"] : parsed;
  return Array.isArray(fields["choices"]) ? fields["choices"] : undefined;
}
