/** What a trial has left in its folder, as its row shows it when it is asked for. */
import path from "node:path";
import { attemptDirectoryOf, readCommand } from "../run/attempt.js";
import { openReader } from "../run/readers/open.js";
import { trialDirectory } from "../study/company.js";
import type { AttemptPlace } from "../study/executor.js";
import { lastLines, newestAttempt } from "../study/pursuit.js";
import type { Report } from "../study/trial.js";
import type { TrialFiles } from "./board/boardHost.js";
import type { StudyPicture } from "./study-picture.js";

const tailLines = 20;

/** The trial's newest attempt; undefined where it never came to one. */
export function newestPlace(key: string, trial: number): AttemptPlace | undefined {
  const directory = trialDirectory(key, trial);
  const attempt = newestAttempt(directory);
  return attempt === 0 ? undefined : { trial, attempt, trialDirectory: directory };
}

export function logFileOf(place: AttemptPlace): string {
  return path.join(attemptDirectoryOf(place), "output.log");
}

/** As a person would type it, from wherever he is; null where the trial never started. */
export function commandLine(place: AttemptPlace): string | null {
  const command = readCommand(attemptDirectoryOf(place));
  if (command === undefined) return null;
  return `cd ${quoted(command.cwd)} && ${command.argv.map(quoted).join(" ")}`;
}

export function readTrialFiles(study: StudyPicture, trial: number): TrialFiles {
  const place = newestPlace(study.key, trial);
  if (place === undefined) return { command: null, tail: null, reports: null };
  const tail = lastLines(place, tailLines);
  return {
    command: commandLine(place),
    tail: tail.length === 0 ? null : tail.join("\n"),
    reports: readReports(study, place),
  };
}

/** Every report of the objective: the journal holds 200 of a trial at most. */
function readReports(
  { objective, sweep }: StudyPicture,
  place: AttemptPlace,
): readonly Report[] | null {
  if (objective === null || sweep === undefined) return null;
  const reports: Report[] = [];
  for (const { step, metrics } of openReader(sweep.deck.metrics)(place).read()) {
    const value = metrics[objective.name];
    if (value !== undefined) reports.push([step ?? reports.length, value]);
  }
  return reports;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
