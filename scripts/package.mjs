/**
 * `npm run package`: the extension as one file, `sweepdeck-<version>.vsix`.
 *
 * Packing takes seconds, so a package whose contents did not change since is left as it is.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "./build.mjs";
import { fail, root, run } from "./steps.mjs";

const packed = [
  "package.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  ".vscodeignore",
  "media",
  "dist",
];
const stamp = path.join(root, "dist/meta/package.sha256");

/**
 * Builds for production and packs.
 *
 * @returns {Promise<string>} the absolute path of the package
 */
export async function packageExtension() {
  await build({ production: true });
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const vsix = path.join(root, `sweepdeck-${version}.vsix`);
  const digest = await digestOfContents();
  if (existsSync(vsix) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return vsix;
  await run(process.execPath, [
    path.join(root, "node_modules/@vscode/vsce/vsce"),
    "package",
    "--no-dependencies",
    // Without these vsce wants a repository's address: for the licence field, and for the pictures.
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    // Its search for secrets reads every bundle for seconds; .vscodeignore lets only ours in.
    "--allow-package-all-secrets",
    "--allow-package-env-file",
    "--out",
    vsix,
  ]);
  await writeFile(stamp, digest);
  return vsix;
}

async function digestOfContents() {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(packed.map(filesIn))).flat().sort()) {
    hash.update(`${file}\0`).update(await readFile(path.join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * @param {string} place a file or folder below the root
 * @returns {Promise<string[]>}
 */
async function filesIn(place) {
  if (!existsSync(path.join(root, place))) return [];
  if ((await stat(path.join(root, place))).isFile()) return [place];
  const entries = await readdir(path.join(root, place), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^dist\/(meta|test|screenshots)\//.test(file) && !file.endsWith(".map"));
}

if (process.argv[1] === import.meta.filename) {
  await packageExtension().then((vsix) => console.log(path.relative(root, vsix)), fail);
}
