/** The parameters of a sweep file where they stand, groups taken apart. */
import type { Distribution } from "../space/space.js";
import { distributionOf } from "../sweep/build-space.js";
import { chooseDefinition } from "../sweep/parameter-definition.js";
import { type MapEntry, type TextNode, valueAt } from "../sweep/tree.js";

export interface ParameterEntry {
  /** With dots between groups. */
  readonly name: string;
  readonly entry: MapEntry;
}

/** In the order of the file; also those that are wrong in themselves. */
export function parameterEntries(root: TextNode | undefined): readonly ParameterEntry[] {
  const parameters = valueAt(root, "parameters");
  return parameters === undefined ? [] : [...within(parameters, "")];
}

function* within(node: TextNode, above: string): Generator<ParameterEntry> {
  if (node.kind !== "map") return;
  for (const entry of node.entries) {
    const name = `${above}${entry.key}`;
    const inner = valueAt(entry.value, "parameters");
    if (inner?.kind === "map") yield* within(inner, `${name}.`);
    else yield { name, entry };
  }
}

/** Undefined where the definition is not clear, or wrong. */
export function distributionIn(node: TextNode): Distribution | undefined {
  if (node.kind !== "map") return undefined;
  const choice = chooseDefinition(node);
  if (choice.kind !== "definition" || choice.name === "group") return undefined;
  return distributionOf(node, choice.name);
}
