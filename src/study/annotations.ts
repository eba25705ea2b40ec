/** `annotations.json`: what people note about trials, which changes after a trial has ended. */
import path from "node:path";
import * as z from "zod";
import { readJsonIfThere, writeWhole } from "./files.js";

const trialNotes = z.looseObject({ starred: z.optional(z.boolean()) });
/** Loose, so that what a newer version notes outlives a star that this one sets. */
const annotationsSchema = z.looseObject({ trials: z.record(z.string(), trialNotes) });

/** The numbers of the trials that carry a star. */
export function starredTrials(studyDirectory: string): ReadonlySet<number> {
  const { trials } = readAnnotations(studyDirectory);
  return new Set(
    Object.entries(trials).flatMap(([number, { starred }]) => (starred ? [Number(number)] : [])),
  );
}

export function setStarred(
  studyDirectory: string,
  numbers: readonly number[],
  starred: boolean,
): void {
  const annotations = readAnnotations(studyDirectory);
  const trials = { ...annotations.trials };
  for (const number of numbers) trials[number] = { ...trials[number], starred };
  writeWhole(annotationsFile(studyDirectory), JSON.stringify({ ...annotations, trials }));
}

function readAnnotations(studyDirectory: string): z.infer<typeof annotationsSchema> {
  const parsed = annotationsSchema.safeParse(readJsonIfThere(annotationsFile(studyDirectory)));
  return parsed.success ? parsed.data : { trials: {} };
}

function annotationsFile(studyDirectory: string): string {
  return path.join(studyDirectory, "annotations.json");
}
