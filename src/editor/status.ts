/** The one item in the status bar: how far the sweep is, and its best value. */
import * as vscode from "vscode";
import { Owner } from "./owner.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { bestText, progressText, standingText } from "./study-text.js";
import { activeSweep } from "./sweep-files.js";

export function showStatus(studies: Studies): vscode.Disposable {
  const owner = new Owner();
  const item = owner.own(
    vscode.window.createStatusBarItem("sweepdeck.status", vscode.StatusBarAlignment.Left),
  );
  item.name = "Sweepdeck";
  const show = () => {
    const study = shown(studies.all);
    if (study === undefined) {
      item.hide();
      return;
    }
    const best = bestText(study);
    item.text = `$(beaker) Sweep ${progressText(study)}${best === "" ? "" : ` · ${best}`}`;
    item.tooltip = `${study.name}: ${standingText(study)}. Click to open its leaderboard.`;
    item.accessibilityInformation = { label: `Sweep ${study.name}, ${standingText(study)}` };
    item.command = {
      title: "Open Leaderboard",
      command: "sweepdeck.openBoard",
      arguments: [{ study: study.key }],
    };
    item.show();
  };
  owner.own(studies.onDidChange(show));
  owner.own(vscode.window.onDidChangeActiveTextEditor(show));
  show();
  return owner;
}

/** What runs before what the open sweep file has been, and nothing else: the bar is no archive. */
function shown(studies: readonly StudyPicture[]): StudyPicture | undefined {
  const sweep = activeSweep();
  const ofSweep = studies.filter(({ sweepFile }) => sweepFile === sweep);
  const isLive = ({ state, conductor }: StudyPicture) =>
    state === "running" && conductor !== "nobody";
  return ofSweep.find(isLive) ?? studies.find(isLive) ?? ofSweep[0];
}
