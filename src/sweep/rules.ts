/** What must hold between the keys of a sweep file: W&B's Python rules, and what it finds out late. */
import { checkCommand } from "./command-rules.js";
import { checkDeck } from "./deck-rules.js";
import { checkEarlyTerminate } from "./hyperband-rules.js";
import { checkParameters } from "./parameter-rules.js";
import type { Report } from "./problem.js";
import {
  entryOf,
  isNull,
  type MapEntry,
  type MapNode,
  type TextNode,
  textOf,
  valueAt,
  visibleRange,
} from "./tree.js";

export function checkRules(root: MapNode, text: string, report: Report): void {
  const method = textOf(valueAt(root, "method"));
  checkMethod(root, method, report);
  checkMetrics(root, method, report);
  checkScheduler(root, method, report);
  checkEarlyTerminate(root, report);
  checkParameters(root, method, report);
  checkCommand(root, text, report);
  checkDeck(root, report);
}

/** Null counts as absent. */
function given(root: TextNode, key: string): MapEntry | undefined {
  const entry = entryOf(root, key);
  return entry === undefined || isNull(entry.value) ? undefined : entry;
}

/** Several metrics under `sweepdeck.objectives` decide as one under `metric` does. */
function hasObjectives(root: TextNode): boolean {
  const objectives = valueAt(given(root, "sweepdeck")?.value, "objectives");
  return objectives?.kind === "list" && objectives.items.length > 0;
}

function checkMethod(root: MapNode, method: string | undefined, report: Report): void {
  const entry = entryOf(root, "method");
  if (entry === undefined || (method !== "bayes" && method !== "custom")) return;
  if (method === "bayes" && given(root, "metric") === undefined && !hasObjectives(root)) {
    report(visibleRange(entry), { code: "bayes-needs-metric" });
  }
  const sampler = valueAt(given(root, "sweepdeck")?.value, "sampler");
  if (method === "custom" && valueAt(sampler, "type") === undefined) {
    report(visibleRange(entry), { code: "no-custom-scheduler" });
  }
}

function checkMetrics(root: MapNode, method: string | undefined, report: Report): void {
  const metric = entryOf(root, "metric");
  const metrics = entryOf(root, "metrics");
  if (metric !== undefined && metrics !== undefined) {
    report(metrics.keyRange, { code: "metric-and-metrics" });
  } else if (metrics !== undefined && method !== undefined && method !== "custom") {
    report(metrics.keyRange, { code: "metrics-need-custom", method });
  }
  const isSearch = method === "grid" || method === "random";
  const methodEntry = entryOf(root, "method");
  const decides = given(root, "metric") !== undefined || metrics || hasObjectives(root);
  if (isSearch && methodEntry !== undefined && !decides) {
    report(visibleRange(methodEntry), { code: "no-metric" });
  }
}

/** By engine, what W&B's schedulers accept. */
const methodsOfEngine = new Map<string | undefined, readonly string[]>([
  ["wandb", ["grid", "bayes", "random"]],
  ["optuna", ["custom"]],
  ["ax", ["custom"]],
]);

function checkScheduler(root: MapNode, method: string | undefined, report: Report): void {
  const scheduler = given(root, "scheduler");
  if (scheduler === undefined) return;
  const controller = entryOf(root, "controller");
  if (controller !== undefined && textOf(valueAt(controller.value, "type")) === "local") {
    report(controller.keyRange, { code: "scheduler-excludes", key: "controller" });
  }
  const earlyTerminate = entryOf(root, "early_terminate");
  if (earlyTerminate !== undefined) {
    report(earlyTerminate.keyRange, { code: "scheduler-excludes", key: "early_terminate" });
  }
  const engine = textOf(valueAt(scheduler.value, "engine"));
  const supported = methodsOfEngine.get(engine);
  if (engine !== undefined && supported && method !== undefined && !supported.includes(method)) {
    const entry = entryOf(root, "method") ?? scheduler;
    report(visibleRange(entry), { code: "scheduler-method", engine, method, supported });
  }
  for (const key of ["optimizer", "search_space"]) {
    const entry = entryOf(scheduler.value, key);
    if (entry !== undefined && valueAt(scheduler.value, "source") === undefined) {
      report(entry.keyRange, { code: "scheduler-needs-source", key });
    }
  }
}
