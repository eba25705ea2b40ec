/** What the guide says of a problem, as a read-only document: where the link behind its code leads. */
import * as vscode from "vscode";
import { guide } from "../language/findings.js";

const scheme = "sweepdeck-guide";

export function guideUri(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${code}.md` });
}

export function registerGuide(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => guideText(path.slice(1, -".md".length)),
  });
}

function guideText(code: string): string {
  const entry = Object.entries(guide).find(([known]) => known === code)?.[1];
  if (entry === undefined) return `Nothing is known of ${code}.\n`;
  const { title, why, cure } = entry;
  return `# ${title}\n\n\`${code}\`\n\n${why}\n\n${cure}\n`;
}
