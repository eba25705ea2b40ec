/** Lists of numbers that stand for ranges, and ranges that stand for lists. */
import { boundsOf } from "../../space/expression/domain.js";
import type { Distribution } from "../../space/space.js";
import { yamlValue } from "../practice/practice.js";
import type { Fields } from "./redefine.js";

/** Three digits are enough for a value that is tried. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

/** `count` numbers from `low` to `high`, both included. */
export function evenly(low: number, high: number, count: number): readonly number[] {
  const step = (high - low) / (count - 1);
  return Array.from({ length: count }, (_, index) => low + index * step);
}

/** As `evenly`, by equal factors. */
export function byFactors(low: number, high: number, count: number): readonly number[] {
  return evenly(Math.log(low), Math.log(high), count).map(Math.exp);
}

const logarithmic: ReadonlySet<Distribution["kind"]> = new Set([
  "log_uniform_values",
  "inv_log_uniform_values",
  "q_log_uniform_values",
  "log_uniform",
  "inv_log_uniform",
  "q_log_uniform",
]);

export function isLogarithmic({ kind }: Distribution): boolean {
  return logarithmic.has(kind);
}

/** Whether it draws whole numbers only. */
export function isWhole(distribution: Distribution): boolean {
  if (distribution.kind === "int_uniform") return true;
  return "q" in distribution && Number.isInteger(distribution.q);
}

/** Ranges with two bounds; undefined for all else. */
export function rangeOf(
  distribution: Distribution,
): { readonly low: number; readonly high: number } | undefined {
  if (distribution.kind === "constant" || distribution.kind === "categorical") return undefined;
  const { low, high } = boundsOf(distribution);
  return Number.isFinite(high - low) && low < high ? { low, high } : undefined;
}

/**
 * At most `count` values of a range, its ends among them: powers of ten where it spans them, each
 * whole number or step where there are few. Undefined where there is no range.
 */
export function valuesIn(distribution: Distribution, count: number): readonly number[] | undefined {
  const range = rangeOf(distribution);
  if (range === undefined) return undefined;
  const { low, high } = range;
  const spread = isLogarithmic(distribution) && low > 0 ? logSpread(low, high, count) : undefined;
  if ("q" in distribution || distribution.kind === "int_uniform") {
    const q = "q" in distribution ? distribution.q : 1;
    const steps = Math.floor((high - low) / q) + 1;
    const even = spread === undefined && steps <= 2 * count ? evenSteps(low, q, steps) : undefined;
    const values =
      even ?? (spread ?? evenly(low, high, count)).map((value) => onStep(value, q, low, high));
    return unique(values.map((value) => rounded(value, 6)));
  }
  return unique((spread ?? evenly(low, high, count)).map((value) => rounded(value)));
}

function evenSteps(low: number, q: number, steps: number): readonly number[] {
  return Array.from({ length: steps }, (_, index) => low + index * q);
}

/** The nearest multiple of `q` within the bounds. */
function onStep(value: number, q: number, low: number, high: number): number {
  const nearest = Math.round(value / q) * q;
  if (nearest < low) return Math.ceil(low / q) * q;
  return nearest > high ? Math.floor(high / q) * q : nearest;
}

function logSpread(low: number, high: number, count: number): readonly number[] {
  const decades = Math.log10(high / low);
  const whole = Math.round(decades);
  const isPowers = Math.abs(decades - whole) < 1e-9 && whole >= 2 && whole < 2 * count;
  return byFactors(low, high, isPowers ? whole + 1 : count);
}

function unique(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The range that a list of numbers stands for; undefined where they are fewer than two. */
export function rangeFor(values: readonly number[]): Fields | undefined {
  const sorted = unique(values);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined || min === max) return undefined;
  const bounds: Fields = [
    ["min", yamlValue(min)],
    ["max", yamlValue(max)],
  ];
  const areWhole = sorted.every(Number.isInteger);
  const step = commonStep(sorted);
  if (min > 0 && isByFactors(sorted, step)) {
    if (!areWhole) return [["distribution", "log_uniform_values"], ...bounds];
    const q: Fields = [["q", yamlValue(sorted.reduce(greatestDivisor))]];
    return [["distribution", "q_log_uniform_values"], ...bounds, ...q];
  }
  if (areWhole && (step === undefined || step === 1)) return bounds;
  if (step === undefined) return [["distribution", "uniform"], ...bounds];
  return [["distribution", "q_uniform"], ...bounds, ["q", yamlValue(rounded(step, 6))]];
}

/** The difference between neighbours, where it is always the same and the values are multiples of it. */
function commonStep(sorted: readonly number[]): number | undefined {
  const [first = 0, second = 0] = sorted;
  const step = second - first;
  const isEven = sorted.every((value, index) => isNear(value, first + index * step, step));
  const isMultiple = isNear(first, Math.round(first / step) * step, step);
  return sorted.length > 2 && isEven && isMultiple ? step : undefined;
}

function isNear(a: number, b: number, scale: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.abs(scale);
}

/** Factors from one to the next that are alike, as those of 1, 3, 10, 30 are. */
function isByFactors(sorted: readonly number[], step: number | undefined): boolean {
  const factors = sorted.slice(1).map((value, index) => value / (sorted[index] ?? value));
  const [least, most] = [Math.min(...factors), Math.max(...factors)];
  if (step !== undefined) return false;
  return sorted.length === 2 ? least >= 5 : least >= 1.5 && most <= least * 1.7;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
