/** How commands find the study that a word names, and open it. */

import { trialDirectory } from "../study/company.js";
import { type TrialRecord, trialRecord } from "../study/export.js";
import { newestAttempt } from "../study/pursuit.js";
import { lookupSentence, resolveStudy } from "../study/resolve.js";
import { studyFileSentence } from "../study/study-file.js";
import type { StudyView } from "../study/study-view.js";
import { openStudy } from "../study/study-view.js";
import type { Trial } from "../study/trial.js";
import { Unusable } from "./command.js";

export const studyWord = "STUDY is a name, the beginning of one, a path, or `latest`.";

export async function studyDirectory(word: string): Promise<string> {
  const found = await resolveStudy(word, process.cwd());
  if ("problem" in found) throw new Unusable(lookupSentence(found.problem));
  return found.directory;
}

export function studyAt(directory: string): StudyView {
  const opened = openStudy(directory);
  if ("problem" in opened) throw new Unusable(studyFileSentence(opened.problem));
  opened.study.refresh();
  return opened.study;
}

export function trialNamed(word: string, study: StudyView): Trial {
  const number = Number(word);
  const trial = /^\d+$/.test(word) ? study.trials[number] : undefined;
  if (trial !== undefined) return trial;
  const last = study.trials.length - 1;
  const known = last < 0 ? "It has none yet." : `It has trials 0 to ${last}.`;
  throw new Unusable(`${study.file.name} has no trial ${word}. ${known}`);
}

/** A trial as it is printed as JSON, wherever one is. */
export function recordOf(study: StudyView, trial: Trial): TrialRecord {
  const attempts = newestAttempt(trialDirectory(study.directory, trial.number));
  return trialRecord(study.space, trial, attempts, Date.now());
}
