/** What a conductor is given. */
import type { Expression } from "../space/expression/expression.js";
import type { StoppingRule } from "../stopping/rule.js";
import type { Claim } from "./claim.js";
import type { StudyEvent } from "./events.js";
import type { Executor } from "./executor.js";
import type { Ledger } from "./ledger.js";
import type { Proposer } from "./proposer.js";
import type { ObjectiveRule } from "./pursuit.js";
import type { OpenReader } from "./reader.js";

export interface ConductOptions {
  readonly name: string;
  readonly directory: string;
  readonly claim: Claim;
  readonly ledger: Ledger;
  /** Disposed of when the conductor has ended. */
  readonly proposer: Proposer;
  readonly executor: Executor;
  readonly openReader: OpenReader;
  readonly rules: StudyRules;
  /** `resume`: by the user's word, whatever the study was heading for. `adopt`: what it was heading for holds. */
  readonly as: "resume" | "adopt";
  readonly onEvent: (event: StudyEvent) => void;
}

/** What of the sweep decides how a study goes on and when it ends. */
export interface StudyRules {
  readonly objective: ObjectiveRule | undefined;
  readonly target: number | undefined;
  /** The number of draws at which the study ends. */
  readonly cap: number | undefined;
  /** What the sweep itself says: where `cap` is another, the next conductor is told. */
  readonly sweepCap: number | undefined;
  readonly retries: number;
  /** What must hold of a trial's metrics. */
  readonly outcomes?: readonly Expression[];
  /** The first that stops a trial decides. */
  readonly stopping: readonly StoppingRule[];
  readonly limits: {
    readonly trialTimeMs: number | undefined;
    readonly trialMemoryMiB: number | undefined;
    readonly totalTimeMs: number | undefined;
    /** Failures in a row, with nothing completed between them, after which the sweep pauses. */
    readonly failures: number;
    /** Trials that have ended since the best one, after which the sweep ends. */
    readonly noImprovement: number | undefined;
  };
}
