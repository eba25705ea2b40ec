/** The metrics that a script reports, by the names that a sweep gives them. */
import type { ReportedMetric, ScriptReading } from "../script/reading.js";

/** `val/…`, where a part of the name is known to a run alone. */
export function shownName({ name }: ReportedMetric): string {
  return name.map((part) => part ?? "…").join("");
}

/** Where a metric may be reported; parts of a name that only a run knows stand for any text. */
export function reportsOf(name: string, reading: ScriptReading): readonly ReportedMetric[] {
  const { reported } = reading.metrics;
  const exact = reported.filter((metric) => shownName(metric) === name);
  return exact.length > 0 ? exact : reported.filter((metric) => mayBe(metric, name));
}

function mayBe({ name: parts }: ReportedMetric, name: string): boolean {
  // A name of which nothing is known says nothing.
  if (!parts.some((part) => part !== null && part !== "")) return false;
  const pattern = parts.map((part) => (part === null ? ".+" : escapedForPattern(part))).join("");
  return new RegExp(`^${pattern}$`, "s").test(name);
}

function escapedForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
