/** What is said of open sweep files, in the Problems view, a moment after the last keystroke. */
import * as vscode from "vscode";
import { type Finding, messageOf, type Related, relatedOf } from "../../language/findings.js";
import type { Severity } from "../../sweep/problem.js";
import { guideUri } from "../guide-documents.js";
import { Owner } from "../owner.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

const settleMs = 150;

/** Shown beside the message, and how code actions know their own. */
export const source = "sweepdeck";

export function showDiagnostics(sweeps: Sweeps): vscode.Disposable {
  const owner = new Owner();
  const shown = owner.own(vscode.languages.createDiagnosticCollection(source));
  const due = new Map<vscode.TextDocument, NodeJS.Timeout>();
  const forget = (document: vscode.TextDocument) => {
    clearTimeout(due.get(document));
    due.delete(document);
  };
  const check = (document: vscode.TextDocument) => {
    forget(document);
    const findings = sweeps.isSweep(document) ? sweeps.findings(document) : [];
    shown.set(
      document.uri,
      findings.map((finding) => diagnosticOf(document, finding)),
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
  owner.own(sweeps.known.onDidChange(check));
  for (const document of vscode.workspace.textDocuments) check(document);
  return owner;
}

function diagnosticOf(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeIn(document, finding.range),
    messageOf(finding),
    severities[finding.severity],
  );
  diagnostic.source = source;
  diagnostic.code = { value: finding.code, target: guideUri(finding.code) };
  diagnostic.relatedInformation = relatedOf(finding).map((related) => relatedIn(document, related));
  return diagnostic;
}

function relatedIn(
  document: vscode.TextDocument,
  { place, message }: Related,
): vscode.DiagnosticRelatedInformation {
  const location =
    "path" in place
      ? // The line is known without reading the file again, and is what the reader looks for.
        new vscode.Location(vscode.Uri.file(place.path), new vscode.Position(place.line, 0))
      : new vscode.Location(document.uri, rangeIn(document, place));
  return new vscode.DiagnosticRelatedInformation(location, message);
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** The code of one of our problems; undefined for those of others. */
export function codeOf({ source: of, code }: vscode.Diagnostic): string | undefined {
  if (of !== source || typeof code !== "object") return undefined;
  return String(code.value);
}
