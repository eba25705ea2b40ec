import { expect } from "chai";
import { until } from "../support/until.js";
import { seriousFindings } from "./support/axe.js";
import { boardOf } from "./support/board.js";
import { steadySweep, untilComplete, untilFinished } from "./support/steady.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

/** The board as VS Code shows it: its theme's colours, its policy, its keys. */
describe("the board in the workbench", () => {
  let bench: Workbench;
  before(async () => {
    bench = await openWorkbench({
      example: "digits",
      open: "sweep.yaml",
      files: steadySweep({ cap: 6, slots: 2, seconds: 6 }),
    });
  });
  after(() => bench.close());
  afterEach("breaches no policy, and nothing serious is found by axe", async () => {
    expect(await seriousFindings(await boardOf(bench).frame())).to.deep.equal([]);
    expect(bench.violations).to.deep.equal([]);
  });

  const board = () => boardOf(bench);
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await bench.page.keyboard.press(key);
  };

  it("says how to come to a study where there is none", async () => {
    await bench.command("Sweepdeck: Open Leaderboard");
    await board().page.getByText("A sweep file says which parameters").waitFor();
  });

  it("shows in its place the study that is run from it", async () => {
    await board().page.getByRole("button", { name: "Run Sweep" }).click();
    await board().rows.first().waitFor();
    await board()
      .toolbar.getByRole("button", { name: /^Pause/ })
      .waitFor();
  });

  it("stops a trial, once the reader has said so", async () => {
    const [trial = 0] = await board().trials();
    await board().row(trial).click();
    const question = bench.page.locator(".monaco-dialog-box", { hasText: `Stop trial ${trial}?` });
    // The workbench learns a moment after the click that its keys are the board's.
    await until("the question is asked", async () => {
      await press("Delete");
      await question.waitFor({ timeout: 2000 });
      return true;
    });
    await question.getByRole("button", { name: "Stop", exact: true }).click();
    await board().row(trial).getByRole("img", { name: "Stopped" }).waitFor();
  });

  it("shows a trial's details by keys alone", async () => {
    await untilComplete(bench.folder, 2);
    // VS Code looks four times a second whether a webview has lost the focus, and one that is come
    // back to sooner than it looked does not get it: a reader would press the keys again.
    await until("the rows have the focus", async () => {
      await press("ControlOrMeta+1");
      await bench.page.locator(".monaco-editor.focused").waitFor();
      await press("ControlOrMeta+2");
      await board().page.locator("[role=grid]:focus").waitFor({ timeout: 2000 });
      return true;
    });
    await press("ArrowDown", "ArrowUp", "Enter");
    await board()
      .page.getByRole("region", { name: /^Details of trial/ })
      .waitFor();
  });

  it("compares by keys alone, and comes back", async () => {
    await press("Space", "ArrowDown", "Space", "d");
    await board().comparison.waitFor();
    expect(await seriousFindings(await board().frame())).to.deep.equal([]);
    await press("ArrowDown", "Escape");
    await board().grid.waitFor();
  });

  it("chooses columns", async () => {
    await board().toolbar.getByRole("button", { name: "Columns" }).click();
    await board().page.getByRole("dialog", { name: "Columns" }).waitFor();
  });

  it("shows how the study came to its end", async () => {
    await press("Escape");
    await untilFinished(bench.folder);
    await board()
      .page.getByText(/^Finished|finished/)
      .first()
      .waitFor();
    await bench.screenshot("board-finished");
  });
});
