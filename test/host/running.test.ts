import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import type { StudyView } from "../../src/study/study-view.js";
import { answering } from "../support/answering.js";
import { hasCome, makeSweep } from "../support/host-sweep.js";
import { until } from "../support/until.js";

function running(study: StudyView): readonly number[] {
  return study.trials.filter(({ state }) => state === "running").map(({ number }) => number);
}

describe("running a sweep", () => {
  it("runs every trial once, in a task for each slot, and journals what they measured", async () => {
    const sweep = makeSweep("end-to-end", { digits: [3, 9, 5, 7], slots: 2 });
    const started: string[] = [];
    const listening = vscode.tasks.onDidStartTask(({ execution }) =>
      started.push(execution.task.name),
    );
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const study = await sweep.study("the sweep is finished", hasCome("finished"));
    listening.dispose();
    expect(study.trials.map(({ state, value }) => [state, value])).to.deep.equal([
      ["complete", 0.3],
      ["complete", 0.9],
      ["complete", 0.5],
      ["complete", 0.7],
    ]);
    expect(study.trials.map(({ reports }) => reports.length)).to.deep.equal([2, 2, 2, 2]);
    expect(sweep.starts()).to.deep.equal(["0", "1", "2", "3"]);
    expect(started).to.have.members(["CPU 0 · end-to-end-1", "CPU 1 · end-to-end-1"]);
  });

  it("saves the sweep file that is run, and runs what was typed", async () => {
    const sweep = makeSweep("unsaved", { digits: [1], slots: 1 });
    const document = await vscode.workspace.openTextDocument(sweep.uri);
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(document.getText().indexOf("[1]") + 1);
    edit.insert(sweep.uri, at, "8, ");
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const study = await sweep.study("the sweep is finished", hasCome("finished"));
    expect(document.isDirty).to.equal(false);
    expect(study.trials.map(({ value }) => value)).to.deep.equal([0.8, 0.1]);
  });

  it("makes one study of two clicks", async () => {
    const sweep = makeSweep("clicked-twice", { digits: [1, 2], slots: 1 });
    await Promise.all([1, 2].map(() => vscode.commands.executeCommand("sweepdeck.run", sweep.uri)));
    await sweep.study("the sweep is finished", hasCome("finished"));
    expect(sweep.studies().map(({ file }) => file.name)).to.deep.equal(["clicked-twice-1"]);
    expect(sweep.starts()).to.deep.equal(["0", "1"]);
  });

  it("creates nothing from a file with errors, and says where the first is", async () => {
    const sweep = makeSweep("broken", { digits: [1], slots: 1 });
    const document = await vscode.workspace.openTextDocument(sweep.uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(sweep.uri, new vscode.Position(0, 0), "metod: grid\nmethod: gird\n");
    await vscode.workspace.applyEdit(edit);
    using answers = answering();
    await vscode.commands.executeCommand("sweepdeck.run", document.uri);
    await until("it is said", () => answers.asked.length > 0);
    expect(answers.asked.join()).to.match(/sweep\.yaml, line \d+/);
    expect(sweep.studies()).to.deep.equal([]);
  });

  it("pauses when the running trials have ended, and goes on when resumed", async () => {
    const sweep = makeSweep("pausing", { digits: [1, 2, 3], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const { directory } = await sweep.study("a trial runs", (study) => running(study).length > 0);
    await until("it has started", () => sweep.starts().length === 1);
    await vscode.commands.executeCommand("sweepdeck.pause", { study: directory });
    sweep.go();
    const paused = await sweep.study("it is paused", hasCome("paused"));
    expect(paused.trials.map(({ state }) => state)).to.deep.equal(["complete"]);
    expect(paused.state?.reason).to.equal("paused by the editor");
    await vscode.commands.executeCommand("sweepdeck.resume", { study: directory });
    const finished = await sweep.study("it is finished", hasCome("finished"));
    expect(finished.trials.map(({ value }) => value)).to.deep.equal([0.1, 0.2, 0.3]);
    expect(sweep.starts()).to.deep.equal(["0", "1", "2"]);
  });

  it("stops the trials and the sweep once the reader has agreed", async () => {
    const sweep = makeSweep("stopping", { digits: [1, 2, 3], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const { directory } = await sweep.study("a trial runs", (study) => running(study).length > 0);
    await until("it has started", () => sweep.starts().length === 1);
    using answers = answering("Stop");
    await vscode.commands.executeCommand("sweepdeck.stop", { study: directory });
    expect(answers.asked).to.deep.equal(["Stop stopping-1?"]);
    const stopped = await sweep.study("it is interrupted", hasCome("interrupted"));
    expect(stopped.trials.map(({ state }) => state)).to.deep.equal(["stopped"]);
    expect(sweep.starts()).to.deep.equal(["0"]);
  });

  it("asks whether a study goes on as recorded when its file has changed", async () => {
    const sweep = makeSweep("changed", { digits: [4], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const { directory } = await sweep.study("a trial runs", (study) => running(study).length > 0);
    await vscode.commands.executeCommand("sweepdeck.pause", { study: directory });
    sweep.go();
    await sweep.study("it is paused", hasCome("paused"));
    const document = await vscode.workspace.openTextDocument(sweep.uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(sweep.uri, document.positionAt(document.getText().indexOf("[4]") + 1), "6, ");
    await vscode.workspace.applyEdit(edit);
    using answers = answering("New Study");
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    expect(answers.asked).to.deep.equal(["sweep.yaml has changed since changed-1 began."]);
    const values = await until("the new study is finished", () => {
      const second = sweep.studies().find(({ file }) => file.name === "changed-2");
      return second?.state?.state === "finished" && second.trials.map(({ value }) => value);
    });
    expect(values).to.deep.equal([0.6, 0.4]);
  });

  it("ends the trial of a terminal that its user closes, and pauses when no slot is left", async () => {
    const sweep = makeSweep("closing", { digits: [1, 2], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const { directory } = await sweep.study("a trial runs", (study) => running(study).length > 0);
    await until("it has started", () => sweep.starts().length === 1);
    const terminal = await until("its terminal is there", () =>
      vscode.window.terminals.find(({ name }) => name.includes("closing-1")),
    );
    terminal.dispose();
    const paused = await sweep.study("it is paused", hasCome("paused"));
    expect(paused.trials.map(({ state, reason }) => [state, reason])).to.deep.equal([
      ["stopped", "its terminal was closed"],
    ]);
    expect(paused.state?.reason).to.include("closed with its terminal");
    const retired = readFileSync(path.join(directory, "slots/0/retired.json"), "utf8");
    expect(JSON.parse(retired).reason).to.equal("closed with its terminal");
  });

  it("runs nothing and creates nothing in Restricted Mode, and leads to where trust is given", async () => {
    const sweep = makeSweep("untrusted", { digits: [1], slots: 1 });
    using answers = answering();
    using _untrusted = untrusted();
    for (const command of ["run", "tryOne", "runNew"]) {
      await vscode.commands.executeCommand(`sweepdeck.${command}`, sweep.uri);
    }
    expect(answers.asked).to.have.lengthOf(3);
    expect(answers.asked[0]).to.match(/not trusted/);
    expect(answers.offered).to.include("Manage Workspace Trust");
    expect(sweep.studies()).to.deep.equal([]);
    expect(sweep.starts()).to.deep.equal([]);
  });
});

/** As the extension sees it; Workspace Trust itself is off in this storey. */
function untrusted(): Disposable {
  const before = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
  if (before === undefined) throw new Error("workspace.isTrusted is a property of its own");
  Object.defineProperty(vscode.workspace, "isTrusted", { ...before, get: () => false });
  return {
    [Symbol.dispose]: () => Object.defineProperty(vscode.workspace, "isTrusted", before),
  };
}
