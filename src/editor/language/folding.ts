/** The blocks of a sweep file that can be folded. */
import * as vscode from "vscode";
import { foldingOf } from "../../language/folding.js";
import type { Sweeps } from "./sweeps.js";

export function foldingProvider({ isSweep }: Sweeps): vscode.FoldingRangeProvider {
  return {
    provideFoldingRanges: (document) =>
      isSweep(document)
        ? foldingOf(document.getText()).map(
            ({ startLine, endLine, kind }) =>
              new vscode.FoldingRange(
                startLine,
                endLine,
                kind === "comment" ? vscode.FoldingRangeKind.Comment : undefined,
              ),
          )
        : // With no answer the editor goes by indentation, as it does in every other YAML file.
          undefined,
  };
}
