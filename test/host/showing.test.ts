import { expect } from "chai";
import * as vscode from "vscode";
import { createLog } from "../../src/editor/log.js";
import { Studies } from "../../src/editor/studies.js";
import { type StudyNode, StudyTree } from "../../src/editor/study-tree.js";
import type { StudyView } from "../../src/study/study-view.js";
import { answering } from "../support/answering.js";
import { makeSweep } from "../support/host-sweep.js";
import { until } from "../support/until.js";

const isFinished = (study: StudyView) => study.state?.state === "finished";

async function finishedStudy(name: string, digits: readonly number[]): Promise<string> {
  const sweep = makeSweep(name, { digits, slots: 1 });
  await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
  return (await sweep.study("it is finished", isFinished)).directory;
}

async function shownText(what: string): Promise<string> {
  return until(what, () => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === "sweepdeck" && document.getText();
  });
}

describe("showing a study", () => {
  it("opens two trials in VS Code's own diff editor, as YAML", async () => {
    const study = await finishedStudy("diffed", [1, 2]);
    await vscode.commands.executeCommand("sweepdeck.openDiff", { study, trials: [0, 1] });
    const input = await until("the diff is open", () => {
      const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return shown instanceof vscode.TabInputTextDiff && shown;
    });
    const [left, right] = await Promise.all(
      [input.original, input.modified].map(async (uri) =>
        (await vscode.workspace.openTextDocument(uri)).getText(),
      ),
    );
    expect(left).to.include("digit: 1").and.include("score: 0.1");
    expect(right).to.include("digit: 2").and.include("score: 0.2");
  });

  it("reads the leaderboard to those who hear it, the best first", async () => {
    const study = await finishedStudy("heard", [3, 8]);
    await vscode.commands.executeCommand("sweepdeck.openAsText", { study });
    const text = await shownText("the text is open");
    expect(text.split("\n")[2]).to.match(/^Rank 1, trial 1: completed; score 0\.8/);
    expect(text.split("\n")[3]).to.match(/^Rank 2, trial 0: completed; score 0\.3/);
  });

  it("previews the configurations that a sweep will try, in their order", async () => {
    const sweep = makeSweep("previewed", { digits: [4, 6], slots: 1 });
    await vscode.commands.executeCommand("sweepdeck.preview", sweep.uri);
    const text = await shownText("the preview is open");
    expect(text).to.equal(
      "# The first 2 of 2 configurations, as seed 1 draws them.\n" +
        "--- # 1\ndigit: 4\n--- # 2\ndigit: 6\n",
    );
  });

  it("opens what a trial has printed", async () => {
    const study = await finishedStudy("logged", [5]);
    await vscode.commands.executeCommand("sweepdeck.openLog", { study, trial: 0 });
    const text = await until("the log is open", () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.fileName.endsWith("output.log") && document.getText();
    });
    expect(text).to.equal("step=0 score=0.5\nstep=1 score=0.5\n");
  });

  it("lists studies with their best trials in the tree", async () => {
    const key = await finishedStudy("listed-in-tree", [2, 9]);
    const channel = vscode.window.createOutputChannel("tree test", { log: true });
    const forgetting = { get: () => undefined, keys: () => [], update: async () => undefined };
    const studies = new Studies({
      log: createLog(channel),
      memory: forgetting,
      conducted: () => undefined,
    });
    const tree = new StudyTree(studies, createLog(channel));
    try {
      const isIt = ({ study }: StudyNode) => study === key;
      const node = await until("the study is found", () => tree.getChildren().find(isIt));
      expect(tree.getTreeItem(node).description).to.equal("2/2 · best 0.9000 · finished");
      const trials = tree.getChildren(node).map((child) => tree.getTreeItem(child));
      expect(trials.map(({ label, description }) => [label, description])).to.deep.equal([
        ["Trial 1", "0.9000 · digit 9"],
        ["Trial 0", "0.2000 · digit 2"],
      ]);
    } finally {
      tree.dispose();
      studies.dispose();
      channel.dispose();
    }
  });
});

describe("trying one configuration", () => {
  it("runs it outside of any study, and then offers to run the sweep", async () => {
    const sweep = makeSweep("tried", { digits: [1, 2], slots: 1 });
    using answers = answering();
    await vscode.commands.executeCommand("sweepdeck.tryOne", sweep.uri);
    await until("it is offered", () => answers.asked.length > 0);
    expect(answers.asked[0]).to.include("One configuration of sweep.yaml ran");
    expect(answers.offered).to.deep.equal(["Run Sweep"]);
    expect(sweep.studies()).to.deep.equal([]);
    expect(sweep.starts()).to.have.lengthOf(1);
  });
});
