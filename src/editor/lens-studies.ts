/** Studies as the lenses above a sweep file speak of them. */
import * as vscode from "vscode";
import type { StudyOfFile } from "../language/lenses.js";
import type { StudiesOfFiles } from "./language/lenses.js";
import { Owner } from "./owner.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { progressText } from "./study-text.js";

/**
 * Tells of a change only where a lens would say something else: a running study changes several times
 * a second, and lenses that are made anew flicker.
 */
export function lensStudies(studies: Studies): StudiesOfFiles & vscode.Disposable {
  const owner = new Owner();
  const changed = owner.own(new vscode.EventEmitter<string | undefined>());
  const told = new Map<string, string>();
  owner.own(
    studies.onDidChange((key) => {
      const study = studies.study(key);
      const text = study === undefined ? "" : JSON.stringify(asLensed(study));
      if (told.get(key) === text) return;
      told.set(key, text);
      changed.fire(study?.sweepFile);
    }),
  );
  return {
    of: (sweepFile) => studies.ofSweep(sweepFile).map(asLensed),
    onDidChange: changed.event,
    dispose: () => owner.dispose(),
  };
}

function asLensed(study: StudyPicture): StudyOfFile {
  const { conductor, key, name, state } = study;
  const isRunning = state === "running" && conductor !== "nobody";
  return {
    key,
    name,
    state: state === "finished" ? state : isRunning ? "running" : "unfinished",
    progress: progressText(study),
  };
}
