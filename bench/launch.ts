/** What the command line adds to a trial that does nothing, at one and at two slots. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cliFile } from "../test/support/cli.js";
import { cyclesOf, launchHead, launchRow, noopSweep, processMs } from "./noop.js";

const trials = 100;

const cli = await cliFile();
console.log(launchHead);
for (const slots of [1, 2]) {
  const folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-bench-"));
  try {
    writeFileSync(path.join(folder, "noop.yaml"), noopSweep(trials, slots));
    const run = spawnSync(process.execPath, [cli, "run", "noop.yaml", "--json"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(run.stderr);
    const alone = await processMs(trials, slots);
    const cycles = cyclesOf(path.join(folder, ".sweepdeck", "noop-1"));
    console.log(launchRow("the command line", slots, cycles, alone));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
