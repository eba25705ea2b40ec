/**
 * What the conductor asks of whoever runs trials. `run/` implements it; the front doors hand it in.
 */
import type { Configuration } from "../space/space.js";
import type { StopVerdict } from "./stop-intent.js";

/** A place where one trial can run at a time: a GPU, or a CPU slot. */
export interface Slot {
  readonly index: number;
  /** As shown to people: `GPU 0`, `CPU 1`. */
  readonly name: string;
}

/** One launch of one trial. */
export interface AttemptPlace {
  readonly trial: number;
  /** From 1. */
  readonly attempt: number;
  /** `trials/0007` of the study, absolute. */
  readonly trialDirectory: string;
}

export interface Launch extends AttemptPlace {
  readonly configuration: Configuration;
}

/** What the files of an attempt, and the process they name, say of it. */
export type AttemptStatus =
  /** Nobody has taken it, and the conductor may still take it back. */
  | { readonly state: "unclaimed" }
  /** The conductor took it back before anything started. */
  | { readonly state: "withdrawn" }
  /** Claimed, and the process is about to be there. */
  | { readonly state: "starting"; readonly slot: number }
  | { readonly state: "running"; readonly slot: number; readonly pid: number }
  | {
      readonly state: "ended";
      /** The script's exit code; null when a signal ended the leader before it could write one. */
      readonly code: number | null;
      readonly endedAtMs: number;
    }
  /** Provably gone without having left an exit code, or it never came to start. */
  | { readonly state: "gone"; readonly why: string }
  /** It ran on a machine that cannot be asked from here. */
  | { readonly state: "unknown"; readonly host: string };

/** Why, and how, a trial is to be ended. */
export interface StopIntent {
  /** `interrupt`: SIGINT, then SIGTERM, then SIGKILL, with grace periods between. `kill`: SIGKILL at once. */
  readonly mode: "interrupt" | "kill";
  readonly by: string;
  readonly reason: string;
  /** Of a stopping rule, where one wishes it. */
  readonly verdict?: StopVerdict | undefined;
}

/** A trial cannot be started at all: no program, no folder, no interpreter. The message says what to do. */
export class LaunchProblem extends Error {
  override readonly name = "LaunchProblem";
}

export interface Executor {
  readonly slots: readonly Slot[];
  /**
   * Has an attempt started in a slot, once: asking again for the same attempt changes nothing.
   * Resolves when the wish is on disk; whether it started is for `status` to say. Rejects with
   * `LaunchProblem` where it never could.
   */
  launch(slot: Slot, launch: Launch): Promise<void>;
  status(place: AttemptPlace): AttemptStatus;
  /** Takes back an attempt that nobody has claimed; false when its runner was first. */
  withdraw(place: AttemptPlace): boolean;
  /** The slots whose runner will take no more, with the reason: its terminal was closed, or it does not start. */
  retired(): ReadonlyMap<number, string>;
  /** Puts the wish on disk; the runner carries it out, or the executor does where no runner lives. */
  stop(place: AttemptPlace, intent: StopIntent): void;
  /** Resident memory of the attempt's whole process tree; undefined when it does not run here. */
  memoryMiB(place: AttemptPlace): number | undefined;
  /** Calls `hint` when something may have changed; files decide what. */
  watch(place: AttemptPlace, hint: () => void): Disposable;
  /** Tells every idle runner to end, or (`leave`) leaves them to the next conductor. */
  close(mode: "end" | "leave"): Promise<void>;
}
