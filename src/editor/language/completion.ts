/** Completions of sweep files as VS Code lists them. */
import * as vscode from "vscode";
import { type Completion, completionsAt } from "../../language/completion.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

/** Beside the letters of words, for which VS Code asks by itself. */
export const completionTriggers = [" ", ":", "-", "{", "$"];

export function completionProvider(sweeps: Sweeps): vscode.CompletionItemProvider {
  return {
    provideCompletionItems(document, position) {
      if (!sweeps.isSweep(document)) return [];
      const completions = completionsAt(
        document.getText(),
        document.offsetAt(position),
        sweeps.around(document),
      );
      const items = completions.map((completion, place) => itemOf(document, completion, place));
      // Asked again at each letter only where it must be: until the answer is there, Enter takes what
      // was offered before that letter.
      const isIncomplete = completions.some(({ takesWord }) => takesWord);
      return new vscode.CompletionList(items, isIncomplete);
    },
  };
}

function itemOf(
  document: vscode.TextDocument,
  completion: Completion,
  place: number,
): vscode.CompletionItem {
  const { detail, label } = completion;
  const shown = detail === undefined ? label : { label, description: detail };
  const item = new vscode.CompletionItem(shown, kinds[completion.kind]);
  item.insertText = new vscode.SnippetString(completion.snippet);
  item.range = rangeIn(document, completion.range);
  item.sortText = String(place).padStart(4, "0");
  if (completion.filterText !== undefined) item.filterText = completion.filterText;
  item.documentation = new vscode.MarkdownString(completion.documentation);
  if (completion.deprecated) item.tags = [vscode.CompletionItemTag.Deprecated];
  if (completion.suggestsNext) {
    item.command = { title: "Suggest", command: "editor.action.triggerSuggest" };
  }
  return item;
}

const kinds: Readonly<Record<Completion["kind"], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  macro: vscode.CompletionItemKind.Constant,
  form: vscode.CompletionItemKind.Snippet,
  parameter: vscode.CompletionItemKind.Variable,
  file: vscode.CompletionItemKind.File,
};
