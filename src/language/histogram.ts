/** How often a distribution draws what, counted from its quantile function alone. */
import { cardinality, identity, quantile } from "../space/distribution.js";
import type { Distribution } from "../space/space.js";
import type { Json } from "../space/value.js";

export type Histogram =
  | { readonly kind: "choices"; readonly choices: readonly Choice[] }
  | {
      readonly kind: "numbers";
      readonly scale: Scale;
      /** What is drawn; of a distribution without bounds, 99 of 100 draws. */
      readonly min: number;
      readonly max: number;
      /** Side by side from `min` to `max` on the scale, as parts of the highest. */
      readonly heights: readonly number[];
      /** From one bar to the next, where each bar is one value. */
      readonly step?: number;
    };

export type Scale = "linear" | "log";

type Categorical = Extract<Distribution, { readonly kind: "categorical" }>;

export interface Choice {
  readonly value: Json;
  readonly probability: number;
}

const bars = 36;
const drawsCounted = 2400;

/** Undefined where there is nothing to compare: constants, and bounds that are no bounds. */
export function histogramOf(distribution: Distribution): Histogram | undefined {
  if (distribution.kind === "constant") return undefined;
  if (distribution.kind === "categorical") return choicesOf(distribution);
  return cardinality(distribution) <= bars ? bySteps(distribution) : byDensity(distribution);
}

/** Where a value stands on an axis; a logarithmic one has no place for zero and below. */
export function onScale(value: number, scale: Scale): number {
  return scale === "log" ? Math.log10(value) : value;
}

function choicesOf({ values, probabilities }: Categorical): Histogram {
  const byValue = new Map<string, Choice>();
  for (const [index, value] of values.entries()) {
    const key = identity(value);
    const probability = probabilities?.[index] ?? 1 / values.length;
    byValue.set(key, {
      value,
      probability: probability + (byValue.get(key)?.probability ?? 0),
    });
  }
  return { kind: "choices", choices: [...byValue.values()] };
}

/** A bar for each value, at even distances: what is rounded to a step has no others. */
function bySteps(distribution: Distribution): Histogram | undefined {
  const draws = drawsOf(distribution);
  const [min, max] = [draws[0], draws.at(-1)];
  if (min === undefined || max === undefined || !(min < max)) return undefined;
  const step = "q" in distribution ? distribution.q : 1;
  const counts = new Array<number>(Math.round((max - min) / step) + 1).fill(0);
  for (const draw of draws) count(counts, Math.round((draw - min) / step));
  return { kind: "numbers", scale: "linear", min, max, heights: relative(counts), step };
}

/** Counted before any rounding, whose steps would fall unevenly into the bars. */
function byDensity(distribution: Distribution): Histogram | undefined {
  const draws = drawsOf(unrounded(distribution));
  const [min, max] = boundsOf(distribution) ?? [draws[0], draws.at(-1)];
  if (min === undefined || max === undefined || !(min < max)) return undefined;
  const scale = distribution.kind.includes("log") && min > 0 ? "log" : "linear";
  const [from, to] = [onScale(min, scale), onScale(max, scale)];
  const counts = new Array<number>(bars).fill(0);
  for (const draw of draws) {
    const place = (onScale(draw, scale) - from) / (to - from);
    count(counts, Math.max(0, Math.min(bars - 1, Math.floor(place * bars))));
  }
  return { kind: "numbers", scale, min, max, heights: relative(counts) };
}

function unrounded(distribution: Distribution): Distribution {
  switch (distribution.kind) {
    case "int_uniform":
    case "q_uniform":
      return { kind: "uniform", min: distribution.min, max: distribution.max };
    case "q_log_uniform":
      return { kind: "log_uniform", min: distribution.min, max: distribution.max };
    case "q_log_uniform_values":
      return { kind: "log_uniform_values", min: distribution.min, max: distribution.max };
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

/** What no draw leaves, before rounding; undefined where draws have no bounds. */
function boundsOf(distribution: Distribution): readonly [number, number] | undefined {
  switch (distribution.kind) {
    case "log_uniform":
    case "q_log_uniform":
      return [Math.exp(distribution.min), Math.exp(distribution.max)];
    case "inv_log_uniform":
      return [Math.exp(-distribution.max), Math.exp(-distribution.min)];
    default:
      if ("a" in distribution) return [0, 1];
      return "min" in distribution ? [distribution.min, distribution.max] : undefined;
  }
}

/** In ascending order; of a distribution with bounds from end to end, of others without the tails. */
function drawsOf(distribution: Distribution): number[] {
  const isBounded = "min" in distribution || "a" in distribution;
  const [low, high] = isBounded ? [0, 1] : [0.005, 0.995];
  const draws: number[] = [];
  for (let index = 0; index < drawsCounted; index += 1) {
    const probability = low + ((index + 0.5) / drawsCounted) * (high - low);
    const value = quantile(distribution, probability);
    if (typeof value === "number" && Number.isFinite(value)) draws.push(value);
  }
  return draws.sort((a, b) => a - b);
}

function count(counts: number[], bar: number): void {
  counts[bar] = (counts[bar] ?? 0) + 1;
}

function relative(counts: readonly number[]): readonly number[] {
  const highest = Math.max(...counts);
  return counts.map((each) => each / highest);
}
