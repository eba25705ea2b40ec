/**
 * What values an expression can have, from what its parameters can have: intervals of numbers, sets
 * of texts. Always more than there is, never less, so that what is found impossible is.
 */
import type { Distribution } from "../space.js";
import type { Json } from "../value.js";
import { calculate } from "./evaluate.js";
import type { Arithmetic } from "./expression.js";
import { functions } from "./functions.js";

/** Both ends included, as far as anything depends on it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Domain {
  /** Absent: it is never a number. Booleans are 0 and 1. */
  readonly numbers?: Interval;
  readonly texts: ReadonlySet<string>;
  /** Whether it may be null, a list or a map. */
  readonly hasOthers: boolean;
}

const none: ReadonlySet<string> = new Set();
const everyNumber: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

export const anyNumber: Domain = numbersFrom(everyNumber);

export function numbersFrom(numbers: Interval): Domain {
  return { numbers, texts: none, hasOthers: false };
}

/** Of a list of values, of which it is one. */
export function domainOfValues(values: readonly Json[]): Domain {
  const texts = new Set<string>();
  const numbers: number[] = [];
  let hasOthers = false;
  for (const value of values) {
    if (typeof value === "string") texts.add(value);
    else if (typeof value === "number" || typeof value === "boolean") numbers.push(Number(value));
    else hasOthers = true;
  }
  if (numbers.length === 0) return { texts, hasOthers };
  return { numbers: hull(numbers), texts, hasOthers };
}

export function domainOf(distribution: Distribution): Domain {
  switch (distribution.kind) {
    case "constant":
      return domainOfValues([distribution.value]);
    case "categorical":
      return domainOfValues(distribution.values);
    default: {
      const { low, high } = boundsOf(distribution);
      // Rounding to a step may leave the bounds by half of one.
      const margin = "q" in distribution ? distribution.q / 2 : 0;
      return numbersFrom({ low: low - margin, high: high + margin });
    }
  }
}

type Numeric = Exclude<Distribution, { kind: "constant" | "categorical" }>;

/** Between which numbers it draws, before any rounding to a step; infinite where there is no bound. */
export function boundsOf(distribution: Numeric): Interval {
  switch (distribution.kind) {
    case "int_uniform":
    case "uniform":
    case "q_uniform":
    case "log_uniform_values":
    case "q_log_uniform_values":
    case "inv_log_uniform_values":
      return { low: distribution.min, high: distribution.max };
    case "log_uniform":
    case "q_log_uniform":
      return { low: Math.exp(distribution.min), high: Math.exp(distribution.max) };
    case "inv_log_uniform":
      return { low: Math.exp(-distribution.max), high: Math.exp(-distribution.min) };
    case "normal":
    case "q_normal":
      return everyNumber;
    case "log_normal":
    case "q_log_normal":
      return { low: 0, high: Number.POSITIVE_INFINITY };
    case "beta":
    case "q_beta":
      return { low: 0, high: 1 };
  }
}

export function calculatedInterval(operator: Arithmetic, a: Interval, b: Interval): Interval {
  const crossesZero = b.low <= 0 && b.high >= 0;
  switch (operator) {
    case "/":
    case "//":
      return crossesZero ? everyNumber : corners(operator, a, b);
    case "%":
      return crossesZero ? everyNumber : { low: Math.min(0, b.low), high: Math.max(0, b.high) };
    case "**":
      // Below 0 the sign alternates, and fractions have no power at all.
      return a.low < 0 || (a.low === 0 && b.low < 0) ? everyNumber : corners(operator, a, b);
    default:
      return corners(operator, a, b);
  }
}

/** Of operations that are monotone in each operand. */
function corners(operator: Arithmetic, a: Interval, b: Interval): Interval {
  const values = [a.low, a.high].flatMap((x) =>
    [b.low, b.high].map((y) => calculate(operator, x, y) ?? Number.NaN),
  );
  return values.some(Number.isNaN) ? everyNumber : hull(values);
}

export function calledInterval(name: string, operands: readonly Interval[]): Interval {
  const [first, second] = operands;
  const called = functions.get(name);
  if (first === undefined || called === undefined) return everyNumber;
  if (name === "abs") {
    const [low, high] = [Math.abs(first.low), Math.abs(first.high)];
    const touchesZero = first.low <= 0 && first.high >= 0;
    return { low: touchesZero ? 0 : Math.min(low, high), high: Math.max(low, high) };
  }
  if (called.most <= 2 && second !== undefined) return everyNumber;
  return {
    low: called.apply(operands.map(({ low }) => low)) ?? Number.NEGATIVE_INFINITY,
    high: called.apply(operands.map(({ high }) => high)) ?? Number.POSITIVE_INFINITY,
  };
}

function hull(numbers: readonly number[]): Interval {
  return { low: Math.min(...numbers), high: Math.max(...numbers) };
}
