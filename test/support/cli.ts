/**
 * The command line as a person has it: the bundled program, run as a process of its own in a folder
 * with a sweep file and a script.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildAt } from "../../scripts/build.mjs";
import type { TrialRecord } from "../../src/study/export.js";
import { kill } from "./run-study.js";

const root = path.resolve(import.meta.dirname, "../..");

let built: Promise<string> | undefined;

/** The command line as it is shipped, with the runner beside it, built once a test process. */
export function cliFile(): Promise<string> {
  built ??= (async () => {
    const home = mkdtempSync(path.join(tmpdir(), "sweepdeck-cli-"));
    process.once("exit", () => rmSync(home, { recursive: true, force: true }));
    writeFileSync(path.join(home, "package.json"), '{"type": "module"}');
    symlinkSync(path.join(root, "media"), path.join(home, "media"));
    const dist = path.join(home, "dist");
    await Promise.all([buildAt("cli", dist), buildAt("runner", dist)]);
    return path.join(dist, "cli.js");
  })();
  return built;
}

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  /** Put over this process's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A folder of the desk. */
  readonly cwd?: string;
}

/** What `show --json` prints. */
export interface Shown {
  readonly study: string;
  readonly metric: { readonly name: string; readonly goal: string } | null;
  readonly trials: readonly TrialRecord[];
}

/** A temporary folder in which the command line is used. */
export class Desk implements Disposable {
  /** Without links, as the programs themselves see it. */
  readonly folder: string;
  readonly #children: ChildProcess[] = [];

  constructor(
    files: Readonly<Record<string, string>>,
    folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-desk-")),
  ) {
    this.folder = realpathSync(folder);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), "utf8");
  }

  /** The lines of a file; none where there is no file. */
  lines(name: string): readonly string[] {
    try {
      return this.read(name).split("\n").slice(0, -1);
    } catch {
      return [];
    }
  }

  async start(argv: readonly string[], options: StartOptions = {}): Promise<Started> {
    const child = spawn(process.execPath, [await cliFile(), ...argv], {
      cwd: path.join(this.folder, options.cwd ?? ""),
      env: { ...process.env, ...quietEnvironment, DESK: this.folder, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#children.push(child);
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.stderr += text;
    });
    return {
      child,
      pid: child.pid ?? 0,
      stdout: () => printed.stdout,
      stderr: () => printed.stderr,
      ended: new Promise((resolve) => child.once("close", (code) => resolve({ code, ...printed }))),
    };
  }

  async run(argv: readonly string[], options: StartOptions = {}): Promise<Ended> {
    return await (await this.start(argv, options)).ended;
  }

  async show(study = "latest", options: StartOptions = {}): Promise<Shown> {
    const shown = await this.run(["show", study, "--json"], options);
    if (shown.code !== 0) throw new Error(shown.stderr);
    return JSON.parse(shown.stdout);
  }

  /** The folder of a study of the sweep file in the desk itself. */
  study(name: string): string {
    return path.join(this.folder, ".sweepdeck", name);
  }

  /** Ends what a failed test left behind, and removes the folder. */
  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill("SIGKILL");
    for (const pid of processesOf(this.folder)) kill(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/** Nothing of the machine that the tests run on decides what they see. */
const quietEnvironment = {
  VIRTUAL_ENV: undefined,
  CONDA_PREFIX: undefined,
  CUDA_VISIBLE_DEVICES: undefined,
  NODE_OPTIONS: undefined,
};

/** The values that a program printed as JSON, one a line; throws where anything else stands there. */
export function jsonLines(stdout: string): readonly Record<string, unknown>[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** Runners and trials: their command line names the study's folder, or their environment does. */
export function processesOf(folder: string): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      const text =
        readFileSync(`/proc/${name}/cmdline`, "utf8") +
        readFileSync(`/proc/${name}/environ`, "utf8");
      return text.includes(folder) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** The runners that serve the slots of a study now. */
export function runnersOf(studyDirectory: string): readonly number[] {
  return processesOf(path.dirname(studyDirectory)).filter((pid) => {
    try {
      const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return argv.includes(studyDirectory) && argv.some((word) => word.endsWith("runner.js"));
    } catch {
      return false;
    }
  });
}

/**
 * A script for /bin/sh that notes its start as `<trial folder>/attempts/<attempt>` in `starts`, one
 * line a launch, and then does what the test says. It finds the desk as $DESK.
 */
export function script(body: string): string {
  return `echo "\${SWEEPDECK_ATTEMPT_DIR##*/trials/}" >>"$DESK/starts"\n${body}\n`;
}

/** For scripts that are to run until the test writes the file `go` into the desk. */
export const untilGo = 'while [ ! -e "$DESK/go" ]; do sleep 0.02; done';

/** A sweep that runs `train.sh` with its parameters as arguments; `more` are further lines of YAML. */
export function shellSweep(more: string): string {
  return `program: train.sh\ncommand: [/bin/sh, "\${program}", "\${args}"]\n${more}\n`;
}
