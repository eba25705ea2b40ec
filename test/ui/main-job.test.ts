import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { until } from "../support/until.js";
import { boardOf } from "./support/board.js";
import { studyIn, untilComplete, untilFinished } from "./support/steady.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

/** The example's own sweep, with fewer epochs and two slots, since a test cannot wait as a person would. */
function quickDigits(): string {
  const example = path.resolve(import.meta.dirname, "../../examples/digits/sweep.yaml");
  const text = readFileSync(example, "utf8").replace("value: 12", "value: 4");
  return `${text}\nsweepdeck:\n  slots: {parallel: 2}\n`;
}

function bestIn(folder: string): number {
  const complete = studyIn(folder)?.trials.filter(({ state }) => state === "complete") ?? [];
  return complete.reduce((a, b) => ((b.value ?? 0) < (a.value ?? 0) ? b : a)).number;
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

  const board = () => boardOf(bench);

  const act = async (trial: number, action: string) => {
    await board().row(trial).click({ button: "right" });
    await board().page.getByRole("menuitem", { name: action }).click();
  };

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
    await board().grid.waitFor();
    await board().rows.first().waitFor();
  });

  it("shows the trials running in a terminal for each slot", async () => {
    await until("the first slot has a terminal", async () =>
      (await bench.terminals()).some((name) => name.includes("CPU 0")),
    );
    // Beside the icon, for in the middle of a narrow entry lie its buttons.
    const entry = bench.page.locator(".terminal-tabs-entry", { hasText: "CPU 0" }).first();
    await entry.click({ position: { x: 24, y: 8 } });
    await until("the terminal shows the script's lines", async () =>
      /epoch=\d+ train_loss=/.test(await bench.terminalText()),
    );
  });

  it("ranks rows anew while results come in", async () => {
    await untilComplete(bench.folder, 2);
    const before = await board().trials();
    await untilComplete(bench.folder, 6);
    await until("the best trial of the study has the first rank", async () => {
      const rank = board().row(bestIn(bench.folder)).getByRole("gridcell").first();
      return (await rank.textContent())?.trim() === "1";
    });
    expect(await board().trials()).not.to.deep.equal(before);
  });

  it("lets new ranks wait while the reader has a trial selected, until he asks for them", async () => {
    await board().rows.nth(1).click();
    const waiting = board().page.getByRole("button", { name: /^\d+ new$/ });
    await waiting.waitFor();
    const held = await board().trials();
    const complete = studyIn(bench.folder)?.trials.filter(({ state }) => state === "complete");
    await untilComplete(bench.folder, (complete?.length ?? 0) + 1);
    expect(await board().trials()).to.deep.equal(held);
    await waiting.click();
    await until("the new ones are there", async () => {
      return (await board().trials()).length > held.length;
    });
  });

  it("opens a trial's log, and copies its command", async () => {
    const [first = 0] = await board().trials();
    await bench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await act(first, "Copy Command");
    await until("the command is copied", async () => {
      const copied: string = await bench.page.evaluate("navigator.clipboard.readText()");
      return /train\.py --\w+=/.test(copied);
    });
    await act(first, "Open Log");
    await bench.tab("output.log").waitFor();
    await bench.page.locator(".view-line", { hasText: "val_loss=" }).first().waitFor();
  });

  it("compares two trials that are selected, here and in the diff editor", async () => {
    await board().rows.nth(0).click();
    await board()
      .rows.nth(1)
      .click({ modifiers: ["ControlOrMeta"] });
    await bench.page.keyboard.press("d");
    const { comparison, page } = board();
    await comparison.getByRole("rowheader", { name: "lr" }).waitFor();
    await comparison.getByRole("rowheader", { name: "val_loss" }).first().waitFor();
    await page.getByRole("button", { name: "Open the first two in the diff editor" }).click();
    await bench.tab("↔").waitFor();
    await bench.page.locator(".monaco-diff-editor .char-insert").first().waitFor();
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
