/** One parameter, or several that are read side by side, as samplers calculate with it. */
import { betaProbability } from "./beta.js";
import { cardinality, identity, quantile, roundHalfToEven } from "./distribution.js";
import { boundsOf } from "./expression/domain.js";
import { normalProbability } from "./normal.js";
import type { Distribution, Parameter } from "./space.js";
import type { Json } from "./value.js";

export type Dimension = NumericDimension | ChoiceDimension;

export interface NumericDimension {
  readonly kind: "numeric";
  readonly name: string;
  readonly distribution: NumericDistribution;
  /** How many values it has; Infinity for one without gaps. */
  readonly cardinality: number;
  /**
   * Where a value lies between the least (0) and the largest (1), on the scale of the distribution:
   * linear, logarithmic, or that of its own probabilities where it has no bounds. Whole numbers and
   * steps have cells of equal width on that scale, with the value in the middle. Values beyond the
   * bounds lie outside [0, 1].
   */
  placeOf(value: number): number;
  /** The value at a place, or the nearest that can be drawn; places outside [0, 1] count as its ends. */
  valueAt(place: number): number;
}

export interface ChoiceDimension {
  readonly kind: "choice";
  /** One name, or those of parameters whose lists are read side by side. */
  readonly names: readonly string[];
  /** Of each choice, a value for each name. No two are the same. */
  readonly choices: readonly (readonly Json[])[];
  /** Of each choice, summing to 1. */
  readonly probabilities: readonly number[];
  /**
   * Of each choice its place in [0, 1], where the choices are three or more numbers: by value, on
   * the scale, linear or logarithmic, that spaces them more evenly.
   */
  readonly places: readonly number[] | undefined;
}

export type NumericDistribution = Exclude<Distribution, { kind: "constant" | "categorical" }>;

export function numericDimension(
  name: string,
  distribution: NumericDistribution,
): NumericDimension {
  const { forward, backward } = scaleOf(distribution);
  const values = cardinality(distribution);
  const { least, largest } = endsOf(distribution);
  return {
    kind: "numeric",
    name,
    distribution,
    cardinality: values,
    placeOf: forward,
    valueAt: (place) => {
      // The ends as they are written, whatever rounding makes of them on the scale.
      if (place <= 0) return least;
      if (place >= 1) return largest;
      return Math.min(largest, Math.max(least, rounded(distribution, backward(place))));
    },
  };
}

function endsOf(distribution: NumericDistribution): {
  readonly least: number;
  readonly largest: number;
} {
  const { low, high } = boundsOf(distribution);
  const isExact = !("q" in distribution) && distribution.kind !== "beta" && low < high;
  if (isExact && Number.isFinite(high - low)) return { least: low, largest: high };
  return {
    least: Number(quantile(distribution, tinyProbability)),
    largest: Number(quantile(distribution, 1 - tinyProbability)),
  };
}

/** Value `index` of a dimension with finitely many, ascending from 0. */
export function listedValue({ distribution }: NumericDimension, index: number): number {
  switch (distribution.kind) {
    case "int_uniform":
      return distribution.min + index;
    case "q_uniform":
    case "q_log_uniform_values":
      return (roundHalfToEven(distribution.min / distribution.q) + index) * distribution.q;
    case "q_log_uniform":
      return (
        (roundHalfToEven(Math.exp(distribution.min) / distribution.q) + index) * distribution.q
      );
    case "q_beta":
      return index * distribution.q;
    default:
      throw new RangeError(`${distribution.kind} has no list of values`);
  }
}

/** What lies beyond is never drawn, and keeps places of unbounded distributions finite. */
const tinyProbability = 1e-12;

interface Scale {
  readonly forward: (value: number) => number;
  readonly backward: (place: number) => number;
}

function scaleOf(distribution: NumericDistribution): Scale {
  switch (distribution.kind) {
    case "uniform":
      return linear(distribution.min, distribution.max);
    case "int_uniform":
      return linear(distribution.min - 0.5, distribution.max + 0.5);
    case "q_uniform": {
      const { min, max, q } = distribution;
      return linear((roundHalfToEven(min / q) - 0.5) * q, (roundHalfToEven(max / q) + 0.5) * q);
    }
    case "log_uniform_values":
    case "inv_log_uniform_values":
      return logarithmic(distribution.min, distribution.max);
    case "log_uniform":
      return logarithmic(Math.exp(distribution.min), Math.exp(distribution.max));
    case "inv_log_uniform":
      return logarithmic(Math.exp(-distribution.max), Math.exp(-distribution.min));
    case "q_log_uniform_values":
      return logarithmicSteps(distribution.min, distribution.max, distribution.q);
    case "q_log_uniform":
      return logarithmicSteps(
        Math.exp(distribution.min),
        Math.exp(distribution.max),
        distribution.q,
      );
    case "normal":
    case "q_normal": {
      const { mu, sigma } = distribution;
      return probability((value) => normalProbability((value - mu) / sigma), distribution);
    }
    case "log_normal":
    case "q_log_normal": {
      const { mu, sigma } = distribution;
      return probability(
        (value) => (value <= 0 ? 0 : normalProbability((Math.log(value) - mu) / sigma)),
        distribution,
      );
    }
    case "beta":
    case "q_beta": {
      const { a, b } = distribution;
      return probability((value) => betaProbability(value, a, b), distribution);
    }
  }
}

function linear(low: number, high: number): Scale {
  const span = high - low || 1;
  return { forward: (value) => (value - low) / span, backward: (place) => low + place * span };
}

function logarithmic(low: number, high: number): Scale {
  const { forward, backward } = linear(Math.log(low), Math.log(high));
  return {
    // A value of 0 or less has no logarithm: it lies below everything.
    forward: (value) => (value > 0 ? forward(Math.log(value)) : -1),
    backward: (place) => Math.exp(backward(place)),
  };
}

/** Half a step beyond the outermost values, but never down to 0, whose logarithm has no end. */
function logarithmicSteps(min: number, max: number, q: number): Scale {
  const least = Math.max(roundHalfToEven(min / q), 0.5) * q;
  const largest = Math.max(roundHalfToEven(max / q), 0.5) * q;
  const scale = logarithmic(Math.max(least - q / 2, least / 2), largest + q / 2);
  // Rounding may draw 0, which lies at the lower end.
  return { ...scale, forward: (value) => Math.max(0, scale.forward(value)) };
}

/** `quantile` before it rounds is the inverse, so the unrounded twin of a stepped distribution is asked. */
function probability(forward: (value: number) => number, distribution: NumericDistribution): Scale {
  const smooth = smoothOf(distribution);
  return {
    forward,
    backward: (place) =>
      Number(quantile(smooth, Math.min(1 - tinyProbability, Math.max(tinyProbability, place)))),
  };
}

function smoothOf(distribution: NumericDistribution): Distribution {
  switch (distribution.kind) {
    case "q_normal":
      return { kind: "normal", mu: distribution.mu, sigma: distribution.sigma };
    case "q_log_normal":
      return { kind: "log_normal", mu: distribution.mu, sigma: distribution.sigma };
    case "q_beta":
      return { kind: "beta", a: distribution.a, b: distribution.b };
    default:
      return distribution;
  }
}

function rounded(distribution: NumericDistribution, value: number): number {
  if (distribution.kind === "int_uniform") return Math.round(value);
  return "q" in distribution ? roundHalfToEven(value / distribution.q) * distribution.q : value;
}

/** Equal values of a list are one choice, as likely as they are together. */
export function choiceDimension(parameters: readonly Parameter[]): ChoiceDimension {
  const lists = parameters.map(({ distribution }) => choicesOf(distribution));
  const [first] = lists;
  const count = Math.min(...lists.map(({ values }) => values.length));
  const indexes = new Map<string, number>();
  const choices: (readonly Json[])[] = [];
  const weights: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const choice = lists.map(({ values }) => values[at] ?? null);
    const weight = first?.probabilities?.[at] ?? 1 / count;
    // What is never drawn is no choice.
    if (weight <= 0) continue;
    const key = identity(choice);
    const index = indexes.get(key);
    if (index !== undefined) weights[index] = (weights[index] ?? 0) + weight;
    else {
      indexes.set(key, choices.length);
      choices.push(choice);
      weights.push(weight);
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return {
    kind: "choice",
    names: parameters.map(({ name }) => name),
    choices,
    probabilities: weights.map((weight) => weight / total),
    places: placesOf(choices),
  };
}

function choicesOf(distribution: Distribution): {
  readonly values: readonly Json[];
  readonly probabilities?: readonly number[];
} {
  return distribution.kind === "categorical"
    ? distribution
    : { values: distribution.kind === "constant" ? [distribution.value] : [] };
}

function placesOf(choices: readonly (readonly Json[])[]): readonly number[] | undefined {
  const numbers = choices.map(([value]) => value);
  if (choices.length < 3 || choices.some((each) => each.length > 1)) return undefined;
  if (!numbers.every((value) => typeof value === "number" && Number.isFinite(value))) {
    return undefined;
  }
  const plain = numbers.map(Number);
  const onLinear = spread(plain);
  if (plain.some((value) => value <= 0)) return onLinear;
  const onLog = spread(plain.map(Math.log));
  return leastGap(onLog) > leastGap(onLinear) ? onLog : onLinear;
}

function spread(numbers: readonly number[]): readonly number[] {
  const low = Math.min(...numbers);
  const span = Math.max(...numbers) - low;
  return numbers.map((each) => (each - low) / span);
}

function leastGap(places: readonly number[]): number {
  const sorted = [...places].sort((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((place, index) => place - (sorted[index] ?? 0)));
}
