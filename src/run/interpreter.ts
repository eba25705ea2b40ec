/** Which Python a trial runs with, and why: preview and study.json name it. */
import path from "node:path";
import { findOnPath, isExecutable } from "./leader.js";

type InterpreterSource =
  | "setting"
  | "python-extension"
  | "VIRTUAL_ENV"
  | "CONDA_PREFIX"
  | ".venv"
  | "PATH";

export interface Interpreter {
  /** Absolute. */
  readonly path: string;
  readonly source: InterpreterSource;
}

export type InterpreterProblem =
  /** The user named one, so no other is taken in its stead. */
  | {
      readonly code: "named-interpreter-missing";
      readonly path: string;
      readonly source: InterpreterSource;
    }
  | { readonly code: "no-interpreter" };

export type InterpreterResult =
  | { readonly interpreter: Interpreter }
  | { readonly problem: InterpreterProblem };

export interface InterpreterInputs {
  /** The setting `sweepdeck.python`: a path, or a name on PATH. */
  readonly setting?: string;
  /** What the Python extension has chosen for the sweep's folder. */
  readonly extensionChoice?: string;
  /** Absolute: where the trial will run; a `.venv` is looked for there and above. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function findInterpreter(inputs: InterpreterInputs): InterpreterResult {
  const { setting, extensionChoice, folder, environment } = inputs;
  if (setting !== undefined && setting !== "") {
    const named = setting.includes("/")
      ? path.resolve(folder, setting)
      : findOnPath(setting, environment.PATH);
    return named !== undefined && isExecutable(named)
      ? { interpreter: { path: named, source: "setting" } }
      : { problem: { code: "named-interpreter-missing", path: setting, source: "setting" } };
  }
  const candidates: readonly (readonly [InterpreterSource, string | undefined])[] = [
    ["python-extension", extensionChoice],
    ["VIRTUAL_ENV", pythonIn(environment.VIRTUAL_ENV)],
    ["CONDA_PREFIX", pythonIn(environment.CONDA_PREFIX)],
    [".venv", virtualEnvironmentAt(folder)],
    ["PATH", pythonOnPath(environment.PATH)],
  ];
  for (const [source, file] of candidates) {
    if (file !== undefined && isExecutable(file)) return { interpreter: { path: file, source } };
  }
  return { problem: { code: "no-interpreter" } };
}

/** Why this one, as part of a sentence: `Python is /opt/venv/bin/python, from VIRTUAL_ENV`. */
export function interpreterText({ path: file, source }: Interpreter): string {
  switch (source) {
    case "setting":
      return `Python is ${file}, as it was set`;
    case "python-extension":
      return `Python is ${file}, as chosen in the Python extension`;
    case "VIRTUAL_ENV":
    case "CONDA_PREFIX":
      return `Python is ${file}, from ${source}`;
    case ".venv":
      return `Python is ${file}, the virtual environment of this folder`;
    case "PATH":
      return `Python is ${file}, the first on PATH`;
  }
}

/** The problem as a sentence that says what to do. */
export function interpreterProblemText(problem: InterpreterProblem): string {
  switch (problem.code) {
    case "named-interpreter-missing":
      return `${problem.path} was set as the Python to use, and is no program here. Set another, or none to have Python found.`;
    case "no-interpreter":
      return "No Python was found: no virtual environment beside or above the sweep, and none on PATH. Install Python 3, or set sweepdeck.python to one.";
  }
}

function pythonIn(prefix: string | undefined): string | undefined {
  return prefix === undefined || prefix === "" ? undefined : path.join(prefix, "bin", "python");
}

function virtualEnvironmentAt(folder: string): string | undefined {
  const python = path.join(folder, ".venv", "bin", "python");
  if (isExecutable(python)) return python;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : virtualEnvironmentAt(parent);
}

/**
 * The folder that comes first on PATH decides; where it holds both names, `python3`, for `python`
 * may still be Python 2.
 */
function pythonOnPath(searchPath: string | undefined): string | undefined {
  for (const directory of (searchPath ?? "").split(path.delimiter)) {
    const found = findOnPath("python3", directory) ?? findOnPath("python", directory);
    if (found !== undefined) return found;
  }
  return undefined;
}
