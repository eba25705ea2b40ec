/** Configurations: drawn from a space, given the shape a script expects, and taken back from it. */
import { cardinality as cardinalityOf, quantile } from "./distribution.js";
import type { RandomStream } from "./random.js";
import { ownValue, recordFrom } from "./record.js";
import type { Configuration, Space } from "./space.js";
import type { Json } from "./value.js";

/**
 * Each parameter draws from a stream of its own, named for it: adding a parameter to a sweep, or
 * moving one, leaves the draws of the others as they were.
 */
export function sample(space: Space, stream: RandomStream): Configuration {
  return recordFrom(
    space.parameters.map(({ name, distribution }) => [
      name,
      quantile(distribution, stream.fork(name).next()),
    ]),
  );
}

/** How many different configurations the space holds; Infinity where they have no end. */
export function cardinality(space: Space): number {
  return space.parameters.reduce(
    (product, { distribution }) => product * cardinalityOf(distribution),
    1,
  );
}

/** A tree of what a script is given; groups are maps. */
type Tree = Map<string, Tree | Json>;

/** Nested groups become nested objects; parameters that the configuration lacks are left out. */
export function nest(space: Space, configuration: Configuration): Record<string, Json> {
  const root: Tree = new Map();
  for (const { name, path } of space.parameters) {
    const value = ownValue(configuration, name);
    const last = path.at(-1);
    if (value === undefined || last === undefined) continue;
    groupAt(root, path.slice(0, -1)).set(last, value);
  }
  return plain(root);
}

function groupAt(root: Tree, path: readonly string[]): Tree {
  let group = root;
  for (const name of path) {
    const existing = group.get(name);
    if (existing instanceof Map) {
      group = existing;
      continue;
    }
    const created: Tree = new Map();
    group.set(name, created);
    group = created;
  }
  return group;
}

function plain(tree: Tree): Record<string, Json> {
  return recordFrom(
    [...tree].map(([key, value]) => [key, value instanceof Map ? plain(value) : value] as const),
  );
}

/** The inverse of `nest`: parameters that `nested` lacks are left out, what the space lacks is ignored. */
export function flatten(space: Space, nested: Readonly<Record<string, Json>>): Configuration {
  const entries: [string, Json][] = [];
  for (const { name, path } of space.parameters) {
    let value: Json | undefined = nested;
    for (const key of path) value = isObject(value) ? ownValue(value, key) : undefined;
    if (value !== undefined) entries.push([name, value]);
  }
  return recordFrom(entries);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
