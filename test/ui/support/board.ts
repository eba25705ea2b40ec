/** The board as a reader meets it, in the webview of a workbench. */
import type { Frame, FrameLocator, Locator } from "playwright-core";
import { until } from "../../support/until.js";
import type { Workbench } from "./workbench.js";

export interface Board {
  readonly page: FrameLocator;
  readonly grid: Locator;
  /** The lines of trials, folds left out. */
  readonly rows: Locator;
  /** The study's own buttons: pause, resume, stop and what else there is. */
  readonly toolbar: Locator;
  readonly comparison: Locator;
  row(trial: number): Locator;
  /** The trials from the first line to the last. */
  trials(): Promise<number[]>;
  /** The document that the locators look into. */
  frame(): Promise<Frame>;
}

export function boardOf(bench: Workbench): Board {
  const page = bench.webview();
  const grid = page.getByRole("grid", { name: "Leaderboard" });
  const rows = grid.getByRole("row").filter({ has: page.getByRole("rowheader") });
  return {
    page,
    grid,
    rows,
    toolbar: page.getByRole("toolbar", { name: "Study" }),
    comparison: page.getByRole("treegrid", { name: "Differences" }),
    row: (trial) =>
      rows.filter({ has: page.getByRole("rowheader", { name: String(trial), exact: true }) }),
    trials: async () =>
      (await rows.getByRole("rowheader").allInnerTexts()).map((text) => Number(text)),
    frame: () =>
      until("the board's page is there", async () => {
        const element = await page.locator("html").elementHandle();
        return element?.ownerFrame() ?? undefined;
      }),
  };
}
