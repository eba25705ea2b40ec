/**
 * The processes of this machine, as far as the tests must find and end them.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** The command line, its arguments separated by spaces. */
  readonly command: string;
}

/** By /proc where there is one, since small images have no ps. */
export function runningProcesses(): RunningProcess[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

function fromProc(): RunningProcess[] {
  return numericEntries().flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name before the last parenthesis is the program's own choice, spaces and all.
      const [, parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return [{ pid, parent: Number(parent), command }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

function numericEntries(): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

function fromPs(): RunningProcess[] {
  const table = execFileSync("ps", ["-axww", "-o", "pid=,ppid=,command="], { encoding: "utf8" });
  return table.split("\n").flatMap((row) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Children, their children and so on, without the process itself; the youngest last. */
export function descendants(ancestor: number): RunningProcess[] {
  const all = runningProcesses();
  const below = (pid: number): RunningProcess[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(ancestor).sort((one, other) => one.pid - other.pid);
}

/** The processes whose working directory is at or below a folder; none where that cannot be known. */
export function processesIn(folder: string): number[] {
  if (process.platform !== "linux") return [];
  return numericEntries().filter((pid) => {
    try {
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      return cwd === folder || cwd.startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}

/** Ends a process at once; one that is gone already is what was wanted. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
