/**
 * What a distribution draws: its quantile function, and how many values it can take.
 *
 * The quantiles are those of W&B's engine (`HyperParameter.ppf`) on the open interval (0, 1), down
 * to the rounding of `q`, which does not clip: `q_uniform` from 1 to 10 by 4 draws 0, below its bounds.
 */
import { betaQuantile } from "./beta.js";
import { normalQuantile } from "./normal.js";
import type { Distribution } from "./space.js";
import type { Json } from "./value.js";

/** The value below which a fraction `probability` (in the open interval (0, 1)) of the draws lies. */
export function quantile(distribution: Distribution, probability: number): Json {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "categorical": {
      const { values, probabilities } = distribution;
      const index =
        probabilities === undefined
          ? integerQuantile(0, values.length - 1, probability)
          : weightedQuantile(probabilities, probability);
      return values[index] ?? null;
    }
    case "int_uniform":
      return integerQuantile(distribution.min, distribution.max, probability);
    default:
      return "q" in distribution
        ? roundTo(distribution.q, continuousQuantile(distribution, probability))
        : continuousQuantile(distribution, probability);
  }
}

type Continuous = Exclude<Distribution, { kind: "constant" | "categorical" | "int_uniform" }>;

/** Before any rounding to `q`. */
function continuousQuantile(distribution: Continuous, probability: number): number {
  switch (distribution.kind) {
    case "uniform":
    case "q_uniform":
      return between(distribution.min, distribution.max, probability);
    case "log_uniform_values":
    case "q_log_uniform_values":
      return Math.exp(between(Math.log(distribution.min), Math.log(distribution.max), probability));
    case "log_uniform":
    case "q_log_uniform":
      return Math.exp(between(distribution.min, distribution.max, probability));
    case "inv_log_uniform_values":
      return Math.exp(
        -between(-Math.log(distribution.max), -Math.log(distribution.min), 1 - probability),
      );
    case "inv_log_uniform":
      return Math.exp(-between(distribution.min, distribution.max, 1 - probability));
    case "normal":
    case "q_normal":
      return distribution.mu + distribution.sigma * normalQuantile(probability);
    case "log_normal":
    case "q_log_normal":
      return Math.exp(distribution.sigma * normalQuantile(probability)) * Math.exp(distribution.mu);
    case "beta":
    case "q_beta":
      return betaQuantile(probability, distribution.a, distribution.b);
  }
}

function between(min: number, max: number, probability: number): number {
  return probability * (max - min) + min;
}

/** Both ends included. */
function integerQuantile(min: number, max: number, probability: number): number {
  const count = max - min + 1;
  const upper = Math.ceil(probability * count + min) - 1;
  // Rounding may have carried the product over an integer: the one below is right if it reaches far enough.
  const lower = Math.max(min, Math.min(upper - 1, max));
  return (lower - min + 1) / count >= probability ? lower : upper;
}

function weightedQuantile(probabilities: readonly number[], probability: number): number {
  let sum = 0;
  for (const [index, weight] of probabilities.entries()) {
    sum += weight;
    if (probability < sum) return index;
  }
  // The weights may sum to a little under 1.
  return probabilities.findLastIndex((weight) => weight > 0);
}

function roundTo(q: number, value: number): number {
  return roundHalfToEven(value / q) * q;
}

/** As NumPy rounds. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** How many different values it can draw; Infinity where they have no end or no gaps. */
export function cardinality(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
      return 1;
    case "categorical":
      return new Set(distribution.values.map(identity)).size;
    case "int_uniform":
      return distribution.max - distribution.min + 1;
    case "q_uniform":
      return steps(distribution.q, distribution.min, distribution.max);
    case "q_log_uniform_values":
      return steps(distribution.q, distribution.min, distribution.max);
    case "q_log_uniform":
      return steps(distribution.q, Math.exp(distribution.min), Math.exp(distribution.max));
    case "q_beta":
      return steps(distribution.q, 0, 1);
    default:
      return Infinity;
  }
}

function steps(q: number, min: number, max: number): number {
  return roundHalfToEven(max / q) - roundHalfToEven(min / q) + 1;
}

/** A text that two values share if and only if they are the same value, however they are written. */
export function identity(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(identity).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${identity(item)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
