/**
 * What a stopping rule is: from the curve of a trial, and those of the others, to a verdict with its
 * reason as data. No clock, no I/O, no memory: the same curves give the same verdict.
 */
import type { ObservationState } from "../space/history.js";

/** What a trial has reported of one metric, as far as it is known. */
export interface Curve {
  readonly trial: number;
  readonly state: ObservationState;
  /**
   * By ascending count. A long curve is thinned, so that counts may be missing; those that a rule
   * compares at (`comparesAt`) never are, and those of the trial that is judged should all be there.
   */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  /**
   * Which of the trial's finite reports it is, from 1, whatever the script calls its steps. One that
   * is not finite has the count that the next finite one will have.
   */
  readonly count: number;
  /** As the script calls it. */
  readonly step: number;
  /** Finite, except in the last point of the trial that is judged. */
  readonly value: number;
}

export interface StoppingRule {
  /** As the sweep calls it: `early_terminate`, or the type of a rule under `sweepdeck.stopping`. */
  readonly name: string;
  /** The metric that it looks at; undefined for the one that decides. */
  readonly metric: string | undefined;
  /** Whether a report at this count must be kept for comparing others with it. */
  comparesAt(count: number): boolean;
  /** Whether a running trial is to be judged again when another one has reported. */
  readonly looksAgain: boolean;
  /**
   * Asked when `trial` has made the last of its reports, and for each of its reports once (again
   * where `looksAgain`). `others` are all other trials of the study.
   */
  judge(trial: Curve, others: readonly Curve[]): Verdict;
}

export type Verdict =
  | { readonly kind: "continue" }
  | {
      readonly kind: "stop";
      /** A trial that has reached its target is complete; any other that is stopped is pruned. */
      readonly as: "pruned" | "complete";
      readonly why: StopReason;
    };

/** Everything that decided, as it was at that moment. */
export interface StopReason {
  readonly rule: string;
  readonly metric: string;
  /** Of the report that decided, as the script calls it. */
  readonly step: number;
  readonly count: number;
  /** Null where it was no finite number. */
  readonly value: number | null;
  /** What the value was held against; null where there is no such number. */
  readonly threshold: number | null;
  /** From 1, the best first, among those compared, itself included; null for a rule that compares with no others. */
  readonly rank: number | null;
  /** Those it was compared with, best first; a rule that compares with many keeps the first twenty. */
  readonly competitors: readonly { readonly trial: number; readonly value: number }[];
  /** How many it was compared with. */
  readonly compared: number;
  /** What the rule adds, such as a bracket or a p-value: a number by its name. */
  readonly details: Readonly<Record<string, number>>;
}

export const goOn: Verdict = { kind: "continue" };
