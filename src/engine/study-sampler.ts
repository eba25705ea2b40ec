/** The sampler of a study, made from nothing but what `study.json` says: so it is the same everywhere. */
import { configurationsOf } from "../search/initial.js";
import type { Sampler } from "../search/sampler.js";
import { samplerFor } from "../search/sampler-for.js";
import type { StudyFile } from "../study/study-file.js";
import type { Sweep } from "../sweep/sweep.js";

/** What of `study.json` decides what is proposed. */
export type SamplerSource = Pick<StudyFile, "text" | "seed" | "initial" | "earlier">;

/** `sweep` is what the study's text says. */
export function samplerOf({ seed, initial, earlier = [] }: SamplerSource, sweep: Sweep): Sampler {
  return samplerFor(sweep, seed, configurationsOf(initial), earlier);
}

/** Whether its sampler answers in less time than a message to a thread takes. */
export function isQuick({ method, deck }: Sweep): boolean {
  return quick.has(deck.sampler.type ?? method);
}

const quick: ReadonlySet<string> = new Set(["grid", "random", "sobol"]);
