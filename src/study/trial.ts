/** Trials and studies as everyone but the journal sees them. */
import type { Configuration } from "../space/space.js";
import type { Json } from "../space/value.js";

export type TrialState =
  | "waiting"
  | "running"
  | "complete"
  /** Ended early by a stopping rule. */
  | "pruned"
  | "failed"
  /** Ended by the user, or interrupted with the sweep. */
  | "stopped"
  /** On a machine that cannot be asked from here. */
  | "lost";

export type Report = readonly [step: number, value: number];

export interface Trial {
  /** The order of its creation in the journal file, over all its studies. */
  readonly id: number;
  /** The order of its creation in its study; its folder is this number, four digits at least. */
  readonly number: number;
  readonly state: TrialState;
  /** Constants included. */
  readonly configuration: Configuration;
  /** The objective; null while none counts. While it runs: the best or last report, as the sweep says. */
  readonly value: number | null;
  /** One for each objective, as they were journaled at the end; empty where none were. */
  readonly values: readonly number[];
  /** The objective's reports, by ascending step. */
  readonly reports: readonly Report[];
  /**
   * The same in the order of their lines in the journal, of several reports of one step each: the
   * same array as `reports` where steps only ascend.
   */
  readonly journaled: readonly Report[];
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** How many trials of the study had ended before it did, by their lines in the journal; null until it has. */
  readonly ended: number | null;
  /** Why it ended as it did, as a sentence; null where there is nothing to say. */
  readonly reason: string | null;
  /** Which of the sampler's draws it is; null for retries, reruns and foreign trials. */
  readonly draw: number | null;
  /** Which of the sweep's initial configurations it is; null for all others. */
  readonly initial: number | null;
  /** The name of the slot it was started in; null for foreign trials, which no conductor of ours started. */
  readonly slot: string | null;
  /** The number of the trial that this one repeats. */
  readonly retryOf: number | null;
  /** Its other attributes in the journal, by their full names. */
  readonly attributes: Readonly<Record<string, Json>>;
}

export type Goal = "minimize" | "maximize";

export interface Objective {
  readonly name: string;
  readonly goal: Goal;
  /** What is searched for beside it, in the order of `Trial.values`; absent where it decides alone. */
  readonly others?: readonly Pick<Objective, "name" | "goal">[] | undefined;
}

export function isFinished(state: TrialState): boolean {
  return state === "complete" || state === "pruned" || state === "failed" || state === "stopped";
}

/** All that is searched for, in the order of `Trial.values`. */
export function objectivesOf(objective: Objective): readonly Objective[] {
  return [objective, ...(objective.others ?? [])];
}
