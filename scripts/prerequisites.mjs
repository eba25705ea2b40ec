/**
 * What the tests need and npm does not have: a Chromium, and a Python 3 that can make virtual
 * environments. Found where they are, else installed by the platform's package manager where this
 * user may, else asked for in a sentence.
 */
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { PlainError, run, step } from "./steps.mjs";

const chromiumNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const chromiumApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * @typedef {object} PackageManager
 * @property {string} program
 * @property {boolean} needsRoot
 * @property {readonly string[]} [refresh] arguments that fetch its lists
 * @property {readonly string[]} install arguments before the packages' names
 * @property {{ chromium: readonly string[], python: readonly string[] }} packages
 */

/** @type {readonly PackageManager[]} */
const packageManagers = [
  {
    program: "apt-get",
    needsRoot: true,
    refresh: ["update", "--quiet"],
    install: ["install", "--yes", "--quiet", "--no-install-recommends"],
    packages: { chromium: ["chromium", "fonts-liberation"], python: ["python3-venv"] },
  },
  {
    program: "dnf",
    needsRoot: true,
    install: ["install", "--assumeyes", "--quiet"],
    packages: { chromium: ["chromium"], python: ["python3"] },
  },
  {
    program: "brew",
    needsRoot: false,
    install: ["install", "--quiet"],
    packages: { chromium: ["--cask", "chromium"], python: ["python"] },
  },
];

/**
 * The first of these programs that PATH has.
 *
 * @param {readonly string[]} names
 * @returns {string | undefined} its absolute path
 */
export function onPath(...names) {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .flatMap((file) => suffixes.map((suffix) => file + suffix))
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The browser that the tests drive: CHROMIUM, else what PATH or /Applications has. */
export function findChromium() {
  const chosen = process.env["CHROMIUM"];
  return chosen ?? onPath(...chromiumNames) ?? chromiumApplications.find(isExecutable);
}

/** @returns {Promise<string>} the absolute path of a Chromium */
export async function ensureChromium() {
  const found = findChromium() ?? (await install("chromium").then(findChromium));
  if (found !== undefined) return found;
  throw new PlainError(
    "The tests of the workbench need Chromium or Chrome, and none is on PATH. " +
      "Install one, or name it in the environment variable CHROMIUM.",
  );
}

export async function ensurePython() {
  if (await pythonMakesEnvironments()) return;
  await install("python");
  if (await pythonMakesEnvironments()) return;
  throw new PlainError(
    "The tests need python3 with the modules venv and ensurepip on PATH. " +
      "Install it (on Debian and Ubuntu: apt-get install python3-venv).",
  );
}

function pythonMakesEnvironments() {
  return run("python3", ["-c", "import venv, ensurepip"]).then(
    () => true,
    () => false,
  );
}

/**
 * Installs by the first package manager that is here, if this user may; the caller looks whether
 * it helped, and asks the reader where it did not.
 *
 * @param {"chromium" | "python"} what
 */
async function install(what) {
  const manager = packageManagers.find(({ program }) => onPath(program) !== undefined);
  if (manager === undefined) return;
  const asRoot = manager.needsRoot ? await rootPrefix() : [];
  if (asRoot === undefined) return;
  const { program, refresh, install: verb, packages } = manager;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  /** @param {readonly string[]} args */
  const manage = (args) => {
    const [first = program, ...rest] = [...asRoot, program, ...args];
    return run(first, rest, { env });
  };
  await step(`Installing ${packages[what].join(" ")} with ${program} (once)`, async () => {
    if (refresh !== undefined) await manage(refresh);
    await manage([...verb, ...packages[what]]);
  }).catch((error) => console.error(error instanceof Error ? error.message : error));
}

/** @returns {Promise<readonly string[] | undefined>} undefined where this user may not act as root */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return run("sudo", ["--non-interactive", "true"]).then(
    () => ["sudo", "--non-interactive"],
    () => undefined,
  );
}
