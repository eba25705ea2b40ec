/**
 * What is known around a sweep file, from the file system: its training script, other programs,
 * interpreters, earlier studies. Everything is read and nothing is executed, so this is done in
 * folders that nobody trusts too; it never throws, and each search has an end.
 */
import { homedir } from "node:os";
import path from "node:path";
import type { ProgramFound, Surroundings } from "../language/surroundings.js";
import type { ScriptReading, SourceFiles } from "../script/reading.js";
import type { ParsedSweep } from "../sweep/parse.js";
import { KnownFiles, type Stamp } from "./known-files.js";
import { type OpenedStudies, pastOf } from "./past-studies.js";
import { asNamedIn, interpretersAround, programsAmong, pythonFiles } from "./programs-around.js";
import {
  folderAndAbove,
  type ProgramWords,
  programWordsOf,
  scriptFileOf,
} from "./script-program.js";

export interface SurroundingsOptions {
  /** Absolute: nothing is searched for above it. Absent: the project that the sweep file lies in. */
  readonly root?: string;
  /** Texts of files that an editor has not saved yet, by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string>;
  /** Kept between calls, it makes each further one cost what has changed since. */
  readonly memory?: SurroundingsMemory;
}

interface KeptReading {
  readonly asked: ReadonlyMap<string, Stamp>;
  readonly reading: ScriptReading;
}

export interface SurroundingsMemory {
  readonly files: KnownFiles;
  readonly readings: Map<string, KeptReading>;
  readonly studies: OpenedStudies;
}

export function newSurroundingsMemory(): SurroundingsMemory {
  return { files: new KnownFiles(), readings: new Map(), studies: new Map() };
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
  const program = programFound(words, sweepFolder, candidates, memory);
  const past = pastOf(sweepFile, memory.studies);
  return {
    ...(program !== undefined && { program }),
    programs: programsAmong(files, candidates).map((file) => asNamedIn(sweepFolder, file)),
    interpreters: interpretersAround(files, sweepFolder, root),
    ...(past !== undefined && { past }),
  };
}

/** What one script says of itself; undefined where it is no Python that can be read. */
export function readScriptFile(
  script: string,
  { memory = newSurroundingsMemory(), unsaved = new Map() }: Omit<SurroundingsOptions, "root"> = {},
): ScriptReading | undefined {
  memory.files.overlay(unsaved);
  return script.endsWith(".py") ? readingOf(script, memory) : undefined;
}

function programFound(
  words: ProgramWords,
  sweepFolder: string,
  candidates: readonly string[],
  memory: SurroundingsMemory,
): ProgramFound | undefined {
  const { files } = memory;
  const script = scriptFileOf(words, sweepFolder, (file) => files.isFile(file));
  if (script.kind === "unnamed") return undefined;
  if (script.kind === "missing") {
    const name = path.basename(script.named);
    const similar = candidates.filter((file) => path.basename(file) === name);
    return { kind: "missing", similar: similar.map((file) => asNamedIn(sweepFolder, file)) };
  }
  const reading = script.file.endsWith(".py") ? readingOf(script.file, memory) : undefined;
  return reading === undefined
    ? { kind: "unread", path: script.file }
    : { kind: "read", path: script.file, reading };
}

/** The same object for as long as no file that it was read from, or looked for in vain, changes. */
function readingOf(
  program: string,
  { files, readings }: SurroundingsMemory,
): ScriptReading | undefined {
  const kept = readings.get(program);
  if (kept !== undefined && files.isUnchanged(kept.asked)) return kept.reading;
  readings.delete(program);
  const { value, asked } = files.record(() => read(program, files));
  if (value !== undefined) readings.set(program, { asked, reading: value });
  return value;
}

function read(_program: string, _files: SourceFiles): ScriptReading | undefined {
  return undefined;
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
