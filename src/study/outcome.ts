/** How conducting ends when something stands in its way. */
import { Overtaken } from "./claim.js";
import type { Outcome } from "./events.js";
import { errorCode } from "./files.js";
import { DiskFull, StudyDeleted } from "./journal.js";

/** What was foreseen of the errors; the others are thrown on. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Overtaken) return { state: "overtaken", reason: error.message };
  if (error instanceof DiskFull || errorCode(error) === "ENOSPC") {
    const reason = "the disk is full: running trials go on, resume when there is room";
    return { state: "paused", because: "disk", reason };
  }
  if (error instanceof StudyDeleted) {
    return { state: "paused", because: "deleted", reason: error.message };
  }
  throw error;
}

/** Does without a write for which there is no room. */
export async function unlessFull(write: () => void | Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (outcomeOf(error).state !== "paused") throw error;
  }
}
