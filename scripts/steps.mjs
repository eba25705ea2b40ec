/**
 * Long steps of the scripts, told while they run, and the child processes that they are made of.
 *
 * Like everything that runs before the first `npm ci`, this uses Node's own modules only.
 */
import { spawn } from "node:child_process";
import path from "node:path";

/** The folder that holds package.json. */
export const root = path.resolve(import.meta.dirname, "..");

const reminderMs = 10_000;
const worthTimingMs = 2_000;

/**
 * Says what begins, says that it goes on while it does, and how long it took where that was long.
 *
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const started = performance.now();
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  console.log(`${title} …`);
  const reminder = setInterval(() => console.log(`  … ${elapsed()}`), reminderMs);
  try {
    const result = await work();
    if (performance.now() - started > worthTimingMs) console.log(`  done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

/** An error whose message is meant for the reader as it stands, without a stack. */
export class PlainError extends Error {}

/**
 * Runs a program to its end, quietly, and returns what it printed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>}
 * @throws {PlainError} with all that the program printed, where it fails or is missing
 */
export function run(program, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    // npm and code are .cmd files on Windows, which only a shell starts.
    const child = spawn(program, args, { cwd, env, shell: process.platform === "win32" });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        printed += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(printed);
      else {
        const command = [program, ...args].join(" ");
        reject(new PlainError(`${command} ended with ${code ?? signal}:\n${printed.trim()}`));
      }
    });
  });
}

/**
 * Ends a script: a plain error is a sentence for the reader, any other is a defect with its stack.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
