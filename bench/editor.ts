/**
 * What the editor adds to a trial that does nothing, at one and at two slots, and how long the
 * extension takes to activate, as VS Code itself counts it: in the real workbench, in a browser.
 */
import type { Workbench } from "../test/ui/support/workbench.js";
import { cyclesOf, launchHead, launchRow, noopSweep, processMs } from "./noop.js";

const trials = 20;
const finishLimitMs = 120_000;

// The workbench of the tests closes itself by mocha's hooks; here it is closed below.
Object.assign(globalThis, { afterEach: () => undefined, after: () => undefined });
const { openWorkbench } = await import("../test/ui/support/workbench.js");
const { untilFinished } = await import("../test/ui/support/steady.js");

async function launchOf(bench: Workbench, slots: number): Promise<string> {
  await bench.codeLens("Run sweep").first().click();
  const { directory } = await untilFinished(bench.folder, finishLimitMs);
  return launchRow("the editor", slots, cyclesOf(directory), await processMs(trials, slots));
}

/** As `Developer: Show Running Extensions` has it: `Activation: 12ms`. */
async function activationOf(bench: Workbench): Promise<string> {
  await bench.command("Developer: Show Running Extensions");
  const row = bench.page.locator(".runtime-extensions-editor .extension", { hasText: "Sweepdeck" });
  const time = row.locator(".activation-time");
  await time.waitFor();
  return /\d+ ?ms/.exec((await time.textContent()) ?? "")?.[0] ?? "unknown";
}

const rows: string[] = [];
let activation = "";
for (const slots of [1, 2]) {
  const bench = await openWorkbench({
    example: "digits",
    open: "sweep.yaml",
    files: { "sweep.yaml": noopSweep(trials, slots) },
  });
  try {
    rows.push(await launchOf(bench, slots));
    activation ||= await activationOf(bench);
  } finally {
    await bench.close();
  }
}
console.log(
  [launchHead, ...rows, "", `Activation, as VS Code counts it: ${activation}.`].join("\n"),
);
