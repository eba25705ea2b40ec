/** The problems of open sweep files in the Problems view, a moment after the last keystroke. */
import * as vscode from "vscode";
import { messageOf } from "../../sweep/messages.js";
import type { Severity, SweepProblem } from "../../sweep/problem.js";
import { Owner } from "../owner.js";
import type { ReadDocument } from "./parsed-documents.js";
import { rangeIn } from "./position.js";

const settleMs = 150;

/** Shown beside the message, and how code actions know their own. */
export const source = "sweepdeck";

export function showDiagnostics(
  isSweep: (document: vscode.TextDocument) => boolean,
  read: ReadDocument,
): vscode.Disposable {
  const owner = new Owner();
  const shown = owner.own(vscode.languages.createDiagnosticCollection(source));
  const due = new Map<vscode.TextDocument, NodeJS.Timeout>();
  const forget = (document: vscode.TextDocument) => {
    clearTimeout(due.get(document));
    due.delete(document);
  };
  const check = (document: vscode.TextDocument) => {
    forget(document);
    const problems = isSweep(document) ? read(document).problems : [];
    shown.set(
      document.uri,
      problems.map((problem) => diagnosticOf(document, problem)),
    );
  };
  const checkSoon = (document: vscode.TextDocument) => {
    if (document.languageId !== "yaml") return;
    forget(document);
    // What is read then is the text of then: no result can be older than its document.
    due.set(
      document,
      setTimeout(() => check(document), settleMs),
    );
  };
  const close = (document: vscode.TextDocument) => {
    forget(document);
    shown.delete(document.uri);
  };
  owner.own({ dispose: () => [...due.keys()].forEach(forget) });
  owner.own(vscode.workspace.onDidOpenTextDocument(check));
  owner.own(vscode.workspace.onDidChangeTextDocument(({ document }) => checkSoon(document)));
  owner.own(vscode.workspace.onDidCloseTextDocument(close));
  for (const document of vscode.workspace.textDocuments) check(document);
  return owner;
}

function diagnosticOf(document: vscode.TextDocument, problem: SweepProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeIn(document, problem.range),
    messageOf(problem),
    severities[problem.severity],
  );
  diagnostic.source = source;
  diagnostic.code = problem.code;
  return diagnostic;
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};
