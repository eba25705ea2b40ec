/** A study as the views of the editor show it: a picture of its files at one instant. */
import path from "node:path";
import { configurationsOf, countOf, type InitialConfiguration } from "../search/initial.js";
import { starredTrials } from "../study/annotations.js";
import { type ConductorRecord, isFree } from "../study/claim.js";
import { livenessOf } from "../study/process.js";
import { bestTrial } from "../study/ranking.js";
import type { StudyView } from "../study/study-view.js";
import type { Trial } from "../study/trial.js";
import type { Sweep } from "../sweep/sweep.js";
import type { BoardStudy } from "./board/boardHost.js";

export interface StudyPicture extends BoardStudy {
  /** Where the sweep file is now: beside the folder of its studies. */
  readonly sweepFile: string;
  /** The text that the study is run from, whatever the file says by now. */
  readonly sweepText: string;
  readonly seed: number;
  /** What it tries before its sampler's own configurations. */
  readonly initial: readonly InitialConfiguration[];
  /** As recorded; undefined where this version finds errors in it. */
  readonly sweep: Sweep | undefined;
  readonly createdAtMs: number;
  readonly best: Trial | undefined;
}

/** What only the process that conducts a study knows of it. */
export interface Conducted {
  readonly slots: readonly string[];
}

/** @param conducted undefined where this window does not conduct it */
export function pictureOf(view: StudyView, conducted: Conducted | undefined): StudyPicture {
  const { directory, file, objective, trials, sweep } = view;
  const held = view.conductor !== undefined && !isFree(view.conductor) ? view.conductor : undefined;
  return {
    key: directory,
    name: path.basename(directory),
    objective: objective ?? null,
    space: view.space,
    trials,
    starred: starredTrials(directory),
    // Without a state nobody has begun to conduct it, which is how an interruption leaves it too.
    state: view.state?.state ?? "interrupted",
    reason: view.state === undefined || view.state.reason === "" ? null : view.state.reason,
    conductor: conducted !== undefined ? "here" : held !== undefined ? "elsewhere" : "nobody",
    conductorName: conducted !== undefined || held === undefined ? null : conductorName(held),
    cap: sweep === undefined ? null : capOf(sweep, file.initial, view.state?.cap),
    draws: trials.filter(({ draw }) => draw !== null).length,
    slots: conducted?.slots ?? slotsInUse(trials),
    lastStep: sweep?.earlyTerminate?.maxIter ?? null,
    activeMs: view.state?.activeMs ?? null,
    sweepFile: path.join(directory, "../..", path.basename(file.sweepFile)),
    sweepText: file.text,
    seed: file.seed,
    initial: file.initial,
    sweep,
    createdAtMs: Date.parse(file.createdAt),
    best: objective === undefined ? undefined : bestTrial(trials, objective.goal),
  };
}

/** As shown to people in the middle of a sentence: `the command line (pid 4711)`. */
export function conductorName(holder: ConductorRecord): string {
  const program = holder.program === "cli" ? "the command line" : "another editor window";
  const where = livenessOf(holder) === "elsewhere" ? ` on ${holder.host}` : "";
  return `${program}${where} (pid ${holder.pid})`;
}

/** How many draws end the sweep; null where nothing does. `own` is what the user has set for a study. */
export function capOf(
  sweep: Sweep,
  initial: readonly InitialConfiguration[],
  own?: number,
): number | null {
  const all = countOf(sweep, configurationsOf(initial));
  const cap = Math.min(all, own ?? sweep.runCap ?? Infinity);
  return cap === Infinity ? null : cap;
}

function slotsInUse(trials: readonly Trial[]): readonly string[] {
  const names = trials.flatMap(({ state, slot }) =>
    state === "running" && slot !== null ? [slot] : [],
  );
  return [...new Set(names)].sort();
}
