/** The Python side: an environment of its own with the peers, and the program that runs the contenders. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildAt } from "../../scripts/build.mjs";
import { readTextIfThere } from "../../src/study/files.js";

const root = path.resolve(import.meta.dirname, "../..");
const home = path.join(root, ".cache/bench-search");
export const usualResults = path.join(root, ".cache/bench-search-results");

const requirements = [
  "optuna==5.0.0",
  "cmaes",
  "numpy",
  "onnxruntime",
  "ray[tune]",
  "scipy",
  "torch",
];

/** The absolute path of a Python with Optuna and what its samplers need; made at the first call. */
export function searchPython(): string {
  const python = path.join(home, "bin", "python");
  const stamp = path.join(home, "installed");
  if (readTextIfThere(stamp) === requirements.join("\n")) return python;
  console.error("Installing Optuna and what its samplers need, once …");
  rmSync(home, { recursive: true, force: true });
  mkdirSync(path.dirname(home), { recursive: true });
  execFileSync("python3", ["-m", "venv", home], { stdio: "pipe" });
  execFileSync(python, ["-m", "pip", "install", "--quiet", ...requirements], { stdio: "inherit" });
  writeFileSync(`${stamp}.part`, requirements.join("\n"));
  renameSync(`${stamp}.part`, stamp);
  return python;
}

/** Runs one of the programs beside this file, on one core, to its end. */
export function runPython(program: string, args: readonly string[]): void {
  const argv = [path.join(import.meta.dirname, program), ...args];
  const env = { ...process.env, OMP_NUM_THREADS: "1", PYTHONDONTWRITEBYTECODE: "1" };
  const { status } = spawnSync(searchPython(), argv, { stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);
}

/** What one of the programs beside this file prints, given a text on standard input. */
export function askPython(program: string, input: string): string {
  return execFileSync(searchPython(), [path.join(import.meta.dirname, program)], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, OMP_NUM_THREADS: "1", PYTHONDONTWRITEBYTECODE: "1" },
  });
}

/** Of what decides the peers' results. */
export function peerVersions(): Readonly<Record<string, string>> {
  const program =
    "import json, platform; from importlib.metadata import version; " +
    "names = ['optuna', 'torch', 'scipy', 'numpy', 'cmaes', 'onnxruntime']; " +
    "print(json.dumps({'python': platform.python_version(), **{n: version(n) for n in names}}))";
  return JSON.parse(execFileSync(searchPython(), ["-c", program], { encoding: "utf8" }));
}

export interface Built {
  /** The words that start the command line. */
  readonly command: readonly string[];
  /** The same for the same samplers. */
  readonly code: string;
}

/** The command line as it is now: what is edited meanwhile changes no run. */
export async function builtNow(): Promise<Built> {
  const code = codeNow();
  const folder = path.join(root, ".cache/bench-search-cli", code);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{"type": "module"}');
  await buildAt("cli", folder);
  return { command: [process.execPath, path.join(folder, "cli.js")], code };
}

/** Of all that decides what is suggested. */
function codeNow(): string {
  const hash = createHash("sha256");
  for (const room of ["src/search", "src/space"]) {
    const files = readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" });
    for (const file of files.filter((each) => each.endsWith(".ts")).sort()) {
      hash.update(file).update(readFileSync(path.join(root, room, file)));
    }
  }
  return hash.digest("hex").slice(0, 10);
}
