import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import { answering } from "../support/answering.js";
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

/** Its command line is all that it reads. */
const refusing = `import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=3e-4)
args = parser.parse_args()
print(f"val_loss={args.lr}")
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
      "program: train.py\nmethd: grid\nparameters:\n  lr: {min: 2, max: 1}\n",
    );
    await until("both are marked", () => codesOf(document).length > 1);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    // VS Code gives no answer where the file on disk is looked at again meanwhile.
    const actions = await until("the cure of all is offered", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        whole,
        "source.fixAll.sweepdeck",
      );
      return found.length > 0 && found;
    });
    expect(actions.map(({ title }) => title)).to.deep.equal([
      "Fix all that can be fixed in this sweep",
    ]);
    for (const { edit } of actions) if (edit) await vscode.workspace.applyEdit(edit);
    expect(document.getText()).to.equal(
      "program: train.py\nmethod: grid\nparameters:\n  lr: {min: 1, max: 2}\n",
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

  it("says what the script does not take, and points at the line that says so", async () => {
    const { document, folder } = await open(
      "refused",
      `program: train.py\nmethod: grid\n${"metric: {name: val_loss, goal: minimize}\n"}parameters:\n  learning_rate: {values: [1, 2]}\n`,
      { "train.py": refusing },
    );
    const problem = await until("the name is marked", () =>
      problemsOf(document).find(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    expect(document.getText(problem.range)).to.equal("learning_rate");
    const [related] = problem.relatedInformation ?? [];
    expect(related?.location.uri.fsPath).to.equal(path.join(folder, "train.py"));
    const line = related?.location.range.start.line ?? 0;
    expect(refusing.split("\n")[line]).to.match(/ArgumentParser|add_argument/);
  });

  it("is not run by a slip where its script would refuse every trial", async () => {
    const { document, folder } = await open(
      "slip",
      "program: train.py\nmethod: grid\nmetric: {name: val_loss, goal: minimize}\nparameters:\n  learning_rate: {values: [1, 2]}\n",
      { "train.py": refusing },
    );
    using answers = answering();
    await vscode.commands.executeCommand("sweepdeck.run", document.uri);
    expect(answers.asked).to.deep.equal(["The trials of sweep.yaml would fail as they start."]);
    expect(answers.offered).to.include("Run Anyway");
    expect(existsSync(path.join(folder, ".sweepdeck"))).to.equal(false);
  });

  it("completes parameters with ranges around the script's defaults", async () => {
    const opened = await open("parameters", "program: train.py\nparameters:\n  ‸");
    await until("its argument is offered", async () => (await offered(opened)).includes("lr"));
    expect(await offered(opened)).to.include.members(["lr", "width"]);
  });

  it("leads from a parameter to the argument of the script, and back", async () => {
    const opened = await open(
      "navigation",
      "program: train.py\nmethod: grid\nparameters:\n  l‸r: {values: [0.1, 0.2]}\n",
    );
    const { document, cursor, folder } = opened;
    const [definition] = await until("its argument is found", async () => {
      const found = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        "vscode.executeDefinitionProvider",
        document.uri,
        cursor,
      );
      return found.length > 0 && found;
    });
    const python = await vscode.workspace.openTextDocument(path.join(folder, "train.py"));
    expect(definition?.targetUri.fsPath).to.equal(python.uri.fsPath);
    const line = python.lineAt(definition?.targetRange.start.line ?? 0).text;
    expect(line).to.include('"--lr"');
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      python.uri,
      python.positionAt(script.indexOf("--lr") + 3),
    );
    const inSweep = references.filter(({ uri }) => uri.toString() === document.uri.toString());
    expect(inSweep.map(({ range }) => document.getText(range))).to.deep.equal(["lr"]);
  });

  it("counts values behind the keys", async () => {
    const { document } = await open(
      "hints",
      "program: train.py\nmethod: grid\nparameters:\n  lr: {values: [0.1, 0.2]}\n",
    );
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    expect(hints.map(({ label }) => label)).to.include("2 values");
  });

  it("offers to change a list into a range, and the range back into a list", async () => {
    const { document, cursor } = await open(
      "refactor",
      "program: train.py\nmethod: random\nrun_cap: 4\nparameters:\n  wid‸th: {min: 16, max: 64}\n",
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(cursor, cursor),
      "refactor",
    );
    expect(actions.map(({ kind }) => kind?.value)).to.include("refactor.rewrite");
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

describe("a new sweep from a script", () => {
  it("is written beside it, with its arguments, and stands open to be gone through", async () => {
    const { folder } = await open("new", "", { "fit.py": script });
    await vscode.commands.executeCommand(
      "sweepdeck.newSweep",
      vscode.Uri.file(path.join(folder, "fit.py")),
    );
    const document = await until("it is open", () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.fileName === path.join(folder, "fit.sweep.yaml") && shown;
    });
    expect(document.getText()).to.include("program: fit.py").and.to.include("name: val_loss");
    expect(document.getText()).to.match(/^ {2}lr:$/m);
    await until("nothing is wrong with it", () => {
      const errors = problemsOf(document).filter(
        ({ severity }) => severity === vscode.DiagnosticSeverity.Error,
      );
      return errors.length === 0;
    });
  });

  it("takes another name where one is taken", async () => {
    const { folder } = await open("another", "", { "fit.py": script, "fit.sweep.yaml": "mine\n" });
    await vscode.commands.executeCommand(
      "sweepdeck.newSweep",
      vscode.Uri.file(path.join(folder, "fit.py")),
    );
    await until("it is open", () =>
      vscode.window.activeTextEditor?.document.fileName.endsWith("another/fit-2.sweep.yaml"),
    );
    expect(readFileSync(path.join(folder, "fit.sweep.yaml"), "utf8")).to.equal("mine\n");
  });
});

describe("other forms of a sweep", () => {
  it("are taken out of a script that hands a dictionary to wandb.sweep", async () => {
    const { folder } = await open("extract", "", {
      "tutorial.py": `import wandb
config = {
    "method": "random",
    "metric": {"name": "val_loss", "goal": "minimize"},
    "parameters": {"lr": {"min": 0.001, "max": 0.1}},
}
wandb.sweep(config, project="p")
`,
    });
    await vscode.commands.executeCommand(
      "sweepdeck.extractSweep",
      vscode.Uri.file(path.join(folder, "tutorial.py")),
    );
    const document = await until("it is open", () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.fileName === path.join(folder, "tutorial.sweep.yaml") && shown;
    });
    expect(document.getText()).to.include("method: random").and.to.include("name: val_loss");
  });

  it("are made of a search space of Optuna's", async () => {
    const space = {
      lr: {
        name: "FloatDistribution",
        attributes: { low: 0.001, high: 0.1, log: true, step: null },
      },
    };
    const { folder } = await open("optuna", "", { "space.json": JSON.stringify(space) });
    await vscode.commands.executeCommand(
      "sweepdeck.convertSweep",
      vscode.Uri.file(path.join(folder, "space.json")),
    );
    const document = await until("it is open", () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.fileName === path.join(folder, "space.sweep.yaml") && shown;
    });
    expect(document.getText()).to.include("distribution: log_uniform_values");
  });

  it("are what W&B takes, with the block of our own taken out", async () => {
    const { document } = await open(
      "portable",
      "program: train.py\nmethod: random\nrun_cap: 2\nparameters:\n  lr: {values: [1, 2]}\nsweepdeck:\n  retries: 2\n",
    );
    await vscode.commands.executeCommand("sweepdeck.makePortable", document.uri);
    await until("the block is gone", () => !document.getText().includes("sweepdeck"));
    expect(document.getText()).to.include("lr: {values: [1, 2]}");
  });
});
