/**
 * Trials on this machine: each slot is served by a runner, and files say what it is to do.
 *
 * The executor writes wishes (`next.json`, `stop.json`) and sees to it that a runner lives to carry
 * them out. Where none does, it ends and cleans up by itself: a trial never depends on its runner.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Json } from "../../space/value.js";
import type {
  AttemptPlace,
  AttemptStatus,
  Executor,
  Launch,
  Slot,
  StopIntent,
} from "../../study/executor.js";
import { writeWhole } from "../../study/files.js";
import { watchDirectory } from "../../study/watch.js";
import {
  type AttemptCommand,
  attemptDirectoryOf,
  claimLiveness,
  closeAbandoned,
  leaderLiveness,
  readAttempt,
  readClaim,
  readEnd,
  readLeader,
  readStop,
  withdrawAttempt,
  writeEnd,
  writeStop,
} from "../attempt.js";
import type { DeviceSlot } from "../devices.js";
import {
  defaultGraceMs,
  endTree,
  interruptSchedule,
  killSchedule,
  type Schedule,
  sweepSchedule,
  type TreeRoot,
  treeMemoryMiB,
} from "../processTree.js";
import { readRetirement, retireSlot, reviveSlot, slotDirectoryOf } from "../slotFiles.js";
import { writeTrialFiles } from "../trialFiles.js";
import { createSlotService, type StartRunner } from "./slotService.js";

export interface LocalExecutorOptions {
  /** Absolute. */
  readonly studyDirectory: string;
  readonly slots: readonly DeviceSlot[];
  /** The number of the claim that this executor acts under. */
  readonly conductor: number;
  /** What a launch runs; throws `LaunchProblem` where it cannot be run at all. */
  readonly prepare: (slot: DeviceSlot, launch: Launch) => PreparedTrial;
  readonly startRunner: StartRunner;
  readonly graceMs?: number;
  /** How long a started runner may take to show itself. */
  readonly startLimitMs?: number;
}

export interface PreparedTrial {
  readonly command: AttemptCommand;
  /** In the shape that the script is given, nested groups as objects. */
  readonly configuration: Readonly<Record<string, Json>>;
}

export interface LocalExecutor extends Executor {
  /** Closes a slot for good: its running trial is stopped by grace, and its runner ends. */
  retire(slot: Slot, reason: string): void;
  /** Opens every retired slot again, by the word of the user who resumes the study. */
  revive(): void;
}

export function localExecutor(options: LocalExecutorOptions): LocalExecutor {
  const { studyDirectory, slots } = options;
  const directoryOf = (slot: Slot) => slotDirectoryOf(studyDirectory, slot.index);
  const services = new Map(
    slots.map((slot) => [
      slot.index,
      createSlotService({
        slot,
        directory: directoryOf(slot),
        conductor: options.conductor,
        startRunner: options.startRunner,
        startLimitMs: options.startLimitMs ?? 20_000,
      }),
    ]),
  );
  const orphanage = createOrphanage(options.graceMs ?? defaultGraceMs);

  return {
    slots,
    async launch(slot, launch) {
      const directory = attemptDirectoryOf(launch);
      const deviceSlot = slots.find(({ index }) => index === slot.index);
      if (deviceSlot === undefined || readClaim(directory) !== undefined) return;
      const { command, configuration } = options.prepare(deviceSlot, launch);
      mkdirSync(directory, { recursive: true });
      writeTrialFiles(launch.trialDirectory, configuration);
      // Quick: after a power cut nothing of the attempt is left to run, and it is made anew.
      writeWhole(path.join(directory, "command.json"), JSON.stringify(command), "quick");
      services.get(slot.index)?.assign(launch);
    },
    status(place) {
      closeAbandoned(place);
      const status = readAttempt(place);
      if (status.state !== "unclaimed" && status.state !== "starting")
        orphanage.tend(place, status);
      return status;
    },
    withdraw: withdrawAttempt,
    retired: () =>
      new Map(
        slots.flatMap((slot) => {
          const reason = readRetirement(directoryOf(slot));
          return reason === undefined ? [] : [[slot.index, reason] as const];
        }),
      ),
    stop(place, intent) {
      stopAttempt(place, intent);
      orphanage.tend(place, readAttempt(place));
    },
    memoryMiB(place) {
      const root = rootOf(place);
      return root === undefined ? undefined : treeMemoryMiB(root);
    },
    watch(place, hint) {
      const watches = [attemptDirectoryOf(place), place.trialDirectory].map((directory) =>
        watchDirectory(directory, hint),
      );
      return {
        [Symbol.dispose]() {
          for (const watching of watches) watching[Symbol.dispose]();
        },
      };
    },
    async close(mode) {
      for (const service of services.values()) service.close(mode);
      orphanage[Symbol.dispose]();
    },
    retire(slot, reason) {
      retireSlot(directoryOf(slot), reason);
      const place = services.get(slot.index)?.assigned();
      if (place !== undefined) stopAttempt(place, { mode: "interrupt", by: "terminal", reason });
    },
    revive() {
      for (const slot of slots) reviveSlot(directoryOf(slot));
    },
  };
}

/** Writes the wish; an attempt that nobody has taken is taken back, and so never starts. */
function stopAttempt(place: AttemptPlace, intent: StopIntent): void {
  mkdirSync(attemptDirectoryOf(place), { recursive: true });
  writeStop(attemptDirectoryOf(place), intent);
  withdrawAttempt(place);
}

/** Attempts whose runner is gone: what it would have done is done here. */
interface Orphanage extends Disposable {
  tend(place: AttemptPlace, status: AttemptStatus): void;
}

function createOrphanage(graceMs: number): Orphanage {
  const endings = new Map<string, { mode: string; abandon: AbortController }>();

  const end = (place: AttemptPlace, mode: string, schedule: Schedule, then: () => void) => {
    const directory = attemptDirectoryOf(place);
    const root = rootOf(place);
    const earlier = endings.get(directory);
    if (root === undefined || earlier?.mode === mode) return;
    earlier?.abandon.abort();
    const abandon = new AbortController();
    endings.set(directory, { mode, abandon });
    void endTree(root, schedule, abandon.signal).then(() => {
      if (!abandon.signal.aborted) then();
    });
  };

  return {
    tend(place, status) {
      const directory = attemptDirectoryOf(place);
      if (status.state === "running") {
        const mode = readStop(directory)?.mode;
        if (mode === undefined || !isOrphaned(directory)) return;
        const schedule = mode === "kill" ? killSchedule : interruptSchedule(graceMs);
        end(place, mode, schedule, () => undefined);
      } else if (status.state === "ended" || status.state === "gone") {
        if (endings.get(directory)?.mode === "sweep" || readEnd(directory) !== undefined) return;
        if (!isOrphaned(directory)) return;
        end(place, "sweep", sweepSchedule, () => writeOrphanEnd(directory, status));
      }
    },
    [Symbol.dispose]() {
      for (const { abandon } of endings.values()) abandon.abort();
    },
  };
}

function isOrphaned(directory: string): boolean {
  const claim = readClaim(directory);
  return (
    claim !== undefined && claim !== "unreadable" && claimLiveness(claim, directory) === "gone"
  );
}

function writeOrphanEnd(
  directory: string,
  status: Extract<AttemptStatus, { state: "ended" | "gone" }>,
): void {
  const claim = readClaim(directory);
  const endedAtMs = status.state === "ended" ? status.endedAtMs : Date.now();
  writeEnd(directory, {
    code: status.state === "ended" ? status.code : null,
    signal: null,
    startedAt: claim === undefined || claim === "unreadable" ? null : claim.at,
    endedAt: new Date(endedAtMs).toISOString(),
    stop: readStop(directory)?.mode ?? null,
    why: status.state === "gone" ? status.why : null,
  });
}

/** Undefined where none of the processes are ours to end: on another machine, or in a copy of a study. */
function rootOf(place: AttemptPlace): TreeRoot | undefined {
  const attemptDirectory = attemptDirectoryOf(place);
  const claim = readClaim(attemptDirectory);
  if (claim === undefined || claim === "unreadable") return undefined;
  const leader = readLeader(attemptDirectory, claim);
  if (leader.state !== "known") return undefined;
  const liveness = leaderLiveness(leader.identity, claim, attemptDirectory);
  if (liveness === "elsewhere" || liveness === "another's") return undefined;
  const { pid, startTime } = leader.identity;
  return { pid, startTime, attemptDirectory, trust: "mark" };
}
