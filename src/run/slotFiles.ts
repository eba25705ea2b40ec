/** The files of a slot: what its runner is to do, which runner serves it, and whether it is closed for good. */
import path from "node:path";
import * as z from "zod";
import {
  highestNumber,
  publishOnce,
  readJsonIfThere,
  removeIfThere,
  writeWhole,
} from "../study/files.js";
import { livenessOf, processIdentitySchema, thisProcess } from "../study/process.js";
import { folderMark } from "./folderMark.js";

const assignmentSchema = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("run"),
    conductor: z.int(),
    sequence: z.int(),
    trial: z.int().nonnegative(),
    attempt: z.int().positive(),
    trialDirectory: z.string(),
  }),
  z.object({ do: z.enum(["wait", "end"]), conductor: z.int(), sequence: z.int() }),
]);
export type Assignment = z.infer<typeof assignmentSchema>;

const runnerSchema = z.object({
  ...processIdentitySchema.shape,
  number: z.int().positive(),
  at: z.string(),
  /** `folderMark` of the slot: in a copy of the study the record is of another slot's runner. */
  folder: z.string().optional(),
});
export type RunnerRecord = z.infer<typeof runnerSchema>;

const retirementSchema = z.object({ reason: z.string(), at: z.string() });

export function slotDirectoryOf(studyDirectory: string, slot: number): string {
  return path.join(studyDirectory, "slots", String(slot));
}

export function readAssignment(slotDirectory: string): Assignment | undefined {
  const parsed = assignmentSchema.safeParse(readJsonIfThere(path.join(slotDirectory, "next.json")));
  return parsed.success ? parsed.data : undefined;
}

export function writeAssignment(slotDirectory: string, assignment: Assignment): void {
  writeWhole(path.join(slotDirectory, "next.json"), JSON.stringify(assignment), "quick");
}

/** The record of the highest number, whether or not its process lives. */
export function newestRunner(slotDirectory: string): RunnerRecord | undefined {
  const number = highestNumber(slotDirectory, "runner");
  const parsed = runnerSchema.safeParse(
    readJsonIfThere(path.join(slotDirectory, `runner-${number}.json`)),
  );
  return parsed.success ? parsed.data : undefined;
}

/** The runner that serves the slot on this machine; undefined when there is none. */
export function liveRunner(slotDirectory: string): RunnerRecord | undefined {
  const runner = newestRunner(slotDirectory);
  if (runner === undefined || livenessOf(runner) !== "alive") return undefined;
  const isOurs = runner.folder === undefined || runner.folder === folderMark(slotDirectory);
  return isOurs ? runner : undefined;
}

export type Enrolment =
  | { readonly enrolled: true; readonly number: number }
  | { readonly enrolled: false; readonly by: RunnerRecord };

/**
 * Makes this process the slot's runner, unless one lives. A record from another machine is no
 * hindrance: who has us started has the user's word for taking the study over.
 */
export function enrol(slotDirectory: string): Enrolment {
  for (;;) {
    const living = liveRunner(slotDirectory);
    if (living !== undefined) return { enrolled: false, by: living };
    const number = highestNumber(slotDirectory, "runner") + 1;
    const folder = folderMark(slotDirectory);
    const record: RunnerRecord = {
      number,
      at: new Date().toISOString(),
      ...thisProcess(),
      ...(folder === undefined ? {} : { folder }),
    };
    if (publishOnce(path.join(slotDirectory, `runner-${number}.json`), JSON.stringify(record))) {
      return { enrolled: true, number };
    }
  }
}

/** Why the slot takes no more trials; undefined while it does. */
export function readRetirement(slotDirectory: string): string | undefined {
  const parsed = retirementSchema.safeParse(
    readJsonIfThere(path.join(slotDirectory, "retired.json")),
  );
  return parsed.success ? parsed.data.reason : undefined;
}

export function retireSlot(slotDirectory: string, reason: string): void {
  writeWhole(
    path.join(slotDirectory, "retired.json"),
    JSON.stringify({ reason, at: new Date().toISOString() }),
  );
}

/** Opens a retired slot again: the user's word, for who resumes a study wants its slots. */
export function reviveSlot(slotDirectory: string): void {
  removeIfThere(path.join(slotDirectory, "retired.json"));
}
