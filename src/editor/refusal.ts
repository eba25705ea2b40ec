/** What a command cannot do, as a sentence, with the buttons that lead on. */
import * as vscode from "vscode";

export interface Remedy {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** Its message says what is, then what to do; nothing has been changed when it is thrown. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    message: string,
    readonly remedies: readonly Remedy[] = [],
  ) {
    super(message);
  }
}

/** Ends a command quietly: the reader closed a question without an answer. */
export class Dismissed extends Error {
  override readonly name = "Dismissed";
}

/** Resolves when the reader has chosen a remedy and it is done, or has closed the message. */
export async function showRefusal({ message, remedies }: Refusal): Promise<void> {
  const title = await vscode.window.showWarningMessage(
    message,
    ...remedies.map((remedy) => remedy.title),
  );
  const chosen = remedies.find((remedy) => remedy.title === title);
  if (chosen === undefined) return;
  await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
}
