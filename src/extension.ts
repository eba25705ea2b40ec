/**
 * The front door of the editor, and all that VS Code evaluates when it activates us.
 *
 * Any YAML file wakes this extension, and few are sweeps. So the workbench (engine, parser, panel) is
 * a file left unread until the workspace holds a sweep or a study, a document looks like a sweep, or
 * VS Code asks for something that only the workbench has.
 */
import * as vscode from "vscode";
import { commandIds } from "./editor/commands.js";
import { rememberedFolders } from "./editor/known-folders.js";
import type { StudyNode } from "./editor/study-tree.js";
import type { Workbench } from "./editor/workbench.js";
import { linesLookedAt, looksLikeSweep } from "./language/sweep-document.js";

let opening: Promise<Workbench> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<StudyNode>("sweepdeck.studies", {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => (await workbench()).tree.getChildren(node),
      getTreeItem: async (node) => (await workbench()).tree.getTreeItem(node),
    },
    canSelectMany: true,
    showCollapseAll: true,
  });
  const workbench = () => {
    opening ??= openWorkbench(context, view, changed);
    return opening;
  };
  const enterFor = (document: vscode.TextDocument) => {
    // Whoever failed to open it has said so, and why.
    if (opening === undefined && isSweep(document)) workbench().catch(() => undefined);
  };
  context.subscriptions.push(
    changed,
    view,
    vscode.workspace.onDidOpenTextDocument(enterFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => enterFor(document)),
    vscode.tasks.registerTaskProvider("sweepdeck", {
      provideTasks: async (token) => (await workbench()).tasks.provideTasks(token),
      resolveTask: async (task, token) => (await workbench()).tasks.resolveTask(task, token),
    }),
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...given: readonly unknown[]) =>
        (await workbench()).commands[id](...given),
      ),
    ),
  );
  const holdsStudies = rememberedFolders(context.workspaceState).length > 0;
  if (
    holdsStudies ||
    vscode.workspace.textDocuments.some(isSweep) ||
    (await workspaceHoldsSweep())
  ) {
    await workbench();
  }
}

/** VS Code waits some seconds for it: trials run on, and their study is free for the next window. */
export async function deactivate(): Promise<void> {
  await (await opening)?.close();
}

async function openWorkbench(
  context: vscode.ExtensionContext,
  view: vscode.TreeView<StudyNode>,
  changed: vscode.EventEmitter<undefined>,
): Promise<Workbench> {
  try {
    const { openWorkbench: open } = await import("./editor/workbench.js");
    const opened = await open(context, view);
    context.subscriptions.push(opened.tree.onDidChangeTreeData(() => changed.fire(undefined)));
    return opened;
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
