/** A sweep: what a valid sweep file says, typed, with its defaults filled in. */
import type { Space } from "../space/space.js";
import type { Deck } from "./deck-types.js";

export type Method = "grid" | "random" | "bayes" | "custom";

export interface Sweep {
  readonly name?: string;
  readonly description?: string;
  readonly project?: string;
  readonly entity?: string;
  /** As written: relative to the sweep file's folder, or to one above it. */
  readonly program?: string;
  readonly method: Method;
  /** Absent: the study has no objective. */
  readonly metric?: Metric;
  /** The words of the command, macros not expanded. */
  readonly command: readonly string[];
  readonly space: Space;
  /** How many draws the sampler may make; absent: until it is stopped, or the grid is covered. */
  readonly runCap?: number;
  readonly earlyTerminate?: Hyperband;
  /** The `sweepdeck:` block. */
  readonly deck: Deck;
}

export interface Metric {
  readonly name: string;
  readonly goal: "minimize" | "maximize";
  /** The sweep ends once a trial reaches it. */
  readonly target?: number;
  readonly impute: "latest" | "best" | "worst";
  readonly imputeWhileRunning: "latest" | "best" | "worst" | "false";
}

/** W&B's `early_terminate`; `maxIter` and `s`, or `minIter`, are there. */
export interface Hyperband {
  readonly type: "hyperband";
  readonly minIter?: number;
  readonly maxIter?: number;
  readonly s?: number;
  readonly eta: number;
  readonly strict: boolean;
}

/** What W&B runs when a file has no `command`. */
export const defaultCommand: readonly string[] = [
  "${env}",
  "${interpreter}",
  "${program}",
  "${args}",
];

/** What decides: the objectives where there are several, else the metric; empty without one. */
export function objectivesOf({ metric, deck }: Pick<Sweep, "metric" | "deck">): readonly Metric[] {
  if (deck.objectives.length > 0) return deck.objectives;
  return metric === undefined ? [] : [metric];
}
