/** Quick fixes at the problems of a sweep file, and the cure of all that can be cured at once. */
import * as vscode from "vscode";
import { type Finding, fixesOf } from "../../language/findings.js";
import type { Fix } from "../../language/fixes.js";
import { codeOf } from "./diagnostics.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

export const codeActionKinds = [vscode.CodeActionKind.QuickFix];

export function codeActionProvider(sweeps: Sweeps): vscode.CodeActionProvider {
  return {
    provideCodeActions(document, range, { diagnostics }) {
      if (!sweeps.isSweep(document)) return [];
      const parsed = sweeps.read(document);
      return sweeps.findings(document).flatMap((finding) => {
        const at = rangeIn(document, finding.range);
        if (at.intersection(range) === undefined) return [];
        const cured = diagnostics.filter((diagnostic) => isOf(diagnostic, finding, at));
        return fixesOf(parsed, finding).map((fix) => actionOf(document, fix, cured));
      });
    },
  };
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
  action.edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    action.edit.replace(document.uri, rangeIn(document, range), newText);
  }
  action.diagnostics = cured;
  action.isPreferred = isPreferred;
  return action;
}
