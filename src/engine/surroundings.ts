/**
 * What is known around a sweep file, from the file system: its training script, other programs,
 * interpreters, earlier studies. Everything is read and nothing is executed, so this is done in
 * folders that nobody trusts too; it never throws, and each search has an end.
 */
import { homedir } from "node:os";
import path from "node:path";
import type { ProgramFound, Surroundings } from "../language/surroundings.js";
import { folderAndAbove } from "../run/place.js";
import { scriptReader } from "../script/read-script.js";
import type { ScriptReading } from "../script/reading.js";
import type { ParsedSweep } from "../sweep/parse.js";
import { KnownFiles } from "./known-files.js";
import { type OpenedStudies, pastOf } from "./past-studies.js";
import { asNamedIn, interpretersAround, programsAmong, pythonFiles } from "./programs-around.js";
import { type ProgramWords, programWordsOf, scriptFileOf } from "./script-program.js";

export interface SurroundingsOptions {
  /** Absolute: nothing is searched for above it. Absent: the project that the sweep file lies in. */
  readonly root?: string;
  /** Texts of files that an editor has not saved yet, by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string>;
  /** Kept between calls, it makes each further one cost what has changed since. */
  readonly memory?: SurroundingsMemory;
}

export interface SurroundingsMemory {
  readonly files: KnownFiles;
  readonly readScript: ReturnType<typeof scriptReader>;
  readonly studies: OpenedStudies;
}

export function newSurroundingsMemory(): SurroundingsMemory {
  return { files: new KnownFiles(), readScript: scriptReader(), studies: new Map() };
}

/** @param sweepFile absolute, whether or not there is such a file yet */
export function surroundingsOf(
  sweepFile: string,
  parsed: ParsedSweep,
  options: SurroundingsOptions = {},
): Surroundings {
  return surroundingsFor(sweepFile, programWordsOf(parsed), options);
}

export function surroundingsFor(
  sweepFile: string,
  words: ProgramWords,
  options: SurroundingsOptions = {},
): Surroundings {
  const { memory = newSurroundingsMemory(), unsaved = new Map() } = options;
  const { files } = memory;
  files.overlay(unsaved);
  const sweepFolder = path.dirname(path.resolve(sweepFile));
  const root = options.root ?? projectOf(sweepFolder, files);
  const candidates = pythonFiles(files, root, sweepFolder);
  const program = programFound(words, sweepFolder, root, candidates, memory);
  const past = pastOf(sweepFile, memory.studies);
  const programs = programsAmong(files, candidates, sweepFolder);
  const [first] = programs;
  const likely =
    program === undefined && first !== undefined ? readingOf(first, root, memory) : undefined;
  return {
    ...(program !== undefined && { program }),
    programs: programs.map((file) => asNamedIn(sweepFolder, file)),
    ...(likely !== undefined && { likely }),
    interpreters: interpretersAround(files, sweepFolder, root),
    ...(past !== undefined && { past }),
  };
}

/** What one script says of itself; undefined where it is no Python that can be read. */
export function readScriptFile(
  script: string,
  options: SurroundingsOptions = {},
): ScriptReading | undefined {
  const { memory = newSurroundingsMemory(), unsaved = new Map() } = options;
  memory.files.overlay(unsaved);
  const root = options.root ?? projectOf(path.dirname(script), memory.files);
  return readingOf(script, root, memory);
}

function programFound(
  words: ProgramWords,
  sweepFolder: string,
  root: string,
  candidates: readonly string[],
  memory: SurroundingsMemory,
): ProgramFound | undefined {
  const { files } = memory;
  const script = scriptFileOf(words, sweepFolder, (file) => files.isFile(file));
  if (script.kind === "unnamed") return undefined;
  if (script.kind === "missing") {
    const name = path.basename(script.named);
    // What bears the name and is no file, a pipe or a link to nowhere, is the one that is missing.
    const similar = candidates.filter((file) => path.basename(file) === name && files.isFile(file));
    const [only, ...others] = similar;
    const likely =
      only === undefined || others.length > 0 ? undefined : readingOf(only, root, memory);
    return {
      kind: "missing",
      similar: similar.map((file) => asNamedIn(sweepFolder, file)),
      ...(likely !== undefined && { likely }),
    };
  }
  const reading = readingOf(script.file, root, memory);
  return reading === undefined
    ? { kind: "unread", path: script.file }
    : { kind: "read", path: script.file, reading };
}

function readingOf(
  script: string,
  root: string,
  { files, readScript }: SurroundingsMemory,
): ScriptReading | undefined {
  return script.endsWith(".py") ? readScript(script, files, { root }) : undefined;
}

const projectMarks = [".git/", ".git", ".hg/", "pyproject.toml", "setup.py", "setup.cfg"];

/** The nearest folder above that holds a project; never the home folder or what lies above it. */
function projectOf(sweepFolder: string, files: KnownFiles): string {
  const home = homedir();
  const project = folderAndAbove(sweepFolder).find(
    (folder) =>
      folder !== home &&
      !`${home}/`.startsWith(`${folder}/`) &&
      projectMarks.some((mark) => files.list(folder).includes(mark)),
  );
  return project ?? sweepFolder;
}
