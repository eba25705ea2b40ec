/** The example that a newcomer runs: copied to a folder of his own, for it is there to be changed. */
import path from "node:path";
import * as vscode from "vscode";
import { Dismissed, Refusal } from "./refusal.js";

const folderName = "sweepdeck-digits";

/** @param extension the folder of the extension, which holds the example */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: "Put Example Here",
    title: `The example is copied to a new folder ${folderName}`,
  });
  const [parent] = chosen ?? [];
  if (parent === undefined) throw new Dismissed();
  const target = vscode.Uri.joinPath(parent, folderName);
  if (await exists(target)) {
    throw new Refusal(`${path.basename(parent.fsPath)} has a folder ${folderName} already.`, [
      { title: "Open It", command: "vscode.openFolder", arguments: [target] },
    ]);
  }
  const source = vscode.Uri.joinPath(extension, "examples", "digits");
  await vscode.workspace.fs.copy(source, target);
  await vscode.commands.executeCommand("vscode.openFolder", target);
}

function exists(uri: vscode.Uri): PromiseLike<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
