/**
 * How an ended attempt becomes an ended trial: a pure verdict over what its files say.
 *
 * Only a trial with a number for its objective is complete (facts of Optuna: a NaN value, or a
 * complete trial without one, breaks its samplers and its dashboard).
 */
import type { Expression } from "../space/expression/expression.js";
import { violationOf } from "../space/expression/violation.js";
import { ownValue } from "../space/record.js";
import type { Json } from "../space/value.js";
import type { AttemptStatus, StopIntent } from "./executor.js";
import { trialAttribute } from "./folded-trial.js";
import { constraintsAttribute } from "./history.js";
import { nearestMetric } from "./metric-names.js";
import { reasonJson, type StopVerdict } from "./stop-intent.js";

export interface Measured {
  /** The objective by best or last, as the sweep says; null when it was never a number. */
  readonly value: number | null;
  /** The last report of the objective that was a finite number. */
  readonly last: number | null;
  /** How many were. */
  readonly finite: number;
  /** How often the objective was reported, NaN included. */
  readonly reports: number;
  /** Every metric at the step of the value that counts; the last of each where none does. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface Closing {
  readonly state: "complete" | "pruned" | "failed" | "stopped";
  readonly value: number | null;
  /** Of a complete trial of several objectives, the values of all but the first. */
  readonly others?: readonly number[];
  readonly reason: string | null;
  /** Whether one more run of the configuration is owed, and what owes it. */
  readonly owed: "retry" | "vanished" | "interrupted" | null;
  readonly attributes: Readonly<Record<string, Json>>;
}

export interface Ended {
  readonly status: Extract<AttemptStatus, { state: "ended" | "gone" | "withdrawn" }>;
  readonly intent: (StopIntent & { readonly atMs: number }) | undefined;
  readonly measured: Measured;
  /** Undefined for a sweep without a metric, whose trials are complete with 0 when their script ends well. */
  readonly objective: string | undefined;
  /** Further objectives, without each of which a trial is not complete either. */
  readonly others?: readonly string[];
  /** What must hold of the metrics. */
  readonly outcomes?: readonly Expression[];
  /** The last lines of the log, for the reason. */
  readonly lastLine: string | undefined;
}

/** The reason that `stop` writes for trials that end with their sweep; a resumed study runs them again. */
export const interruptedReason = "interrupted with the sweep";

export function closeTrial(ended: Ended): Closing {
  const closing = closed(ended);
  const { outcomes = [], measured } = ended;
  const isJudged = closing.state === "complete" || closing.state === "pruned";
  if (outcomes.length === 0 || !isJudged) return closing;
  const missed = outcomes.map((outcome) => violationOf(outcome, measured.metrics));
  return { ...closing, attributes: { ...closing.attributes, [constraintsAttribute]: missed } };
}

function closed(ended: Ended): Closing {
  const { status, intent } = ended;
  const attributes: Record<string, Json> = {};
  if (status.state === "ended" && status.code !== null) attributes["sweepdeck:exit"] = status.code;
  const metrics = metricsAttribute(ended.measured.metrics);
  if (metrics !== undefined) attributes["sweepdeck:metrics"] = metrics;
  if (ended.measured.finite > 0) attributes[trialAttribute.reports] = ended.measured.finite;

  if (intent !== undefined && !endedWellBefore(ended, intent.atMs)) {
    if (intent.verdict !== undefined) {
      return closeStopped(ended, intent, intent.verdict, attributes);
    }
    const interrupted = intent.reason === interruptedReason;
    attributes["sweepdeck:state"] = interrupted ? "interrupted" : "stopped";
    return {
      state: "stopped",
      value: null,
      reason: intent.reason,
      owed: interrupted ? "interrupted" : null,
      attributes,
    };
  }
  if (status.state !== "ended") {
    const why = status.state === "gone" ? status.why : "it was taken back before it started";
    return { state: "failed", value: null, reason: why, owed: "vanished", attributes };
  }
  if (status.code !== 0) {
    return { state: "failed", value: null, reason: exitReason(ended), owed: "retry", attributes };
  }
  return closeWell(ended, attributes);
}

/** Complete with a number for every objective: Optuna's samplers and dashboard break on less. */
function closeWell(
  { measured, objective, others = [] }: Ended,
  attributes: Readonly<Record<string, Json>>,
): Closing {
  if (objective === undefined) {
    return { state: "complete", value: 0, reason: null, owed: null, attributes };
  }
  const { value } = measured;
  const values = others.map((name) => ownValue(measured.metrics, name) ?? Number.NaN);
  const missing = value === null ? objective : others.find((_, at) => Number.isNaN(values[at]));
  if (value === null || missing !== undefined) {
    const reason = missingReason(missing ?? objective, measured);
    return { state: "failed", value: null, reason, owed: "retry", attributes };
  }
  const more = others.length === 0 ? {} : { others: values };
  return { state: "complete", value, ...more, reason: null, owed: null, attributes };
}

/** By a stopping rule, whatever the script made of being interrupted. */
function closeStopped(
  ended: Ended,
  { reason }: StopIntent,
  verdict: StopVerdict,
  before: Readonly<Record<string, Json>>,
): Closing {
  const attributes = { ...before, [trialAttribute.stop]: reasonJson(verdict) };
  if (verdict.as === "pruned") {
    return { state: "pruned", value: ended.measured.last, reason, owed: null, attributes };
  }
  const closing = closeWell(ended, attributes);
  return closing.state === "complete" ? { ...closing, reason } : { ...closing, owed: null };
}

/** A script that had already finished by itself keeps its result, whoever wished it ended meanwhile. */
function endedWellBefore(ended: Ended, wishedAtMs: number): boolean {
  const { status, measured, objective } = ended;
  return (
    status.state === "ended" &&
    status.code === 0 &&
    status.endedAtMs <= wishedAtMs &&
    (objective === undefined || measured.value !== null)
  );
}

function exitReason(ended: Ended): string {
  const { status } = ended;
  const code = status.state === "ended" ? status.code : null;
  // 128 + n is how a shell reports a child that signal n ended.
  const how =
    code === null
      ? "ended by a signal"
      : code === 137
        ? "exit 137: killed, often by the system for want of memory"
        : code === 127
          ? "exit 127: the program was not found"
          : `exit ${code}`;
  return ended.lastLine === undefined ? how : `${how}: ${ended.lastLine}`;
}

function missingReason(objective: string, measured: Measured): string {
  if (measured.value === null && measured.reports > 0) {
    return `${objective} was never a number, only NaN`;
  }
  if (Number.isNaN(ownValue(measured.metrics, objective))) {
    return `${objective} was NaN at the step that counts`;
  }
  const seen = Object.keys(measured.metrics);
  if (seen.length === 0) {
    return `${objective} was not reported, nor was any other metric: print it as "${objective}=0.5", one line a step`;
  }
  const nearest = nearestMetric(objective, seen);
  const cure =
    nearest === undefined
      ? `name one of these as the metric, or print ${objective}`
      : `did you mean ${nearest}?`;
  return `${objective} was not reported; the script reported ${seen.slice(0, 8).join(", ")}: ${cure}`;
}

const attributeLimit = 1000;

/** Cut at 1 kB, since large attributes make every load of the journal slower. */
function metricsAttribute(metrics: Readonly<Record<string, number>>): Json | undefined {
  const kept: Record<string, number> = {};
  let size = 2;
  for (const [name, value] of Object.entries(metrics)) {
    size += JSON.stringify(name).length + String(value).length + 2;
    if (size > attributeLimit) break;
    if (Number.isFinite(value)) kept[name] = value;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}
