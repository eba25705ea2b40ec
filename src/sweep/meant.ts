/** Which key or value was meant by a word that is none: by what it is called elsewhere, or misspelt. */
import type * as z from "zod";
import { closest, spelling } from "./closest.js";
import type { DistributionName } from "./parameter-grammar.js";
import { factsThrough } from "./schema-shape.js";

/** One of the keys of `shape` that `isFree`. */
export function keyMeant(
  word: string,
  shape: Readonly<Record<string, z.ZodType>>,
  isFree: (key: string) => boolean,
): string | undefined {
  const free = Object.keys(shape).filter(isFree);
  const alias = free.find((key) => {
    const schema = shape[key];
    return schema !== undefined && isAmong(word, factsThrough(schema)?.aliases ?? []);
  });
  return alias ?? closest(word, free);
}

/** One of `allowed`. */
export function valueMeant(
  word: string,
  allowed: readonly string[],
  schema: z.ZodType,
): string | undefined {
  const aliases = Object.entries(factsThrough(schema)?.valueAliases ?? {});
  const [alias] = aliases.find(([, names]) => isAmong(word, names)) ?? [];
  return alias !== undefined && allowed.includes(alias) ? alias : closest(word, allowed);
}

/** What distributions are called by other tools, and by those who guess. */
const distributionAliases: Partial<Record<DistributionName, readonly string[]>> = {
  categorical: ["choice", "choices", "category", "list", "grid"],
  categorical_w_probabilities: ["weighted", "weighted_choice", "categorical_with_probabilities"],
  constant: ["fixed", "const", "value"],
  int_uniform: [
    "int",
    "integer",
    "randint",
    "uniform_int",
    "integer_uniform",
    "discrete_uniform",
    "suggest_int",
  ],
  uniform: ["float", "real", "double", "continuous", "linear", "suggest_float"],
  q_uniform: ["quniform", "quantized_uniform", "uniform_q"],
  log_uniform_values: ["log", "loguniform", "log_scale", "logarithmic", "uniform_log"],
  q_log_uniform_values: ["qloguniform", "q_log", "quantized_log_uniform"],
  normal: ["gaussian", "gauss", "randn"],
  log_normal: ["log_gaussian"],
};

/**
 * @param hasPositiveBounds whether these bounds can be values: then they were meant as such, not as
 * the exponents that `log_uniform` takes
 */
export function distributionMeant(
  word: string,
  names: readonly string[],
  hasPositiveBounds: boolean,
): string | undefined {
  const aliases = Object.entries(distributionAliases);
  const [alias] = aliases.find(([, others]) => isAmong(word, others)) ?? [];
  const meant = alias ?? closest(word, names);
  const ofValues = `${meant}_values`;
  return hasPositiveBounds && names.includes(ofValues) ? ofValues : meant;
}

function isAmong(word: string, names: readonly string[]): boolean {
  return names.some((name) => spelling(name) === spelling(word));
}
