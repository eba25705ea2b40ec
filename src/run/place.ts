/**
 * Where a trial runs: W&B users keep sweep files in folders of their own and start agents at the
 * root of the repository, so the program is looked for beside the sweep file and then above it.
 */
import { type Stats, statSync } from "node:fs";
import path from "node:path";
import { findOnPath } from "./leader.js";

export interface Place {
  /** Absolute: the folder that the trial's process starts in. */
  readonly cwd: string;
  /** What `${program}` becomes; undefined for a sweep that names none. */
  readonly program: string | undefined;
}

export type PlaceProblem =
  | { readonly code: "no-program" }
  | { readonly code: "missing-cwd"; readonly cwd: string }
  | {
      readonly code: "missing-program";
      readonly program: string;
      readonly searched: readonly string[];
    };

export interface PlaceInputs {
  /** Absolute. */
  readonly sweepFolder: string;
  /** As written in the sweep file. */
  readonly program: string | undefined;
  /** `sweepdeck.cwd`, as written. */
  readonly cwd: string | undefined;
  /** Whether the command has `${program}` in it, and `${interpreter}`. */
  readonly usesProgram: boolean;
  readonly usesInterpreter: boolean;
  readonly searchPath: string | undefined;
}

export type PlaceResult = { readonly place: Place } | { readonly problem: PlaceProblem };

/**
 * The program as written, in the folder where that names a file: `cwd`, else the sweep file's
 * folder, else the nearest above it. Where `cwd` is set and the file lies elsewhere, its absolute
 * path. A program without a folder in its name, run without an interpreter, may be on PATH too.
 */
export function findPlace(inputs: PlaceInputs): PlaceResult {
  const { sweepFolder, program, usesProgram } = inputs;
  const cwd = inputs.cwd === undefined ? undefined : path.resolve(sweepFolder, inputs.cwd);
  if (cwd !== undefined && !isFolder(cwd)) return { problem: { code: "missing-cwd", cwd } };
  if (program === undefined) {
    if (usesProgram) return { problem: { code: "no-program" } };
    return { place: { cwd: cwd ?? sweepFolder, program } };
  }
  const searched = [...(cwd === undefined ? [] : [cwd]), ...folderAndAbove(sweepFolder)];
  const base = searched.find((folder) => isFile(path.resolve(folder, program)));
  if (base !== undefined) {
    const start = cwd ?? (path.isAbsolute(program) ? sweepFolder : base);
    const isAsWritten = path.isAbsolute(program) || start === base;
    return { place: { cwd: start, program: isAsWritten ? program : path.resolve(base, program) } };
  }
  const isCommand = !inputs.usesInterpreter && !program.includes("/");
  if (!usesProgram || (isCommand && findOnPath(program, inputs.searchPath) !== undefined)) {
    return { place: { cwd: cwd ?? sweepFolder, program } };
  }
  return { problem: { code: "missing-program", program, searched } };
}

/** The problem as a sentence that says what to do. */
export function placeProblemText(problem: PlaceProblem): string {
  switch (problem.code) {
    case "no-program":
      return "The sweep names no program, and its command asks for one. Add `program: train.py`.";
    case "missing-cwd":
      return `There is no folder ${problem.cwd}. Set sweepdeck.cwd to one that exists, relative to the sweep file.`;
    case "missing-program": {
      const [first = "", ...others] = problem.searched;
      const above = others.length === 0 ? "" : ", nor in any folder above it";
      return `There is no ${problem.program} in ${first}${above}. Set program to the path of the training script, relative to the sweep file or to a folder above it.`;
    }
  }
}

/** A folder and all that it lies in, the nearest first. */
export function folderAndAbove(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...folderAndAbove(parent)];
}

function isFile(file: string): boolean {
  return statOf(file)?.isFile() === true;
}

function isFolder(folder: string): boolean {
  return statOf(folder)?.isDirectory() === true;
}

/** A path below a file, in a loop of links, too long, or closed to us leads to nothing that could be run. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
