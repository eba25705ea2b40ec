/**
 * Serves one slot of a study: takes one attempt after another from `next.json`, until it is told to
 * end, its slot is retired, or no conductor has been there for long.
 */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { readTextIfThere } from "../study/files.js";
import { thisProcess } from "../study/process.js";
import { writeStop } from "./attempt.js";
import { runAttempt } from "./attemptRun.js";
import { endLine, headerLine } from "./headline.js";
import {
  type Assignment,
  enrol,
  newestRunner,
  readAssignment,
  readRetirement,
  retireSlot,
  slotDirectoryOf,
} from "./slotFiles.js";
import type { Terminal } from "./terminal.js";
import type { Wake } from "./wake.js";

export interface SlotRunnerOptions {
  readonly studyDirectory: string;
  readonly slot: number;
  readonly terminal: Terminal;
  /** Whether the trials' output is shown too, and not only kept in their logs. */
  readonly showsOutput: boolean;
  readonly wake: Wake;
  readonly graceMs: number;
  /** How long the heartbeat may stand still while nothing runs. */
  readonly idleMs: number;
}

export interface SlotRunner {
  /** Resolves when the slot is no longer served. */
  serve(): Promise<void>;
  /** The user ends the slot from its terminal: its trial by grace, or at once when asked again. */
  interrupt(signal: NodeJS.Signals): void;
}

const lookEveryMs = 60;
/** How often the slower questions are asked: is there a conductor, has another runner come. */
const checkEveryMs = 1_000;

export function createSlotRunner(options: SlotRunnerOptions): SlotRunner {
  const directory = slotDirectoryOf(options.studyDirectory, options.slot);
  const { terminal, wake } = options;
  let running: string | undefined;
  let interruptions = 0;

  const interrupt = (signal: NodeJS.Signals) => {
    interruptions += 1;
    const reason = `ended by ${signal === "SIGINT" ? "Ctrl-C" : signal} in its terminal`;
    // Where the study is gone there is nothing to close, and the runner is about to end by itself.
    if (existsSync(directory)) retireSlot(directory, reason);
    if (running !== undefined && existsSync(running)) {
      const mode = interruptions === 1 ? "interrupt" : "kill";
      writeStop(running, { mode, by: "terminal", reason });
      terminal.line(
        mode === "interrupt"
          ? "── Stopping: the trial may save its state and end; Ctrl-C again kills it"
          : "── Killing the trial",
        "warning",
      );
    }
    wake.hint();
  };

  const run = async (assignment: Extract<Assignment, { do: "run" }>) => {
    const { trial, attempt, trialDirectory } = assignment;
    running = path.join(trialDirectory, "attempts", String(attempt));
    try {
      const end = await runAttempt({
        attemptDirectory: running,
        slot: options.slot,
        terminal: options.showsOutput ? terminal : undefined,
        wake,
        graceMs: options.graceMs,
        onClaimed: (command) =>
          terminal.line(headerLine(`Trial ${trial}`, trialDirectory, command?.slot), "header"),
      });
      if (end !== undefined) terminal.line(endLine(`Trial ${trial}`, end));
    } catch (error) {
      // A full disk, most often. The trial's own files say what became of it; the slot goes on.
      terminal.line(`── Trial ${trial}: ${sentenceOf(error)}`, "warning");
    } finally {
      running = undefined;
    }
  };

  return {
    interrupt,
    async serve() {
      mkdirSync(directory, { recursive: true });
      const enrolment = enrol(directory);
      if (!enrolment.enrolled) {
        terminal.line(`── This slot is served already, by process ${enrolment.by.pid}.`);
        return;
      }
      using _watching = wake.watch(directory);
      const assignments = newAssignments(directory);
      const ending = endingOf(options, directory, enrolment.number);
      for (;;) {
        terminal.pump();
        const assignment = assignments();
        const reason = assignment?.do === "end" ? "The sweep needs it no longer." : ending();
        if (reason !== undefined) {
          terminal.line(`── Slot closed. ${reason}`);
          return;
        }
        if (assignment?.do === "run") {
          await run(assignment);
          ending.restart();
        } else {
          await wake.next(lookEveryMs);
        }
      }
    },
  };
}

/** Each assignment once; those of a conductor that was overtaken are left out. */
function newAssignments(directory: string): () => Assignment | undefined {
  let last: Assignment | undefined;
  return () => {
    const next = readAssignment(directory);
    if (next === undefined) return undefined;
    if (last !== undefined) {
      if (next.conductor < last.conductor) return undefined;
      if (next.conductor === last.conductor && next.sequence === last.sequence) return undefined;
    }
    last = next;
    return next;
  };
}

interface Ending {
  /** Why the slot is to be closed, as a sentence, by what the files say now. */
  (): string | undefined;
  /** Counts the conductor's silence from now. */
  restart(): void;
}

function endingOf(options: SlotRunnerOptions, directory: string, number: number): Ending {
  const heartbeat = path.join(options.studyDirectory, "heartbeat");
  let beat = readTextIfThere(heartbeat);
  let beatMs = performance.now();
  let checkedMs = Number.NEGATIVE_INFINITY;
  const ending = () => {
    if (!existsSync(directory)) return "Its study was moved or deleted.";
    const retirement = readRetirement(directory);
    if (retirement !== undefined) return `It was ${retirement}.`;
    const nowMs = performance.now();
    if (nowMs - checkedMs < Math.min(checkEveryMs, options.idleMs)) return undefined;
    checkedMs = nowMs;
    const newest = newestRunner(directory);
    if (newest !== undefined && newest.number > number) {
      return `Process ${newest.pid}${newest.host === thisProcess().host ? "" : ` on ${newest.host}`} serves it now.`;
    }
    const seen = readTextIfThere(heartbeat);
    if (seen !== beat) {
      beat = seen;
      beatMs = nowMs;
    }
    return nowMs - beatMs > options.idleMs
      ? `Nobody has conducted this sweep for ${Math.round(options.idleMs / 1000)} s; resume it to go on.`
      : undefined;
  };
  return Object.assign(ending, {
    restart: () => {
      beatMs = performance.now();
    },
  });
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
