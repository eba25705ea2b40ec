/** The parameters of a sweep file as far as they can be read, valid or not in the rest. */
import { identity } from "../../space/distribution.js";
import { chooseDefinition } from "../../sweep/parameter-definition.js";
import type { DistributionName } from "../../sweep/parameter-grammar.js";
import { type MapEntry, type MapNode, type TextNode, toJson, valueAt } from "../../sweep/tree.js";

export interface Swept {
  /** Its path, joined by dots. */
  readonly name: string;
  readonly entry: MapEntry;
  readonly node: MapNode;
  readonly distribution: DistributionName;
}

/** Constants included; parameters whose distribution is not clear are left out. */
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
    if (choice.name !== "group") yield { name, entry, node: value, distribution: choice.name };
    else {
      const inner = valueAt(value, "parameters");
      if (inner !== undefined) yield* within(inner, name);
    }
  }
}

/** Whether it can take more than one value. */
export function isSearched({ distribution, node }: Swept): boolean {
  if (distribution === "constant") return false;
  const values = valueAt(node, "values");
  if (values?.kind !== "list") return true;
  return new Set(values.items.map((item) => identity(toJson(item)))).size > 1;
}
