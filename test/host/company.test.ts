import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import { conductorOf } from "../../src/study/claim.js";
import { thisProcess } from "../../src/study/process.js";
import { answering } from "../support/answering.js";
import { type HostSweep, hasCome, makeSweep } from "../support/host-sweep.js";
import { until } from "../support/until.js";

function commandLine(...args: readonly string[]): ChildProcess {
  const cli = path.join(__dirname, "../cli.js");
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  return spawn(process.execPath, [cli, ...args], { env, stdio: "ignore" });
}

async function started(sweep: HostSweep): Promise<string> {
  await until("a trial has started", () => sweep.starts().length === 1);
  const { directory } = await sweep.study("it is journaled", ({ trials }) => trials.length > 0);
  return directory;
}

/** Another editor that conducted the study and is gone, as after a crash: this window is overtaken. */
function leaveToTheDead(directory: string): void {
  const number = (conductorOf(directory)?.number ?? 0) + 1;
  const record = {
    ...thisProcess(),
    pid: 4_000_000,
    number,
    program: "editor",
    at: new Date().toISOString(),
    released: false,
  };
  writeFileSync(path.join(directory, `conductor-${number}.json`), JSON.stringify(record));
}

describe("a study that another conducts", () => {
  it("is stopped from here by a request, and its conductor obeys", async () => {
    const sweep = makeSweep("by-cli", { digits: [1, 2], slots: 1, gated: true });
    const cli = commandLine("run", sweep.uri.fsPath);
    const exit = new Promise((resolve) => cli.once("exit", resolve));
    const directory = await started(sweep);
    using _agreeing = answering("Stop");
    await vscode.commands.executeCommand("sweepdeck.stop", { study: directory });
    await sweep.study("it is interrupted", hasCome("interrupted"));
    expect(await exit).to.equal(130);
    expect(conductorOf(directory)?.program).to.equal("cli");
  });

  it("is not taken from it without the reader's word", async () => {
    const sweep = makeSweep("held", { digits: [1], slots: 1, gated: true });
    const cli = commandLine("run", sweep.uri.fsPath);
    const exit = new Promise((resolve) => cli.once("exit", resolve));
    const directory = await started(sweep);
    using answers = answering();
    await vscode.commands.executeCommand("sweepdeck.resume", { study: directory });
    await until("it is said", () => answers.asked.length > 0);
    expect(answers.asked[0]).to.include(`the command line (pid ${cli.pid}) conducts it`);
    expect(answers.offered).to.deep.equal(["Take Over"]);
    sweep.go();
    expect(await exit).to.equal(0);
    expect(conductorOf(directory)?.program).to.equal("cli");
  });

  it("is taken over by the reader's word, with its trial running on", async () => {
    const sweep = makeSweep("taken", { digits: [1, 2], slots: 1, gated: true });
    commandLine("run", sweep.uri.fsPath);
    const directory = await started(sweep);
    await vscode.commands.executeCommand("sweepdeck.takeOver", { study: directory });
    expect(conductorOf(directory)?.program).to.equal("editor");
    sweep.go();
    const study = await sweep.study("it is finished", hasCome("finished"));
    expect(study.trials.map(({ state }) => state)).to.deep.equal(["complete", "complete"]);
    expect(sweep.starts()).to.deep.equal(["0", "1"]);
  });
});

describe("a study that an editor left running", () => {
  it("is taken up when its conductor is provably gone, and starts nothing twice", async () => {
    const sweep = makeSweep("orphan", { digits: [1, 2], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    const directory = await started(sweep);
    leaveToTheDead(directory);
    const dead = conductorOf(directory)?.number ?? 0;
    await vscode.commands.executeCommand("sweepdeck.openAsText", { study: directory });
    const text = () => vscode.window.activeTextEditor?.document.getText() ?? "";
    await until("nobody conducts it", () => text().includes("waiting to be resumed"));
    const other = makeSweep("beside-orphan", { digits: [1], slots: 1 });
    await vscode.workspace.openTextDocument(other.uri);
    await until("it is taken up", () => (conductorOf(directory)?.number ?? 0) > dead);
    sweep.go();
    await sweep.study("it is finished", hasCome("finished"));
    expect(sweep.starts()).to.deep.equal(["0", "1"]);
  });
});
