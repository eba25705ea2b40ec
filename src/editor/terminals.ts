/**
 * The terminals in which slots show themselves.
 *
 * A runner's pid is in its slot's file, and a terminal knows the pid of its process: that is how the
 * two are told to belong together, after a reload and the death of an extension host too.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { attemptDirectoryOf, readAttempt, writeStop } from "../run/attempt.js";
import { liveRunner, readAssignment, retireSlot, slotDirectoryOf } from "../run/slotFiles.js";
import { errorCode } from "../study/files.js";
import type { Log } from "./log.js";
import type { Studies } from "./studies.js";

export interface ServingSlot {
  readonly study: string;
  readonly directory: string;
}

/** The slot that the process serves, among those of a study; undefined where it serves none. */
function slotServedBy(study: string, pid: number): ServingSlot | undefined {
  for (const slot of slotNumbers(study)) {
    const directory = slotDirectoryOf(study, slot);
    if (liveRunner(directory)?.pid === pid) return { study, directory };
  }
  return undefined;
}

/** The terminal that shows a trial's slot; undefined where no terminal of this window does. */
export async function terminalOf(
  study: string,
  trial: number,
): Promise<vscode.Terminal | undefined> {
  for (const slot of slotNumbers(study)) {
    const directory = slotDirectoryOf(study, slot);
    const assignment = readAssignment(directory);
    if (assignment?.do !== "run" || assignment.trial !== trial) continue;
    const runner = liveRunner(directory);
    for (const terminal of vscode.window.terminals) {
      if (runner !== undefined && (await terminal.processId) === runner.pid) return terminal;
    }
  }
  return undefined;
}

/**
 * A terminal that its user ends while this host lives ends what runs in it: its trial is stopped, and
 * its slot takes no more. The runner ignores the hang-up itself, because a window that closes or
 * reloads, and a host that dies, must end nothing.
 */
export function watchTerminals(studies: Studies, log: Log): vscode.Disposable {
  return vscode.window.onDidCloseTerminal((terminal) => {
    if (terminal.exitStatus?.reason === vscode.TerminalExitReason.Shutdown) return;
    log.handOver("Closing a slot with its terminal", closeSlot(terminal, studies, log));
  });
}

async function closeSlot(terminal: vscode.Terminal, studies: Studies, log: Log): Promise<void> {
  const pid = await terminal.processId;
  if (pid === undefined) return;
  for (const { key } of studies.all) {
    const slot = slotServedBy(key, pid);
    if (slot === undefined) continue;
    log.channel.info(`${slot.directory} is retired: its terminal was closed.`);
    retireSlot(slot.directory, "closed with its terminal");
    stopTrialOf(slot.directory);
    studies.hint(key);
  }
}

function stopTrialOf(slotDirectory: string): void {
  const assignment = readAssignment(slotDirectory);
  if (assignment?.do !== "run") return;
  const { state } = readAttempt(assignment);
  if (state !== "running" && state !== "starting") return;
  writeStop(attemptDirectoryOf(assignment), {
    mode: "interrupt",
    by: "terminal",
    reason: "its terminal was closed",
  });
}

function slotNumbers(study: string): readonly number[] {
  try {
    const names = readdirSync(path.join(study, "slots"));
    return names.map(Number).filter((slot) => Number.isInteger(slot));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}
