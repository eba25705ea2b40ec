/** Answers the extension's messages in place of a reader: no driver of the host can press their buttons. */
import * as vscode from "vscode";

export interface Answers extends Disposable {
  readonly asked: readonly string[];
  /** The titles of all buttons. */
  readonly offered: readonly string[];
}

/** Until it is disposed of. Each message is answered with `title` where it offers that, else closed. */
export function answering(title?: string): Answers {
  const asked: string[] = [];
  const offered: string[] = [];
  const answer = async (message: string, ...rest: readonly unknown[]) => {
    asked.push(message);
    const titles = rest.filter((one) => typeof one === "string");
    offered.push(...titles);
    return titles.find((one) => one === title);
  };
  const names = ["showInformationMessage", "showWarningMessage", "showErrorMessage"] as const;
  const before = names.map((name) => [name, vscode.window[name]] as const);
  for (const name of names) Object.assign(vscode.window, { [name]: answer });
  return {
    asked,
    offered,
    [Symbol.dispose]() {
      for (const [name, original] of before) Object.assign(vscode.window, { [name]: original });
    },
  };
}
