/**
 * `npm ci`, only where it is needed: before the first use, and after the lock file changed.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { run, step } from "./steps.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/**
 * @param {string} file
 * @returns {LockedPackages | undefined} undefined where there is no such file
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes node_modules/.package-lock.json
 * last, so a broken-off installation counts as none; packages of other platforms are optional.
 *
 * @param {string} folder
 */
function isInstalled(folder) {
  const wanted = lockedPackages(path.join(folder, "package-lock.json")) ?? {};
  const present = lockedPackages(path.join(folder, "node_modules/.package-lock.json"));
  if (present === undefined) return false;
  return Object.entries(wanted)
    .filter(([place]) => place.startsWith("node_modules/"))
    .every(([place, { version, optional }]) => {
      const found = present[place];
      return found === undefined ? optional === true : found.version === version;
    });
}

/**
 * Installs a folder's locked dependencies unless they are there already.
 *
 * @param {string} folder
 * @param {string} title what the reader is told while it takes its time
 */
export async function ensureModules(folder, title) {
  if (isInstalled(folder)) return;
  // Node 20 is what we support; one dependency of the embedded editor's claims more in vain.
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund"];
  await step(title, () => run("npm", args, { cwd: folder }));
}
