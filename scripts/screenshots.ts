/**
 * `npm run screenshots`: the pictures of README, taken of a real workbench while the example runs.
 *
 * No part of the tests: pictures are looked at before they are committed.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Board, boardOf } from "../test/ui/support/board.js";
import { untilComplete } from "../test/ui/support/steady.js";
import { textEditorOf } from "../test/ui/support/text-editor.js";
import { openWorkbench, type Workbench } from "../test/ui/support/workbench.js";

const folder = path.resolve(import.meta.dirname, "../media/screenshots");
const themes = { dark: "Default Dark Modern", light: "Default Light Modern" } as const;
const size = { width: 1440, height: 900 };
const patienceMs = 240_000;

/** A workbench as one has it after a while: nothing beside the file, the terminal and the board. */
const settings = {
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
  // Drawn a moment late, it may head one trial's lines with another's name.
  "terminal.integrated.stickyScroll.enabled": false,
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.statusBar.visible": true,
};

for (const [theme, name] of Object.entries(themes)) {
  describe(`the pictures in ${name}`, () => {
    let bench: Workbench;
    let board: Board;
    before(async () => {
      mkdirSync(folder, { recursive: true });
      bench = await openWorkbench({
        example: "digits",
        open: "sweep.yaml",
        settings: { ...settings, "workbench.colorTheme": name },
      });
      await bench.page.setViewportSize(size);
      await bench.command("View: Close Primary Side Bar");
      board = boardOf(bench);
    });
    after(() => bench.close());

    const shoot = (picture: string) =>
      bench.page.screenshot({
        path: path.join(folder, `${picture}-${theme}.png`),
        animations: "disabled",
      });

    if (theme === "dark") {
      it("a sweep file is written", async () => {
        const text = textEditorOf(bench.page);
        await bench.codeLens("Run sweep").waitFor();
        await text.word("lr").hover();
        await text.hover.getByText("every factor of ten alike").waitFor();
        await shoot("author");
        await bench.page.keyboard.press("Escape");
      });
    }

    it("the sweep runs beside it", async () => {
      await bench.codeLens("Run sweep").click();
      await board.rows.first().waitFor();
      await widen(bench);
      await bench.command("Terminal: Focus on Terminal View");
      await untilComplete(bench.folder, 13, patienceMs);
      await shoot("run");
    });

    it("two of its trials are compared", async () => {
      await untilComplete(bench.folder, 16, patienceMs);
      await bench.command("View: Hide Panel");
      await board.rows.nth(0).click();
      await board.rows.nth(3).click({ modifiers: ["ControlOrMeta"] });
      await bench.page.keyboard.press("d");
      await board.comparison.waitFor();
      await bench.page.mouse.move(0, 0);
      await shoot("compare");
    });
  });
}

/** Gives the board the larger half, as one does who watches it. */
async function widen({ page }: Workbench): Promise<void> {
  const sash = page.locator(".editor .monaco-sash.vertical:not(.disabled)").first();
  const box = await sash.boundingBox();
  if (box === null) throw new Error("There is nothing between the editor and the board.");
  const [x, y] = [box.x + box.width / 2, box.y + 200];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 150, y, { steps: 5 });
  await page.mouse.up();
}
