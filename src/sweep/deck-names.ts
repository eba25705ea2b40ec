/** The parameters of a sweep file as the `sweepdeck:` block may name them. */
import type { Parameter } from "../space/space.js";
import { spaceOf } from "./build-space.js";
import { closest } from "./closest.js";
import type { Report } from "./problem.js";
import { type MapNode, type TextNode, type TextRange, valueAt } from "./tree.js";

export interface ParameterNames {
  /** Those whose definition is right, by name. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** The names of the parameters in a group, at any depth. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Every name, also of parameters whose definition is wrong, and of groups. */
  readonly written: ReadonlySet<string>;
}

export function namesIn(root: MapNode): ParameterNames {
  const tree = valueAt(root, "parameters");
  const { parameters } = spaceOf(tree);
  const written = new Set([...writtenIn(tree, ""), ...parameters.map(({ name }) => name)]);
  const groups = new Map<string, string[]>();
  for (const { name, path } of parameters) {
    for (let depth = 1; depth < path.length; depth += 1) {
      const group = path.slice(0, depth).join(".");
      groups.set(group, [...(groups.get(group) ?? []), name]);
    }
  }
  return { parameters: new Map(parameters.map((each) => [each.name, each])), groups, written };
}

function* writtenIn(node: TextNode | undefined, prefix: string): Generator<string> {
  if (node?.kind !== "map") return;
  for (const { key, value } of node.entries) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    yield name;
    yield* writtenIn(valueAt(value, "parameters"), name);
  }
}

/** Whether there is such a parameter or group; if not, this is reported. */
export function isKnown(
  name: string,
  range: TextRange,
  { written }: ParameterNames,
  report: Report,
): boolean {
  // Where no parameters are read, theirs is the mistake.
  if (written.size === 0 || written.has(name)) return written.has(name);
  const near = nearest(name, written);
  report(range, {
    code: "unknown-parameter",
    name,
    ...(near !== undefined && { closest: near }),
  });
  return false;
}

/** `lr` may stand for `optimizer.lr`, where there is no other. */
export function nearest(name: string, written: ReadonlySet<string>): string | undefined {
  const inGroups = [...written].filter((each) => each.endsWith(`.${name}`));
  return inGroups.length === 1 ? inGroups[0] : closest(name, written);
}
