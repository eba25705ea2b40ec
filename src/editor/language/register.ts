/** What the editor knows of sweep files: an adapter over `src/language`, and nothing of its own. */
import * as vscode from "vscode";
import type { Log } from "../log.js";
import { Owner } from "../owner.js";
import { codeActionKinds, codeActionProvider } from "./code-actions.js";
import { completionProvider, completionTriggers } from "./completion.js";
import { showDiagnostics } from "./diagnostics.js";
import { foldingProvider } from "./folding.js";
import { hoverProvider } from "./hover.js";
import { inlayHintsProvider } from "./inlay-hints.js";
import { lensProvider, type StudiesOfFiles } from "./lenses.js";
import {
  definitionProvider,
  linkProvider,
  referenceProvider,
  scriptReferenceProvider,
} from "./navigation.js";
import { parsedDocuments } from "./parsed-documents.js";
import { keepSurroundings } from "./surroundings.js";
import { openSweeps, type Sweeps } from "./sweeps.js";
import { symbolProvider } from "./symbols.js";

export interface LanguageOptions {
  /** Which of the YAML documents are ours. */
  isSweep(document: vscode.TextDocument): boolean;
  readonly studies: StudiesOfFiles;
  /** The folder of the bundles. */
  readonly home: string;
  readonly log: Log;
}

/** The language stays `yaml`, so that formatters and other tools keep working beside us. */
const selector: vscode.DocumentSelector = { language: "yaml" };

export interface Language extends vscode.Disposable {
  readonly sweeps: Sweeps;
}

export function registerLanguage({ isSweep, studies, home, log }: LanguageOptions): Language {
  const owner = new Owner();
  const read = parsedDocuments();
  const known = owner.own(keepSurroundings({ isSweep, read, home, log }));
  const sweeps = openSweeps(isSweep, read, known);
  const lenses = owner.own(lensProvider(sweeps, studies));
  const inlayHints = owner.own(inlayHintsProvider(sweeps));
  const { languages } = vscode;
  const offered = [
    showDiagnostics(sweeps),
    studies.onDidChange((sweepFile) => {
      if (sweepFile !== undefined) known.hint(sweepFile);
    }),
    languages.registerCodeLensProvider(selector, lenses),
    languages.registerInlayHintsProvider(selector, inlayHints),
    languages.registerCompletionItemProvider(
      selector,
      completionProvider(sweeps),
      ...completionTriggers,
    ),
    languages.registerHoverProvider(selector, hoverProvider(sweeps)),
    languages.registerCodeActionsProvider(selector, codeActionProvider(sweeps), {
      providedCodeActionKinds: codeActionKinds,
    }),
    languages.registerDocumentSymbolProvider(selector, symbolProvider(sweeps)),
    languages.registerFoldingRangeProvider(selector, foldingProvider(sweeps)),
    languages.registerDefinitionProvider(selector, definitionProvider(sweeps)),
    languages.registerReferenceProvider(selector, referenceProvider(sweeps)),
    languages.registerReferenceProvider({ language: "python" }, scriptReferenceProvider(sweeps)),
    languages.registerDocumentLinkProvider(selector, linkProvider(sweeps)),
  ];
  for (const each of offered) owner.own(each);
  return { sweeps, dispose: () => owner.dispose() };
}
