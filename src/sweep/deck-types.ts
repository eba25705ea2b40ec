/** The `sweepdeck:` block of a valid sweep file, typed, with its defaults filled in. */
import type * as z from "zod";
import type { Condition } from "../space/condition.js";
import type { Expression } from "../space/expression/expression.js";
import type { Configuration } from "../space/space.js";
import type { sampler } from "./deck-sampler-grammar.js";
import type { stoppingRule } from "./deck-stopping-grammar.js";
import type { Metric } from "./sweep.js";

export type { SamplerType } from "./deck-sampler-grammar.js";
export type { StoppingType } from "./deck-stopping-grammar.js";

/** `startup_trials` as it is called in code. */
type InCode<Key> = Key extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<InCode<Rest>>}`
  : Key;

type WithKeysInCode<T> = T extends unknown ? { readonly [K in keyof T as InCode<K>]: T[K] } : never;

/** By `type`, with the options of that sampler; what they mean is said in the grammar. */
export type SamplerChoice = WithKeysInCode<z.output<typeof sampler>>;

/** By `type`, with the options of that rule; what they mean is said in the grammar. */
export type StoppingChoice = WithKeysInCode<z.output<typeof stoppingRule>>;

export type MetricSource = "output" | "wandb" | "tensorboard" | "csv" | "jsonl";

/** `defaults`: what the script itself uses. A configuration may leave parameters to the sampler. */
export type InitialTrial = "defaults" | Configuration;

export interface Constraint {
  /** As written. */
  readonly text: string;
  readonly expression: Expression;
}

export type Executor =
  | { readonly kind: "local" }
  | {
      readonly kind: "slurm";
      readonly partition?: string;
      readonly account?: string;
      readonly qos?: string;
      readonly constraint?: string;
      readonly timeMs?: number;
      readonly cpus?: number;
      readonly memoryBytes?: number;
      readonly gpuType?: string;
      /** Lines of shell before the trial. */
      readonly setup: readonly string[];
      /** More words for `sbatch`. */
      readonly options: readonly string[];
    }
  | {
      readonly kind: "ray";
      readonly address: string;
      readonly cpus?: number;
      readonly memoryBytes?: number;
      readonly resources: Readonly<Record<string, number>>;
      readonly runtimeEnv: Readonly<Record<string, unknown>>;
    };

export interface Deck {
  readonly sampler: SamplerChoice;
  readonly slots: {
    /** How many trials run at once. */
    readonly parallel: number | "auto";
    /** GPUs per trial; absent: one where there is a GPU, else none. */
    readonly gpus?: number;
    readonly waitForIdleGpu?: boolean;
  };
  readonly executor: Executor;
  /** Added to the environment of each trial. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly limits: {
    readonly trialTimeMs?: number;
    readonly trialMemoryBytes?: number;
    readonly totalTimeMs?: number;
    /** The sweep pauses after this many failures in a row with nothing completed. */
    readonly failures: number;
    /** The sweep ends when so many trials have ended since the best one. */
    readonly noImprovement?: number;
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
  /** Tried before the sampler's own, in this order. */
  readonly initial: readonly InitialTrial[];
  /** Begins with the results of all earlier studies of the file, or of those named. */
  readonly warmStart?: true | readonly string[];
  /** Without a cycle; of a group, one for each of its parameters. */
  readonly conditions: readonly Condition[];
  readonly constraints: readonly Constraint[];
  /** What must hold of a trial's metrics, for its result to count. */
  readonly outcomes?: readonly Constraint[];
  /** Names of parameters whose values, lists of one length, are read side by side. */
  readonly zip: readonly (readonly string[])[];
  /** Absent: each configuration is tried once. */
  readonly repeats?: {
    readonly count: number;
    /** Gets a seed of its own in each repeat; among the parameters, or in addition to them. */
    readonly seedParameter?: string;
  };
  /** None, or at least two, which then decide instead of `metric`. */
  readonly objectives: readonly Metric[];
  readonly stopping: readonly StoppingChoice[];
}
