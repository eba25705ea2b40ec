/** The lenses above a sweep file. */
import * as vscode from "vscode";
import { type Lens, lensesOf, type StudyOfFile } from "../../language/lenses.js";
import { nothingKnown } from "../../language/surroundings.js";
import type { ReadDocument } from "./parsed-documents.js";

export interface StudiesOfFiles {
  /** Of a sweep file, the newest first. */
  of(sweepFile: string): readonly StudyOfFile[];
  readonly onDidChange: vscode.Event<unknown>;
}

export function lensProvider(
  isSweep: (document: vscode.TextDocument) => boolean,
  read: ReadDocument,
  studies: StudiesOfFiles,
): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const listening = studies.onDidChange(() => changed.fire());
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      if (!isSweep(document)) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const lenses = lensesOf(read(document), studies.of(document.uri.fsPath), nothingKnown);
      return lenses.map((lens) => new vscode.CodeLens(top, commandOf(lens, document.uri)));
    },
    dispose() {
      listening.dispose();
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
