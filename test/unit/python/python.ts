/** Runs Python programs as trials see them: our folders on PYTHONPATH, nothing else from here. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
export const mediaFolder = path.join(root, "media/python");
export const hookFolder = path.join(mediaFolder, "hook");
export const digitsFolder = path.join(root, "examples/digits");

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly interpreter?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function startPython(
  args: readonly string[],
  { cwd, env, interpreter = "python3" }: Surroundings = {},
): ChildProcess {
  return spawn(interpreter, args, {
    cwd,
    // Bytecode would be written beside the sources under test.
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      PYTHONDONTWRITEBYTECODE: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });
}

export function runPython(args: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return ended(startPython(args, surroundings));
}
