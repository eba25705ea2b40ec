/** Studies as folders: made, found below a folder, and named by people. */
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { errorCode, publishOnce, writeWhole } from "./files.js";
import { readState } from "./state.js";
import { readStudyFile, type StudyFile, studyFilePath } from "./study-file.js";

/** The folder beside a sweep file that holds its studies. */
export const studiesFolder = ".sweepdeck";

export interface StudyContents {
  readonly study: Omit<StudyFile, "format" | "name">;
  /** What differs from the commit; null where nothing does. */
  readonly patch: string | null;
}

/**
 * Makes the folder of a new study, whole: it is built aside and renamed to the first free
 * `<stem>-<n>`. `contents` is asked again for each number that another writer was quicker to take.
 *
 * Of several who make a study at one instant, and none where `instead` names one, one makes it and
 * the others are given it.
 */
export function createStudyFolder(
  sweepdeckDirectory: string,
  stem: string,
  contents: (name: string, number: number) => StudyContents,
  instead: () => string | undefined = () => undefined,
): string {
  makeSweepdeckDirectory(sweepdeckDirectory);
  const built = path.join(sweepdeckDirectory, `.new-${randomUUID()}`);
  mkdirSync(built);
  try {
    for (let number = nextNumber(sweepdeckDirectory, stem); ; number += 1) {
      // Asked once the number is chosen: a study that comes later than this look takes the number.
      const other = instead();
      if (other !== undefined) {
        rmSync(built, { recursive: true, force: true });
        return other;
      }
      const name = `${stem}-${number}`;
      const directory = path.join(sweepdeckDirectory, name);
      fillStudyFolder(built, name, contents(name, number));
      if (renamedToFree(built, directory)) return directory;
    }
  } catch (error) {
    rmSync(built, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the folder that holds studies, unless it is there, in such a way that git passes it over. */
export function makeSweepdeckDirectory(sweepdeckDirectory: string): void {
  try {
    // Not `recursive`, which calls a file system that is read-only a folder that is not there.
    mkdirSync(sweepdeckDirectory);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
  publishOnce(path.join(sweepdeckDirectory, ".gitignore"), "*\n");
}

function fillStudyFolder(directory: string, name: string, { study, patch }: StudyContents): void {
  const file: StudyFile = { format: 1, name, ...study };
  writeWhole(studyFilePath(directory), `${JSON.stringify(file, null, 2)}\n`);
  writeWhole(path.join(directory, "journal.log"), "");
  if (patch !== null) writeWhole(path.join(directory, "patch.diff"), patch);
}

/** rename(2) takes the place of an empty folder at most, and no study's folder is empty. */
function renamedToFree(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR") return false;
    throw error;
  }
}

/** One above the highest, so that a number is not used again while anything with a higher one is there. */
function nextNumber(sweepdeckDirectory: string, stem: string): number {
  const numbers = readdirSync(sweepdeckDirectory).map((name) => numberAfter(stem, name));
  return Math.max(0, ...numbers) + 1;
}

function numberAfter(stem: string, name: string): number {
  if (!name.startsWith(`${stem}-`)) return 0;
  const rest = name.slice(stem.length + 1);
  return /^[1-9]\d{0,8}$/.test(rest) ? Number(rest) : 0;
}

/** What the studies of a sweep file are called: its name without the ending, its folder's where it is just `sweep`. */
export function studyStem(sweepFile: string): string {
  const { name, dir } = path.parse(path.resolve(sweepFile));
  const stem = name === "sweep" ? path.basename(dir) : name;
  // A leading dot would hide the study from the search below.
  return stem.replace(/^\.+/, "") || "sweep";
}

export function sweepdeckDirectoryOf(sweepFile: string): string {
  return path.join(path.dirname(path.resolve(sweepFile)), studiesFolder);
}

/** Folders that hold no sweeps of the user's, and very many files. */
const skippedFolders: ReadonlySet<string> = new Set(["node_modules", ".git", "__pycache__"]);

/** The folders of all studies at or below a folder, by path; unreadable folders and links are passed over. */
export async function findStudies(from: string): Promise<readonly string[]> {
  const root = path.resolve(from);
  if (isStudy(root)) return [root];
  if (path.basename(root) === studiesFolder) return studiesIn(root);
  const found: string[] = [];
  await search(root, found);
  return found.sort();
}

async function search(folder: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // A virtual environment: thousands of folders, and nobody's sweeps.
  if (entries.some((entry) => entry.name === "pyvenv.cfg")) return;
  for (const entry of entries) {
    if (!entry.isDirectory() || skippedFolders.has(entry.name)) continue;
    const inner = path.join(folder, entry.name);
    if (entry.name === studiesFolder) found.push(...studiesIn(inner));
    else await search(inner, found);
  }
}

/** The folders of the studies in one `.sweepdeck`, by path. */
export function studiesIn(sweepdeckDirectory: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(sweepdeckDirectory);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
  return names
    .filter((name) => !name.startsWith("."))
    .sort()
    .map((name) => path.join(sweepdeckDirectory, name))
    .filter(isStudy);
}

function isStudy(directory: string): boolean {
  const reading = readStudyFile(directory);
  // A study of a newer version, or a damaged one, is named and refused, not overlooked.
  return !("problem" in reading && reading.problem.code === "no-study");
}

/** The study that a sweep file was last run as and that has more to try; undefined when there is none. */
export function newestUnfinished(sweepFile: string): string | undefined {
  return newestFirst(studiesIn(sweepdeckDirectoryOf(sweepFile))).find((directory) => {
    const reading = readStudyFile(directory);
    return (
      "study" in reading &&
      // By its name alone, for the whole folder may have been moved since.
      path.basename(reading.study.sweepFile) === path.basename(sweepFile) &&
      readState(directory)?.state !== "finished"
    );
  });
}

/** By the time of creation; those that cannot be read come last. */
export function newestFirst(studies: readonly string[]): readonly string[] {
  const createdAt = (directory: string) => {
    const reading = readStudyFile(directory);
    return "study" in reading ? Date.parse(reading.study.createdAt) : 0;
  };
  return studies
    .map((directory) => [directory, createdAt(directory)] as const)
    .sort(([a, createdA], [b, createdB]) => createdB - createdA || byNumber(b, a))
    .map(([directory]) => directory);
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
