/** The parameters of a sweep file as far as they can be read, valid or not in the rest. */
import { cardinality } from "../../space/distribution.js";
import type { Distribution } from "../../space/space.js";
import { distributionOf } from "../../sweep/build-space.js";
import { chooseDefinition } from "../../sweep/parameter-definition.js";
import { type MapEntry, type MapNode, type TextNode, valueAt } from "../../sweep/tree.js";

export interface Swept {
  /** Its path, joined by dots. */
  readonly name: string;
  readonly entry: MapEntry;
  readonly node: MapNode;
  readonly distribution: Distribution;
}

/** Constants included; parameters that are wrong in themselves are left out. */
export function parametersOf(root: TextNode | undefined): readonly Swept[] {
  const parameters = valueAt(root, "parameters");
  return parameters === undefined ? [] : [...within(parameters, "")];
}

function* within(node: TextNode, above: string): Generator<Swept> {
  if (node.kind !== "map") return;
  for (const entry of node.entries) {
    const { key, value } = entry;
    if (value.kind !== "map") continue;
    const name = above === "" ? key : `${above}.${key}`;
    const choice = chooseDefinition(value);
    if (choice.kind !== "definition") continue;
    if (choice.name === "group") {
      const inner = valueAt(value, "parameters");
      if (inner !== undefined) yield* within(inner, name);
      continue;
    }
    const distribution = distributionOf(value, choice.name);
    if (distribution !== undefined) yield { name, entry, node: value, distribution };
  }
}

/** Whether it can take more than one value. */
export function isSearched({ distribution }: Swept): boolean {
  return cardinality(distribution) > 1;
}
