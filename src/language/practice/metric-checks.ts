/** What is said of the metric: its goal, and the data that it is measured on. */
import type { ReportedMetric } from "../../script/reading.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import {
  entryOf,
  isNull,
  type MapEntry,
  type TextNode,
  textOf,
  valueAt,
} from "../../sweep/tree.js";
import type { Surroundings } from "../surroundings.js";
import { type MetricFacts, metricFacts, wordsOf } from "./metric-facts.js";
import { splits } from "./metric-words.js";
import type { PracticeProblem } from "./problem.js";

export function metricProblems(
  { document: { root } }: ParsedSweep,
  around: Surroundings,
): readonly PracticeProblem[] {
  const stopping = valueAt(root, "early_terminate");
  const method = textOf(valueAt(root, "method"));
  const decides =
    (method !== "grid" && method !== "random") || (stopping !== undefined && !isNull(stopping));
  return metricsIn(root).flatMap((metric) => {
    const entry = entryOf(metric, "name");
    const name = textOf(entry?.value);
    if (entry === undefined || name === undefined || name === "") return [];
    const named: MetricName = { name, entry, facts: metricFacts(name), decides };
    // One that stands beside `metric` is told to be misplaced.
    const goal = entryOf(metric, "goal") ?? entryOf(root, "goal");
    const found = [goalProblem(named, goal), splitProblem(named, around)];
    return found.filter((problem) => problem !== undefined);
  });
}

/** The one of `metric`, or those of several objectives. */
function metricsIn(root: TextNode | undefined): readonly TextNode[] {
  const several = [
    valueAt(root, "metrics"),
    valueAt(valueAt(root, "sweepdeck"), "objectives"),
  ].flatMap((list) => (list?.kind === "list" ? list.items : []));
  const metric = valueAt(root, "metric");
  return metric === undefined ? several : [metric, ...several];
}

interface MetricName {
  readonly name: string;
  readonly entry: MapEntry;
  readonly facts: MetricFacts;
  /** Whether the search or a stopping rule goes by it while the sweep runs. */
  readonly decides: boolean;
}

function goalProblem(
  { name, entry, facts, decides }: MetricName,
  goal: MapEntry | undefined,
): PracticeProblem | undefined {
  const { goal: better, word, isGoalClear } = facts;
  if (better === undefined || word === undefined || !isGoalClear) return undefined;
  if (goal === undefined) {
    if (better === "minimize") return undefined;
    const severity = decides ? "warning" : "info";
    const range = entry.value.range;
    return { code: "goal-missing", severity, range, metric: name, better, word };
  }
  const written = textOf(goal.value);
  // Another spelling is an error of the grammar.
  if ((written !== "minimize" && written !== "maximize") || written === better) return undefined;
  return {
    code: "goal-against-name",
    severity: "warning",
    range: goal.value.range,
    metric: name,
    goal: written,
    better,
    word,
  };
}

function splitProblem(
  { name, entry, facts, decides }: MetricName,
  around: Surroundings,
): PracticeProblem | undefined {
  const { split, isSplitNamed } = facts;
  if (split !== "train" && split !== "test") return undefined;
  const other = validationTwin(name, around);
  const common = {
    range: entry.value.range,
    metric: name,
    ...(other !== undefined && {
      instead: other.text,
      related: [{ place: other.metric.place, message: "The script reports it here." }],
    }),
  };
  if (split === "test") {
    return isSplitNamed ? { code: "metric-on-test-data", severity: "hint", ...common } : undefined;
  }
  // One that only ranks trials misleads its reader alone, and a bare `loss` may be of any data.
  if (other === undefined && !(decides && isSplitNamed)) return undefined;
  const severity = decides ? "info" : "hint";
  return { code: "metric-on-training-data", severity, isNamed: isSplitNamed, ...common };
}

interface Twin {
  readonly text: string;
  readonly metric: ReportedMetric;
}

/** The same metric as the script reports it on validation data: `val_loss` for `train_loss`. */
function validationTwin(name: string, { program }: Surroundings): Twin | undefined {
  if (program?.kind !== "read") return undefined;
  const wanted = withoutSplit(name);
  for (const metric of program.reading.metrics.reported) {
    if (metric.name.includes(null)) continue;
    const text = metric.name.join("");
    if (metricFacts(text).split === "validation" && withoutSplit(text) === wanted) {
      return { text, metric };
    }
  }
  return undefined;
}

function withoutSplit(name: string): string {
  return wordsOf(name)
    .filter((word) => !splits.has(word))
    .map((word) => (word === "accuracy" ? "acc" : word))
    .join(" ");
}
