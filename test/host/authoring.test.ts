import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import { takeCursor } from "../support/cursor.js";
import { until } from "../support/until.js";

const script = `import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=3e-4, help="Step size.")
parser.add_argument("--width", type=int, default=64)
args = parser.parse_args()
run = wandb.init()
run.log({"val_loss": 1.0})
`;

interface Opened {
  readonly folder: string;
  readonly document: vscode.TextDocument;
  readonly cursor: vscode.Position;
}

/** A sweep file beside a training script, in a folder of their own; the cursor is the \`‸\` of the text. */
async function open(
  name: string,
  marked: string,
  files: Readonly<Record<string, string>> = { "train.py": script },
): Promise<Opened> {
  const [root] = vscode.workspace.workspaceFolders ?? [];
  if (root === undefined) throw new Error("the host storey opens a folder");
  const folder = path.join(root.uri.fsPath, "authoring", name);
  const { text, offset } = takeCursor(marked);
  for (const [file, content] of Object.entries({ ...files, "sweep.yaml": text })) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  const document = await vscode.workspace.openTextDocument(path.join(folder, "sweep.yaml"));
  return { folder, document, cursor: document.positionAt(offset) };
}

async function offered({ document, cursor }: Opened): Promise<readonly string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    cursor,
  );
  return items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

function problemsOf({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "sweepdeck");
}

function codesOf(document: vscode.TextDocument): readonly unknown[] {
  return problemsOf(document).map(({ code }) => (typeof code === "object" ? code.value : code));
}

describe("a sweep file beside its training script", () => {
  it("is completed from what the script reports", async () => {
    const opened = await open("reports", "program: train.py\nmetric:\n  name: ‸\n");
    await until("its metric is offered", async () => (await offered(opened)).includes("val_loss"));
  });

  it("follows the script as it is typed, saved or not", async () => {
    const opened = await open("typed", "program: train.py\nmetric:\n  name: ‸\n");
    const python = await vscode.workspace.openTextDocument(path.join(opened.folder, "train.py"));
    await until("its metric is offered", async () => (await offered(opened)).includes("val_loss"));
    const edit = new vscode.WorkspaceEdit();
    const start = python.positionAt(script.indexOf("val_loss"));
    edit.replace(python.uri, new vscode.Range(start, start.translate(0, 8)), "val_error");
    await vscode.workspace.applyEdit(edit);
    await until("the new name is offered", async () =>
      (await offered(opened)).includes("val_error"),
    );
  });

  it("follows the script where something else writes it", async () => {
    const opened = await open("written", "program: train.py\nmetric:\n  name: ‸\n");
    await until("its metric is offered", async () => (await offered(opened)).includes("val_loss"));
    const changed = script.replace("val_loss", "val_error");
    writeFileSync(path.join(opened.folder, "train.py"), changed);
    await until("the new name is offered", async () =>
      (await offered(opened)).includes("val_error"),
    );
  });

  it("finds a script that was not there before", async () => {
    const opened = await open("late", "program: train.py\nmetric:\n  name: ‸\n", {});
    expect(await offered(opened)).not.to.include("val_loss");
    writeFileSync(path.join(opened.folder, "train.py"), script);
    await until("its metric is offered", async () => (await offered(opened)).includes("val_loss"));
  });

  it("links to the script", async () => {
    const { document, folder } = await open("links", "program: train.py\n");
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    expect(links.map(({ target }) => target?.fsPath)).to.include(path.join(folder, "train.py"));
  });

  it("explains each problem where its code leads", async () => {
    const { document } = await open("guide", "methd: grid\n");
    const problem = await until("the key is marked", () =>
      problemsOf(document).find(
        ({ code }) => typeof code === "object" && code.value === "unknown-key",
      ),
    );
    const target = typeof problem.code === "object" ? problem.code.target : undefined;
    const guide = await vscode.workspace.openTextDocument(target ?? document.uri);
    expect(guide.getText()).to.match(/^# .+\n\n`unknown-key`\n\n/);
  });

  it("leaves broken YAML to another extension that has marked the same line", async () => {
    const { document } = await open("beside", "methd: grid\nparameters:\n  lr: {values: [1, 2}\n");
    await until("it is marked", () => codesOf(document).includes("yaml-syntax"));
    const other = vscode.languages.createDiagnosticCollection("another");
    try {
      const mark = new vscode.Diagnostic(new vscode.Range(2, 20, 2, 21), "Bad brackets");
      mark.source = "YAML";
      other.set(document.uri, [mark]);
      await until("it is left to the other", () => !codesOf(document).includes("yaml-syntax"));
      expect(codesOf(document)).to.include("unknown-key");
    } finally {
      other.dispose();
    }
    await until("it is said again", () => codesOf(document).includes("yaml-syntax"));
  });

  it("fixes at once all that can be fixed", async () => {
    const { document } = await open(
      "all",
      "program: train.py\nmethd: grid\nparameters:\n  lr: {values: [1e-3, 1e-4]}\n",
    );
    await until("both are marked", () => codesOf(document).length > 1);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      whole,
      "source.fixAll.sweepdeck",
    );
    for (const { edit } of actions) if (edit) await vscode.workspace.applyEdit(edit);
    expect(document.getText()).to.equal(
      "program: train.py\nmethod: grid\nparameters:\n  lr: {values: [1.0e-3, 1.0e-4]}\n",
    );
  });

  it("keeps its advice to itself where that is not wanted", async () => {
    const { document } = await open(
      "advice",
      "program: train.py\nmethod: random\nrun_cap: 9\nmetric: {name: val_loss, goal: minimize}\nparameters:\n  seed: {values: [1, 2, 3]}\n  lr: {min: 0.1, max: 1.0}\n",
    );
    const configuration = vscode.workspace.getConfiguration("sweepdeck", document);
    const advised = await until("advice is given", () => {
      const codes = codesOf(document);
      return codes.length > 0 && codes;
    });
    expect(advised).to.include("seed-searched");
    await configuration.update("practiceHints", false, vscode.ConfigurationTarget.Workspace);
    try {
      await until("it is taken back", () => !codesOf(document).includes("seed-searched"));
    } finally {
      await configuration.update("practiceHints", undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until("it is given again", () => codesOf(document).includes("seed-searched"));
  });

  it("folds its blocks", async () => {
    const { document } = await open(
      "folding",
      "program: train.py\nparameters:\n  lr:\n    min: 1\n",
    );
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    expect(ranges.map(({ start, end }) => [start, end])).to.deep.include.members([
      [1, 3],
      [2, 3],
    ]);
  });
});
