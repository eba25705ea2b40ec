/** Sees to it that an assignment of a slot is taken: writes it, and has a runner started where none lives. */
import { mkdirSync } from "node:fs";
import type { AttemptPlace, Slot } from "../../study/executor.js";
import { attemptDirectoryOf, readClaim } from "../attempt.js";
import {
  type Assignment,
  liveRunner,
  readAssignment,
  readRetirement,
  retireSlot,
  writeAssignment,
} from "../slotFiles.js";

/**
 * Starts a runner for a slot. Settles when that runner has ended, with how it ended (`exit 1`), or
 * rejects when it could not be started; it may never settle, as a task of a dead window does not.
 */
export type StartRunner = (slot: Slot) => Promise<string>;

export interface SlotService {
  assign(place: AttemptPlace): void;
  /** What the slot was last given. */
  assigned(): AttemptPlace | undefined;
  close(mode: "end" | "leave"): void;
}

export interface SlotServiceOptions {
  readonly slot: Slot;
  readonly directory: string;
  readonly conductor: number;
  readonly startRunner: StartRunner;
  /** How long a started runner may take to show itself. */
  readonly startLimitMs: number;
}

const lookEveryMs = 250;
/** How many starts may fail, one after another, before the slot is given up. */
const startLimit = 3;

export function createSlotService(options: SlotServiceOptions): SlotService {
  const { slot, directory, conductor } = options;
  mkdirSync(directory, { recursive: true });
  let sequence = readAssignment(directory)?.sequence ?? 0;
  let assigned: AttemptPlace | undefined;
  let written: Assignment | undefined;
  let timer: NodeJS.Timeout | undefined;
  let start: { readonly atMs: number; failure?: string } | undefined;
  let failures: string[] = [];

  const isTaken = () =>
    assigned === undefined || readClaim(attemptDirectoryOf(assigned)) !== undefined;

  const startRunner = () => {
    const current: NonNullable<typeof start> = { atMs: performance.now() };
    start = current;
    const note = (failure: string) => {
      current.failure = failure;
      look();
    };
    options.startRunner(slot).then(note, (error: unknown) => note(messageOf(error)));
  };

  const stopLooking = () => {
    clearInterval(timer);
    timer = undefined;
    start = undefined;
  };

  /** One look: until the assignment is taken, something of it is missing, and it is seen to. */
  const look = () => {
    if (timer === undefined) return;
    if (isTaken()) {
      failures = [];
      stopLooking();
      return;
    }
    if (readRetirement(directory) !== undefined) {
      stopLooking();
      return;
    }
    if (written !== undefined && isOverwritten(directory, written)) {
      writeAssignment(directory, written);
    }
    if (liveRunner(directory) !== undefined) return;
    if (start === undefined) return startRunner();
    const failure = failureOf(start, options.startLimitMs);
    if (failure === undefined) return;
    failures.push(failure);
    if (failures.length < startLimit) return startRunner();
    retireSlot(directory, `its runner did not start, ${startLimit} times: ${failure}`);
    failures = [];
    stopLooking();
  };

  const next = () => {
    sequence += 1;
    return { conductor, sequence };
  };

  return {
    assigned: () => assigned,
    assign(place) {
      assigned = place;
      const { trial, attempt, trialDirectory } = place;
      written = { ...next(), do: "run", trial, attempt, trialDirectory };
      writeAssignment(directory, written);
      stopLooking();
      timer = setInterval(look, lookEveryMs);
      look();
    },
    close(mode) {
      stopLooking();
      // An attempt that nobody has claimed yet stays in its place for the next conductor to see.
      if (mode === "end" && isTaken()) writeAssignment(directory, { ...next(), do: "end" });
    },
  };
}

/** By a conductor that does not know yet that it was overtaken, or by nobody's hand: the file is gone. */
function isOverwritten(directory: string, ours: Assignment): boolean {
  const standing = readAssignment(directory);
  if (standing === undefined) return true;
  // A higher number has overtaken us, and it is we who do not know it yet.
  if (standing.conductor !== ours.conductor) return standing.conductor < ours.conductor;
  return standing.sequence !== ours.sequence;
}

function failureOf(
  start: { readonly atMs: number; readonly failure?: string },
  limitMs: number,
): string | undefined {
  if (start.failure !== undefined) return start.failure;
  if (performance.now() - start.atMs < limitMs) return undefined;
  return `nothing of it was seen for ${Math.round(limitMs / 1000)} s`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
