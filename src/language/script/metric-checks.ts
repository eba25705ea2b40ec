/** Whether the script reports the metric that the sweep goes by. */
import { metricVerdict } from "../../script/metrics/verdict.js";
import { dependsOnMetric, type Fit, metricNameOf } from "./fit.js";
import type { ScriptProblem } from "./problem.js";

export function metricProblems({ reading, root, script }: Fit): readonly ScriptProblem[] {
  const metric = metricNameOf(root);
  // What is imported by a name that only a run knows may report anything.
  const isHidden = reading.gaps.some(({ why }) => why !== "syntax-error" && hiding.has(why));
  if (metric === undefined || isHidden) return [];
  const verdict = metricVerdict(reading.metrics, metric.name);
  if (verdict.kind === "reported" || verdict.kind === "unknown") return [];
  const isLoud = dependsOnMetric(root) && (verdict.kind === "near" || logsAnything(reading));
  return [
    {
      code: "metric-not-logged",
      severity: isLoud ? "warning" : "hint",
      range: metric.node.range,
      metric: metric.name,
      script,
      ...(verdict.kind === "near" && {
        closest: verdict.name,
        related: [
          { place: verdict.metric.place, message: `Here the script reports ${verdict.name}.` },
        ],
      }),
    },
  ];
}

const hiding = new Set(["computed-import", "executes-text", "too-many-files"]);

/** Where nothing is logged at all, the training is done out of sight, and so is its logging. */
function logsAnything({ metrics }: Fit["reading"]): boolean {
  return metrics.reported.some(({ by }) => /\blog|summary|scalar|report|Trainer|keras/i.test(by));
}
