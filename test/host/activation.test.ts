import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import { until } from "../support/until.js";

function sweepdeck(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension("sweepdeck.sweepdeck");
  if (found === undefined) throw new Error("the extension is not installed here");
  return found;
}

describe("activation", () => {
  it("happens by itself where the workspace has a sweep.yaml", async () => {
    await until("the extension is active", () => sweepdeck().isActive);
  });

  it("evaluates the front door and nothing of engine, parser or panel", () => {
    const meta = path.join(sweepdeck().extensionPath, "dist/meta/extension.json");
    const { inputs } = JSON.parse(readFileSync(meta, "utf8"));
    expect(Object.keys(inputs)).to.have.members([
      "src/extension.ts",
      "src/editor/commands.ts",
      "src/editor/known-folders.ts",
      "src/language/outline.ts",
      "src/language/sweep-document.ts",
    ]);
  });

  it("registers every command of the manifest", async () => {
    const { contributes } = sweepdeck().packageJSON;
    const manifest: string[] = contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    expect(await vscode.commands.getCommands(true)).to.include.members(manifest);
  });
});
