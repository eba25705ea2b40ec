/** Which definition of a parameter its writer had in mind: by `distribution`, else by the keys. */

import { type DefinitionName, definitions } from "./parameter-grammar.js";
import type { UnclearReason } from "./problem.js";
import { entryOf, isNull, type MapNode, type TextNode, textOf, valueAt } from "./tree.js";

export type Choice =
  | { readonly kind: "definition"; readonly name: DefinitionName }
  /** `distribution` is there, and names none. */
  | { readonly kind: "unknown-distribution"; readonly node: TextNode }
  | {
      readonly kind: "unclear";
      readonly reason: UnclearReason;
      readonly candidates: readonly DefinitionName[];
      /** Which of its keys several definitions have. */
      readonly keys: readonly string[];
    }
  /** Its keys are parameters: a group whose `parameters:` was forgotten. */
  | { readonly kind: "bare-group" }
  /** None of its keys belongs to a definition. */
  | { readonly kind: "foreign" };

const definition = (name: DefinitionName): Choice => ({ kind: "definition", name });

const unclear = (
  reason: UnclearReason,
  keys: readonly string[],
  ...candidates: DefinitionName[]
): Choice => ({ kind: "unclear", reason, keys, candidates });

export function chooseDefinition(node: MapNode): Choice {
  const given = valueAt(node, "distribution");
  if (given !== undefined) {
    const name = textOf(given);
    return name !== undefined && isDistribution(name)
      ? definition(name)
      : { kind: "unknown-distribution", node: given };
  }
  const has = (key: string): boolean => entryOf(node, key) !== undefined;
  if (has("parameters")) return definition("group");
  if (has("value") && has("values"))
    return unclear("value-and-values", ["value", "values"], "constant", "categorical");
  if (has("value")) return definition("constant");
  if (has("probabilities")) return definition("categorical_w_probabilities");
  if (has("values")) return definition("categorical");
  if (has("min") || has("max")) return byBounds(node, has("q"));
  return withoutBounds(node, has);
}

function isDistribution(name: string): name is Exclude<DefinitionName, "group"> {
  return name !== "group" && Object.hasOwn(definitions, name);
}

/** Bounds of whole numbers mean whole numbers, unless one is written as a fraction (`1.0`). */
function byBounds(node: MapNode, hasQ: boolean): Choice {
  if (hasQ) return unclear("distribution-needed", ["q"], "q_uniform", "q_log_uniform_values");
  const bounds = [valueAt(node, "min"), valueAt(node, "max")].filter(
    (bound) => bound !== undefined && !isNull(bound),
  );
  const whole = bounds.every((bound) => bound?.kind === "scalar" && bound.type === "integer");
  return definition(whole ? "int_uniform" : "uniform");
}

function withoutBounds(node: MapNode, has: (key: string) => boolean): Choice {
  const keys = ["mu", "sigma", "a", "b", "q"].filter(has);
  const needed = (...candidates: DefinitionName[]) =>
    unclear("distribution-needed", keys, ...candidates);
  if (has("mu") || has("sigma")) {
    return has("q") ? needed("q_normal", "q_log_normal") : needed("normal", "log_normal");
  }
  if (has("a") || has("b")) return needed(has("q") ? "q_beta" : "beta");
  if (has("q")) return needed("q_uniform", "q_log_uniform_values");
  if (node.entries.length === 0) return unclear("empty", []);
  return node.entries.every(({ value }) => value.kind === "map")
    ? { kind: "bare-group" }
    : { kind: "foreign" };
}
