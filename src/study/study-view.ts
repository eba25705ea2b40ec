/**
 * A study as it is seen from outside: the command line, the tree and the panel read it here, whoever
 * conducts it. Nothing is written.
 */
import path from "node:path";
import type { Space } from "../space/space.js";
import { parseSweep } from "../sweep/parse.js";
import { objectivesOf, type Sweep } from "../sweep/sweep.js";
import { type ConductorRecord, conductorOf } from "./claim.js";
import type { FoldedStudy } from "./folded-study.js";
import { JournalReader } from "./journal-reader.js";
import { readState, type StudyState } from "./state.js";
import { readStudyFile, type StudyFile, type StudyFileProblem } from "./study-file.js";
import type { Objective, Trial } from "./trial.js";

export const journalName = "journal.log";

export interface StudyView {
  readonly directory: string;
  /** `study.json`. */
  readonly file: StudyFile;
  /** The sweep as recorded; undefined where this version finds errors in it, and then the study is only to be read. */
  readonly sweep: Sweep | undefined;
  readonly space: Space;
  /** Undefined for a sweep without a metric: nothing decides, nothing is ranked. */
  readonly objective: Objective | undefined;
  /** By number; another array when any of them changed. */
  readonly trials: readonly Trial[];
  /** Undefined until somebody has conducted the study. */
  readonly state: StudyState | undefined;
  /** The last who conducted; whether it still does is for `isFree` to say. */
  readonly conductor: ConductorRecord | undefined;
  /** The study in the journal; undefined until its first lines are there. */
  readonly journaled: FoldedStudy | undefined;
  /** Reads what is new, which costs what was appended; true when anything changed. */
  refresh(): boolean;
}

export type StudyOpening = { readonly study: StudyView } | { readonly problem: StudyFileProblem };

export function openStudy(studyDirectory: string): StudyOpening {
  const reading = readStudyFile(studyDirectory);
  if ("problem" in reading) return reading;
  return { study: new OpenStudy(path.resolve(studyDirectory), reading.study) };
}

const noSpace: Space = { parameters: [] };

class OpenStudy implements StudyView {
  readonly directory: string;
  readonly file: StudyFile;
  readonly sweep: Sweep | undefined;
  readonly #journal: JournalReader;
  #state: StudyState | undefined;
  #conductor: ConductorRecord | undefined;

  constructor(directory: string, file: StudyFile) {
    this.directory = directory;
    this.file = file;
    this.sweep = parseSweep(file.text).sweep;
    this.#journal = new JournalReader(path.join(directory, journalName));
    this.refresh();
  }

  get space(): Space {
    return this.journaled?.space ?? this.sweep?.space ?? noSpace;
  }

  get objective(): Objective | undefined {
    return this.sweep === undefined ? this.journaled?.objective : objectiveOf(this.sweep);
  }

  get trials(): readonly Trial[] {
    return this.journaled?.trials ?? [];
  }

  get state(): StudyState | undefined {
    return this.#state;
  }

  get conductor(): ConductorRecord | undefined {
    return this.#conductor;
  }

  get journaled(): FoldedStudy | undefined {
    return this.#journal.fold.ours;
  }

  refresh(): boolean {
    const before = JSON.stringify([this.#state, this.#conductor]);
    const hasNewTrials = this.#journal.refresh();
    this.#state = readState(this.directory);
    this.#conductor = conductorOf(this.directory);
    return hasNewTrials || JSON.stringify([this.#state, this.#conductor]) !== before;
  }
}

/** What decides in a sweep; undefined for one without a metric. */
export function objectiveOf(sweep: Sweep): Objective | undefined {
  const [first, ...more] = objectivesOf(sweep).map(({ name, goal }) => ({ name, goal }));
  if (first === undefined || more.length === 0) return first;
  return { ...first, others: more };
}
