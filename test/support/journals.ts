/** Journals for tests: a temporary folder, spaces in a word, trials in a line. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Configuration, Distribution, Space } from "../../src/space/space.js";
import { encodeSpace } from "../../src/study/encoding.js";
import type { FoldedStudy } from "../../src/study/folded-study.js";
import type { Journal, TrialEnd } from "../../src/study/journal.js";
import type { Attributes } from "../../src/study/records.js";
import type { Goal, Report, Trial } from "../../src/study/trial.js";

/** 24 Nov 2026, 08:00 UTC: what happens in these journals happens after it. */
export const epochMs = Date.UTC(2026, 10, 24, 8);

/** A folder that is there for the tests of one `describe`. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: "" };
  before(() => {
    folder.path = mkdtempSync(path.join(tmpdir(), "sweepdeck-"));
  });
  after(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

export function spaceOf(distributions: Readonly<Record<string, Distribution>>): Space {
  return {
    parameters: Object.entries(distributions).map(([name, distribution]) => ({
      name,
      path: name.split("."),
      distribution,
    })),
  };
}

export interface PlannedStudy {
  readonly name: string;
  readonly space: Space;
  readonly goals?: readonly Goal[];
  readonly metricNames?: readonly string[];
  readonly attributes?: Attributes;
}

export function beginStudy(journal: Journal, planned: PlannedStudy): FoldedStudy {
  return journal.createStudy({
    name: planned.name,
    goals: planned.goals ?? ["minimize"],
    metricNames: planned.metricNames ?? ["loss"],
    attributes: {
      "sweepdeck:objective": { name: "loss", goal: "minimize", value: "best" },
      ...planned.attributes,
      ...encodeSpace(planned.space).attributes,
    },
  });
}

export interface PlannedTrial {
  readonly configuration: Configuration;
  readonly reports?: readonly Report[];
  readonly attributes?: Attributes;
  /** Absent for a trial that still runs. */
  readonly end?: PlannedEnd;
}

type PlannedEnd =
  | {
      readonly state: "complete";
      readonly values: readonly number[];
      readonly attributes?: Attributes;
    }
  | {
      readonly state: "pruned";
      readonly values: readonly number[] | null;
      readonly attributes?: Attributes;
    }
  | { readonly state: "failed" | "stopped"; readonly attributes?: Attributes };

export function addTrial(
  journal: Journal,
  study: FoldedStudy,
  space: Space,
  planned: PlannedTrial,
): Trial {
  const startedAtMs = epochMs + study.trialCount * 60_000;
  const trial = journal.createTrial(study, {
    encoded: encodeSpace(space).toJournal(planned.configuration),
    attributes: planned.attributes ?? {},
    startedAtMs,
  });
  for (const [step, value] of planned.reports ?? []) journal.report(trial.id, step, value);
  journal.flush();
  if (planned.end === undefined) return trial;
  const end: TrialEnd = { attributes: {}, ...planned.end, endedAtMs: startedAtMs + 30_000 };
  return journal.finishTrial(trial.id, end);
}
