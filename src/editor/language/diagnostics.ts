/** What is said of open sweep files, in the Problems view, a moment after the last keystroke. */
import * as vscode from "vscode";
import { isSaidByEveryone, withoutEchoes } from "../../language/beside.js";
import { type Finding, messageOf, type Related, relatedOf } from "../../language/findings.js";
import type { Severity } from "../../sweep/problem.js";
import { guideUri } from "../guide-documents.js";
import { Owner } from "../owner.js";
import { isYamlExtensionActive, marksOfOthers } from "./beside.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

const settleMs = 150;

/** How long another reader of YAML is given to mark what it would say as well as we. */
const courtesyMs = 1000;

/** Shown beside the message, and how code actions know their own. */
export const source = "sweepdeck";

export function showDiagnostics(sweeps: Sweeps): vscode.Disposable {
  return new Diagnostics(sweeps);
}

class Diagnostics implements vscode.Disposable {
  readonly #sweeps: Sweeps;
  readonly #owner = new Owner();
  readonly #shown = this.#owner.own(vscode.languages.createDiagnosticCollection(source));
  readonly #due = new Map<vscode.TextDocument, NodeJS.Timeout>();
  /** The version of a document that others have had their time with, and what they made of it. */
  readonly #heard = new Map<vscode.TextDocument, { version: number; marks: string }>();

  constructor(sweeps: Sweeps) {
    this.#sweeps = sweeps;
    const { languages, workspace } = vscode;
    this.#owner.own({
      dispose: () => {
        for (const document of [...this.#due.keys()]) this.#forget(document);
      },
    });
    this.#owner.own(workspace.onDidOpenTextDocument((document) => this.#check(document)));
    this.#owner.own(workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)));
    this.#owner.own(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#owner.own(languages.onDidChangeDiagnostics(({ uris }) => this.#hear(uris)));
    this.#owner.own(sweeps.known.onDidChange((document) => this.#check(document)));
    this.#owner.own(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("sweepdeck.practiceHints")) this.#checkAll();
      }),
    );
    this.#checkAll();
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#check(document);
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== "yaml") return;
    // What is read then is the text of then: no result can be older than its document.
    this.#after(settleMs, document, () => this.#check(document));
  }

  #check(document: vscode.TextDocument): void {
    this.#forget(document);
    if (!this.#sweeps.isSweep(document)) {
      this.#shown.delete(document.uri);
      return;
    }
    const isHeard = this.#heard.get(document)?.version === document.version;
    if (isHeard || !isYamlExtensionActive()) {
      this.#show(document, this.#sweeps.findings(document));
      return;
    }
    const findings = this.#sweeps.findings(document);
    this.#show(
      document,
      findings.filter((finding) => !isSaidByEveryone(finding)),
    );
    if (findings.some(isSaidByEveryone)) {
      this.#after(courtesyMs, document, () => {
        const marks = JSON.stringify(marksOfOthers(document.uri));
        this.#heard.set(document, { version: document.version, marks });
        this.#check(document);
      });
    }
  }

  #show(document: vscode.TextDocument, findings: readonly Finding[]): void {
    const marks = marksOfOthers(document.uri);
    const linesOf = ({ range }: Finding) => ({
      start: document.positionAt(range.start).line,
      end: document.positionAt(range.end).line,
    });
    const told = withoutEchoes(findings, linesOf, marks);
    this.#shown.set(
      document.uri,
      told.map((finding) => diagnosticOf(document, finding)),
    );
  }

  /** What others have marked or taken back since decides what is left for us to say. */
  #hear(uris: readonly vscode.Uri[]): void {
    const changed = new Set(uris.map(String));
    for (const document of vscode.workspace.textDocuments) {
      if (document.languageId !== "yaml" || !changed.has(document.uri.toString())) continue;
      const marks = JSON.stringify(marksOfOthers(document.uri));
      const heard = this.#heard.get(document);
      // Our own marks come by here too.
      if (marks === (heard?.marks ?? "[]")) continue;
      this.#heard.set(document, { version: document.version, marks });
      this.#check(document);
    }
  }

  #after(ms: number, document: vscode.TextDocument, act: () => void): void {
    this.#forget(document);
    this.#due.set(document, setTimeout(act, ms));
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#due.get(document));
    this.#due.delete(document);
  }

  #close(document: vscode.TextDocument): void {
    this.#forget(document);
    this.#heard.delete(document);
    this.#shown.delete(document.uri);
  }
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
