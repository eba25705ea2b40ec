/** What the reader is told when a sweep of this window has come to an end: once, and only then. */
import * as vscode from "vscode";
import type { Outcome } from "../study/events.js";
import type { StudyOutcome } from "./conducting.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { finishedText } from "./study-text.js";

const showLeaderboard = "Show Leaderboard";
const never = "Don't Show Again";
const setting = "notifyWhenFinished";

export async function tellEnding(studies: Studies, { key, outcome }: StudyOutcome): Promise<void> {
  const study = studies.look(key);
  if (study === undefined) return;
  if (outcome.state === "finished") await tellFinished(study);
  else if (outcome.state === "paused" && outcome.because !== "asked") {
    await tellPaused(study, outcome);
  }
}

async function tellFinished(study: StudyPicture): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("sweepdeck");
  if (configuration.get(setting) === false) return;
  const answer = await vscode.window.showInformationMessage(
    finishedText(study),
    showLeaderboard,
    never,
  );
  if (answer === showLeaderboard) await openBoard(study);
  if (answer === never) {
    await configuration.update(setting, false, vscode.ConfigurationTarget.Global);
  }
}

async function tellPaused(
  study: StudyPicture,
  { reason }: Extract<Outcome, { state: "paused" }>,
): Promise<void> {
  const resume = "Resume Sweep";
  const failed = study.trials.findLast(({ state }) => state === "failed");
  const openLog = "Open Log";
  const [what = reason] = reason.split("\n");
  const answer = await vscode.window.showWarningMessage(
    `${study.name} is paused: ${what}`,
    ...(failed === undefined ? [] : [openLog]),
    showLeaderboard,
    resume,
  );
  if (answer === showLeaderboard) await openBoard(study);
  if (answer === resume) {
    await vscode.commands.executeCommand("sweepdeck.resume", { study: study.key });
  }
  if (answer === openLog && failed !== undefined) {
    const trial = failed.number;
    await vscode.commands.executeCommand("sweepdeck.openLog", { study: study.key, trial });
  }
}

async function openBoard({ key }: StudyPicture): Promise<void> {
  await vscode.commands.executeCommand("sweepdeck.openBoard", { study: key });
}
