/** What is said of the metric: its goal, and the data that it is measured on. */
import type { ReportedMetric } from "../../script/reading.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf, isNull, type MapEntry, textOf, valueAt } from "../../sweep/tree.js";
import type { Surroundings } from "../surroundings.js";
import { type MetricFacts, metricFacts, wordsOf } from "./metric-facts.js";
import { splits } from "./metric-words.js";
import type { PracticeProblem } from "./problem.js";

export function metricProblems(
  { document: { root } }: ParsedSweep,
  around: Surroundings,
): readonly PracticeProblem[] {
  const metric = entryOf(root, "metric")?.value;
  const entry = entryOf(metric, "name");
  const name = textOf(entry?.value);
  if (entry === undefined || name === undefined || name === "") return [];
  const facts = metricFacts(name);
  const stopping = valueAt(root, "early_terminate");
  const decides =
    textOf(valueAt(root, "method")) === "bayes" || (stopping !== undefined && !isNull(stopping));
  const metricName: MetricName = { name, entry, facts, decides };
  const found = [
    goalProblem(metricName, entryOf(metric, "goal")),
    splitProblem(metricName, around),
  ];
  return found.filter((problem) => problem !== undefined);
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
  // A grid is not misled by a metric that only ranks it, and a bare `loss` may be of any data.
  if (!decides || (!isSplitNamed && other === undefined)) return undefined;
  return { code: "metric-on-training-data", severity: "info", isNamed: isSplitNamed, ...common };
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
