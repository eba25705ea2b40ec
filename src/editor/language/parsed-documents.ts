/** Sweep files that are open, parsed once for each version that anybody asks for. */
import type * as vscode from "vscode";
import { type ParsedSweep, parseSweep } from "../../sweep/parse.js";

export type ReadDocument = (document: vscode.TextDocument) => ParsedSweep;

export function parsedDocuments(): ReadDocument {
  const known = new WeakMap<vscode.TextDocument, { version: number; parsed: ParsedSweep }>();
  return (document) => {
    const last = known.get(document);
    if (last?.version === document.version) return last.parsed;
    const parsed = parseSweep(document.getText());
    known.set(document, { version: document.version, parsed });
    return parsed;
  };
}
