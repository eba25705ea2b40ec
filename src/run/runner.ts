/**
 * The program that runs trials, in a terminal of the editor or detached from the command line:
 *
 *     runner STUDY_DIRECTORY SLOT    serves a slot of a study
 *     runner --once ATTEMPT_DIRECTORY    runs one prepared attempt and exits as its script did
 *
 * `--quiet` shows no output of trials, `--grace-ms N` and `--idle-ms N` change how long a trial has
 * to end by itself and how long the runner waits for a conductor.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { writeStop } from "./attempt.js";
import { runAttempt } from "./attemptRun.js";
import { endLine, headerLine } from "./headline.js";
import { defaultGraceMs } from "./processTree.js";
import { createSlotRunner } from "./slotRunner.js";
import { createTerminal, makeNonBlocking, type Terminal } from "./terminal.js";
import { createWake, type Wake } from "./wake.js";

const usage =
  "usage: runner [--quiet] [--grace-ms N] [--idle-ms N] STUDY_DIRECTORY SLOT\n" +
  "       runner [--quiet] [--grace-ms N] --once ATTEMPT_DIRECTORY\n";

const defaultIdleMs = 30_000;
/** How long the end of a runner waits for a terminal that takes nothing. */
const flushLimitMs = 2_000;

interface Settings {
  readonly quiet: boolean;
  readonly graceMs: number;
  readonly idleMs: number;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      once: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      "grace-ms": { type: "string", default: String(defaultGraceMs) },
      "idle-ms": { type: "string", default: String(defaultIdleMs) },
    },
  });
  const settings: Settings = {
    quiet: values.quiet,
    graceMs: Number(values["grace-ms"]),
    idleMs: Number(values["idle-ms"]),
  };
  const [directory, slot] = positionals;
  const wantsSlot = !values.once;
  if (directory === undefined || wantsSlot !== (slot !== undefined)) throw new Error(usage);
  if (wantsSlot && !/^\d+$/.test(slot ?? "")) throw new Error(usage);

  // A closed window or a dead pty ends nothing.
  process.on("SIGHUP", () => undefined);
  process.stderr.on("error", () => undefined);
  makeNonBlocking(process.stdout);
  using wake = createWake();
  const terminal = createTerminal({
    stream: process.stdout,
    hasColour: process.stdout.isTTY && process.env.NO_COLOR === undefined,
    marksCommands: process.stdout.isTTY && process.env.TERM_PROGRAM === "vscode",
    onReady: wake.hint,
  });
  const code = wantsSlot
    ? await serveSlot(path.resolve(directory), Number(slot), terminal, wake, settings)
    : await runOnce(path.resolve(directory), terminal, wake, settings);
  await terminal.flush(flushLimitMs);
  return code;
}

async function serveSlot(
  studyDirectory: string,
  slot: number,
  terminal: Terminal,
  wake: Wake,
  { quiet, graceMs, idleMs }: Settings,
): Promise<number> {
  const runner = createSlotRunner({
    studyDirectory,
    slot,
    terminal,
    showsOutput: !quiet,
    wake,
    graceMs,
    idleMs,
  });
  process.on("SIGINT", runner.interrupt);
  process.on("SIGTERM", runner.interrupt);
  await runner.serve();
  return 0;
}

async function runOnce(
  attemptDirectory: string,
  terminal: Terminal,
  wake: Wake,
  { quiet, graceMs }: Settings,
): Promise<number> {
  let interruptions = 0;
  const interrupt = (signal: NodeJS.Signals) => {
    interruptions += 1;
    const reason = `ended by ${signal === "SIGINT" ? "Ctrl-C" : signal} in its terminal`;
    writeStop(attemptDirectory, {
      mode: interruptions === 1 ? "interrupt" : "kill",
      by: "terminal",
      reason,
    });
    wake.hint();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const trialDirectory = path.resolve(attemptDirectory, "../..");
  const title = path.basename(trialDirectory);
  const end = await runAttempt({
    attemptDirectory,
    slot: 0,
    terminal: quiet ? undefined : terminal,
    wake,
    graceMs,
    onClaimed: (command) =>
      terminal.line(headerLine(title, trialDirectory, command?.slot), "header"),
  });
  if (end === undefined) {
    terminal.line("── Somebody else has this attempt already.", "warning");
    return 1;
  }
  terminal.line(endLine(title, end));
  return end.code ?? 1;
}

main().then(
  // Timers and watches of a blocked terminal must not keep a runner that has ended.
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(error instanceof Error ? `${error.message}\n` : `${String(error)}\n`);
    process.exit(2);
  },
);
