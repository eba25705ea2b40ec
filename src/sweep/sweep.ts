/** A sweep: what a valid sweep file says, typed, with its defaults filled in. */
import type { Space } from "../space/space.js";

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

export type SamplerType =
  | "auto"
  | "random"
  | "sobol"
  | "tpe"
  | "gp"
  | "cmaes"
  | "nsga2"
  | "pbt"
  | "optuna";

export type MetricSource = "output" | "wandb" | "tensorboard" | "csv" | "jsonl";

export interface Deck {
  readonly sampler: { readonly type?: SamplerType; readonly seed?: number };
  readonly slots: {
    /** How many trials run at once. */
    readonly parallel: number | "auto";
    /** GPUs per trial; absent: one where there is a GPU, else none. */
    readonly gpus?: number;
  };
  /** Added to the environment of each trial. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly limits: {
    readonly trialTimeMs?: number;
    readonly totalTimeMs?: number;
    /** The sweep pauses after this many failures in a row with nothing completed. */
    readonly failures: number;
  };
  /** How often a failed trial is tried again, as a new trial. */
  readonly retries: number;
  readonly metrics: {
    /** Which of a trial's values counts. */
    readonly value: "best" | "last";
    /** Where values are read; absent: everywhere we know. */
    readonly from?: readonly MetricSource[];
    /** A regular expression with the named groups `name` and `value`, for output lines. */
    readonly pattern?: string;
  };
}

/** What W&B runs when a file has no `command`. */
export const defaultCommand: readonly string[] = [
  "${env}",
  "${interpreter}",
  "${program}",
  "${args}",
];
