/** What a try has shown, in sentences: what is, then what to do. */
import type { TryReport } from "../engine/trying.js";
import { nearestMetric } from "../study/metric-names.js";

/** Whether a sweep may be run after it: nothing was refused, the script did not fail, the metric came. */
export function isReady(report: TryReport): boolean {
  return !isRefused(report) && !hasFailed(report) && hasMetric(report);
}

export function trySentences(report: TryReport): readonly string[] {
  return [
    "",
    parametersSentence(report),
    metricSentence(report),
    ...stepSentence(report),
    verdict(report),
    `Its files are in ${report.directory}`,
  ];
}

function isRefused({ refused, refusedValue }: TryReport): boolean {
  return refused.length > 0 || refusedValue !== undefined;
}

function hasFailed({ ended, exit }: TryReport): boolean {
  return ended === "by itself" && exit !== 0;
}

function hasMetric({ objective, objectiveReports }: TryReport): boolean {
  return objective === undefined || objectiveReports > 0;
}

function parametersSentence(report: TryReport): string {
  const { params, refused, refusedValue, spelledWithHyphen, notMentioned } = report;
  const names = Object.keys(params).join(", ");
  if (refusedValue !== undefined) {
    return `Parameters: the script takes ${refusedValue} without a value. Add \${args_no_boolean_flags} in place of \${args} to the sweep's command.`;
  }
  if (refused.length > 0) {
    const hyphens = spelledWithHyphen.map((name) => `\`${name}\``).join(", ");
    const cure =
      spelledWithHyphen.length > 0
        ? `The script spells ${those(spelledWithHyphen)} ${hyphens}: do so in the sweep.`
        : `Rename or remove ${those(refused)} in the sweep, or add ${those(refused)} to the script.`;
    return `Parameters: the script does not take ${refused.join(", ")}. ${cure}`;
  }
  if (hasFailed(report)) {
    return `Parameters: it was given ${names}; that it takes them is not shown, for it failed.`;
  }
  if (notMentioned.length > 0) {
    const stand = notMentioned.length === 1 ? "stands" : "stand";
    return `Parameters: ${notMentioned.join(", ")} ${stand} nowhere in the program's text: see that the script reads ${those(notMentioned)}.`;
  }
  return `Parameters: the script took ${names}.`;
}

function metricSentence(report: TryReport): string {
  const { objective, metrics } = report;
  const seen = Object.entries(metrics).map(([name, value]) => `${name}=${value}`);
  const all = seen.length === 0 ? "no metric was seen" : `seen: ${seen.join(" ")}`;
  if (objective === undefined) return `Metrics: ${all}. The sweep names none to rank by.`;
  if (hasMetric(report)) return `Metrics: ${all}. ${objective} decides.`;
  return `Metrics: ${objective}, which decides, was not seen; ${all}. ${metricCure(objective, Object.keys(metrics))}`;
}

function metricCure(objective: string, seen: readonly string[]): string {
  const nearest = nearestMetric(objective, seen);
  if (nearest !== undefined) return `Did you mean ${nearest}? Write it so under metric.`;
  return seen.length > 0
    ? `Name one of these under metric, or print "${objective}=0.5".`
    : `Print it, one line a step, as "${objective}=0.5".`;
}

function stepSentence({ secondsAStep }: TryReport): readonly string[] {
  return secondsAStep === undefined ? [] : [`Time: about ${secondsAStep.toPrecision(2)} s a step.`];
}

function verdict(report: TryReport): string {
  const end = endOf(report);
  if (isReady(report)) return `${end}: the sweep is ready to run.`;
  const still = isRefused(report)
    ? "the parameters are to be mended first"
    : hasFailed(report)
      ? "the script is to be mended first"
      : "the metric is to be mended first";
  return `${end}. Not ready to run: ${still}.`;
}

function endOf({ ended, exit, lastLines }: TryReport): string {
  if (ended === "seen twice") return "It was ended there, for the metric came twice";
  if (ended === "time") return "It was ended after 60 s";
  if (exit === 0) return "The script ended well";
  const how = exit === null ? "no exit code" : `exit ${exit}`;
  return `The script failed (${how}): ${lastLines.at(-1) ?? "it printed nothing"}`;
}

function those(names: readonly string[]): string {
  return names.length === 1 ? "it" : "them";
}
