/** Which format a column's numbers take, so that right alignment aligns their points. */
import type { NumberFormat } from "../../protocol.js";
import type { Distribution } from "../../space/space.js";

const mostDecimals = 6;

/** The decimals of a whole column: three significant digits of its best value, and below 1 four decimals at least. */
export function metricFormat(best: number | undefined): NumberFormat {
  if (best === undefined || !Number.isFinite(best)) return { kind: "fixed", decimals: 4 };
  if (best === 0) return { kind: "fixed", decimals: 3 };
  const magnitude = Math.floor(Math.log10(Math.abs(best)));
  const least = magnitude < 0 ? 4 : 0;
  return { kind: "fixed", decimals: Math.min(mostDecimals, Math.max(least, 2 - magnitude)) };
}

/** How the values of a parameter are written; undefined where they are words. */
export function parameterFormat(distribution: Distribution): NumberFormat | undefined {
  switch (distribution.kind) {
    case "constant":
      return listFormat([distribution.value]);
    case "categorical":
      return listFormat(distribution.values);
    case "int_uniform":
      return { kind: "integer" };
    case "uniform":
      return spreadFormat(distribution.max - distribution.min);
    case "normal":
      return spreadFormat(distribution.sigma * 2);
    case "beta":
      return { kind: "fixed", decimals: 2 };
    case "log_uniform_values":
    case "inv_log_uniform_values":
    case "log_uniform":
    case "inv_log_uniform":
    case "log_normal":
      return { kind: "scientific", decimals: 1 };
    case "q_uniform":
    case "q_normal":
    case "q_beta":
    case "q_log_uniform_values":
    case "q_log_uniform":
    case "q_log_normal":
      return stepFormat(distribution.q);
    default:
      return distribution satisfies never;
  }
}

/** The range of a parameter that is drawn on a log scale. */
export function logRange(distribution: Distribution): { min: number; max: number } | null {
  switch (distribution.kind) {
    case "log_uniform_values":
    case "inv_log_uniform_values":
    case "q_log_uniform_values":
      return { min: distribution.min, max: distribution.max };
    case "log_uniform":
    case "inv_log_uniform":
    case "q_log_uniform":
      return { min: Math.exp(distribution.min), max: Math.exp(distribution.max) };
    default:
      return null;
  }
}

/** The format of a list of values as written; undefined where any of them is not a number. */
export function listFormat(values: readonly unknown[]): NumberFormat | undefined {
  const numbers = values.filter((value): value is number => typeof value === "number");
  if (numbers.length === 0 || numbers.length < values.length) return undefined;
  if (numbers.every((value) => Number.isInteger(value) && Math.abs(value) < 1e9)) {
    return { kind: "integer" };
  }
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  if (Math.max(...sizes) / Math.min(...sizes) >= 100 || Math.min(...sizes) < 1e-3) {
    return { kind: "scientific", decimals: 1 };
  }
  return { kind: "fixed", decimals: Math.max(...numbers.map(decimalsOf)) };
}

/** A value alone, as short as six digits are; whole numbers, which may be seeds, are whole. */
export function shortText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const rounded = Number(value.toPrecision(6));
  return Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}

function decimalsOf(value: number): number {
  const text = String(value);
  const point = text.indexOf(".");
  return point < 0 || text.includes("e") ? 0 : Math.min(mostDecimals, text.length - point - 1);
}

function spreadFormat(spread: number): NumberFormat {
  const magnitude = Math.floor(Math.log10(Math.abs(spread) || 1));
  return { kind: "fixed", decimals: Math.min(mostDecimals, Math.max(2, 1 - magnitude)) };
}

function stepFormat(step: number): NumberFormat {
  if (Number.isInteger(step)) return { kind: "integer" };
  return { kind: "fixed", decimals: Math.max(1, decimalsOf(step)) };
}
