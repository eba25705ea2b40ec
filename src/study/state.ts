/** `state.json`: what a study is meant to be doing. Whether anybody does it is for `claim.ts` to say. */
import path from "node:path";
import * as z from "zod";
import { readJsonIfThere, writeWhole } from "./files.js";

const studyStateSchema = z.object({
  state: z.enum(["running", "paused", "finished", "interrupted"]),
  /** A sentence for the reader; empty where the state says it all. */
  reason: z.string(),
  at: z.string(),
  /** How long the study has been conducted, over all its conductors. */
  activeMs: z.number().nonnegative().catch(0),
  /** The number of draws at which the sweep ends, where the user has set another than the sweep's own. */
  cap: z.int().positive().optional(),
});
export type StudyState = z.infer<typeof studyStateSchema>;

const heartbeatSchema = z.object({ activeMs: z.number().nonnegative() });

/** Undefined for a study that nobody has begun to conduct. */
export function readState(studyDirectory: string): StudyState | undefined {
  const parsed = studyStateSchema.safeParse(readJsonIfThere(stateFile(studyDirectory)));
  return parsed.success ? parsed.data : undefined;
}

/** How long the study has been conducted: to its last heartbeat, where its conductor died or let go. */
export function activeMsOf(studyDirectory: string): number {
  const heartbeat = heartbeatSchema.safeParse(
    readJsonIfThere(path.join(studyDirectory, "heartbeat")),
  );
  const beaten = heartbeat.success ? heartbeat.data.activeMs : 0;
  return Math.max(beaten, readState(studyDirectory)?.activeMs ?? 0);
}

export function writeState(studyDirectory: string, state: Omit<StudyState, "at">): void {
  writeWhole(
    stateFile(studyDirectory),
    JSON.stringify({ ...state, at: new Date().toISOString() } satisfies StudyState),
  );
}

function stateFile(studyDirectory: string): string {
  return path.join(studyDirectory, "state.json");
}
