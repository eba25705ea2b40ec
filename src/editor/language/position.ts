/** Offsets of a text and positions of an editor. */
import * as vscode from "vscode";
import type { TextRange } from "../../sweep/tree.js";

export function rangeIn(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
