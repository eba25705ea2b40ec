/** Starts runners from the command line, detached: they outlive it, and the terminal that it ran in. */
import { spawn } from "node:child_process";
import type { Slot } from "../study/executor.js";
import type { StartRunner } from "./executors/slotService.js";

export interface SpawnRunnerOptions {
  readonly studyDirectory: string;
  /** The bundled `runner.js`. */
  readonly runnerFile: string;
  /** Further arguments for the runner. */
  readonly flags?: readonly string[];
}

/** A `StartRunner` whose runners are processes of their own sessions, with this process's Node. */
export function spawnRunner({
  studyDirectory,
  runnerFile,
  flags,
}: SpawnRunnerOptions): StartRunner {
  return (slot: Slot) =>
    new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [runnerFile, "--quiet", ...(flags ?? []), studyDirectory, String(slot.index)],
        {
          // Not the folder that we were started in: a runner must not hold on to it.
          cwd: studyDirectory,
          env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
          detached: true,
          stdio: "ignore",
        },
      );
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(signal ?? `exit ${code ?? "unknown"}`));
      child.unref();
    });
}
