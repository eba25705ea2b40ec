/** The parameters of a sweep file as they are written, with those of groups. */
import type { Distribution } from "../space/space.js";
import { distributionOf } from "./build-space.js";
import { chooseDefinition } from "./parameter-definition.js";
import type { DistributionName } from "./parameter-grammar.js";
import { type MapEntry, type MapNode, type TextNode, valueAt } from "./tree.js";

export interface FileParameter {
  /** With dots where it stands in groups. */
  readonly name: string;
  readonly entry: MapEntry;
  readonly node: MapNode;
  readonly definition: DistributionName;
  /** Absent where its shape is wrong. */
  readonly distribution?: Distribution;
}

/** In the order of the file; undefined for each whose definition is not clear. */
export function* parametersIn(
  node: TextNode | undefined,
  prefix = "",
): Generator<FileParameter | undefined> {
  if (node?.kind !== "map") return;
  for (const entry of node.entries) {
    const { value } = entry;
    const name = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    const choice = value.kind === "map" ? chooseDefinition(value) : undefined;
    if (value.kind !== "map" || choice?.kind !== "definition") yield undefined;
    else if (choice.name === "group") yield* parametersIn(valueAt(value, "parameters"), name);
    else {
      const distribution = distributionOf(value, choice.name);
      const known = distribution !== undefined && { distribution };
      yield { name, entry, node: value, definition: choice.name, ...known };
    }
  }
}
