/** The definitions of a parameter as they are offered: which still fit, and how each is begun. */
import { type DefinitionName, definitionNames, definitions } from "../sweep/parameter-grammar.js";
import { isRequired, shapeOf } from "../sweep/schema-shape.js";
import { type Fields, newFields } from "./snippet.js";

/** Fields that run as they are; those without a starting point are left for the user. */
const startingPoints: Readonly<Record<DefinitionName, Readonly<Record<string, string>>>> = {
  categorical: {},
  categorical_w_probabilities: {},
  constant: {},
  int_uniform: { min: "1", max: "10" },
  uniform: { min: "0.0", max: "1.0" },
  log_uniform_values: { min: "1.0e-5", max: "1.0e-1" },
  q_uniform: { min: "0", max: "100", q: "10" },
  q_log_uniform_values: { min: "16", max: "512", q: "16" },
  inv_log_uniform_values: { min: "1.0e-5", max: "1.0e-1" },
  normal: { mu: "0.0", sigma: "1.0" },
  log_normal: { mu: "0.0", sigma: "1.0" },
  q_normal: { mu: "0.0", sigma: "1.0", q: "0.1" },
  q_log_normal: { mu: "0.0", sigma: "1.0", q: "0.1" },
  beta: { a: "2", b: "2" },
  q_beta: { a: "2", b: "2", q: "0.1" },
  log_uniform: { min: "-11.5", max: "-2.3" },
  q_log_uniform: { min: "2.8", max: "6.2", q: "16" },
  inv_log_uniform: { min: "2.3", max: "11.5" },
  group: {},
};

/**
 * The definitions that have all of `keys`, and the distribution if one is named. Where none has,
 * the named one; where that does not exist, all.
 */
export function fitting(
  keys: Iterable<string>,
  distribution: string | undefined,
): readonly DefinitionName[] {
  const present = [...keys];
  const named = definitionNames.filter(
    (name) => distribution === undefined || name === distribution,
  );
  const fits = named.filter((name) => present.every((key) => key in shapeOf(definitions[name])));
  if (fits.length > 0) return fits;
  return named.length > 0 ? named : definitionNames;
}

/** Whether a definition is told by its keys, without its name. */
export function isInferred(name: DefinitionName): boolean {
  const { distribution } = shapeOf(definitions[name]);
  return distribution === undefined || !isRequired(distribution);
}

/**
 * The lines of a definition, without the keys that are there. The distribution comes first where it
 * must be written; `named` writes it where it need not be.
 */
export function definitionLines(
  name: DefinitionName,
  present: ReadonlySet<string>,
  fields: Fields = newFields(),
): readonly string[] {
  const lines = isInferred(name) || present.has("distribution") ? [] : [`distribution: ${name}`];
  for (const key of Object.keys(shapeOf(definitions[name]))) {
    if (key === "distribution" || present.has(key)) continue;
    lines.push(...fieldLines(name, key, fields));
  }
  return lines;
}

function fieldLines(name: DefinitionName, key: string, fields: Fields): readonly string[] {
  if (key === "parameters") return ["parameters:", `  ${fields.text("")}`];
  const field = fields.text(startingPoints[name][key] ?? "");
  return [`${key}: ${key === "values" || key === "probabilities" ? `[${field}]` : field}`];
}

/** A single key of a definition. */
export function fieldSnippet(name: DefinitionName, key: string): string {
  return fieldLines(name, key, newFields()).join("\n");
}
