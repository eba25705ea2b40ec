/** What an earlier window left running is taken up again: after a reload, a crash, or a closed window. */
import * as vscode from "vscode";
import type { Conducting } from "./conducting.js";
import type { Log } from "./log.js";
import { Owner } from "./owner.js";
import { Refusal } from "./refusal.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { isSweep } from "./sweep-files.js";

/** In a trusted workspace at once, else as soon as it is trusted. */
export function adoptStudies(
  studies: Studies,
  conducting: Conducting,
  log: Log,
): vscode.Disposable {
  const owner = new Owner();
  const adopt = async (study: StudyPicture, takeOver: "free" | "ask") => {
    // One that was being paused or stopped is taken up as well, to be brought to that end.
    const isUnderWay = study.state === "running" || hasRunningTrials(study);
    if (!isUnderWay || !vscode.workspace.isTrusted) return;
    try {
      await conducting.adopt(study.key, takeOver);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.channel.info(`${study.key} is left as it is: ${error.message}`);
    }
  };
  const adoptAll = (takeOver: "free" | "ask") => {
    for (const study of studies.all) {
      log.handOver(`Taking up ${study.name}`, adopt(study, takeOver));
    }
  };
  const enter = (document: vscode.TextDocument) => {
    if (!isSweep(document)) return;
    studies.enter(document.uri.fsPath);
    // Only the first look, just after the window has opened, asks a living editor to hand over:
    // later than that, two windows would take one study from each other.
    adoptAll("free");
  };
  for (const document of vscode.workspace.textDocuments.filter(isSweep)) {
    studies.enter(document.uri.fsPath);
  }
  adoptAll("ask");
  owner.own(vscode.workspace.onDidOpenTextDocument(enter));
  owner.own(vscode.workspace.onDidGrantWorkspaceTrust(() => adoptAll("ask")));
  return owner;
}

function hasRunningTrials({ trials }: StudyPicture): boolean {
  return trials.some(({ state, slot }) => state === "running" && slot !== null);
}
