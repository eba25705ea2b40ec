/**
 * Which file of the workspace a sweep's command runs, found without running anything: the program
 * where `run/place.ts` finds it, a module behind `-m`, or a script that the command names itself.
 */
import path from "node:path";
import { usesMacro } from "../run/command.js";
import { findPlace, folderAndAbove } from "../run/place.js";
import { commandOf } from "../sweep/command-rules.js";
import type { ParsedSweep } from "../sweep/parse.js";
import { defaultCommand } from "../sweep/sweep.js";
import { textOf, valueAt } from "../sweep/tree.js";

export interface ProgramWords {
  /** As written in the sweep file. */
  readonly program: string | undefined;
  /** Macros not expanded. */
  readonly command: readonly string[];
  /** `sweepdeck.cwd`, as written. */
  readonly cwd: string | undefined;
}

export type ScriptFile =
  | { readonly kind: "found"; readonly file: string }
  /** Named, and in none of the places where it would be looked for. */
  | { readonly kind: "missing"; readonly named: string }
  /** The command runs something that is no file of the workspace, or nothing at all. */
  | { readonly kind: "unnamed" };

/** Of a sweep, the words that decide what its surroundings are, read from a broken file too. */
export function programWordsOf({ document }: ParsedSweep): ProgramWords {
  const { root } = document;
  return {
    program: textOf(valueAt(root, "program")),
    command: root?.kind === "map" ? commandOf(root) : defaultCommand,
    cwd: textOf(valueAt(valueAt(root, "sweepdeck"), "cwd")),
  };
}

/** @param isFile of an absolute path */
export function scriptFileOf(
  written: ProgramWords,
  sweepFolder: string,
  isFile: (file: string) => boolean,
): ScriptFile {
  // Several words in one element are a mistake, which is told elsewhere: what is meant is clear.
  const words = { ...written, command: written.command.flatMap((word) => word.split(/\s+/)) };
  const { command, program } = words;
  const module = moduleOf(words);
  if (module !== undefined) {
    const file = moduleFile(module, foldersOf(words, sweepFolder), isFile);
    if (file !== undefined) return { kind: "found", file };
    if (module === program) return { kind: "missing", named: program };
  }
  if (!usesMacro(command, "program")) {
    const script = command.find((word) => /^[^$]*\.py$/.test(word));
    if (script === undefined) return { kind: "unnamed" };
    return placed(script, words, sweepFolder);
  }
  return program === undefined ? { kind: "unnamed" } : placed(program, words, sweepFolder);
}

function placed(named: string, { cwd, command }: ProgramWords, sweepFolder: string): ScriptFile {
  const usesInterpreter =
    usesMacro(command, "interpreter") || command.some((word) => /(^|\/)python[\d.]*$/.test(word));
  const inputs = {
    sweepFolder,
    program: named,
    usesProgram: true,
    usesInterpreter,
    searchPath: undefined,
  };
  const found = findPlace({ ...inputs, cwd });
  if ("place" in found) {
    const { cwd: start, program = named } = found.place;
    return { kind: "found", file: path.resolve(start, program) };
  }
  if (found.problem.code === "missing-program") return { kind: "missing", named };
  return { kind: "unnamed" };
}

/** What follows `-m`: a dotted name, or the macro for one that `program` holds. */
function moduleOf({ command, program }: ProgramWords): string | undefined {
  const word = command[command.indexOf("-m") + 1];
  if (!command.includes("-m") || word === undefined) return undefined;
  const named = word === "${program}" ? program : word;
  return named !== undefined && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(named) ? named : undefined;
}

function moduleFile(
  module: string,
  folders: readonly string[],
  isFile: (file: string) => boolean,
): string | undefined {
  const stem = module.replaceAll(".", "/");
  const names = [`${stem}.py`, `${stem}/__main__.py`];
  const places = folders.flatMap((folder) => [folder, path.join(folder, "src")]);
  return places.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isFile);
}

function foldersOf({ cwd }: ProgramWords, sweepFolder: string): readonly string[] {
  const above = folderAndAbove(sweepFolder);
  return cwd === undefined ? above : [path.resolve(sweepFolder, cwd), ...above];
}
