/** What earlier studies of a sweep file tell those who write the next one. */
import path from "node:path";
import type { Past } from "../language/surroundings.js";
import { secondsOf } from "../study/export.js";
import { studiesIn, sweepdeckDirectoryOf } from "../study/folder.js";
import { rankTrials } from "../study/ranking.js";
import { openStudy, type StudyView } from "../study/study-view.js";
import type { Trial } from "../study/trial.js";

/** Ranges narrowed around more trials than this are as wide as they were. */
const bestAtMost = 20;

/** Studies that were opened before, by their folder: to look again costs what was appended. */
export type OpenedStudies = Map<string, StudyView>;

/** Of the newest study of the file with a completed trial; undefined where there is none. */
export function pastOf(sweepFile: string, opened: OpenedStudies): Past | undefined {
  const views = studiesOf(sweepFile, opened);
  const told = views.find(({ trials }) => trials.some(isCompleted)) ?? views.at(0);
  return told === undefined ? undefined : pastIn(told);
}

/** The newest first. What cannot be read tells nothing. */
export function studiesOf(sweepFile: string, opened: OpenedStudies): readonly StudyView[] {
  return foldersOf(sweepFile)
    .flatMap((folder) => viewOf(folder, opened) ?? [])
    .filter(({ file }) => path.basename(file.sweepFile) === path.basename(sweepFile))
    .sort((a, b) => Date.parse(b.file.createdAt) - Date.parse(a.file.createdAt));
}

function foldersOf(sweepFile: string): readonly string[] {
  try {
    return studiesIn(sweepdeckDirectoryOf(sweepFile));
  } catch {
    return [];
  }
}

function viewOf(folder: string, opened: OpenedStudies): StudyView | undefined {
  try {
    const known = opened.get(folder);
    if (known !== undefined) {
      known.refresh();
      return known;
    }
    const opening = openStudy(folder);
    if ("problem" in opening) return undefined;
    opened.set(folder, opening.study);
    return opening.study;
  } catch {
    opened.delete(folder);
    return undefined;
  }
}

function pastIn({ directory, objective, trials }: StudyView): Past {
  const completed = trials.filter(isCompleted);
  const seconds = median(completed.flatMap((trial) => secondsOf(trial, Date.now()) ?? []));
  const ranked =
    objective === undefined ? [] : rankTrials(completed, objective.goal).map(({ trial }) => trial);
  const slots = new Set(trials.flatMap(({ slot }) => slot ?? [])).size;
  return {
    study: path.basename(directory),
    ...(seconds !== undefined && { secondsPerTrial: seconds }),
    slots: Math.max(1, slots),
    best: ranked
      .filter(({ value }) => value !== null)
      .slice(0, bestAtMost)
      .map(({ number, configuration }) => ({ number, configuration })),
  };
}

function isCompleted({ state }: Trial): boolean {
  return state === "complete";
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
