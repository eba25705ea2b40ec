/** Commands that write sweep files, or make others of them: each changes an open document at most. */
import * as vscode from "vscode";
import { portableSweep } from "../language/actions/portable.js";
import { parseSweep } from "../sweep/parse.js";
import { tellLostCommand } from "./language/code-actions.js";
import { rangeIn } from "./language/position.js";
import { Refusal } from "./refusal.js";

/** Takes what only Sweepdeck knows out of a sweep file, and says what that was. */
export async function makePortable(sweepFile: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(sweepFile);
  const portable = portableSweep(parseSweep(document.getText()));
  if (portable === undefined) {
    throw new Refusal("This sweep has errors: fix them first, then make it portable.", [
      { title: "Show Problems", command: "workbench.actions.view.problems" },
    ]);
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of portable.edits) {
    edit.replace(document.uri, rangeIn(document, range), newText);
  }
  await vscode.window.showTextDocument(document);
  await vscode.workspace.applyEdit(edit);
  tellLost(portable.lost, "It is a sweep of W&B's now, and nothing was lost.");
}

/** What a change has left behind, a sentence each. */
function tellLost(lost: readonly string[], otherwise: string): void {
  // Nobody waits for the message to be closed.
  if (lost.length === 0) void vscode.window.showInformationMessage(otherwise);
  else void vscode.window.showWarningMessage(`Left behind: ${lost.join(" ")}`);
}

/** For the actions of the language, which hand over sentences. */
export function registerTellLost(): vscode.Disposable {
  return vscode.commands.registerCommand(tellLostCommand, (lost: unknown) => {
    if (Array.isArray(lost)) tellLost(lost.map(String), "Nothing was lost.");
  });
}
