import type { History } from "../space/history.js";
import type { Configuration } from "../space/space.js";

export type Proposal =
  | {
      readonly kind: "configuration";
      readonly configuration: Configuration;
      /** Which of the sweep's initial configurations it is, from 0; absent for what was searched for. */
      readonly initial?: number;
    }
  /** Nothing is left to try: a grid, or a finite space, has been covered. */
  | { readonly kind: "exhausted" };

/** History in, configuration out: no clock, no I/O, no state that the journal cannot rebuild. */
export interface Sampler {
  readonly name: string;
  ask(history: History): Proposal;
}
