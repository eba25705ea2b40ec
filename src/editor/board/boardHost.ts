/**
 * What the board needs of the rest of the editor: studies to show, and hands to act.
 *
 * `boardPanel.ts` drives it, whoever composes the extension implements it. Nothing here imports
 * `vscode`, so the board's model is tested without an editor.
 */

import type { StudyAction, TrialAction } from "../../protocol.js";
import type { Space } from "../../space/space.js";
import type { Objective, Report, Trial } from "../../study/trial.js";

/** A study at one instant. */
export interface BoardStudy {
  /** The study's folder, absolute: what panels are restored by. */
  readonly key: string;
  readonly name: string;
  /** Null for a sweep without a metric. */
  readonly objective: Objective | null;
  readonly space: Space;
  /**
   * By number. A trial that has not changed since the last call is the same object, which is how
   * the board finds in microseconds what changed among thousands.
   */
  readonly trials: readonly Trial[];
  readonly starred: ReadonlySet<number>;
  /** As `state.json` says. */
  readonly state: "running" | "paused" | "finished" | "interrupted";
  /** Why it is paused or was interrupted. */
  readonly reason: string | null;
  readonly conductor: "here" | "elsewhere" | "nobody";
  /** As shown to people, where another conducts: `the command line (pid 4711)`. */
  readonly conductorName: string | null;
  /** How many draws end the sweep; null where nothing does. */
  readonly cap: number | null;
  /** How many draws have been made. */
  readonly draws: number;
  /** The names of the slots that serve the study now. */
  readonly slots: readonly string[];
  /** The last step that a trial can report, where the sweep says it (`max_iter`); null elsewhere. */
  readonly lastStep: number | null;
  /** How long the study has been conducted, in milliseconds; null where its files do not say. */
  readonly activeMs: number | null;
}

/** What is read from a trial's files when its details are asked for. */
export interface TrialFiles {
  /** As one line for a POSIX shell; null where the trial never started. */
  readonly command: string | null;
  /** The last lines of its output; null where there is none. */
  readonly tail: string | null;
  /** Every report of the objective, where the files have more than the journal; else null. */
  readonly reports: readonly Report[] | null;
}

export interface BoardHost {
  /** Sees to it that `study` knows a study; false where there is none of that folder. */
  load(key: string): Promise<boolean>;
  /** The study as it stands, at once; undefined where it is gone. */
  study(key: string): BoardStudy | undefined;
  /** Calls back after something about a study may have changed, as often as it likes. */
  readonly onDidChange: (listener: (key: string) => unknown) => { dispose(): unknown };
  trialFiles(key: string, trial: number): Promise<TrialFiles>;
  /** The trial's parameters as YAML text, for the clipboard and for VS Code's diff editor. */
  configurationYaml(key: string, trial: number): Promise<string>;
  /**
   * Does what was asked. Rejects with an Error whose message is a sentence for the reader. `stop`
   * asks for confirmation itself, and resolves when the reader has answered.
   */
  actOnTrials(key: string, action: TrialAction, trials: readonly number[]): Promise<void>;
  actOnStudy(key: string | undefined, action: StudyAction): Promise<void>;
  star(key: string, trials: readonly number[], starred: boolean): Promise<void>;
  openDiff(key: string, left: number, right: number): Promise<void>;
  /** The reader was shown a comparison: the last thing that a newcomer is taught. */
  noteCompared(): void;
}
