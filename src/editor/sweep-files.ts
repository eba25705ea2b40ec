/** The sweep files of the workspace: the one in sight, and those that can be found by name. */
import * as vscode from "vscode";
import { linesLookedAt, looksLikeSweep } from "../language/sweep-document.js";

export function isSweep(document: vscode.TextDocument): boolean {
  if (document.languageId !== "yaml" || document.uri.scheme !== "file") return false;
  const head = document.getText(new vscode.Range(0, 0, linesLookedAt, 0));
  return looksLikeSweep(document.fileName, head);
}

/** The sweep file in the active editor; undefined where that shows something else. */
export function activeSweep(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isSweep(document) ? document.uri.fsPath : undefined;
}

/** Most workspaces have a handful; a list that nobody reads to its end is not worth a longer search. */
const foundAtMost = 50;

/** By their names: a sweep that is called otherwise is known once it is open. */
export async function findSweeps(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(
    "**/*sweep*.{yaml,yml}",
    "**/{node_modules,.venv,venv,wandb,.sweepdeck}/**",
    foundAtMost,
  );
  return found.sort((a, b) => a.path.localeCompare(b.path));
}
