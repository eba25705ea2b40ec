/** A study folder in a temporary place, and conductors over it, on a `World`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { samplerFor } from "../../src/search/sampler-for.js";
import type { Configuration } from "../../src/space/space.js";
import { claimStudy } from "../../src/study/claim.js";
import type { StudyRules } from "../../src/study/conduct-options.js";
import { type Conductor, conduct } from "../../src/study/conductor.js";
import type { StudyEvent } from "../../src/study/events.js";
import { Journal } from "../../src/study/journal.js";
import { openLedger } from "../../src/study/ledger.js";
import { type Proposer, proposerHere } from "../../src/study/proposer.js";
import { objectiveOf } from "../../src/study/study-view.js";
import type { Trial } from "../../src/study/trial.js";
import type { Sweep } from "../../src/sweep/sweep.js";
import type { World } from "./world.js";

export interface Bench {
  readonly directory: string;
  readonly events: StudyEvent[];
  /** Starts a conductor; the one before it is expected to have left, or is overtaken. */
  conduct(options?: {
    readonly slots?: number;
    readonly rules?: Partial<StudyRules>;
    readonly takeOver?: "by force";
    readonly as?: "resume" | "adopt";
    /** In place of the sweep's own sampler, in this thread. */
    readonly proposer?: Proposer;
  }): Conductor;
  /** As the journal on disk has them, read afresh. */
  trials(): readonly Trial[];
  dispose(): void;
}

export const usualLimits = {
  trialTimeMs: undefined,
  trialMemoryMiB: undefined,
  totalTimeMs: undefined,
  noImprovement: undefined,
  failures: 5,
};

export function bench(world: World, sweep: Sweep, initial: readonly Configuration[] = []): Bench {
  const directory = mkdtempSync(path.join(tmpdir(), "study-"));
  const file = path.join(directory, "journal.log");
  const events: StudyEvent[] = [];
  const decides = objectiveOf(sweep);
  const objective = decides && { ...decides, value: "best" as const };
  return {
    directory,
    events,
    conduct: ({ slots = 1, rules = {}, takeOver, as = "resume", proposer } = {}) => {
      const attempt = claimStudy(directory, "cli", takeOver ?? "free");
      if (!attempt.held) throw new Error("the study is held");
      const { claim } = attempt;
      return conduct({
        name: "study-1",
        directory,
        claim,
        ledger: openLedger({
          file,
          name: "study-1",
          space: sweep.space,
          values: "drawn",
          objective,
          claim,
        }),
        proposer: proposer ?? proposerHere(samplerFor(sweep, 1, initial)),
        executor: world.executor(slots),
        openReader: world.openReader,
        rules: {
          objective,
          target: sweep.metric?.target,
          cap: sweep.runCap,
          sweepCap: sweep.runCap,
          retries: 0,
          stopping: [],
          limits: usualLimits,
          ...rules,
        },
        as,
        onEvent: (event) => void events.push(event),
      });
    },
    trials: () => {
      using journal = Journal.open(file, { writer: "reader" });
      const study = journal.fold.ours;
      study?.settle();
      return study?.trials ?? [];
    },
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}
