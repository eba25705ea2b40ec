/** What the editor knows of sweep files: an adapter over `src/language`, and nothing of its own. */
import * as vscode from "vscode";
import { hoverAt } from "../../language/hover.js";
import { nothingKnown } from "../../language/surroundings.js";
import { Owner } from "../owner.js";
import { codeActionKinds, codeActionProvider } from "./code-actions.js";
import { completionProvider, completionTriggers } from "./completion.js";
import { showDiagnostics } from "./diagnostics.js";
import { lensProvider, type StudiesOfFiles } from "./lenses.js";
import { parsedDocuments, type ReadDocument } from "./parsed-documents.js";
import { rangeIn } from "./position.js";
import { symbolProvider } from "./symbols.js";

export interface LanguageOptions {
  /** Which of the YAML documents are ours. */
  isSweep(document: vscode.TextDocument): boolean;
  readonly studies: StudiesOfFiles;
}

/** The language stays `yaml`, so that formatters and other tools keep working beside us. */
const selector: vscode.DocumentSelector = { language: "yaml" };

export function registerLanguage({ isSweep, studies }: LanguageOptions): vscode.Disposable {
  const owner = new Owner();
  const read = parsedDocuments();
  const lenses = owner.own(lensProvider(isSweep, read, studies));
  const { languages } = vscode;
  owner.own(showDiagnostics(isSweep, read));
  owner.own(languages.registerCodeLensProvider(selector, lenses));
  owner.own(
    languages.registerCompletionItemProvider(
      selector,
      completionProvider(isSweep),
      ...completionTriggers,
    ),
  );
  owner.own(languages.registerHoverProvider(selector, hoverProvider(isSweep, read)));
  owner.own(
    languages.registerCodeActionsProvider(selector, codeActionProvider(isSweep, read), {
      providedCodeActionKinds: codeActionKinds,
    }),
  );
  owner.own(languages.registerDocumentSymbolProvider(selector, symbolProvider(isSweep, read)));
  return owner;
}

function hoverProvider(
  isSweep: LanguageOptions["isSweep"],
  read: ReadDocument,
): vscode.HoverProvider {
  return {
    provideHover(document, position) {
      if (!isSweep(document)) return undefined;
      const hover = hoverAt(read(document).document, document.offsetAt(position), nothingKnown);
      if (hover === undefined) return undefined;
      return new vscode.Hover(
        new vscode.MarkdownString(hover.markdown),
        rangeIn(document, hover.range),
      );
    },
  };
}
