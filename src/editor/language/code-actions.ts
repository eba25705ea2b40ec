/**
 * Quick fixes at the problems of a sweep file, the cure of all that can be cured at once, and what
 * else can be done with a parameter or the whole where the cursor stands.
 */
import * as vscode from "vscode";
import { type Action, actionsFor } from "../../language/actions/actions.js";
import type { TextEdit } from "../../language/edit.js";
import { type Finding, fixesOf } from "../../language/findings.js";
import { editsOfAllFixes } from "../../language/fix-all.js";
import type { Fix } from "../../language/fixes.js";
import { codeOf } from "./diagnostics.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

const fixAll = vscode.CodeActionKind.SourceFixAll.append("sweepdeck");

export const codeActionKinds = [
  vscode.CodeActionKind.QuickFix,
  vscode.CodeActionKind.RefactorRewrite,
  vscode.CodeActionKind.RefactorExtract,
  fixAll,
];

/** Tells what a change has left behind; only our own actions call it. */
export const tellLostCommand = "sweepdeck.tellLost";

export function codeActionProvider(sweeps: Sweeps): vscode.CodeActionProvider {
  return {
    provideCodeActions(document, range, context) {
      if (!sweeps.isSweep(document)) return [];
      // Many providers are asked at each move of the cursor, few of them for everything.
      const { only } = context;
      const isWanted = (kind: vscode.CodeActionKind) => only?.contains(kind) ?? true;
      return [
        ...(isWanted(vscode.CodeActionKind.QuickFix)
          ? quickFixes(sweeps, document, range, context)
          : []),
        ...otherActions(sweeps, document, range).filter(({ kind }) => kind && isWanted(kind)),
        ...(only?.intersects(fixAll) ? allFixes(sweeps, document) : []),
      ];
    },
  };
}

function quickFixes(
  sweeps: Sweeps,
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const parsed = sweeps.read(document);
  return sweeps.findings(document).flatMap((finding) => {
    const at = rangeIn(document, finding.range);
    if (at.intersection(range) === undefined) return [];
    const cured = diagnostics.filter((diagnostic) => isOf(diagnostic, finding, at));
    return fixesOf(parsed, finding).map((fix) => actionOf(document, fix, cured));
  });
}

function otherActions(
  sweeps: Sweeps,
  document: vscode.TextDocument,
  selected: vscode.Range,
): vscode.CodeAction[] {
  const [start, end] = [document.offsetAt(selected.start), document.offsetAt(selected.end)];
  return actionsFor(sweeps.read(document), { start, end }, sweeps.around(document)).map(
    ({ title, kind, edits, lost }) => {
      const action = new vscode.CodeAction(title, kinds[kind]);
      action.edit = workspaceEdit(document, edits);
      if (lost.length > 0) action.command = { title, command: tellLostCommand, arguments: [lost] };
      return action;
    },
  );
}

const kinds: Readonly<Record<Action["kind"], vscode.CodeActionKind>> = {
  "refactor.rewrite": vscode.CodeActionKind.RefactorRewrite,
  "refactor.extract": vscode.CodeActionKind.RefactorExtract,
};

/** What `editor.codeActionsOnSave` and the menu of sources ask for. */
function allFixes(sweeps: Sweeps, document: vscode.TextDocument): vscode.CodeAction[] {
  const edits = editsOfAllFixes(sweeps.read(document), sweeps.findings(document));
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction("Fix all that can be fixed in this sweep", fixAll);
  action.edit = workspaceEdit(document, edits);
  return [action];
}

function isOf(diagnostic: vscode.Diagnostic, { code }: Finding, at: vscode.Range): boolean {
  return codeOf(diagnostic) === code && diagnostic.range.isEqual(at);
}

function actionOf(
  document: vscode.TextDocument,
  { title, edits, isPreferred }: Fix,
  cured: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, edits);
  action.diagnostics = cured;
  action.isPreferred = isPreferred;
  return action;
}

function workspaceEdit(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    edit.replace(document.uri, rangeIn(document, range), newText);
  }
  return edit;
}
