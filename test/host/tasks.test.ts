import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as vscode from "vscode";
import { createLog } from "../../src/editor/log.js";
import { createTasks } from "../../src/editor/tasks.js";
import { makeSweep } from "../support/host-sweep.js";
import { until } from "../support/until.js";

const home = "/nowhere/dist";

function folder(): vscode.WorkspaceFolder {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) throw new Error("the host storey opens a folder");
  return first;
}

/** As VS Code asks: with a definition, and nothing of how to run it. */
async function resolved(definition: Record<string, unknown>): Promise<vscode.Task | undefined> {
  const channel = vscode.window.createOutputChannel("tasks test", { log: true });
  try {
    const tasks = createTasks(home, createLog(channel));
    const asked = new vscode.Task(
      { type: "sweepdeck", ...definition },
      folder(),
      "GPU 0 · digits",
      "Sweepdeck",
    );
    const { token } = new vscode.CancellationTokenSource();
    return (await tasks.resolveTask(asked, token)) ?? undefined;
  } finally {
    channel.dispose();
  }
}

function processOf(task: vscode.Task | undefined): vscode.ProcessExecution {
  if (!(task?.execution instanceof vscode.ProcessExecution)) throw new Error("no process");
  return task.execution;
}

describe("the tasks of a workspace", () => {
  it("are its sweeps, run as the command line runs them, and never slots or trials", async () => {
    const sweep = makeSweep("listed", { digits: [1], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    await until("a slot runs", () => sweep.starts().length === 1);
    const tasks = await vscode.tasks.fetchTasks({ type: "sweepdeck" });
    sweep.go();
    await sweep.study("the sweep is finished", ({ state }) => state?.state === "finished");
    const definitions = tasks.map(({ definition: { type, ...rest } }) => rest);
    expect(definitions).to.deep.include({ sweep: "listed/sweep.yaml" });
    expect(definitions.flatMap(Object.keys)).not.to.include.members(["slot"]);
    const listed = tasks.find(({ definition }) => definition["sweep"] === "listed/sweep.yaml");
    expect(processOf(listed).args.slice(1)).to.deep.equal(["run", sweep.uri.fsPath]);
    expect(processOf(listed).options?.cwd).to.equal(sweep.folder);
  });

  it("run and try a sweep that a tasks.json names", async () => {
    const run = processOf(await resolved({ sweep: "sweep.yaml" }));
    expect(run.process).to.equal(process.execPath);
    expect(run.options?.env).to.deep.equal({ ELECTRON_RUN_AS_NODE: "1" });
    const sweepFile = path.join(folder().uri.fsPath, "sweep.yaml");
    expect(run.args).to.deep.equal([`${home}/cli.js`, "run", sweepFile]);
    const attempt = processOf(await resolved({ sweep: "sweep.yaml", try: true }));
    expect(attempt.args).to.deep.equal([`${home}/cli.js`, "try", sweepFile]);
  });

  it("give a slot back while its runner lives, in the background, and afterwards nothing", async () => {
    const sweep = makeSweep("given-back", { digits: [1], slots: 1, gated: true });
    await vscode.commands.executeCommand("sweepdeck.run", sweep.uri);
    await until("a slot runs", () => sweep.starts().length === 1);
    const definition = {
      sweep: "given-back/sweep.yaml",
      study: "given-back/.sweepdeck/given-back-1",
      slot: 0,
    };
    const slot = await resolved(definition);
    const study = path.join(folder().uri.fsPath, definition.study);
    expect(processOf(slot).args).to.deep.equal([`${home}/runner.js`, study, "0"]);
    expect(slot?.isBackground).to.equal(true);
    expect(slot?.presentationOptions.reveal).to.equal(vscode.TaskRevealKind.Never);
    expect(await resolved({ ...definition, slot: 1 })).to.equal(undefined);
    sweep.go();
    await sweep.study("the sweep is finished", ({ state }) => state?.state === "finished");
    await until("its runner is gone", async () => (await resolved(definition)) === undefined);
  });

  it("are resolved without a trace: nothing is started, nothing is written", async () => {
    const sweep = makeSweep("resolved", { digits: [1], slots: 1 });
    const before = readdirSync(sweep.folder, { recursive: true });
    const executions = vscode.tasks.taskExecutions.length;
    await resolved({ sweep: "resolved/sweep.yaml" });
    await resolved({ sweep: "resolved/sweep.yaml", study: "resolved/.sweepdeck/gone", slot: 0 });
    expect(readdirSync(sweep.folder, { recursive: true })).to.have.members(before);
    expect(vscode.tasks.taskExecutions).to.have.lengthOf(executions);
  });

  it("are nothing where the definition names no sweep", async () => {
    expect(await resolved({ study: "digits-1", slot: 0 })).to.equal(undefined);
  });
});
