/** The outline and the breadcrumbs of a sweep file. */
import * as vscode from "vscode";
import { type SweepSymbol, symbolsOf } from "../../language/symbols.js";
import { isYamlExtensionActive } from "./beside.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

export function symbolProvider({ isSweep, read }: Sweeps): vscode.DocumentSymbolProvider {
  return {
    provideDocumentSymbols: (document) =>
      // An outline with the answers of two providers shows both, one below the other.
      isSweep(document) && !isYamlExtensionActive()
        ? symbolsOf(read(document).document).map((symbol) => documentSymbol(document, symbol))
        : [],
  };
}

function documentSymbol(
  document: vscode.TextDocument,
  { name, detail, kind, range, nameRange, children }: SweepSymbol,
): vscode.DocumentSymbol {
  const [whole, word] = [rangeIn(document, range), rangeIn(document, nameRange)];
  const symbol = new vscode.DocumentSymbol(name, detail, kinds[kind], whole, word);
  symbol.children = children.map((child) => documentSymbol(document, child));
  return symbol;
}

const kinds: Readonly<Record<SweepSymbol["kind"], vscode.SymbolKind>> = {
  key: vscode.SymbolKind.Property,
  parameter: vscode.SymbolKind.Variable,
  group: vscode.SymbolKind.Namespace,
};
