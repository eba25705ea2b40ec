/**
 * A study's suggestions made once more: for each draw the journal is folded as far as the sampler
 * was shown it, and the sampler of `study.json` is asked again.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Sampler } from "../search/sampler.js";
import { identity } from "../space/distribution.js";
import type { Configuration } from "../space/space.js";
import { encodeSpace, type SpaceEncoding, tried } from "../study/encoding.js";
import { Fold } from "../study/fold.js";
import { trialAttribute } from "../study/folded-trial.js";
import { historyOf } from "../study/history.js";
import { journalName, type StudyView } from "../study/study-view.js";
import type { Trial } from "../study/trial.js";
import type { Sweep } from "../sweep/sweep.js";
import { samplerOf } from "./study-sampler.js";

export interface StudyReplay {
  /** How many draws the study made. */
  readonly suggestions: number;
  readonly same: number;
  /** Draws of a version that did not record what the sampler was shown; they are not compared. */
  readonly unrecorded: number;
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly draw: number;
  readonly trial: number;
  readonly journaled: Configuration;
  /** Null where the sampler now finds the space exhausted. */
  readonly proposed: Configuration | null;
}

/** `sweep` is what the study's text says. May take as long as the study's suggestions took. */
export function replayStudy(study: StudyView, sweep: Sweep): StudyReplay {
  const sampler = samplerOf(study.file, sweep);
  const encoding = encodeSpace(sweep.space, valuesOf(sweep));
  const prefixes = new Prefixes(path.join(study.directory, journalName));
  const draws = study.trials.filter(({ draw }) => draw !== null);
  const recorded = draws.flatMap((trial) => {
    const seen = trial.attributes[trialAttribute.seen];
    return typeof seen === "number" ? [{ trial, seen }] : [];
  });
  // As far as a fold has come it need not be made again.
  recorded.sort((a, b) => a.seen - b.seen);
  const differences = recorded.flatMap(({ trial, seen }) => {
    const proposed = proposedAgain(sampler, encoding, trial, prefixes.upTo(seen));
    const isSame = proposed !== null && identity(proposed) === identity(trial.configuration);
    const { number, draw, configuration: journaled } = trial;
    return isSame ? [] : [{ draw: draw ?? 0, trial: number, journaled, proposed }];
  });
  return {
    suggestions: draws.length,
    same: recorded.length - differences.length,
    unrecorded: draws.length - recorded.length,
    differences,
  };
}

/** What the journal would hold of the suggestion. */
function proposedAgain(
  sampler: Sampler,
  encoding: SpaceEncoding,
  { draw }: Trial,
  shown: readonly Trial[],
): Configuration | null {
  const proposal = sampler.ask(historyOf(shown));
  if (proposal.kind === "exhausted") return null;
  const { configuration, initial = null } = proposal;
  const encoded = encoding.toJournal(tried(encoding, { configuration, draw, initial }));
  return encoding.fromJournal(encoded.params, encoded.distributions, encoded.attributes);
}

/** The trials of a journal as they stood at one of its bytes after another. */
class Prefixes {
  readonly #journal: Buffer;
  readonly #fold = new Fold();
  #folded = 0;

  constructor(file: string) {
    this.#journal = readFileSync(file);
  }

  upTo(byte: number): readonly Trial[] {
    this.#fold.apply(this.#journal.toString("utf8", this.#folded, byte));
    this.#folded = byte;
    return this.#fold.ours?.trials ?? [];
  }
}

/** Which values a sweep's draws have in the journal. */
export function valuesOf({ method }: Sweep): "grid" | "drawn" {
  return method === "grid" ? "grid" : "drawn";
}
