/**
 * The front door of the editor, and all that VS Code evaluates when it activates us.
 *
 * Any YAML file wakes this extension, and few are sweeps. So the workbench (engine, parser, panel) is
 * a file left unread until the workspace holds a sweep or a study, a document looks like a sweep, or
 * a command asks for it.
 */
import * as vscode from "vscode";
import { commandIds } from "./editor/commands.js";
import type { Workbench } from "./editor/workbench.js";
import { linesLookedAt, looksLikeSweep } from "./language/sweep-document.js";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  let opening: Promise<Workbench> | undefined;
  const workbench = () => {
    opening ??= openWorkbench(context);
    return opening;
  };
  const enterFor = (document: vscode.TextDocument) => {
    // Whoever failed to open it has said so, and why.
    if (opening === undefined && isSweep(document)) workbench().catch(() => undefined);
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(enterFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => enterFor(document)),
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...given: readonly unknown[]) =>
        (await workbench()).commands[id](...given),
      ),
    ),
  );
  if (vscode.workspace.textDocuments.some(isSweep) || (await workspaceHoldsSweep())) {
    await workbench();
  }
}

async function openWorkbench(context: vscode.ExtensionContext): Promise<Workbench> {
  try {
    return await (await import("./editor/workbench.js")).openWorkbench(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `Sweepdeck could not start: ${reason}. Reload the window; if that does not help, install Sweepdeck again.`,
    );
    throw error;
  }
}

function isSweep(document: vscode.TextDocument): boolean {
  if (document.languageId !== "yaml") return false;
  const head = document.getText(new vscode.Range(0, 0, linesLookedAt, 0));
  return looksLikeSweep(document.fileName, head);
}

/** By the same plain paths as the activation events, never by a search over the tree. */
async function workspaceHoldsSweep(): Promise<boolean> {
  const places = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [
    vscode.Uri.joinPath(uri, "sweep.yaml"),
    vscode.Uri.joinPath(uri, ".sweepdeck"),
  ]);
  const found = await Promise.all(places.map(exists));
  return found.includes(true);
}

function exists(uri: vscode.Uri): PromiseLike<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
