#!/usr/bin/env node
/** The front door of the terminal: finds the command, runs it, and turns what it throws into words. */

import { askTellCommand } from "./cli/ask-tell.js";
import { type Command, type ExitCode, runCommand, Unusable } from "./cli/command.js";
import { convert } from "./cli/convert.js";
import { importance } from "./cli/importance.js";
import { best, diff, exportTrials, list, show } from "./cli/inspect.js";
import { printText, say } from "./cli/output.js";
import { preview } from "./cli/preview.js";
import { replay } from "./cli/replay.js";
import { resume, run } from "./cli/run.js";
import { schema } from "./cli/schema.js";
import { simulate } from "./cli/simulate.js";
import { stop } from "./cli/stop.js";
import { tryCommand } from "./cli/try.js";
import { validate } from "./cli/validate.js";
import { errorCode } from "./study/files.js";

const commands: readonly Command[] = [
  validate,
  preview,
  tryCommand,
  run,
  resume,
  list,
  show,
  best,
  diff,
  importance,
  exportTrials,
  replay,
  simulate,
  convert,
  stop,
  askTellCommand,
  schema,
];

async function main([name, ...argv]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    printText(help());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) {
    throw new Unusable(`There is no command ${name}. See: sweepdeck --help`);
  }
  return await runCommand(command, argv);
}

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Tune hyperparameters: run a sweep file here, with no account.

Usage: sweepdeck COMMAND …

${lines.join("\n")}

sweepdeck COMMAND --help says more.`;
}

/** What can be said of an error in a sentence: a folder that may not be written to, a full disk. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof Unusable) return error.message;
  if (!(error instanceof Error) || errorCode(error) === undefined || !("syscall" in error)) {
    return undefined;
  }
  return `The system refused it: ${error.message}.`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const sentence = sentenceOf(error);
  if (sentence === undefined) throw error;
  say(sentence);
  process.exitCode = 2;
}
