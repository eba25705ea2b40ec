/**
 * The lines of Optuna's JournalStorage log, as we write them.
 *
 * Optuna asserts that an attribute line carries exactly one key; a line with two makes the
 * whole file unreadable to it, so there is a line for each attribute.
 */
import { ownValue, recordFrom } from "../space/record.js";
import type { Json } from "../space/value.js";
import type { EncodedConfiguration } from "./encoding.js";
import { floatText, isObject, stringifyJson } from "./json.js";
import type { Goal } from "./trial.js";

export const Operation = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setTrialParameter: 5,
  setTrialState: 6,
  report: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
} as const;

/** The states of a trial, by Optuna's numbers. */
export const JournalState = {
  running: 0,
  complete: 1,
  pruned: 2,
  failed: 3,
  waiting: 4,
} as const;
export type JournalState = (typeof JournalState)[keyof typeof JournalState];

export type Attributes = Readonly<Record<string, Json>>;

const none: Attributes = {};

/** Of a line that was parsed: whatever is no object has no attributes. */
export function attributesFrom(value: unknown): Attributes {
  return isObject(value) ? (value as Attributes) : none;
}

/** Our attributes are Optuna's user attributes; every other one that we write is one of Optuna's own keys. */
export function isUserAttribute(key: string): boolean {
  return key.startsWith("sweepdeck:");
}

export function createStudyLine(writer: string, name: string, goals: readonly Goal[]): string {
  const directions = goals.map((goal) => (goal === "minimize" ? 1 : 2));
  return `${head(Operation.createStudy, writer)},"study_name":${JSON.stringify(name)},"directions":[${directions.join(",")}]}\n`;
}

export function studyAttributeLine(
  writer: string,
  studyId: number,
  key: string,
  value: Json,
): string {
  return isUserAttribute(key)
    ? `${head(Operation.setStudyUserAttribute, writer)},"study_id":${studyId},"user_attr":${stringifyJson({ [key]: value })}}\n`
    : `${head(Operation.setStudySystemAttribute, writer)},"study_id":${studyId},"system_attr":${stringifyJson({ [key]: value })}}\n`;
}

/**
 * A trial, whole, in state RUNNING.
 *
 * The distributions come last, for they are the same text in trial after trial: a reader that
 * remembers the last one need not parse them again.
 */
export function createTrialLine(
  writer: string,
  studyId: number,
  trial: Pick<EncodedConfiguration, "params" | "distributions">,
  attributes: Attributes,
  startedAtMs: number,
): string {
  const entries = Object.entries(attributes);
  const user = entries.filter(([key]) => isUserAttribute(key));
  const system = entries.filter(([key]) => !isUserAttribute(key));
  // What is empty is left out: Optuna takes it for empty, and half of a line's keys are saved.
  return (
    `${head(Operation.createTrial, writer)},"study_id":${studyId},"datetime_start":"${timeText(startedAtMs)}",` +
    `"state":${JournalState.running},"params":${paramsText(trial)}` +
    (user.length === 0 ? "" : `,"user_attrs":${stringifyJson(recordFrom(user))}`) +
    (system.length === 0 ? "" : `,"system_attrs":${stringifyJson(recordFrom(system))}`) +
    `,"distributions":${stringifyJson(trial.distributions)}}\n`
  );
}

export function trialAttributeLine(
  writer: string,
  trialId: number,
  key: string,
  value: Json,
): string {
  return isUserAttribute(key)
    ? `${head(Operation.setTrialUserAttribute, writer)},"trial_id":${trialId},"user_attr":${stringifyJson({ [key]: value })}}\n`
    : `${head(Operation.setTrialSystemAttribute, writer)},"trial_id":${trialId},"system_attr":${stringifyJson({ [key]: value })}}\n`;
}

export function reportLine(writer: string, trialId: number, step: number, value: number): string {
  return `${head(Operation.report, writer)},"trial_id":${trialId},"step":${step},"intermediate_value":${floatText(value)}}\n`;
}

export function trialStateLine(
  writer: string,
  trialId: number,
  state: JournalState,
  values: readonly number[] | null,
  endedAtMs: number,
): string {
  const list = values === null ? "null" : `[${values.map(floatText).join(",")}]`;
  return `${head(Operation.setTrialState, writer)},"trial_id":${trialId},"state":${state},"values":${list},"datetime_complete":"${timeText(endedAtMs)}"}\n`;
}

function head(operation: number, writer: string): string {
  return `{"op_code":${operation},"worker_id":${JSON.stringify(writer)}`;
}

function paramsText({
  params,
  distributions,
}: Pick<EncodedConfiguration, "params" | "distributions">): string {
  const members = Object.entries(params).map(([name, value]) => {
    const isFloat = ownValue(distributions, name)?.startsWith('{"name":"Float') === true;
    return `${JSON.stringify(name)}:${isFloat ? floatText(value) : value}`;
  });
  return `{${members.join(",")}}`;
}

/** Optuna's `datetime.fromisoformat` of Python 3.9 wants three or six digits and an offset, not `Z`. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000+00:00");
}
