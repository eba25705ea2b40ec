/** A study's folder with attempts to run, and real runners for it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import type { AttemptCommand } from "../../src/run/attempt.js";
import { attemptVariable } from "../../src/run/processTree.js";
import type { AttemptPlace } from "../../src/study/executor.js";
import { parseProcStat } from "../../src/study/process.js";

let bundled: string | undefined;

/** The runner as it is shipped, bundled once a test process. */
export function runnerFile(): string {
  if (bundled === undefined) {
    bundled = path.join(mkdtempSync(path.join(tmpdir(), "sweepdeck-runner-")), "runner.mjs");
    esbuild.buildSync({
      entryPoints: [path.resolve(import.meta.dirname, "../../src/run/runner.ts")],
      outfile: bundled,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
    });
  }
  return bundled;
}

export interface StartedRunner {
  readonly child: ChildProcess;
  /** Everything that it has printed. */
  printed(): string;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export class RunStudy implements Disposable {
  readonly directory = mkdtempSync(path.join(tmpdir(), "sweepdeck-run-"));
  readonly #children: ChildProcess[] = [];
  #sequence = 0;

  /** The place of an attempt, with its folder and `command.json` made. */
  prepare(
    trial: number,
    command: Partial<AttemptCommand> & Pick<AttemptCommand, "argv">,
  ): AttemptPlace {
    const trialDirectory = path.join(this.directory, "trials", String(trial).padStart(4, "0"));
    const place = { trial, attempt: 1, trialDirectory };
    mkdirSync(attemptOf(place), { recursive: true });
    const whole = { cwd: this.directory, env: {}, slot: "CPU 0", ...command };
    writeFileSync(path.join(attemptOf(place), "command.json"), JSON.stringify(whole));
    writeFileSync(path.join(trialDirectory, "config.json"), '{"lr": 0.1, "opt": {"name": "adam"}}');
    return place;
  }

  /** A Python program for `prepare`. */
  python(source: string): Pick<AttemptCommand, "argv"> {
    return { argv: ["python3", "-u", "-c", source] };
  }

  assign(place: AttemptPlace, slot = 0): void {
    this.#next(slot, { do: "run", ...place });
  }

  end(slot = 0): void {
    this.#next(slot, { do: "end" });
  }

  beat(count: number): void {
    writeFileSync(
      path.join(this.directory, "heartbeat"),
      JSON.stringify({ conductor: 1, beat: count }),
    );
  }

  #next(slot: number, what: object): void {
    const directory = path.join(this.directory, "slots", String(slot));
    mkdirSync(directory, { recursive: true });
    this.#sequence += 1;
    const text = JSON.stringify({ conductor: 1, sequence: this.#sequence, ...what });
    writeFileSync(path.join(directory, "next.json"), text);
  }

  /** Starts a runner, by default for slot 0. */
  runner(args: readonly string[] = [this.directory, "0"]): StartedRunner {
    const child = spawn(process.execPath, [runnerFile(), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#children.push(child);
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    return {
      child,
      printed: () => Buffer.concat(chunks).toString(),
      ended: new Promise((resolve) =>
        child.once("close", (code, signal) => resolve({ code, signal })),
      ),
    };
  }

  /** Ends what a failed test left behind, and removes the folder. */
  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill("SIGKILL");
    for (const pid of marked(this.directory)) kill(pid);
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function attemptOf(place: AttemptPlace): string {
  return path.join(place.trialDirectory, "attempts", String(place.attempt));
}

export function textOf(place: AttemptPlace, file: string): string | undefined {
  try {
    return readFileSync(path.join(attemptOf(place), file), "utf8");
  } catch {
    return undefined;
  }
}

export function jsonOf(place: AttemptPlace, file: string): Record<string, unknown> | undefined {
  const text = textOf(place, file);
  return text === undefined || text === "" ? undefined : JSON.parse(text);
}

/** Whether a process of this pid runs; a zombie does not. */
export function runs(pid: number): boolean {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return stat !== undefined && stat.state !== "Z";
  } catch {
    return false;
  }
}

function marked(directory: string): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      const environment = readFileSync(`/proc/${name}/environ`, "utf8");
      return environment.includes(`${attemptVariable}=${directory}`) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

export function kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
