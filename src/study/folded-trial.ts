/** One trial as a journal's lines build it up, and the picture of it that everyone else is given. */
import type { Configuration } from "../space/space.js";
import type { Json } from "../space/value.js";
import { constantsAttribute } from "./decoding.js";
import { isObject } from "./json.js";
import type { Line } from "./line-parser.js";
import { type Attributes, attributesFrom, JournalState } from "./records.js";
import type { Report, Trial, TrialState } from "./trial.js";

/** What a trial needs of its study. */
export interface TrialContext {
  decode(
    params: Readonly<Record<string, number>>,
    distributions: Readonly<Record<string, string>>,
    attributes: Attributes,
  ): Configuration;
  /** The objective of a trial that still runs, by best or last, as the sweep says. */
  valueOf(reports: readonly Report[]): number | null;
  /** The number of a trial that has just ended, among those that have. */
  nextEnding(): number;
  /** Told once, when the last picture of the trial is out of date. */
  changed(trial: FoldedTrial): void;
}

export const trialAttribute = {
  draw: "sweepdeck:draw",
  seen: "sweepdeck:seen",
  initial: "sweepdeck:initial",
  retryOf: "sweepdeck:retry_of",
  state: "sweepdeck:state",
  reason: "sweepdeck:reason",
  slot: "sweepdeck:slot",
  exit: "sweepdeck:exit",
  metrics: "sweepdeck:metrics",
  reports: "sweepdeck:reports",
  stop: "sweepdeck:stop",
} as const;

export class FoldedTrial {
  readonly id: number;
  readonly number: number;
  readonly #study: TrialContext;
  #state: number;
  #startedAtMs: number | null;
  #endedAtMs: number | null;
  #ended: number | null = null;
  #params: Readonly<Record<string, number>>;
  #distributions: Readonly<Record<string, string>>;
  #userAttributes: Attributes;
  #systemAttributes: Attributes;
  #values: readonly number[] | null;
  /** Ascending by step; the array that a picture was given is never changed afterwards. */
  #reports: Report[];
  #areReportsShared: boolean;
  /** Every report in the order of the lines, from the first on that is not of a later step than all before. */
  #journaled: Report[] | undefined;
  /** The same object until something changes it, so that what is worked out of it can be kept beside it. */
  #configuration: Configuration | undefined;
  /** Undefined when the last one is out of date. */
  #picture: Trial | undefined;

  /** `line` is the one that created it. */
  constructor(id: number, number: number, study: TrialContext, { fields, distributions }: Line) {
    this.id = id;
    this.number = number;
    this.#study = study;
    this.#state = typeof fields["state"] === "number" ? fields["state"] : JournalState.running;
    this.#startedAtMs = time(fields["datetime_start"]);
    this.#endedAtMs = time(fields["datetime_complete"]);
    this.#params = isObject(fields["params"]) ? (fields["params"] as Record<string, number>) : {};
    this.#distributions = isObject(distributions) ? (distributions as Record<string, string>) : {};
    this.#userAttributes = attributesFrom(fields["user_attrs"]);
    this.#systemAttributes = attributesFrom(fields["system_attrs"]);
    this.#values = numbers(fields["values"]) ?? numbers([fields["value"]]);
    this.#reports = reportsOf(fields["intermediate_values"]);
    this.#areReportsShared = this.#reports === none;
    if (this.isFinished) this.#ended = study.nextEnding();
    study.changed(this);
  }

  /** Its study has another space, or another objective. */
  reshape(): void {
    this.#configuration = undefined;
    this.touch();
  }

  /** The next picture differs from the last one. */
  touch(): void {
    if (this.#picture === undefined) return;
    this.#picture = undefined;
    this.#study.changed(this);
  }

  get isRunning(): boolean {
    return this.#state === JournalState.running;
  }

  get isFinished(): boolean {
    return this.#state !== JournalState.running && this.#state !== JournalState.waiting;
  }

  setParameter(name: string, internal: number, distribution: string): void {
    this.#params = { ...this.#params, [name]: internal };
    this.#distributions = { ...this.#distributions, [name]: distribution };
    this.reshape();
  }

  setState(state: number, values: unknown, startedAt: unknown, endedAt: unknown): void {
    this.#state = state;
    this.#values = numbers(values) ?? this.#values;
    this.#startedAtMs = time(startedAt) ?? this.#startedAtMs;
    this.#endedAtMs = time(endedAt) ?? this.#endedAtMs;
    if (this.isFinished) this.#ended = this.#study.nextEnding();
    this.touch();
  }

  report(step: number, value: number): void {
    if (Number.isNaN(step)) return;
    const isLater = step > (this.#reports.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY);
    if (this.#areReportsShared) {
      this.#reports = [...this.#reports];
      if (this.#journaled !== undefined) this.#journaled = [...this.#journaled];
    }
    this.#areReportsShared = false;
    if (!isLater) this.#journaled ??= [...this.#reports];
    this.#journaled?.push([step, value]);
    insertReport(this.#reports, [step, value]);
    this.touch();
  }

  setUserAttributes(attributes: Attributes): void {
    this.#userAttributes = { ...this.#userAttributes, ...attributes };
    if (Object.hasOwn(attributes, constantsAttribute)) this.#configuration = undefined;
    this.touch();
  }

  setSystemAttributes(attributes: Attributes): void {
    this.#systemAttributes = { ...this.#systemAttributes, ...attributes };
    this.touch();
  }

  /** The same object until something changes. */
  picture(): Trial {
    this.#picture ??= this.#draw();
    return this.#picture;
  }

  #draw(): Trial {
    this.#areReportsShared = true;
    const user = this.#userAttributes;
    const state = trialState(this.#state, user[trialAttribute.state]);
    this.#configuration ??= this.#study.decode(this.#params, this.#distributions, user);
    return {
      id: this.id,
      number: this.number,
      state,
      configuration: this.#configuration,
      value: this.#value(state),
      values: this.#values ?? [],
      reports: this.#reports,
      journaled: this.#journaled ?? this.#reports,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedAtMs,
      ended: this.#ended,
      reason: textOrNull(user[trialAttribute.reason]),
      draw: numberOrNull(user[trialAttribute.draw]),
      initial: numberOrNull(user[trialAttribute.initial]),
      retryOf: numberOrNull(user[trialAttribute.retryOf]),
      slot: textOrNull(user[trialAttribute.slot]),
      attributes: otherAttributes(user, this.#systemAttributes),
    };
  }

  #value(state: TrialState): number | null {
    if (state === "running" || state === "lost") return this.#study.valueOf(this.#reports);
    const final = this.#values?.[0] ?? null;
    // The journal has the last report, as Optuna wants it; here what counts is what counts elsewhere.
    if (state === "pruned") return this.#study.valueOf(this.#reports) ?? final;
    return state === "complete" ? final : null;
  }
}

function trialState(state: number, attribute: Json | undefined): TrialState {
  switch (state) {
    case JournalState.running:
      return attribute === "lost" ? "lost" : "running";
    case JournalState.complete:
      return "complete";
    case JournalState.pruned:
      return "pruned";
    case JournalState.waiting:
      return "waiting";
    default:
      return attribute === "stopped" || attribute === "interrupted" ? "stopped" : "failed";
  }
}

const ownFields: ReadonlySet<string> = new Set([
  trialAttribute.draw,
  trialAttribute.initial,
  trialAttribute.retryOf,
  trialAttribute.reason,
  trialAttribute.slot,
]);

function otherAttributes(user: Attributes, system: Attributes): Attributes {
  const others: Record<string, Json> = { ...system };
  for (const key of Object.keys(user)) {
    if (ownFields.has(key)) continue;
    const value = user[key] ?? null;
    // Assigning to it would do something else.
    if (key === "__proto__") Object.defineProperty(others, key, { value, enumerable: true });
    else others[key] = value;
  }
  return others;
}

function insertReport(reports: Report[], report: Report): void {
  const last = reports.at(-1);
  if (last === undefined || report[0] > last[0]) {
    reports.push(report);
    return;
  }
  const at = reports.findIndex(([step]) => step >= report[0]);
  // Of several reports of one step the last counts.
  reports.splice(at, reports[at]?.[0] === report[0] ? 1 : 0, report);
}

const none: Report[] = [];

function reportsOf(value: unknown): Report[] {
  if (!isObject(value) || Object.keys(value).length === 0) return none;
  const reports: Report[] = [];
  for (const [step, measured] of Object.entries(value)) {
    if (typeof measured === "number") insertReport(reports, [Number(step), measured]);
  }
  return reports;
}

function time(value: unknown): number | null {
  return typeof value === "string" ? Date.parse(value) : null;
}

function numbers(value: unknown): readonly number[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === "number") ? value : null;
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}
