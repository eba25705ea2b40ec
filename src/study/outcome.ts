/** How conducting ends when something stands in its way. */
import { Overtaken } from "./claim.js";
import type { Outcome } from "./events.js";
import { errorCode } from "./files.js";
import { DiskFull, JournalBusy, StudyDeleted } from "./journal.js";
import type { StudyState } from "./state.js";

/** How an error that was foreseen ends the conducting; undefined for all others. */
export function outcomeOf(error: unknown): Outcome | undefined {
  if (error instanceof Overtaken) return { state: "overtaken", reason: error.message };
  if (error instanceof DiskFull || errorCode(error) === "ENOSPC") {
    const reason = "the disk is full: running trials go on, resume when there is room";
    return { state: "paused", because: "disk", reason };
  }
  if (error instanceof StudyDeleted) {
    return { state: "paused", because: "deleted", reason: error.message };
  }
  if (error instanceof JournalBusy) {
    const reason = "another program keeps the journal locked: resume when it has let go";
    return { state: "paused", because: "journal", reason };
  }
  return undefined;
}

/** Does without a last write for which there is no room, or which others keep from the journal. */
export async function ifPossible(write: () => void | Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (outcomeOf(error)?.state !== "paused") throw error;
  }
}

/** Where the study is heading; it gets there when the running trials have ended. */
export type Destination = Extract<Outcome, { state: "paused" | "finished" | "interrupted" }>;

/** Where an earlier conductor was taking the study when it died. */
export function headingOf(state: StudyState | undefined): Destination | undefined {
  switch (state?.state) {
    case "paused":
      return { state: "paused", because: "asked", reason: state.reason };
    case "interrupted":
      return { state: "interrupted", reason: state.reason };
    default:
      return undefined;
  }
}
