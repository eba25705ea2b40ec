/**
 * The fold of a journal: its lines, one after another, into studies and their trials.
 *
 * It follows Optuna's replay to the letter where numbers are concerned: a line that Optuna passes
 * over (a study of a name that exists, a trial of a study that is gone) takes no number here
 * either. Where Optuna would refuse the whole file (an operation it does not know, a damaged
 * line), the line is passed over and counted.
 */
import { FoldedStudy } from "./folded-study.js";
import { FoldedTrial } from "./folded-trial.js";
import { isObject, parseJson } from "./json.js";
import { type Attributes, JournalState, Operation } from "./records.js";

type Line = Readonly<Record<string, unknown>>;

export class Fold {
  readonly #studies: FoldedStudy[] = [];
  readonly #trials: FoldedTrial[] = [];
  readonly #newestOfWriter = new Map<string, FoldedTrial>();
  #damagedLines = 0;
  /** The end of the last trial's line that held the distributions, and what it held. */
  #tail: { readonly text: string; readonly distributions: unknown } | undefined;

  /** Every study of the file, deleted ones included, by creation. */
  get studies(): readonly FoldedStudy[] {
    return this.#studies;
  }

  /** The newest study that is a sweep of ours: an edit that changes the space begins another one. */
  get ours(): FoldedStudy | undefined {
    return this.#studies.findLast((study) => study.space !== undefined);
  }

  /** Lines that nobody can read. Optuna refuses a file that has one. */
  get damagedLines(): number {
    return this.#damagedLines;
  }

  /** The last trial that a writer (`worker_id`) created. */
  newestTrialOf(writer: string): FoldedTrial | undefined {
    return this.#newestOfWriter.get(writer);
  }

  trial(id: number): FoldedTrial | undefined {
    return this.#trials[id];
  }

  /** Takes in whole lines, each with its newline. */
  apply(lines: string): void {
    let from = 0;
    for (let end = lines.indexOf("\n"); end !== -1; end = lines.indexOf("\n", from)) {
      if (end > from) this.#applyText(lines.slice(from, end));
      from = end + 1;
    }
    for (const study of this.#studies) study.settle();
  }

  #applyText(text: string): void {
    let line: unknown;
    try {
      line = text.startsWith('{"op_code":4') ? this.#parseTrial(text) : parseJson(text);
    } catch {
      this.#damagedLines += 1;
      return;
    }
    if (isObject(line)) this.#applyLine(line);
    else this.#damagedLines += 1;
  }

  /**
   * Parses a trial's line without the distributions, most of its length, where they are the same
   * text as in the line before. That is sound: if the rest with a bracket is an object, then what
   * was cut off stood outside every string, and was that object's last member.
   */
  #parseTrial(text: string): unknown {
    const tail = this.#tail;
    if (tail !== undefined && text.endsWith(tail.text)) {
      try {
        const rest: unknown = JSON.parse(`${text.slice(0, -tail.text.length)}}`);
        if (isObject(rest)) return { ...rest, distributions: tail.distributions };
      } catch {
        // The tail was part of something else: the whole line is parsed as any other.
      }
    }
    this.#tail = tailOf(text);
    return parseJson(text);
  }

  #applyLine(line: Line): void {
    switch (line["op_code"]) {
      case Operation.createStudy:
        this.#createStudy(line);
        break;
      case Operation.deleteStudy:
        this.#studyOf(line)?.delete();
        break;
      case Operation.setStudyUserAttribute:
        this.#studyOf(line)?.setUserAttributes(attributes(line["user_attr"]));
        break;
      case Operation.setStudySystemAttribute:
        this.#studyOf(line)?.setSystemAttributes(attributes(line["system_attr"]));
        break;
      case Operation.createTrial:
        this.#createTrial(line);
        break;
      default: {
        // A trial that has ended is changed by nothing any more.
        const trial = this.#trials[number(line["trial_id"])];
        if (trial?.isFinished === false) updateTrial(trial, line);
      }
    }
  }

  #createStudy(line: Line): void {
    const name = text(line["study_name"]);
    if (this.#studies.some((study) => study.name === name && !study.isDeleted)) return;
    const directions = Array.isArray(line["directions"]) ? line["directions"] : [];
    const goals = directions.map((direction) => (direction === 2 ? "maximize" : "minimize"));
    this.#studies.push(new FoldedStudy(this.#studies.length, name, goals));
  }

  #createTrial(line: Line): void {
    const study = this.#studyOf(line);
    if (study === undefined) return;
    const trial = new FoldedTrial(this.#trials.length, study.trialCount, study, {
      state: number(line["state"] ?? JournalState.running),
      startedAt: line["datetime_start"],
      endedAt: line["datetime_complete"],
      params: line["params"],
      distributions: line["distributions"],
      userAttributes: attributes(line["user_attrs"]),
      systemAttributes: attributes(line["system_attrs"]),
      values: line["values"] ?? (line["value"] == null ? null : [line["value"]]),
      reports: line["intermediate_values"],
    });
    this.#trials.push(trial);
    study.add(trial);
    this.#newestOfWriter.set(text(line["worker_id"]), trial);
  }

  #studyOf(line: Line): FoldedStudy | undefined {
    const study = this.#studies[number(line["study_id"])];
    return study?.isDeleted === true ? undefined : study;
  }
}

/** Operations that are not Optuna's are another program's business. */
function updateTrial(trial: FoldedTrial, line: Line): void {
  switch (line["op_code"]) {
    case Operation.setTrialParameter:
      trial.setParameter(
        text(line["param_name"]),
        number(line["param_value_internal"]),
        text(line["distribution"]),
      );
      break;
    case Operation.setTrialState: {
      const state = number(line["state"]);
      // Optuna passes over a second start: another process runs the trial already.
      if (state === JournalState.running && trial.isRunning) break;
      trial.setState(state, line["values"], line["datetime_start"], line["datetime_complete"]);
      break;
    }
    case Operation.report:
      trial.report(number(line["step"]), number(line["intermediate_value"]));
      break;
    case Operation.setTrialUserAttribute:
      trial.setUserAttributes(attributes(line["user_attr"]));
      break;
    case Operation.setTrialSystemAttribute:
      trial.setSystemAttributes(attributes(line["system_attr"]));
      break;
  }
}

/** Undefined unless the line ends in its distributions, as our own lines do. */
function tailOf(line: string): { text: string; distributions: unknown } | undefined {
  const at = line.lastIndexOf(',"distributions":{');
  if (at === -1) return undefined;
  const tail = line.slice(at);
  try {
    const members: unknown = JSON.parse(`{${tail.slice(1)}`);
    return isObject(members) ? { text: tail, distributions: members["distributions"] } : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function attributes(value: unknown): Attributes {
  return isObject(value) ? (value as Attributes) : {};
}
