/** Other tools that read YAML in this editor, and what they have marked. */
import * as vscode from "vscode";
import type { Lines } from "../../language/beside.js";

/** What Red Hat's extension writes beside its messages. */
const sourceOfOthers = "YAML";

/** Whether Red Hat's extension reads YAML files here: it lists their symbols, and marks broken YAML. */
export function isYamlExtensionActive(): boolean {
  return vscode.extensions.getExtension("redhat.vscode-yaml")?.isActive ?? false;
}

export function marksOfOthers(uri: vscode.Uri): readonly Lines[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === sourceOfOthers)
    .map(({ range }) => ({ start: range.start.line, end: range.end.line }));
}
