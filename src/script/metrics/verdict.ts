/** Whether a script reports a metric of a given name, as far as can be told without running it. */
import type { MetricReports, ReportedMetric } from "../reading.js";
import { matches, spelled } from "./pattern.js";

export type MetricVerdict =
  | { readonly kind: "reported"; readonly metric: ReportedMetric }
  /** Everything that is reported is known, the name is not among it, and this one was probably meant. */
  | { readonly kind: "near"; readonly name: string; readonly metric: ReportedMetric }
  /** Everything that is reported is known, and nothing is like the name. */
  | { readonly kind: "never" }
  /** Other names may be reported too. */
  | { readonly kind: "unknown" };

export function metricVerdict(reports: MetricReports, name: string): MetricVerdict {
  // What Lightning makes of a name with several validation sets, and W&B of `define_metric`.
  const plain = name
    .replace(/\/dataloader_idx_\d+$/, "")
    .replace(/\.(?:min|max|mean|best|last)$/, "");
  const metric = reports.reported.find(
    (each) => matches(each.name, name) || matches(each.name, plain),
  );
  if (metric !== undefined) return { kind: "reported", metric };
  if (reports.open.length > 0) return { kind: "unknown" };
  const near = nearest(reports.reported, name);
  return near === undefined ? { kind: "never" } : { kind: "near", ...near };
}

/** The reported name that means most likely the same; undefined where none is like it. */
export function nearest(
  reported: readonly ReportedMetric[],
  name: string,
): { readonly name: string; readonly metric: ReportedMetric } | undefined {
  let best: { readonly name: string; readonly metric: ReportedMetric } | undefined;
  let bestScore = 0;
  for (const metric of reported) {
    const other = spelled(metric.name);
    if (other === undefined) continue;
    // Of names that are alike, the one of the validation set is the one to optimise.
    const score = likeness(name, other) + (wordsOf(other).includes("val") ? 0.01 : 0);
    if (score > bestScore) {
      bestScore = score;
      best = { name: other, metric };
    }
  }
  return bestScore >= 0.5 ? best : undefined;
}

/** Words that say the same of a metric, by the first of each group. */
const sameWords: readonly (readonly string[])[] = [
  ["val", "valid", "validation", "eval", "evaluation", "dev"],
  ["train", "training"],
  ["test", "testing"],
  ["acc", "accuracy"],
  ["loss"],
  ["err", "error"],
  ["f1", "f1score", "fscore"],
  ["rew", "reward", "return"],
  ["ep", "episode"],
  ["avg", "average", "mean"],
  ["lr", "rate"],
];

const canonical = new Map(
  sameWords.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)),
);

/** Which part of the data a metric is of: two names that differ in it are not the same metric. */
const splits = new Set(["val", "train", "test"]);

/** 1: the same words; 0: nothing in common. */
export function likeness(a: string, b: string): number {
  const left = wordsOf(a);
  const right = wordsOf(b);
  const isOtherSplit = [...splits].some(
    (split) => right.includes(split) && !left.includes(split) && left.some((w) => splits.has(w)),
  );
  if (isOtherSplit) return 0;
  const common = left.filter((word) => right.includes(word)).length;
  const measure = left.filter((word) => right.includes(word) && !splits.has(word)).length;
  if (measure === 0) return closeSpelling(left.join(""), right.join("")) ? 0.9 : 0;
  return (2 * common) / (left.length + right.length);
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => canonical.get(word) ?? word);
}

/** One letter more, less, other, or two of them swapped. */
function closeSpelling(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  return (
    (left.length <= 1 && right.length <= 1) ||
    (left.length === 2 && left[0] === right[1] && left[1] === right[0])
  );
}
