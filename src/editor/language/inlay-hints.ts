/** What stands in grey behind the keys of a sweep file. */
import * as vscode from "vscode";
import { inlayHintsOf } from "../../language/inlay-hints.js";
import type { Sweeps } from "./sweeps.js";

export function inlayHintsProvider(sweeps: Sweeps): vscode.InlayHintsProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const listening = sweeps.known.onDidChange(() => changed.fire());
  return {
    onDidChangeInlayHints: changed.event,
    provideInlayHints(document, range) {
      if (!sweeps.isSweep(document)) return [];
      return inlayHintsOf(sweeps.read(document), sweeps.around(document))
        .map(({ offset, label, tooltip }) => {
          const hint = new vscode.InlayHint(document.positionAt(offset), label);
          hint.paddingLeft = true;
          if (tooltip !== undefined) hint.tooltip = new vscode.MarkdownString(tooltip);
          return hint;
        })
        .filter(({ position }) => range.contains(position));
    },
    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}
