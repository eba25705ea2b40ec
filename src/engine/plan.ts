/** Everything that is settled before a study begins, and what stands in its way. */
import type { SweepProblem } from "../sweep/problem.js";
import type { Sweep } from "../sweep/sweep.js";

export interface Plan {
  readonly sweepFile: string;
  readonly text: string;
  readonly sweep: Sweep;
  readonly seed: number | undefined;
  readonly cap: number | undefined;
  readonly slots: number | undefined;
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | {
      readonly ok: false;
      /** A sentence that says what is wrong and what to do. */
      readonly message: string;
      readonly problems: readonly SweepProblem[];
    };
