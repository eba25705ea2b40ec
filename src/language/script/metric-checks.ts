/** Whether the script reports the metric that the sweep goes by. */
import { isPrinted } from "../../script/metrics/prints.js";
import { likeness, metricVerdict, nearest } from "../../script/metrics/verdict.js";
import type { ReportedMetric } from "../../script/reading.js";
import { dependsOnMetric, type Fit, metricNameOf, severityIn } from "./fit.js";
import type { ScriptProblem } from "./problem.js";

/** How alike two names are of which one is the other with a letter wrong. */
const slip = 0.9;

export function metricProblems(fit: Fit): readonly ScriptProblem[] {
  const { reading, root, script } = fit;
  const metric = metricNameOf(root);
  // What is imported by a name that only a run knows may report anything.
  const isHidden = reading.gaps.some(({ why }) => hiding.has(why));
  if (metric === undefined || isHidden) return [];
  const { name, node } = metric;
  const verdict = metricVerdict(reading.metrics, name);
  if (verdict.kind === "unknown") return [];
  const at = { range: node.range, metric: name, script };
  if (verdict.kind === "reported") {
    const isSeen = !isPrinted(verdict.metric) || !logsAnything(reading);
    return isSeen
      ? []
      : [{ ...at, code: "metric-only-printed", ...printedInstead(reading, verdict) }];
  }
  // A name that is nearly one of the script's is a slip, and every method is ranked by it.
  const isSlip = verdict.kind === "near" && likeness(name, verdict.name) >= slip;
  const isLoud =
    isSlip || (dependsOnMetric(root) && (verdict.kind === "near" || logsAnything(reading)));
  return [
    {
      ...at,
      code: "metric-not-logged",
      severity: severityIn(fit, isLoud ? "warning" : "hint"),
      ...(verdict.kind === "near" && {
        closest: verdict.name,
        related: [
          { place: verdict.metric.place, message: `Here the script reports ${verdict.name}.` },
        ],
      }),
    },
  ];
}

function printedInstead(
  { metrics }: Fit["reading"],
  { metric }: { readonly metric: ReportedMetric },
) {
  const logged = metrics.reported.filter((each) => !isPrinted(each));
  const near = nearest(logged, metric.name.join(""));
  return {
    severity: "hint",
    ...(near !== undefined && { closest: near.name }),
    related: [{ place: metric.place, message: "Here the script prints it." }],
  } as const;
}

const hiding = new Set(["computed-import", "executes-text", "too-many-files"]);

/** Where nothing is logged at all, the training is done out of sight, and so is its logging. */
function logsAnything({ metrics }: Fit["reading"]): boolean {
  return metrics.reported.some((each) => !isPrinted(each));
}
