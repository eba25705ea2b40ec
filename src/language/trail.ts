/** What an offset points at in the tree of a sweep file. */
import type { MapEntry, TextNode, TextRange } from "../sweep/tree.js";
import type { Path } from "./cursor.js";

export interface Trail {
  /** Of the entry or item pointed at. */
  readonly path: Path;
  /** The nodes that hold it, outermost first: as many as `path` has steps. */
  readonly holders: readonly TextNode[];
  /** The entry, where it is one of a map. */
  readonly entry?: MapEntry;
  readonly node: TextNode;
  readonly at: "key" | "value";
}

/** The deepest key or scalar under `offset`; undefined between them. */
export function trailAt(root: TextNode | undefined, offset: number): Trail | undefined {
  const path: (string | null)[] = [];
  const holders: TextNode[] = [];
  let node = root;
  let entry: MapEntry | undefined;
  while (node !== undefined && node.kind !== "scalar") {
    holders.push(node);
    if (node.kind === "list") {
      node = node.items.find(({ range }) => holds(range, offset));
      path.push(null);
      entry = undefined;
      continue;
    }
    entry = node.entries.find(
      ({ keyRange, value }) => holds(keyRange, offset) || holds(value.range, offset),
    );
    if (entry === undefined) return undefined;
    path.push(entry.key);
    node = entry.value;
    if (holds(entry.keyRange, offset)) return { path, holders, entry, node, at: "key" };
  }
  if (node === undefined || !holds(node.range, offset)) return undefined;
  return { path, holders, ...(entry !== undefined && { entry }), node, at: "value" };
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end && start < end;
}
