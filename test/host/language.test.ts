import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import { takeCursor } from "../support/cursor.js";
import { until } from "../support/until.js";

const good = `program: train.py
method: grid
metric: {name: loss}
parameters:
  lr: {values: [1, 2, 3]}
`;

interface Opened {
  readonly document: vscode.TextDocument;
  readonly cursor: vscode.Position;
}

/** Each file in a folder of its own; the cursor is the `‸` of the text. */
async function open(name: string, marked: string, file = "sweep.yaml"): Promise<Opened> {
  const [root] = vscode.workspace.workspaceFolders ?? [];
  if (root === undefined) throw new Error("the host storey opens a folder");
  const folder = path.join(root.uri.fsPath, "language", name);
  mkdirSync(folder, { recursive: true });
  const { text, offset } = takeCursor(marked);
  writeFileSync(path.join(folder, file), text);
  const document = await vscode.workspace.openTextDocument(path.join(folder, file));
  return { document, cursor: document.positionAt(offset) };
}

function problemsOf({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "sweepdeck");
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}

async function retype(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.positionAt(document.getText().indexOf(from));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, start.translate(0, from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

describe("the language of sweep files", () => {
  it("marks problems while they are typed, and takes the marks off when they are cured", async () => {
    const { document } = await open("typing", good);
    await retype(document, "method", "methd");
    const [problem] = await until("the key is marked", () => {
      const found = problemsOf(document).filter((problem) => codeOf(problem) === "unknown-key");
      return found.length > 0 && found;
    });
    expect(problem && document.getText(problem.range)).to.equal("methd");
    expect(problem?.severity).to.equal(vscode.DiagnosticSeverity.Error);
    await retype(document, "methd", "method");
    await until(
      "its mark is taken off",
      () => !problemsOf(document).some((each) => codeOf(each) === "unknown-key"),
    );
  });

  it("cures a problem by its quick fix", async () => {
    const { document } = await open(
      "fix",
      good.replace("name: loss", "name: loss, goal: minimise"),
    );
    const [problem] = await until("the goal is marked", () => {
      const found = problemsOf(document);
      return found.length > 0 && found;
    });
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      problem?.range,
    );
    const fix = actions.find(({ title }) => title === "Change to minimize");
    expect(fix?.isPreferred).to.equal(true);
    await vscode.workspace.applyEdit(fix?.edit ?? new vscode.WorkspaceEdit());
    expect(document.getText()).to.include("goal: minimize}");
  });

  it("completes keys as snippets", async () => {
    const { document, cursor } = await open("completion", "method: grid\nrun‸\n");
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      cursor,
    );
    const item = items.find(({ label }) => label === "run_cap");
    expect(item?.insertText).to.be.instanceOf(vscode.SnippetString);
    expect(item?.range).to.deep.equal(new vscode.Range(1, 0, 1, 3));
    expect(items.map(({ label }) => label)).not.to.include("method");
  });

  it("explains parameters under the mouse, and lists them in the outline", async () => {
    const { document, cursor } = await open("hover", good.replace("lr:", "l‸r:"));
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      cursor,
    );
    const [said] = hover?.contents ?? [];
    expect(said instanceof vscode.MarkdownString && said.value).to.include("One of `1`, `2`, `3`");
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const parameters = symbols.find(({ name }) => name === "parameters");
    expect(parameters?.children.map(({ name }) => name)).to.deep.equal(["lr"]);
  });

  it("stands above the file what can be done with it, each for this file", async () => {
    const { document } = await open("lenses", good);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    const commands = lenses.map(({ command }) => command);
    expect(commands.map((command) => command?.title)).to.deep.equal([
      "$(beaker)\u00a0Try One Configuration",
      "$(play)\u00a0Run sweep · 3 trials",
      "Preview",
    ]);
    for (const command of commands) {
      expect(String(command?.arguments?.[0])).to.equal(document.uri.toString());
    }
  });

  it("leaves other YAML files alone", async () => {
    const { document } = await open("other", "services:\n  web: {image: nginx}\n", "compose.yaml");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    expect(lenses).to.deep.equal([]);
    expect(problemsOf(document)).to.deep.equal([]);
  });
});
