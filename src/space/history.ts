/** What samplers and stopping rules are shown of a study: values only, in the order they were seen. */
import type { Configuration } from "./space.js";

export type ObservationState = "running" | "complete" | "pruned" | "failed";

export interface Observation {
  readonly number: number;
  readonly configuration: Configuration;
  readonly state: ObservationState;
  /** The objective, by the sweep's `metrics.value`; null while none was reported. */
  readonly value: number | null;
  /** [step, value] of the objective, ascending. */
  readonly reports: readonly (readonly [step: number, value: number])[];
}

export interface History {
  /**
   * How many draws the sampler has made in this study. Retries, reruns and trials of foreign
   * writers have none, so a grid has no holes.
   */
  readonly draws: number;
  readonly observations: readonly Observation[];
}
