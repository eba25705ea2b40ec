/** What must hold between the options of a stopping rule, and between rules and the metric. */
import type { Report } from "./problem.js";
import {
  entryOf,
  type MapNode,
  numberOf,
  type TextNode,
  textOf,
  valueAt,
  visibleRange,
} from "./tree.js";

export function checkStopping(
  node: TextNode | undefined,
  hasMetric: boolean,
  report: Report,
): void {
  if (node?.kind !== "list") return;
  for (const item of node.items) {
    if (item.kind === "map") checkRule(item, hasMetric, report);
  }
}

function checkRule(rule: MapNode, hasMetric: boolean, report: Report): void {
  const type = entryOf(rule, "type");
  const name = textOf(type?.value);
  if (type === undefined || name === undefined) return;
  if (!hasMetric && valueAt(rule, "metric") === undefined) {
    report(visibleRange(type), { code: "stopping-needs-metric", rule: name });
  }
  checkBounds(rule, "min_steps", "max_steps", report);
  checkBounds(rule, "lower", "upper", report);
  const hasBound = entryOf(rule, "lower") !== undefined || entryOf(rule, "upper") !== undefined;
  if (name === "threshold" && !hasBound) {
    report(visibleRange(type), { code: "threshold-without-bound" });
  }
}

function checkBounds(rule: MapNode, lowKey: string, highKey: string, report: Report): void {
  const entry = entryOf(rule, lowKey);
  const [low, high] = [numberOf(entry?.value), numberOf(valueAt(rule, highKey))];
  if (entry === undefined || low === undefined || high === undefined || low < high) return;
  report(visibleRange(entry), { code: "stopping-bounds", lowKey, highKey, low, high });
}
