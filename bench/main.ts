/**
 * `npm run bench`: what we are held to, measured. One part alone: `npm run bench -- launch`.
 *
 * Each part is a program of its own, so that none inherits another's warm caches; where there is a
 * peer it is measured in the same run, in turn with ours, and the ratio is what counts.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import path from "node:path";

const parts: Readonly<Record<string, string>> = {
  launch: "Starting a trial, by the command line",
  editor: "Starting a trial in the editor, and activation",
  journal: "The journal, beside Optuna's",
  language: "A keystroke in a long sweep file, beside yaml-language-server",
  importance: "What mattered, beside Optuna's evaluators",
  size: "Size of the package",
};

const wished = process.argv.slice(2);
const unknown = wished.find((part) => !(part in parts));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}": npm run bench -- ${Object.keys(parts).join("|")}`);
  process.exit(2);
}

console.log(`${machine()}\n`);
let failed = false;
for (const [part, title] of Object.entries(parts)) {
  if (wished.length > 0 && !wished.includes(part)) continue;
  console.log(`## ${title}\n`);
  const file = path.join(import.meta.dirname, `${part}.ts`);
  const run = spawnSync(process.execPath, ["--import=tsx", file], { stdio: "inherit" });
  failed ||= run.status !== 0;
  console.log("");
}
process.exitCode = failed ? 1 : 0;

function machine(): string {
  const cores = availableParallelism();
  const [load = 0] = loadavg();
  const busy =
    load > cores / 4
      ? ` Something else runs here (load ${load.toFixed(1)}): times are too long.`
      : "";
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cores} × ${cpus()[0]?.model.trim()}, ${memory}, ${process.platform}, Node ${process.version}.${busy}`;
}
