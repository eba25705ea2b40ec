/** Files that a command makes: each under a name that nothing has, so that nothing is written over. */
import path from "node:path";
import * as vscode from "vscode";

/** `fit.sweep.yaml`, else `fit-2.sweep.yaml`, and so on. */
export async function writeNew(
  folder: string,
  fileName: string,
  text: string,
): Promise<vscode.TextDocument> {
  const file = await freeName(folder, fileName);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(file);
}

async function freeName(folder: string, fileName: string): Promise<vscode.Uri> {
  const [stem, ending] = [fileName.split(".", 1)[0] ?? "", fileName.slice(fileName.indexOf("."))];
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? fileName : `${stem}-${number}${ending}`;
    const file = vscode.Uri.file(path.join(folder, name));
    if (!(await exists(file))) return file;
  }
}

function exists(file: vscode.Uri): PromiseLike<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
