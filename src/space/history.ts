/** What samplers and stopping rules are shown of a study: values only, in the order they were seen. */
import type { Configuration } from "./space.js";

/** `stopped`: ended by the user, or lost; it was tried, and says nothing about its configuration. */
export type ObservationState = "running" | "complete" | "pruned" | "failed" | "stopped";

export interface Observation {
  readonly number: number;
  readonly configuration: Configuration;
  readonly state: ObservationState;
  /** Which of the study's draws it is, from 0; null for retries, reruns and foreign trials. */
  readonly draw: number | null;
  /** How many trials had ended before it did: the order in which results were seen. Null while it runs. */
  readonly ended: number | null;
  /** The objective, by the sweep's `metrics.value`; null while none was reported. */
  readonly value: number | null;
  /** One for each objective where a sweep has several and the trial is complete; else empty. */
  readonly values: readonly number[];
  /** By how much its outcome constraints are missed in all; 0 where they hold, or there are none. */
  readonly violation: number;
  /** [step, value] of the objective, ascending. */
  readonly reports: readonly (readonly [step: number, value: number])[];
}

export interface History {
  /**
   * How many draws the study has made, initial configurations included. Retries, reruns and trials
   * of foreign writers have none, so a grid has no holes.
   */
  readonly draws: number;
  /** In the order in which they were begun. */
  readonly observations: readonly Observation[];
}

/** Of a trial that has just been started, and has reported nothing. */
export function begun(configuration: Configuration, draw: number): Observation {
  return {
    number: draw,
    configuration,
    state: "running",
    draw,
    ended: null,
    value: null,
    values: [],
    violation: 0,
    reports: [],
  };
}
