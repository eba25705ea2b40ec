/** Quick fixes at the problems of a sweep file. */
import * as vscode from "vscode";
import { type Fix, fixesFor } from "../../language/fixes.js";
import { source } from "./diagnostics.js";
import type { ReadDocument } from "./parsed-documents.js";
import { rangeIn } from "./position.js";

export const codeActionKinds = [vscode.CodeActionKind.QuickFix];

export function codeActionProvider(
  isSweep: (document: vscode.TextDocument) => boolean,
  read: ReadDocument,
): vscode.CodeActionProvider {
  return {
    provideCodeActions(document, range, { diagnostics }) {
      if (!isSweep(document)) return [];
      const own = diagnostics.filter((diagnostic) => diagnostic.source === source);
      const parsed = read(document);
      return parsed.problems.flatMap((problem) => {
        const at = rangeIn(document, problem.range);
        if (at.intersection(range) === undefined) return [];
        const cured = own.filter(({ code, range }) => code === problem.code && range.isEqual(at));
        return fixesFor(parsed, problem).map((fix) => actionOf(document, fix, cured));
      });
    },
  };
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
