/**
 * Who a process is, beyond its number: a pid is used again, a pid with its start time on one boot is not.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import * as z from "zod";

export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  /** As the system counts it: clock ticks since boot on Linux, `ps -o lstart=` elsewhere. */
  startTime: z.string(),
  /** Empty where the system has no boot id; then the start time alone, which is a date, decides. */
  bootId: z.string(),
  host: z.string(),
  /** Which pids it counts among: containers on one machine share a boot id. Empty where it is not known. */
  pidNamespace: z.string().default(""),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** `elsewhere`: on another machine, so that nothing can be said from here. */
export type Liveness = "alive" | "gone" | "elsewhere";

let self: ProcessIdentity | undefined;

export function thisProcess(): ProcessIdentity {
  self ??= {
    pid: process.pid,
    startTime: startTimeOf(process.pid) ?? "",
    bootId: bootId(),
    host: hostname(),
    pidNamespace: pidNamespace(),
  };
  return self;
}

/** A zombie counts as gone: it runs nothing, whatever pid 1 still has to reap. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  if (!isOfThisMachine(identity)) return "elsewhere";
  if (identity.bootId !== bootId()) return "gone";
  return startTimeOf(identity.pid) === identity.startTime ? "alive" : "gone";
}

/** By its boot rather than by its name, for DHCP and users rename a machine while trials run on it. */
function isOfThisMachine(identity: ProcessIdentity): boolean {
  if (identity.host === hostname()) return true;
  if (bootId() === "" || identity.bootId !== bootId()) return false;
  return identity.pidNamespace === "" || identity.pidNamespace === pidNamespace();
}

/** Undefined when no such process runs. */
export function startTimeOf(pid: number): string | undefined {
  return process.platform === "linux" ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

export interface ProcessStat {
  readonly state: string;
  readonly parentPid: number;
  readonly group: number;
  readonly startTime: string;
}

/** Reads the text of `/proc/<pid>/stat`. The command name may hold spaces and brackets, so fields count from its last bracket. */
export function parseProcStat(text: string): ProcessStat | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, parentPid, group] = fields;
  const startTime = fields[19];
  if (state === undefined || startTime === undefined) return undefined;
  return { state, parentPid: Number(parentPid), group: Number(group), startTime };
}

function startTimeFromProc(pid: number): string | undefined {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return stat === undefined || stat.state === "Z" || stat.state === "X"
      ? undefined
      : stat.startTime;
  } catch {
    return undefined;
  }
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    if (line === "" || line.startsWith("Z")) return undefined;
    return line.slice(line.indexOf(" ")).trim();
  } catch {
    return undefined;
  }
}

let boot: string | undefined;

export function bootId(): string {
  if (boot === undefined) {
    try {
      boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    } catch {
      boot = "";
    }
  }
  return boot;
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
