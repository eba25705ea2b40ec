/** The Python programs and the interpreters around a sweep file, found by a walk that has an end. */
import path from "node:path";
import { folderAndAbove } from "../run/place.js";
import type { KnownFiles } from "./known-files.js";

/** Names in folders that are looked at, and Python files that are read, before the walk ends. */
const entriesAtMost = 4000;
const readAtMost = 300;
const namedAtMost = 40;
const depthAtMost = 8;

const skipped = new Set([
  "node_modules",
  "__pycache__",
  "site-packages",
  "build",
  "dist",
  "wandb",
  "outputs",
  "multirun",
  "lightning_logs",
  "checkpoints",
]);

/**
 * Absolute paths of the Python files at or below `root`, those below `first` before the others, and
 * in each the shallow ones before the deep ones. A folder is visited once, whatever links lead to it.
 */
export function pythonFiles(files: KnownFiles, root: string, first: string): readonly string[] {
  const found: string[] = [];
  const visited = new Set<string>();
  const budget = { entries: entriesAtMost };
  for (const start of [first, root]) walk(files, start, visited, budget, found);
  return found;
}

function walk(
  files: KnownFiles,
  start: string,
  visited: Set<string>,
  budget: { entries: number },
  found: string[],
): void {
  let level: readonly string[] = [start];
  for (let depth = 0; depth <= depthAtMost && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      const itself = files.realPath(folder);
      if (visited.has(itself) || budget.entries <= 0) continue;
      visited.add(itself);
      const names = files.list(folder);
      budget.entries -= names.length;
      if (isEnvironment(names)) continue;
      for (const name of names) {
        if (name.endsWith(".py")) found.push(path.join(folder, name));
        else if (name.endsWith("/") && isWorthwhile(name.slice(0, -1))) {
          next.push(path.join(folder, name));
        }
      }
    }
    level = next;
  }
}

function isWorthwhile(name: string): boolean {
  return !name.startsWith(".") && !skipped.has(name);
}

function isEnvironment(names: readonly string[]): boolean {
  return names.includes("pyvenv.cfg") || names.includes("conda-meta/");
}

const mainGuard = /^if[ \t]+__name__[ \t]*==[ \t]*["']__main__["']/m;
const takesArguments =
  /\b(?:ArgumentParser|HfArgumentParser|LightningCLI|CLI\(|click\.(?:command|group|option)|typer\.(?:run|Typer)|hydra\.main|tyro\.cli|pyrallis|fire\.Fire|app\.run|simple_parsing|jsonargparse|from tap import)/;
const reportsToWandb = /\bwandb\.(?:init|config|log|agent)\b/;

/** Those that look like programs to be swept, the likeliest first. */
export function programsAmong(
  files: KnownFiles,
  candidates: readonly string[],
  sweepFolder: string,
): readonly string[] {
  const scored = candidates.slice(0, readAtMost).flatMap((file, place) => {
    const likelihood = likelihoodOf(path.relative(sweepFolder, file), files.read(file) ?? "");
    return likelihood > 0 ? [{ file, likelihood, place }] : [];
  });
  return scored
    .sort((a, b) => b.likelihood - a.likelihood || a.place - b.place)
    .slice(0, namedAtMost)
    .map(({ file }) => file);
}

/** 0 for what is no program, or none that anybody sweeps. */
function likelihoodOf(file: string, text: string): number {
  const name = path.basename(file, ".py");
  if (/^(?:test_.*|.*_test|conftest|setup|noxfile|sitecustomize|__init__)$/.test(name)) return 0;
  if (/(?:^|[\\/])tests?[\\/]/.test(file)) return 0;
  if (![mainGuard, takesArguments, reportsToWandb].some((sign) => sign.test(text))) return 0;
  let likelihood = 1;
  if (/train|finetune|fine_tune|fit/.test(name)) likelihood += 4;
  if (/^(?:main|run|cli)$/.test(name)) likelihood += 2;
  if (takesArguments.test(text)) likelihood += 2;
  if (reportsToWandb.test(text)) likelihood += 2;
  return likelihood;
}

/**
 * How a sweep file names a file, so that the trial finds it: from the sweep's folder, else from the
 * nearest folder above that holds it, which is where W&B users start their agents.
 */
export function asNamedIn(sweepFolder: string, file: string): string {
  const base = folderAndAbove(sweepFolder).find((folder) => isBelow(folder, file));
  return path.relative(base ?? sweepFolder, file).replaceAll(path.sep, "/");
}

function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}

/** The Pythons of virtual and conda environments that lie in a folder or one above it, up to `root`. */
export function interpretersAround(
  files: KnownFiles,
  sweepFolder: string,
  root: string,
): readonly string[] {
  return folderAndAbove(sweepFolder)
    .filter((folder) => folder === root || isBelow(root, folder))
    .flatMap((folder) =>
      files
        .list(folder)
        .filter((name) => name.endsWith("/") && !skipped.has(name.slice(0, -1)))
        .map((name) => path.join(folder, name))
        .filter((inner) => isEnvironment(files.list(inner))),
    )
    .flatMap((environment) => pythonIn(files, environment) ?? [])
    .map((python) =>
      isBelow(sweepFolder, python)
        ? path.relative(sweepFolder, python).replaceAll(path.sep, "/")
        : python,
    );
}

function pythonIn(files: KnownFiles, environment: string): string | undefined {
  return ["bin/python", "Scripts/python.exe", "python.exe"]
    .map((name) => path.join(environment, name))
    .find((python) => files.isFile(python));
}
