import type { History } from "../space/history.js";
import type { SearchSpace } from "../space/search-space.js";
import type { Configuration } from "../space/space.js";
import type { Metric } from "../sweep/sweep.js";

export type Proposal =
  | {
      readonly kind: "configuration";
      readonly configuration: Configuration;
      /** Which of the sweep's initial configurations it is, from 0; absent for what was searched for. */
      readonly initial?: number;
    }
  /** Nothing is left to try: a grid, or a finite space, has been covered, or no constraint allows more. */
  | { readonly kind: "exhausted" };

/**
 * History in, configuration out: no clock, no I/O, no state that the journal cannot rebuild. What
 * it remembers between two calls may save time and must not change an answer.
 */
export interface Sampler {
  readonly name: string;
  /** Why this one was chosen, as a sentence, where the sweep left the choice open. */
  readonly why?: string;
  ask(history: History): Proposal;
}

/** What every sampler is made from. */
export interface SamplerSetup {
  readonly search: SearchSpace;
  readonly seed: number;
  /** What decides: one, or several whose values an observation has in this order. Empty for a sweep without a metric. */
  readonly objectives: readonly Metric[];
  /** Complete configurations that are tried before the sampler is asked. */
  readonly initial: readonly Configuration[];
  /** How many draws the study may make; undefined for one without an end. */
  readonly budget: number | undefined;
  /** Results of earlier studies of the same file, which this one begins with; oldest first. */
  readonly earlier: readonly EarlierResult[];
}

export interface EarlierResult {
  readonly configuration: Configuration;
  /** One for each objective. */
  readonly values: readonly number[];
  /** By how much it misses the outcomes of this sweep; absent where it misses none. */
  readonly violation?: number | undefined;
}
