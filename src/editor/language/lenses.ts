/** The lenses above a sweep file. */
import * as vscode from "vscode";
import { type Lens, lensesOf, type StudyOfFile } from "../../language/lenses.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

export interface StudiesOfFiles {
  /** Of a sweep file, the newest first. */
  of(sweepFile: string): readonly StudyOfFile[];
  /** Of the sweep file whose studies have changed; undefined where a study is gone. */
  readonly onDidChange: vscode.Event<string | undefined>;
}

export function lensProvider(
  sweeps: Sweeps,
  studies: StudiesOfFiles,
): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const listening = [
    studies.onDidChange(() => changed.fire()),
    sweeps.known.onDidChange(() => changed.fire()),
  ];
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      if (!sweeps.isSweep(document)) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const studiesOfFile = studies.of(document.uri.fsPath);
      const parsed = sweeps.read(document);
      const lenses = lensesOf(
        parsed,
        sweeps.findings(document),
        studiesOfFile,
        sweeps.around(document),
      );
      return lenses.map((lens) => {
        const at = lens.at === undefined ? top : rangeIn(document, lens.at);
        return new vscode.CodeLens(at, commandOf(lens, document.uri));
      });
    },
    dispose() {
      for (const each of listening) each.dispose();
      changed.dispose();
    },
  };
}

function commandOf({ title, command, study }: Lens, sweepFile: vscode.Uri): vscode.Command {
  const icon = command && icons[command];
  return {
    // A plain space behind an icon is not shown.
    title: icon === undefined ? title : `$(${icon})\u00a0${title}`,
    command: command ?? "",
    arguments: [study === undefined ? sweepFile : { study }],
  };
}

const icons: Readonly<Partial<Record<NonNullable<Lens["command"]>, string>>> = {
  "sweepdeck.run": "play",
  "sweepdeck.resume": "debug-continue",
  "sweepdeck.tryOne": "beaker",
};
