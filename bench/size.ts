/** How much is downloaded to install the extension, and which bundles it is made of. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { packageExtension } from "../scripts/package.mjs";
import { root } from "../scripts/steps.mjs";

const vsix = await packageExtension();
const rows: [string, number][] = [[`${path.basename(vsix)} (target: under 1 MB)`, sizeOf(vsix)]];
for (const folder of ["dist", "dist/webview"]) {
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    if (!/\.(c?js)$/.test(name)) continue;
    rows.push([`${folder}/${name}`, sizeOf(path.join(root, folder, name))]);
  }
}
console.log("| file | size |\n|---|---|");
for (const [name, bytes] of rows) console.log(`| ${name} | ${(bytes / 1000).toFixed(0)} kB |`);

function sizeOf(file: string): number {
  return statSync(file).size;
}
