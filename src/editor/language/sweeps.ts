/** The sweep files that are open, as all language features share them: each text is read once. */
import type * as vscode from "vscode";
import { type Finding, findingsIn } from "../../language/findings.js";
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
      const last = found.get(document);
      if (last?.parsed === parsed && last.around === around) return last.findings;
      const findings = findingsIn(parsed, around);
      found.set(document, { parsed, around, findings });
      return findings;
    },
  };
}
