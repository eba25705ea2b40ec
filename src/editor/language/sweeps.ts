/** The sweep files that are open, as all language features share them: each text is read once. */
import * as vscode from "vscode";
import { type Finding, findingsIn, messageOf } from "../../language/findings.js";
import { practiceGuide } from "../../language/practice/guide.js";
import type { Surroundings } from "../../language/surroundings.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import type { ReadDocument } from "./parsed-documents.js";
import type { KnownSurroundings } from "./surroundings.js";

export interface Sweeps {
  /** Which of the YAML documents are ours. */
  isSweep(document: vscode.TextDocument): boolean;
  readonly read: ReadDocument;
  /** What is known around it by now. */
  around(document: vscode.TextDocument): Surroundings;
  readonly known: KnownSurroundings;
  /** In the order of the text. */
  findings(document: vscode.TextDocument): readonly Finding[];
}

interface Found {
  readonly parsed: ParsedSweep;
  readonly around: Surroundings;
  readonly wantsAdvice: boolean;
  readonly findings: readonly Finding[];
}

export function openSweeps(
  isSweep: (document: vscode.TextDocument) => boolean,
  read: ReadDocument,
  known: KnownSurroundings,
): Sweeps {
  const found = new WeakMap<vscode.TextDocument, Found>();
  return {
    isSweep,
    read,
    known,
    around: (document) => known.of(document),
    findings(document) {
      const parsed = read(document);
      const around = known.of(document);
      const wantsAdvice = vscode.workspace
        .getConfiguration("sweepdeck", document)
        .get("practiceHints", true);
      const last = found.get(document);
      const isKnown =
        last?.parsed === parsed && last.around === around && last.wantsAdvice === wantsAdvice;
      if (isKnown) return last.findings;
      const all = findingsIn(parsed, around);
      const findings = wantsAdvice ? all : all.filter((finding) => !isAdvice(finding));
      found.set(document, { parsed, around, wantsAdvice, findings });
      return findings;
    },
  };
}

/** The errors of a sweep file that may not be open, once it has been looked around; a sentence each. */
export async function errorsOf(sweeps: Sweeps, sweepFile: string): Promise<readonly string[]> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(sweepFile));
  await sweeps.known.whenKnown(document);
  return sweeps
    .findings(document)
    .filter(({ severity }) => severity === "error")
    .map(messageOf);
}

/** What established practice would do otherwise, and no more than that. */
function isAdvice({ code, severity }: Finding): boolean {
  return Object.hasOwn(practiceGuide, code) && (severity === "hint" || severity === "info");
}
