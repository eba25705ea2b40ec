/** Commands that make other forms of sweep files, and sweep files of other forms. */
import path from "node:path";
import * as vscode from "vscode";
import { lossMessage, portableSweep } from "../language/actions/portable.js";
import { fromOptuna } from "../language/conversions/from-optuna.js";
import { type ExtractedSweep, sweepsInPython } from "../language/conversions/from-python.js";
import { noteMessage } from "../language/conversions/notes.js";
import { readOptunaSpace, toOptuna } from "../language/conversions/optuna.js";
import { parseSweep } from "../sweep/parse.js";
import { chooseSweep, pick } from "./choosing.js";
import { readGiven } from "./given.js";
import { tellLostCommand } from "./language/code-actions.js";
import { rangeIn } from "./language/position.js";
import { writeNew } from "./new-files.js";
import { activeScript } from "./new-sweep.js";
import { Refusal } from "./refusal.js";

/** Takes what only Sweepdeck knows out of a sweep file, and says what that was. */
export async function makePortable(sweepFile: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(sweepFile);
  const parsed = parseSweep(document.getText());
  if (parsed.sweep === undefined) throw withErrors("make it portable");
  const portable = portableSweep(parsed);
  if (portable === undefined) {
    throw new Refusal("The sweepdeck block stands within brackets: put it on a line of its own.");
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of portable.edits) {
    edit.replace(document.uri, rangeIn(document, range), newText);
  }
  await vscode.window.showTextDocument(document);
  await vscode.workspace.applyEdit(edit);
  tellLost(portable.lost.map(lossMessage));
}

/** The dictionary that a script hands to `wandb.sweep`, as a sweep file beside it. */
export async function extractSweep(given: readonly unknown[]): Promise<void> {
  const script = readGiven(given).sweepFile ?? activeScript();
  if (script === undefined) {
    throw new Refusal("Open the Python file that holds the sweep, then extract it.");
  }
  const python = await vscode.workspace.openTextDocument(script);
  const found = sweepsInPython(path.basename(script), python.getText());
  const [only, ...more] = found;
  if (only === undefined) {
    throw new Refusal(
      `${path.basename(script)} holds no dictionary of a sweep: nothing is handed to wandb.sweep there, and nothing looks like it.`,
    );
  }
  const { text, notes } = more.length === 0 ? only : await choose(found);
  await openBeside(script, text);
  tellLost(notes.map(noteMessage));
}

async function choose(found: readonly ExtractedSweep[]): Promise<ExtractedSweep> {
  const items = found.map((sweep, place) => ({
    label: sweep.name ?? `sweep ${place + 1}`,
    sweep,
  }));
  return (await pick(items, "Which sweep?")).sweep;
}

/** A search space of Optuna's to a sweep file, or a sweep file to one of the others. */
export async function convertSweep(given: readonly unknown[]): Promise<void> {
  const file = readGiven(given).sweepFile ?? activeJson() ?? (await chooseSweep());
  if (file.endsWith(".json")) return convertFromOptuna(file);
  const target = await pick(
    [
      {
        label: "Search space of Optuna",
        description: "JSON, in a new editor",
        to: convertToOptuna,
      },
      { label: "Sweep of W&B", description: "without the sweepdeck block", to: makePortable },
    ],
    "What does it become?",
  );
  await target.to(file);
}

function activeJson(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const isJson = document?.languageId === "json" && document.uri.scheme === "file";
  return isJson ? document.uri.fsPath : undefined;
}

async function convertFromOptuna(file: string): Promise<void> {
  const json = await vscode.workspace.openTextDocument(file);
  const reading = readOptunaSpace(json.getText());
  if (reading.kind === "unreadable") {
    const where = reading.where === "" ? "" : `, parameter ${reading.where}`;
    throw new Refusal(
      `${path.basename(file)}${where} is no search space of Optuna's: ${reading.detail}`,
    );
  }
  const { text, notes } = fromOptuna(reading.space);
  await openBeside(file, text);
  tellLost(notes.map(noteMessage));
}

async function convertToOptuna(sweepFile: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(sweepFile);
  const { sweep } = parseSweep(document.getText());
  if (sweep === undefined) throw withErrors("convert it");
  const { space, notes } = toOptuna(sweep.space);
  const json = await vscode.workspace.openTextDocument({
    language: "json",
    content: `${JSON.stringify(space, null, 2)}\n`,
  });
  await vscode.window.showTextDocument(json);
  tellLost(notes.map(noteMessage));
}

async function openBeside(source: string, text: string): Promise<void> {
  const { dir, name } = path.parse(source);
  await vscode.window.showTextDocument(await writeNew(dir, `${name}.sweep.yaml`, text));
}

function withErrors(then: string): Refusal {
  return new Refusal(`This sweep has errors: fix them first, then ${then}.`, [
    { title: "Show Problems", command: "workbench.actions.view.problems" },
  ]);
}

/** What a change has left behind, a sentence each. */
function tellLost(lost: readonly string[]): void {
  // Nobody waits for the message to be closed.
  if (lost.length > 0) void vscode.window.showWarningMessage(lost.join(" "));
}

/** For the actions of the language, which hand over sentences. */
export function registerTellLost(): vscode.Disposable {
  return vscode.commands.registerCommand(tellLostCommand, (lost: unknown) => {
    if (Array.isArray(lost)) tellLost(lost.map(String));
  });
}
