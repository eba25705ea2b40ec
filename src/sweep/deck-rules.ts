/** The `sweepdeck:` block: what its shape cannot say. */
import { readConditions } from "./deck-conditions.js";
import { readConstraints, readOutcomes } from "./deck-constraints.js";
import { namesIn } from "./deck-names.js";
import { checkInitial, checkRepeats, checkZip } from "./deck-plan-rules.js";
import { checkStopping } from "./deck-stopping-rules.js";
import type { Report } from "./problem.js";
import {
  entryOf,
  isNull,
  type MapNode,
  numberOf,
  type TextNode,
  textOf,
  valueAt,
  visibleRange,
} from "./tree.js";

export function checkDeck(root: MapNode, report: Report): void {
  const deck = valueAt(root, "sweepdeck");
  if (deck?.kind !== "map") return;
  const hasMetric = ["metric", "metrics"].some((key) => isGiven(root, key)) || hasObjectives(deck);
  checkSampler(valueAt(deck, "sampler"), hasMetric, report);
  checkPattern(entryOf(valueAt(deck, "metrics"), "pattern"), report);
  checkGpus(valueAt(deck, "slots"), report);
  checkExecutor(deck, report);
  checkObjectives(valueAt(deck, "objectives"), report);
  checkStopping(valueAt(deck, "stopping"), hasMetric, report);
  checkPlan(root, deck, report);
}

/** What speaks of parameters. */
function checkPlan(root: MapNode, deck: MapNode, report: Report): void {
  const keys = ["initial", "conditions", "constraints", "outcomes", "zip", "repeats"];
  if (!keys.some((key) => isGiven(deck, key))) return;
  const names = namesIn(root);
  checkInitial(valueAt(deck, "initial"), names, report);
  const conditions = readConditions(valueAt(deck, "conditions"), names, report);
  readConstraints(valueAt(deck, "constraints"), names, conditions, report);
  readOutcomes(valueAt(deck, "outcomes"), names, report);
  checkZip(valueAt(deck, "zip"), names, report);
  checkRepeats(valueAt(deck, "repeats"), names, report);
}

function isGiven(node: MapNode, key: string): boolean {
  const value = valueAt(node, key);
  return value !== undefined && !isNull(value);
}

function hasObjectives(deck: MapNode): boolean {
  const objectives = valueAt(deck, "objectives");
  return objectives?.kind === "list" && objectives.items.length > 0;
}

/** Those that learn from what trials measured. */
const learning: ReadonlySet<string> = new Set(["tpe", "gp", "cmaes", "nsga2", "pbt"]);

function checkSampler(node: TextNode | undefined, hasMetric: boolean, report: Report): void {
  const entry = entryOf(node, "type");
  const sampler = textOf(entry?.value);
  if (entry === undefined || sampler === undefined || hasMetric || !learning.has(sampler)) return;
  report(visibleRange(entry), { code: "sampler-needs-metric", sampler });
}

function checkPattern(entry: ReturnType<typeof entryOf>, report: Report): void {
  const pattern = textOf(entry?.value);
  if (entry === undefined || pattern === undefined) return;
  try {
    new RegExp(pattern);
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    report(visibleRange(entry), { code: "pattern-invalid", detail });
  }
}

function checkGpus(slots: TextNode | undefined, report: Report): void {
  const gpus = entryOf(slots, "gpus");
  const count = numberOf(gpus?.value);
  if (gpus === undefined || count === undefined || Number.isInteger(count)) return;
  const key = `sweepdeck.slots.gpus: ${count}`;
  const whole = Math.ceil(count);
  const instead = `each trial gets ${whole} whole GPU${whole === 1 ? "" : "s"}`;
  report(visibleRange(gpus), { code: "not-supported-yet", key, instead });
}

function checkExecutor(deck: MapNode, report: Report): void {
  const executor = entryOf(deck, "executor");
  if (executor?.value.kind !== "map" || executor.value.entries.length === 1) return;
  const found = executor.value.entries.map(({ key }) => key);
  report(executor.keyRange, { code: "executor-not-one", found });
}

function checkObjectives(node: TextNode | undefined, report: Report): void {
  if (node?.kind !== "list") return;
  const seen = new Set<string>();
  for (const item of node.items) {
    const entry = entryOf(item, "name");
    const name = textOf(entry?.value);
    if (entry === undefined || name === undefined) continue;
    if (seen.has(name)) report(visibleRange(entry), { code: "objective-twice", name });
    seen.add(name);
  }
}
