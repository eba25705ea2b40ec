/**
 * The tasks of type `sweepdeck`: one for each slot of a study, one that runs a sweep as the command
 * line does, one that tries a single configuration.
 *
 * A task of VS Code is where a slot's runner shows itself and nothing more: files say what runs, so
 * nothing here waits for a task's events, and no trial is ever ended by terminating one.
 */
import path from "node:path";
import * as vscode from "vscode";
import * as z from "zod";
import type { RunnerStart } from "../engine/front-door.js";
import { liveRunner, slotDirectoryOf } from "../run/slotFiles.js";
import type { Log } from "./log.js";
import { pythonFor, pythonSetting } from "./python.js";
import { findSweeps } from "./sweep-files.js";

export const taskType = "sweepdeck";
const source = "Sweepdeck";

/** VS Code tells tasks apart by the properties that the manifest declares, and drops all others. */
const definitionSchema = z.object({
  sweep: z.string(),
  study: z.optional(z.string()),
  slot: z.optional(z.int()),
  try: z.optional(z.boolean()),
});
type Definition = z.infer<typeof definitionSchema>;

const endLimitMs = 2000;

export interface SweepTasks extends vscode.TaskProvider {
  /**
   * Has the runner of a slot started in a task of its own, unless that task runs. Resolves when it has
   * ended, with how: or never, for a task of a window that died is never said to end.
   */
  startSlot(start: RunnerStart, sweepFile: string): Promise<string>;
  /** Runs one configuration as the command line's `try`; resolves with its exit code, undefined where it was ended. */
  tryOne(sweepFile: string): Promise<number | undefined>;
}

/** @param home the folder of `cli.js` and `runner.js` */
export function createTasks(home: string, log: Log): SweepTasks {
  return {
    async provideTasks() {
      const found = await findSweeps();
      return found.map(({ fsPath }) => {
        const { scope, relative } = placeOf(fsPath);
        return newTask({
          definition: { sweep: relative },
          scope,
          name: `Run · ${relative}`,
          execution: commandLine(home, "run", fsPath, pythonSetting(fsPath)),
        });
      });
    },

    resolveTask: (task) => resolved(task, home),

    async startSlot(start, sweepFile) {
      const task = slotTask(start, sweepFile);
      const running = await stillRunning(task.definition);
      if (running !== undefined) log.channel.debug(`The task of ${task.name} is there already.`);
      const code = await exitCode(running ?? (await vscode.tasks.executeTask(task)));
      return code === undefined ? "its task was ended" : `exit ${code}`;
    },

    async tryOne(sweepFile) {
      const { setting, chosen } = await pythonFor(sweepFile);
      const { scope, relative } = placeOf(sweepFile);
      const task = newTask({
        definition: { sweep: relative, try: true },
        scope,
        name: `Try One · ${relative}`,
        execution: commandLine(home, "try", sweepFile, setting ?? chosen),
      });
      task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, echo: false };
      return exitCode(await vscode.tasks.executeTask(task));
    },
  };
}

/**
 * Called for the entries of a tasks.json merely to list them, and after a reload for every background
 * task that VS Code remembers, ended ones too, which it would then start again. So this starts
 * nothing, and gives a slot's task back only while the slot's runner lives.
 */
function resolved(task: vscode.Task, home: string): vscode.Task | undefined {
  const parsed = definitionSchema.safeParse(task.definition);
  if (!parsed.success) return undefined;
  const definition = parsed.data;
  const base = folderOf(task.scope)?.uri.fsPath;
  if (base === undefined && !path.isAbsolute(definition.sweep)) return undefined;
  const sweepFile = path.resolve(base ?? "/", definition.sweep);
  const again = (execution: vscode.ProcessExecution) => {
    // VS Code accepts a task only with the very definition that it asked about.
    const { scope } = task;
    return new vscode.Task(
      task.definition,
      scope ?? vscode.TaskScope.Workspace,
      task.name,
      source,
      execution,
      [],
    );
  };
  if (definition.study === undefined || definition.slot === undefined) {
    const verb = definition.try === true ? "try" : "run";
    return again(commandLine(home, verb, sweepFile, pythonSetting(sweepFile)));
  }
  const studyDirectory = path.resolve(base ?? "/", definition.study);
  if (liveRunner(slotDirectoryOf(studyDirectory, definition.slot)) === undefined) return undefined;
  const runnerFile = path.join(home, "runner.js");
  return asSlot(again(runnerProcess(runnerFile, studyDirectory, definition.slot)));
}

function slotTask(start: RunnerStart, sweepFile: string): vscode.Task {
  const { scope, relative, base } = placeOf(sweepFile);
  const { studyDirectory, slot, runnerFile } = start;
  return asSlot(
    newTask({
      definition: { sweep: relative, study: within(base, studyDirectory), slot: slot.index },
      scope,
      name: `${slot.name} · ${path.basename(studyDirectory)}`,
      execution: runnerProcess(runnerFile, studyDirectory, slot.index),
    }),
  );
}

/** In the background, so that VS Code gives it back after a reload; shared, so that N slots need N terminals. */
function asSlot(task: vscode.Task): vscode.Task {
  task.isBackground = true;
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Never,
    panel: vscode.TaskPanelKind.Shared,
    echo: false,
    focus: false,
  };
  return task;
}

function newTask(parts: {
  readonly definition: Definition;
  readonly scope: vscode.WorkspaceFolder | vscode.TaskScope;
  readonly name: string;
  readonly execution: vscode.ProcessExecution;
}): vscode.Task {
  const definition = { type: taskType, ...parts.definition };
  // The empty list of matchers keeps VS Code from asking for one.
  return new vscode.Task(definition, parts.scope, parts.name, source, parts.execution, []);
}

function commandLine(
  home: string,
  verb: "run" | "try",
  sweepFile: string,
  python: string | undefined,
) {
  const choice = python === undefined ? [] : ["--python", python];
  const cli = path.join(home, "cli.js");
  return ownProgram(cli, [verb, sweepFile, ...choice], path.dirname(sweepFile));
}

/**
 * In the study's own folder: the runner enters the sweep's by itself, for with a folder that is
 * missing VS Code would neither start the task nor ever say so.
 */
function runnerProcess(runnerFile: string, studyDirectory: string, slot: number) {
  return ownProgram(runnerFile, [studyDirectory, String(slot)], studyDirectory);
}

/** `process.execPath` moves with every update of VS Code, so it is asked for each time and never kept. */
function ownProgram(file: string, args: readonly string[], cwd: string) {
  return new vscode.ProcessExecution(process.execPath, [file, ...args], {
    cwd,
    env: { ELECTRON_RUN_AS_NODE: "1" },
  });
}

interface SweepPlace {
  readonly scope: vscode.WorkspaceFolder | vscode.TaskScope;
  readonly base: string | undefined;
  /** The sweep file as the task's definition names it: from its workspace folder, else absolute. */
  readonly relative: string;
}

function placeOf(sweepFile: string): SweepPlace {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(sweepFile));
  const base = folder?.uri.fsPath;
  const scope = folder ?? vscode.TaskScope.Workspace;
  return { scope, base, relative: within(base, sweepFile) };
}

function within(base: string | undefined, file: string): string {
  return base === undefined ? file : path.relative(base, file);
}

function folderOf(scope: vscode.Task["scope"]): vscode.WorkspaceFolder | undefined {
  if (typeof scope === "object") return scope;
  const [first, second] = vscode.workspace.workspaceFolders ?? [];
  return second === undefined ? first : undefined;
}

/**
 * The task of this definition, where it runs and goes on running: that one has ended comes a quarter
 * of a second late, and a second instance beside a first would have VS Code ask a question.
 */
async function stillRunning(
  definition: vscode.TaskDefinition,
): Promise<vscode.TaskExecution | undefined> {
  const same = vscode.tasks.taskExecutions.find(({ task }) => isSame(task.definition, definition));
  if (same === undefined) return undefined;
  const ended = await eventWithin(
    vscode.tasks.onDidEndTask,
    ({ execution }) => execution === same,
    endLimitMs,
  );
  return ended === undefined ? same : undefined;
}

function isSame(a: vscode.TaskDefinition, b: vscode.TaskDefinition): boolean {
  return (
    a.type === b.type &&
    a["sweep"] === b["sweep"] &&
    a["study"] === b["study"] &&
    a["slot"] === b["slot"]
  );
}

/** Waits for the end of a task, which VS Code tells by either of two events. */
function exitCode(execution: vscode.TaskExecution): Promise<number | undefined> {
  return new Promise((resolve) => {
    const settle = (code: number | undefined) => {
      processEnd.dispose();
      taskEnd.dispose();
      resolve(code);
    };
    const processEnd = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution === execution) settle(event.exitCode);
    });
    const taskEnd = vscode.tasks.onDidEndTask((event) => {
      if (event.execution === execution) settle(undefined);
    });
  });
}

/** Undefined where no such event comes in time. */
function eventWithin<Event>(
  event: vscode.Event<Event>,
  isIt: (event: Event) => boolean,
  limitMs: number,
): Promise<Event | undefined> {
  return new Promise((resolve) => {
    const settle = (found: Event | undefined) => {
      clearTimeout(timer);
      listener.dispose();
      resolve(found);
    };
    const timer = setTimeout(() => settle(undefined), limitMs);
    const listener = event((fired) => {
      if (isIt(fired)) settle(fired);
    });
  });
}
