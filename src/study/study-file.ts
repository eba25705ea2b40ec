/** `study.json`: the sweep as it is run, written once, before anything else of the study. */
import path from "node:path";
import * as z from "zod";
import type { Json } from "../space/value.js";
import { readJsonIfThere, readTextIfThere } from "./files.js";

/** The version of a study's folder that this program writes, and the highest that it reads. */
export const studyFormat = 1;

export const gitStateSchema = z.object({
  commit: z.string(),
  /** Empty on a detached head. */
  branch: z.string(),
  /** Whether tracked files differ from the commit; the difference is in `patch.diff`. */
  dirty: z.boolean(),
});
export type GitState = z.infer<typeof gitStateSchema>;

const json: z.ZodType<Json> = z.json();

const initialSchema = z.object({
  configuration: z.record(z.string(), json),
  origins: z.record(z.string(), z.enum(["sweep", "script", "drawn"])),
});

const earlierSchema = z.object({
  study: z.string(),
  /** The number of the trial there. */
  trial: z.number(),
  configuration: z.record(z.string(), json),
  values: z.array(z.number()).readonly(),
  violation: z.number().optional(),
});

const studyFileSchema = z.object({
  format: z.literal(studyFormat),
  name: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** The absolute path that the sweep file had. */
  sweepFile: z.string(),
  sweepFolder: z.string(),
  /** The sweep file's text, to the letter: the study is run from it. */
  text: z.string(),
  seed: z.number(),
  sampler: z.string(),
  /** Why this sampler, as a sentence, where the sweep left the choice open. */
  samplerWhy: z.string().optional(),
  /** The configurations that come before the sampler's own; with where each value came from. */
  initial: z.array(initialSchema).readonly().default([]),
  /** Results of earlier studies of the same file that this one began with, oldest first; absent where there are none. */
  earlier: z.array(earlierSchema).readonly().optional(),
  interpreter: z.string().nullable(),
  /** Python's version, where it was asked for. */
  python: z.string().nullable(),
  /** Versions by package name. */
  packages: z.record(z.string(), z.string()),
  git: gitStateSchema.nullable(),
  host: z.string(),
});
export type StudyFile = z.infer<typeof studyFileSchema>;

export type StudyFileProblem =
  | { readonly code: "no-study"; readonly file: string }
  | { readonly code: "newer-format"; readonly file: string; readonly format: number }
  | { readonly code: "damaged"; readonly file: string; readonly why: string };

export type StudyFileReading =
  | { readonly study: StudyFile }
  | { readonly problem: StudyFileProblem };

export function readStudyFile(studyDirectory: string): StudyFileReading {
  const file = studyFilePath(studyDirectory);
  if (readTextIfThere(file) === undefined) return { problem: { code: "no-study", file } };
  const value = readJsonIfThere(file);
  const version = z.object({ format: z.number() }).safeParse(value);
  if (version.success && version.data.format > studyFormat) {
    return { problem: { code: "newer-format", file, format: version.data.format } };
  }
  const parsed = studyFileSchema.safeParse(value);
  return parsed.success
    ? { study: parsed.data }
    : { problem: { code: "damaged", file, why: reasonOf(value, parsed.error) } };
}

export function studyFilePath(studyDirectory: string): string {
  return path.join(studyDirectory, "study.json");
}

export function studyFileSentence(problem: StudyFileProblem): string {
  switch (problem.code) {
    case "no-study":
      return `${path.dirname(problem.file)} is not a study: it has no study.json.`;
    case "newer-format":
      return `${path.dirname(problem.file)} was written by a newer Sweepdeck (format ${problem.format}, this one reads ${studyFormat}): update Sweepdeck to open it.`;
    case "damaged":
      return `${problem.file} cannot be read (${problem.why}): restore it from a copy, its trials are untouched.`;
  }
}

function reasonOf(value: unknown, error: z.ZodError): string {
  if (value === undefined) return "it is not JSON";
  const [first] = error.issues;
  return first === undefined ? "it is no study" : `${first.path.join(".")}: ${first.message}`;
}
