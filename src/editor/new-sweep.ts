/** A new sweep file, made from what a training script says of itself. */
import path from "node:path";
import * as vscode from "vscode";
import { type NewSweep, newSweepFrom } from "../language/new-sweep.js";
import { pick } from "./choosing.js";
import { readGiven } from "./given.js";
import type { KnownSurroundings } from "./language/surroundings.js";
import { writeNew } from "./new-files.js";
import { Refusal } from "./refusal.js";

const withoutScript = `program: \${1:train.py}
method: \${2|random,grid,bayes|}
metric:
  name: \${3:val_loss}
  goal: \${4|minimize,maximize|}
run_cap: \${5:20}
parameters:
  \${6:lr}:
    distribution: log_uniform_values
    min: \${7:1.0e-5}
    max: \${8:1.0e-1}
`;

/** For the script that the command was called on, else the one in sight, else one that is picked. */
export async function newSweep(known: KnownSurroundings, given: readonly unknown[]): Promise<void> {
  const script = readGiven(given).sweepFile ?? activeScript() ?? (await chooseScript(known));
  if (script === undefined) return beginWithoutScript();
  const reading = await known.readScript(script);
  if (reading === undefined) {
    throw new Refusal(
      `${path.basename(script)} cannot be read as Python. Choose another script, or begin a sweep without one.`,
    );
  }
  await openNew(path.dirname(script), newSweepFrom(reading, path.basename(script)));
}

export function activeScript(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const isScript = document?.languageId === "python" && document.uri.scheme === "file";
  return isScript ? document.uri.fsPath : undefined;
}

/** Undefined where the reader wants to begin without one, or there is none. */
async function chooseScript(known: KnownSurroundings): Promise<string | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const items = await Promise.all(folders.map((folder) => itemsIn(folder, known)));
  const scripts = items.flat();
  if (scripts.length === 0) return undefined;
  const none = { label: "Begin without a script", script: undefined };
  return (await pick([...scripts, none], "Which script does the sweep run?")).script;
}

async function itemsIn(folder: string, known: KnownSurroundings) {
  const programs = await known.programsIn(folder);
  return programs.map((program) => {
    const within = path.dirname(program);
    return {
      label: path.basename(program),
      ...(within !== "." && { description: within }),
      script: path.resolve(folder, program),
    };
  });
}

async function beginWithoutScript(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content: "" });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(withoutScript));
}

/** Beside its script, under the first name that is free; its fields are there to be gone through. */
async function openNew(folder: string, { fileName, text, snippet }: NewSweep): Promise<void> {
  const document = await writeNew(folder, fileName, text);
  const editor = await vscode.window.showTextDocument(document);
  const whole = new vscode.Range(
    new vscode.Position(0, 0),
    document.lineAt(document.lineCount - 1).range.end,
  );
  await editor.insertSnippet(new vscode.SnippetString(snippet), whole);
}
