/**
 * Where a study's results come from: the commit and the uncommitted change, Python and its packages.
 *
 * Nice to have, so nothing here fails or holds up a run: what cannot be learnt in time is left out.
 * It executes git and Python in the user's folder, so it waits for Workspace Trust.
 */
import { execFile } from "node:child_process";
import * as z from "zod";
import type { GitState } from "./study-file.js";

export interface GitProvenance {
  readonly state: GitState;
  /** What tracked files differ by from the commit; null where they do not, or by too much to keep. */
  readonly patch: string | null;
}

const gitTimeoutMs = 5000;
const patchLimitBytes = 10 * 1024 * 1024;

/** Null outside a repository, before its first commit, and where git is not there or not quick enough. */
export async function gitProvenance(folder: string): Promise<GitProvenance | null> {
  const commit = await git(folder, ["rev-parse", "HEAD"]);
  if (commit === null) return null;
  const [branch, changes] = await Promise.all([
    git(folder, ["symbolic-ref", "--quiet", "--short", "HEAD"]),
    git(folder, ["status", "--porcelain", "--untracked-files=no"]),
  ]);
  const dirty = changes !== null && changes.trim() !== "";
  const patch = dirty
    ? await git(folder, [
        "diff",
        "HEAD",
        "--binary",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
      ])
    : null;
  return {
    state: { commit: commit.trim(), branch: branch?.trim() ?? "", dirty },
    patch: patch === "" ? null : patch,
  };
}

function git(folder: string, argv: readonly string[]): Promise<string | null> {
  // Takes no lock that the user's own git could be waiting for.
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
  return output("git", ["-C", folder, ...argv], { timeout: gitTimeoutMs, env });
}

export interface PythonProvenance {
  readonly version: string;
  /** Versions by name, as the installed distributions spell them. */
  readonly packages: Readonly<Record<string, string>>;
}

const pythonTimeoutMs = 5000;

/** Names of folders only: importing anything, or reading each package's metadata, would take seconds. */
const askPython = `
import json, os, platform, sys
packages = {}
for folder in sys.path[1:]:
    try:
        names = os.listdir(folder or ".")
    except OSError:
        continue
    for name in names:
        if name.endswith(".dist-info") and "-" in name:
            package, version = name[: -len(".dist-info")].rsplit("-", 1)
            packages.setdefault(package, version)
print(json.dumps({"version": platform.python_version(), "packages": packages}))
`;

const pythonAnswer = z.object({
  version: z.string(),
  packages: z.record(z.string(), z.string()),
});

/** Null where the interpreter does not start, does not answer in time, or is no Python. */
export async function pythonProvenance(interpreter: string): Promise<PythonProvenance | null> {
  const text = await output(interpreter, ["-c", askPython], { timeout: pythonTimeoutMs });
  if (text === null) return null;
  try {
    const parsed = pythonAnswer.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function output(
  program: string,
  argv: readonly string[],
  options: { readonly timeout: number; readonly env?: NodeJS.ProcessEnv },
): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      program,
      argv,
      { ...options, killSignal: "SIGKILL", maxBuffer: patchLimitBytes, encoding: "utf8" },
      (error, stdout) => resolve(error === null ? stdout : null),
    );
  });
}
