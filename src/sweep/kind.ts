/** What kind of value a node is, for messages. */
import type { Kind } from "./problem.js";
import type { TextNode } from "./tree.js";

export function kindOf(node: TextNode): Kind {
  if (node.kind !== "scalar") return node.kind;
  if (node.textToPyYaml) return "number";
  return node.type === "integer" || node.type === "float" ? "number" : node.type;
}
