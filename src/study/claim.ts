/**
 * Who conducts a study: the highest `conductor-<n>.json` (docs/studies-on-disk.md, "Who conducts").
 */
import path from "node:path";
import * as z from "zod";
import { highestNumber, publishOnce, readJsonIfThere, writeWhole } from "./files.js";
import { livenessOf, processIdentitySchema, thisProcess } from "./process.js";

export type Program = "editor" | "cli";

const conductorRecordSchema = z.object({
  ...processIdentitySchema.shape,
  number: z.int().nonnegative(),
  program: z.enum(["editor", "cli"]),
  at: z.string(),
  released: z.boolean(),
});
export type ConductorRecord = z.infer<typeof conductorRecordSchema>;

/** Thrown by whatever a conductor does after another has taken the study over. */
export class Overtaken extends Error {
  constructor(readonly by: ConductorRecord | undefined) {
    super("another process conducts this study now");
    this.name = "Overtaken";
  }
}

/** The right to conduct, held until it is released or another publishes a higher number. */
export interface Claim {
  readonly number: number;
  /** Throws `Overtaken` when a higher number stands. */
  assertHeld(): void;
  /**
   * Counts the heartbeat up; runners end by themselves when it stands still for long.
   *
   * @param activeMs how long the study has been conducted by now, for whoever conducts it next
   */
  beat(activeMs: number): void;
  /** Lets anyone take over at once. Does nothing when the claim is lost already. */
  release(): void;
}

export type ClaimAttempt =
  | { readonly held: true; readonly claim: Claim }
  | { readonly held: false; readonly by: ConductorRecord };

/** Whose word decides about a study that somebody holds: `free` takes it only when provably nobody does. */
export type TakeOver = "free" | "by force";

/** The record of the highest number; undefined for a study that nobody has conducted yet. */
export function conductorOf(studyDirectory: string): ConductorRecord | undefined {
  const number = highestNumber(studyDirectory, "conductor");
  if (number === 0) return undefined;
  const parsed = conductorRecordSchema.safeParse(
    readJsonIfThere(recordFile(studyDirectory, number)),
  );
  return parsed.success ? parsed.data : undefined;
}

/** Whether nobody conducts, provably: released, or the process is gone. On another host nothing is provable. */
export function isFree(record: ConductorRecord | undefined): boolean {
  return record === undefined || record.released || livenessOf(record) === "gone";
}

/** Takes the study if it is free (or `by force`); of any number of callers at one instant, one is given it. */
export function claimStudy(
  studyDirectory: string,
  program: Program,
  takeOver: TakeOver = "free",
): ClaimAttempt {
  for (;;) {
    const number = highestNumber(studyDirectory, "conductor");
    const holder = conductorOf(studyDirectory);
    if (holder !== undefined && takeOver === "free" && !isFree(holder)) {
      return { held: false, by: holder };
    }
    const record: ConductorRecord = {
      ...thisProcess(),
      number: number + 1,
      program,
      at: new Date().toISOString(),
      released: false,
    };
    if (publishOnce(recordFile(studyDirectory, record.number), JSON.stringify(record))) {
      return { held: true, claim: claimOf(studyDirectory, record) };
    }
    // Another was first. It is asked for in the next round, and force is not repeated against it:
    // two windows that both insist would otherwise take the study from each other.
    const winner = conductorOf(studyDirectory);
    if (winner !== undefined && !isFree(winner)) return { held: false, by: winner };
  }
}

function claimOf(studyDirectory: string, record: ConductorRecord): Claim {
  let beat = 0;
  const isHeld = () => highestNumber(studyDirectory, "conductor") === record.number;
  return {
    number: record.number,
    assertHeld() {
      if (!isHeld()) throw new Overtaken(conductorOf(studyDirectory));
    },
    beat(activeMs) {
      beat += 1;
      writeWhole(
        path.join(studyDirectory, "heartbeat"),
        JSON.stringify({ conductor: record.number, beat, activeMs: Math.round(activeMs) }),
        "quick",
      );
    },
    release() {
      if (!isHeld()) return;
      writeWhole(
        recordFile(studyDirectory, record.number),
        JSON.stringify({ ...record, released: true }),
      );
    },
  };
}

function recordFile(studyDirectory: string, number: number): string {
  return path.join(studyDirectory, `conductor-${number}.json`);
}
