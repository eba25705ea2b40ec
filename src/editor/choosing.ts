/** Which sweep, study or trial is meant, where a command was not told: what is in sight, else a question. */
import path from "node:path";
import * as vscode from "vscode";
import type { Trial } from "../study/trial.js";
import type { BoardsInSight } from "./board/boardPanel.js";
import { Dismissed, Refusal } from "./refusal.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { configurationText, standingText, stateText, valueText } from "./study-text.js";
import { activeSweep, findSweeps } from "./sweep-files.js";

export async function chooseSweep(): Promise<string> {
  const active = activeSweep();
  if (active !== undefined) return active;
  const found = await findSweeps();
  if (found.length === 0) {
    throw new Refusal("This workspace has no sweep file. Open one, or make a new one.", [
      { title: "New Sweep", command: "sweepdeck.newSweep" },
      { title: "Open Example", command: "sweepdeck.openExample" },
    ]);
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.fsPath;
  const items = found.map((uri) => ({
    label: path.basename(uri.fsPath),
    description: vscode.workspace.asRelativePath(path.dirname(uri.fsPath)),
    file: uri.fsPath,
  }));
  return (await pick(items, "Which sweep?")).file;
}

/** Which studies can be meant, and how they are told apart. */
export interface StudyChoosing {
  readonly fits: (study: StudyPicture) => boolean;
  /** What is said where none fits. */
  readonly none: string;
  /** What stands beside a study's name; how it stands where this is not given. */
  readonly describe?: (study: StudyPicture) => string;
}

/** The study in sight, the only one that fits, or the one that is picked. */
export async function chooseStudy(
  studies: Studies,
  boards: BoardsInSight,
  what: StudyChoosing,
): Promise<StudyPicture> {
  await studies.discover();
  const fitting = studies.all.filter(what.fits);
  const inSight = studyInSight(fitting, boards);
  if (inSight !== undefined) return inSight;
  const [only] = fitting;
  if (only === undefined) throw new Refusal(what.none);
  if (fitting.length === 1) return only;
  const items = fitting.map((study) => ({
    label: study.name,
    description: (what.describe ?? standingText)(study),
    study,
  }));
  return (await pick(items, "Which study?")).study;
}

/** Of the focused board, else of the active sweep file, else of a board that can be seen. */
function studyInSight(
  fitting: readonly StudyPicture[],
  { focused, visible }: BoardsInSight,
): StudyPicture | undefined {
  const onBoard = fitting.filter(({ key }) => visible.includes(key));
  const sweep = activeSweep();
  const ofSweep = (study: StudyPicture) => study.sweepFile === sweep;
  return (
    fitting.find(({ key }) => key === focused) ??
    onBoard.find(ofSweep) ??
    fitting.find(ofSweep) ??
    onBoard[0]
  );
}

export async function chooseTrials(
  study: StudyPicture,
  what: {
    readonly fits: (trial: Trial) => boolean;
    readonly none: string;
    readonly several: boolean;
  },
): Promise<readonly number[]> {
  const items = study.trials.filter(what.fits).map((trial) => ({
    label: `Trial ${trial.number}`,
    description: [stateText(trial), valueText(study, trial)].filter(Boolean).join(" · "),
    detail: configurationText(study.space, trial.configuration),
    number: trial.number,
  }));
  if (items.length === 0) throw new Refusal(what.none);
  if (!what.several) return [(await pick(items, "Which trial?")).number];
  const picked = await vscode.window.showQuickPick(items, {
    title: "Which trials?",
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined || picked.length === 0) throw new Dismissed();
  return picked.map(({ number }) => number);
}

export async function pick<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  title: string,
): Promise<Item> {
  const picked = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) throw new Dismissed();
  return picked;
}
