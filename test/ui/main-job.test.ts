import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { Locator } from "playwright-core";
import { until } from "../support/until.js";
import { studyIn, untilComplete, untilFinished } from "./support/steady.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

/** The example's own sweep, with fewer epochs and two slots, since a test cannot wait as a person would. */
function quickDigits(): string {
  const example = path.resolve(import.meta.dirname, "../../examples/digits/sweep.yaml");
  const text = readFileSync(example, "utf8").replace("value: 12", "value: 4");
  return `${text}\nsweepdeck:\n  slots: {parallel: 2}\n`;
}

/** What a person does on the first day, in the order in which they do it. */
describe("tuning the digits", () => {
  let bench: Workbench;
  before(async () => {
    const files = { "sweep.yaml": quickDigits() };
    bench = await openWorkbench({ example: "digits", open: "sweep.yaml", files });
    await bench.page.setViewportSize({ width: 1440, height: 900 });
  });
  after(() => bench.close());

  const board = () => bench.webview();
  const rows = () =>
    board()
      .getByRole("row")
      .filter({ has: board().getByRole("rowheader") });
  const trialNumbers = (found: Locator) =>
    found
      .getByRole("rowheader")
      .allInnerTexts()
      .then((texts) => texts.map(Number));

  it("offers to try one configuration, to run the sweep and to preview it", async () => {
    await bench.codeLens("Run sweep · 24 trials").waitFor();
    await bench.codeLens("Try One Configuration").waitFor();
    await bench.codeLens("Preview").waitFor();
  });

  it("tries one configuration and says that the sweep is ready", async () => {
    await bench.codeLens("Try One Configuration").click();
    await until(
      "the terminal says what was seen",
      async () => (await bench.terminalText()).includes("the sweep is ready to run"),
      60_000,
    );
    const said = await bench.terminalText();
    expect(said).to.match(/the script took lr, batch_size/);
    expect(said).to.match(/val_loss decides/);
    expect(studyIn(bench.folder), "a try makes no study").to.equal(undefined);
  });

  it("opens the leaderboard when the sweep is run, and fills it", async () => {
    await bench.codeLens("Run sweep · 24 trials").click();
    await board().getByRole("grid", { name: "Leaderboard" }).waitFor();
    await rows().first().waitFor();
  });

  it("shows the trials running in a terminal for each slot", async () => {
    const names = await bench.terminals();
    expect(names.some((name) => /CPU 0/.test(name))).to.equal(true);
    // Beside the icon, for in the middle of a narrow entry lie its buttons.
    const entry = bench.page.locator(".terminal-tabs-entry", { hasText: "CPU 0" }).first();
    await entry.click({ position: { x: 24, y: 8 } });
    await until("the terminal shows the script's lines", async () =>
      /epoch=\d+ train_loss=/.test(await bench.terminalText()),
    );
  });

  it("ranks rows anew while results come in", async () => {
    await untilComplete(bench.folder, 2);
    const before = await trialNumbers(rows());
    const study = await untilComplete(bench.folder, 6);
    const best = study.trials
      .filter(({ state }) => state === "complete")
      .sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
      .map(({ number }) => number);
    await until("the best trial of the study stands first", async () => {
      const [first] = await trialNumbers(rows());
      return first === best[0] || first === studyIn(bench.folder)?.trials.length;
    });
    expect(await trialNumbers(rows())).not.to.deep.equal(before);
  });

  it("compares two trials that are selected", async () => {
    await rows().nth(0).click();
    await rows()
      .nth(1)
      .click({ modifiers: ["ControlOrMeta"] });
    await bench.page.keyboard.press("d");
    const comparison = board().getByRole("treegrid", { name: "Differences" });
    await comparison.waitFor();
    await comparison.getByRole("rowheader", { name: "lr" }).waitFor();
    await comparison.getByRole("rowheader", { name: "val_loss" }).first().waitFor();
  });

  it("finishes, and tells it once", async () => {
    const study = await untilFinished(bench.folder, 180_000);
    expect(study.trials.filter(({ state }) => state === "complete").length).to.equal(24);
    await bench.page.locator(".notification-toast", { hasText: "Show Leaderboard" }).waitFor();
  });

  it("breaches no policy and asks nothing of the internet", () => {
    expect(bench.violations).to.deep.equal([]);
    expect(bench.foreignRequests).to.deep.equal([]);
  });
});
