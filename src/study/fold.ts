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
import { type Line, LineParser } from "./line-parser.js";
import { attributesFrom, JournalState, Operation } from "./records.js";

type Fields = Line["fields"];

/**
 * A report, as Optuna and we write it. In a study with curves nine lines of ten are reports, and
 * matching one takes a quarter of the time that parsing it as JSON does.
 */
const reportPattern =
  /\{"op_code":7,"worker_id":"[^"\\]*","trial_id":(\d{1,15}),"step":(\d{1,15}),"intermediate_value":(-?\d[\d.e+-]*)\}\n/y;

export class Fold {
  readonly #studies: FoldedStudy[] = [];
  readonly #trials: FoldedTrial[] = [];
  readonly #newestOfWriter = new Map<string, FoldedTrial>();
  readonly #lines = new LineParser();
  #damagedLines = 0;

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
    while (from < lines.length) {
      const afterReport = this.#applyReport(lines, from);
      if (afterReport > from) {
        from = afterReport;
        continue;
      }
      const end = lines.indexOf("\n", from);
      if (end > from) this.#applyText(lines, from, end);
      from = end + 1;
    }
    for (const study of this.#studies) study.settle();
  }

  /** Where the next line begins; `from` when this one is no report of the usual form. */
  #applyReport(lines: string, from: number): number {
    reportPattern.lastIndex = from;
    const match = reportPattern.exec(lines);
    if (match === null) return from;
    const value = Number(match[3]);
    if (Number.isNaN(value)) return from;
    this.#updatable(Number(match[1]))?.report(Number(match[2]), value);
    return reportPattern.lastIndex;
  }

  #applyText(lines: string, from: number, end: number): void {
    const line = this.#lines.parse(lines, from, end);
    if (line === undefined) this.#damagedLines += 1;
    else this.#applyLine(line, line.fields);
  }

  #applyLine(line: Line, fields: Fields): void {
    switch (line.operation) {
      case Operation.createStudy:
        this.#createStudy(fields);
        break;
      case Operation.deleteStudy:
        this.#studyOf(fields)?.delete();
        break;
      case Operation.setStudyUserAttribute:
        this.#studyOf(fields)?.setUserAttributes(attributesFrom(fields["user_attr"]));
        break;
      case Operation.setStudySystemAttribute:
        this.#studyOf(fields)?.setSystemAttributes(attributesFrom(fields["system_attr"]));
        break;
      case Operation.createTrial:
        this.#createTrial(line, fields);
        break;
      default: {
        const trial = this.#updatable(number(fields["trial_id"]));
        if (trial !== undefined) updateTrial(trial, line.operation, fields);
      }
    }
  }

  /** Undefined for a trial that has ended, which nothing changes any more. */
  #updatable(trialId: number): FoldedTrial | undefined {
    const trial = this.#trials[trialId];
    return trial?.isFinished === false ? trial : undefined;
  }

  #createStudy(fields: Fields): void {
    const name = text(fields["study_name"]);
    if (this.#studies.some((study) => study.name === name && !study.isDeleted)) return;
    const directions = Array.isArray(fields["directions"]) ? fields["directions"] : [];
    const goals = directions.map((direction) => (direction === 2 ? "maximize" : "minimize"));
    this.#studies.push(new FoldedStudy(this.#studies.length, name, goals));
  }

  #createTrial(line: Line, fields: Fields): void {
    const study = this.#studyOf(fields);
    if (study === undefined) return;
    const trial = new FoldedTrial(this.#trials.length, study.trialCount, study, line);
    this.#trials.push(trial);
    study.add(trial);
    this.#newestOfWriter.set(text(line.writer), trial);
  }

  #studyOf(fields: Fields): FoldedStudy | undefined {
    const study = this.#studies[number(fields["study_id"])];
    return study?.isDeleted === true ? undefined : study;
  }
}

/** Operations that are not Optuna's are another program's business. */
function updateTrial(trial: FoldedTrial, operation: unknown, fields: Fields): void {
  switch (operation) {
    case Operation.setTrialParameter:
      trial.setParameter(
        text(fields["param_name"]),
        number(fields["param_value_internal"]),
        text(fields["distribution"]),
      );
      break;
    case Operation.setTrialState: {
      const state = number(fields["state"]);
      // Optuna passes over a second start: another process runs the trial already.
      if (state === JournalState.running && trial.isRunning) break;
      trial.setState(
        state,
        fields["values"],
        fields["datetime_start"],
        fields["datetime_complete"],
      );
      break;
    }
    case Operation.report:
      trial.report(number(fields["step"]), number(fields["intermediate_value"]));
      break;
    case Operation.setTrialUserAttribute:
      trial.setUserAttributes(attributesFrom(fields["user_attr"]));
      break;
    case Operation.setTrialSystemAttribute:
      trial.setSystemAttributes(attributesFrom(fields["system_attr"]));
      break;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}
