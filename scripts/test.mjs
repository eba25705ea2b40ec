/**
 * `npm test`: everything that says whether this works, from a fresh clone, by one command.
 *
 * First the compiler and the linter, then three storeys: `unit`, `host` (inside a real extension
 * host) and `ui` (a browser on the real workbench with the packaged extension). One storey, and the
 * tests of one file or title: `npm test -- ui activation`. The last line is `N passed, N failed`.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { ensureModules } from "./modules.mjs";
import { ensureChromium, ensurePython } from "./prerequisites.mjs";
import { fail, PlainError, root, run, step } from "./steps.mjs";

/** @typedef {import("./storey.mjs").Tally} Tally */

const names = /** @type {const} */ (["unit", "host", "ui"]);

/**
 * The files of a storey that a word chooses: by their path, else all, by the titles of their tests.
 *
 * @param {string} storey
 * @param {string | undefined} word
 */
async function choose(storey, word) {
  const folder = path.join(root, "test", storey);
  const files = (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
  const named = word === undefined ? [] : files.filter((file) => file.includes(word));
  const byTitle = named.length === 0;
  return {
    files: (byTitle ? files : named).map((file) => path.join(folder, file)),
    only: byTitle ? word : undefined,
  };
}

/** @returns {Promise<Tally>} */
async function check() {
  const passed = await step("Checking types, style and boundaries", () =>
    run("npm", ["run", "--silent", "check"]).then(
      () => true,
      (error) => console.error(error.message),
    ),
  );
  return { passed: 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** @param {{ wished: string | undefined, word: string | undefined }} wish */
async function main({ wished, word }) {
  const chosen = names.filter((name) => wished === undefined || wished === name);
  if (chosen.length === 0) {
    throw new PlainError(
      `There is no storey "${wished}": npm test -- ${names.join("|")} [file or title]`,
    );
  }
  await ensureModules(root, "Installing the packages of package-lock.json (once)");
  if (chosen.includes("unit") || chosen.includes("ui")) await ensurePython();
  if (chosen.includes("host") || chosen.includes("ui")) {
    await ensureChromium();
    await (await import("./embedded-vscode/editor.mjs")).install();
  }
  const { build } = await import("./build.mjs");
  const { close, runStorey } = await import("./storey.mjs");
  const { storeys } = await import("./storeys.mjs");
  const tallies = wished === undefined ? [await check()] : [];
  await step("Building", () => build({ production: false }));
  for (const name of chosen) {
    tallies.push(await runStorey(name, storeys[name], await choose(name, word)));
  }
  close(tallies);
}

const [wished, word] = process.argv.slice(2);
await main({ wished, word }).catch(fail);
