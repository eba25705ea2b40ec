/**
 * The journal of a study, as its one writer of ours has it.
 *
 * Optuna's format, Optuna's lock, whole lines, one write for each append. What is read back is
 * what counts: a trial's number is learnt from its own line, since others may write too.
 */
import { randomUUID } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import type { Json } from "../space/value.js";
import { openLog } from "./append.js";
import type { EncodedConfiguration } from "./encoding.js";
import type { Fold } from "./fold.js";
import type { FoldedStudy } from "./folded-study.js";
import { trialAttribute } from "./folded-trial.js";
import { JournalReader } from "./journal-reader.js";
import { JournalLock } from "./lock.js";
import {
  type Attributes,
  createStudyLine,
  createTrialLine,
  JournalState,
  reportLine,
  studyAttributeLine,
  trialAttributeLine,
  trialStateLine,
} from "./records.js";
import type { Goal, Trial } from "./trial.js";

export { DiskFull } from "./append.js";
export { JournalBusy } from "./lock.js";

/** Another program, as Optuna's dashboard can, has deleted the study that was to be written. */
export class StudyDeleted extends Error {
  constructor(
    readonly study: string,
    readonly file: string,
  ) {
    super(
      `another program deleted the study ${study} from ${file}: its trials are still in that file, and run the sweep as a new study to go on`,
    );
    this.name = "StudyDeleted";
  }
}

export interface JournalOptions {
  /** Who writes, as readers of the file will see it; made unique. */
  readonly writer: string;
  /** Called under the lock before each append; throws when another conducts, and then nothing is written. */
  readonly fence?: () => void;
  /** For tests: the lock's times. */
  readonly lock?: JournalLock;
}

export interface NewStudy {
  readonly name: string;
  /** One for each objective. */
  readonly goals: readonly Goal[];
  /** As many; shown by Optuna's dashboard. */
  readonly metricNames: readonly string[];
  /** The last of them makes it a study of ours, so `sweepdeck:space` comes last. */
  readonly attributes: Attributes;
}

export interface NewTrial {
  readonly encoded: EncodedConfiguration;
  readonly attributes: Attributes;
  readonly startedAtMs: number;
}

export type TrialEnd = {
  readonly attributes: Attributes;
  readonly endedAtMs: number;
} & (
  | { readonly state: "complete"; readonly values: readonly number[] }
  /** `values` as they were last, or null where there was none. */
  | { readonly state: "pruned"; readonly values: readonly number[] | null }
  | { readonly state: "failed" | "stopped" }
);

/** Reports reach the disk at most so often; a change of state at once. */
const reportSyncEveryMs = 100;

export class Journal implements Disposable {
  readonly file: string;
  /** Our `worker_id`. */
  readonly writer: string;
  readonly #reader: JournalReader;
  readonly #lock: JournalLock;
  readonly #fence: () => void;
  #reports: string[] = [];
  #isSynced = true;
  #syncedAtMs = 0;

  private constructor(file: string, options: JournalOptions) {
    this.file = path.resolve(file);
    this.writer = `${options.writer}-${randomUUID()}`;
    this.#reader = new JournalReader(this.file);
    this.#lock = options.lock ?? new JournalLock(this.file);
    this.#fence = options.fence ?? (() => {});
  }

  /** Creates the file where there is none, and reads it. */
  static open(file: string, options: JournalOptions): Journal {
    const journal = new Journal(file, options);
    closeSync(openSync(journal.file, "a"));
    journal.refresh();
    return journal;
  }

  get fold(): Fold {
    return this.#reader.fold;
  }

  /** How many bytes of the file the fold is of: whole lines. */
  get offset(): number {
    return this.#reader.offset;
  }

  /** Takes in what others have appended; true when there was something. */
  refresh(): boolean {
    return this.#reader.refresh();
  }

  /** Whether no other process holds the lock; asked again and again, it breaks one that was left behind after 30 s. */
  isFree(): boolean {
    return this.#lock.isFree();
  }

  /** Resolves when it is free. Every append blocks the thread for 0.3 s at most, and then throws `JournalBusy`. */
  whenFree(): Promise<void> {
    return this.#lock.whenFree();
  }

  /** Begins a study, or finishes beginning one of that name which a crash left without its attributes. */
  createStudy(study: NewStudy): FoldedStudy {
    this.refresh();
    const find = () =>
      this.fold.studies.find((other) => other.name === study.name && !other.isDeleted);
    if (find() === undefined) {
      this.#append([createStudyLine(this.writer, study.name, study.goals)], "durable");
    }
    const created = find();
    if (created === undefined) throw new Error(`the study ${study.name} is not in ${this.file}`);
    const attributes = Object.entries(study.attributes);
    const lines = [["study:metric_names", [...study.metricNames]] as const, ...attributes].map(
      ([key, value]) => studyAttributeLine(this.writer, created.id, key, value),
    );
    this.#append(lines, "durable");
    return created;
  }

  /** Journals a trial as running. It is on disk when this returns. Throws `StudyDeleted`. */
  createTrial(study: FoldedStudy, trial: NewTrial): Trial {
    if (study.isDeleted) throw new StudyDeleted(study.name, this.file);
    const attributes = { ...trial.attributes, ...trial.encoded.attributes };
    const line = createTrialLine(
      this.writer,
      study.id,
      trial.encoded,
      attributes,
      trial.startedAtMs,
    );
    const before = this.fold.newestTrialOf(this.writer);
    this.#append([line], "durable");
    const created = this.fold.newestTrialOf(this.writer);
    if (created === undefined || created === before) {
      throw new StudyDeleted(study.name, this.file);
    }
    return this.trial(created.id);
  }

  /** The trial as it is now. */
  trial(id: number): Trial {
    const trial = this.fold.trial(id);
    if (trial === undefined) throw new Error(`${this.file} has no trial ${id}`);
    return trial.picture();
  }

  /** Held in memory until `flush`, or until the next append of anything. `step` is an integer. */
  report(trialId: number, step: number, value: number): void {
    this.#reports.push(reportLine(this.writer, trialId, step, value));
  }

  /** Writes the reports that are held, in one append. */
  flush(): void {
    const isDue = performance.now() - this.#syncedAtMs >= reportSyncEveryMs;
    if (this.#reports.length > 0) this.#append([], isDue ? "durable" : "soon");
    else if (isDue && !this.#isSynced) this.#sync();
  }

  setTrialAttributes(trialId: number, attributes: Attributes): void {
    this.#append(this.#attributeLines(trialId, attributes), "durable");
  }

  /**
   * Ends a trial: its attributes, then its state. A complete trial without a number for every
   * objective is written as failed, for Optuna's samplers and dashboard break on such a one.
   */
  finishTrial(trialId: number, end: TrialEnd): Trial {
    const attributes = { ...end.attributes };
    let state: JournalState = JournalState.failed;
    let values: readonly number[] | null = null;
    if (end.state === "complete") {
      if (end.values.length > 0 && !end.values.some(Number.isNaN)) {
        state = JournalState.complete;
        values = end.values;
      } else attributes[trialAttribute.reason] ??= "its objective was never a number";
    } else if (end.state === "pruned") {
      state = JournalState.pruned;
      values = end.values?.some(Number.isNaN) === false ? end.values : null;
    } else if (end.state === "stopped") {
      attributes[trialAttribute.state] ??= "stopped";
    }
    this.#append(
      [
        ...this.#attributeLines(trialId, attributes),
        trialStateLine(this.writer, trialId, state, values, end.endedAtMs),
      ],
      "durable",
    );
    return this.trial(trialId);
  }

  setStudyAttribute(study: FoldedStudy, key: string, value: Json): void {
    this.#append([studyAttributeLine(this.writer, study.id, key, value)], "durable");
  }

  /** Writes what is held. */
  [Symbol.dispose](): void {
    this.flush();
    if (!this.#isSynced) this.#sync();
  }

  #attributeLines(trialId: number, attributes: Attributes): string[] {
    return Object.entries(attributes).map(([key, value]) =>
      trialAttributeLine(this.writer, trialId, key, value),
    );
  }

  /** The reports that are held, then `lines`: in one write, or not at all. */
  #append(lines: readonly string[], durability: "durable" | "soon"): void {
    const bytes = Buffer.from(this.#reports.join("") + lines.join(""));
    using log = openLog(this.file);
    this.#underLock(() => log.append(bytes, durability));
    this.#reports = [];
    this.#noteSynced(durability === "durable");
    this.refresh();
  }

  #underLock(write: () => void): void {
    for (;;) {
      using held = this.#lock.acquire();
      this.#fence();
      // The process may have slept since it took the lock, which is another's by now.
      if (!held.isOurs()) continue;
      write();
      return;
    }
  }

  #sync(): void {
    using log = openLog(this.file);
    log.sync();
    this.#noteSynced(true);
  }

  #noteSynced(isSynced: boolean): void {
    this.#isSynced = isSynced;
    if (isSynced) this.#syncedAtMs = performance.now();
  }
}
