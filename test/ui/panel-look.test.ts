import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { seriousFindings } from "./support/axe.js";
import { launchBrowser, openPanel, rowOf, wear } from "./support/panel-page/panel-page.js";
import type { Theme } from "./support/panel-page/themes.js";

const screenshots = path.resolve(import.meta.dirname, "../../dist/screenshots");

async function selectThree(page: Page): Promise<void> {
  await rowOf(page, 22).click();
  await rowOf(page, 17).click({ modifiers: ["Control"] });
  await rowOf(page, 12).click({ modifiers: ["Control"] });
  await page.getByRole("button", { name: "Compare 3 Selected" }).waitFor();
  await page.locator(".chart").waitFor();
}

/** Each view of the board, and how a reader comes to it. */
const views: Readonly<
  Record<string, { readonly scenario: string; readonly come: (page: Page) => Promise<void> }>
> = {
  running: { scenario: "running", come: selectThree },
  finished: { scenario: "finished", come: (page) => rowOf(page, 22).waitFor() },
  empty: {
    scenario: "none",
    come: (page) => page.getByText("A sweep file says which parameters").waitFor(),
  },
  failed: {
    scenario: "all-failed",
    come: async (page) => {
      await rowOf(page, 1).click();
      await page.getByLabel("Last lines of the log").waitFor();
    },
  },
  hostile: { scenario: "hostile", come: (page) => rowOf(page, 4).click() },
  columns: {
    scenario: "running",
    come: async (page) => {
      await page.getByRole("button", { name: "Columns" }).click();
      await page.getByRole("dialog", { name: "Columns" }).waitFor();
    },
  },
  menu: {
    scenario: "running",
    come: async (page) => {
      await rowOf(page, 35).click({ button: "right" });
      await page.getByRole("menu").waitFor();
    },
  },
  comparison: {
    scenario: "running",
    come: async (page) => {
      await selectThree(page);
      await page.getByRole("button", { name: "Compare 3 Selected" }).click();
      await page.getByText("4 identical values").waitFor();
    },
  },
};
const themes: readonly Theme[] = ["dark", "light", "hc", "hc-light"];

describe("the look of the board", () => {
  let browser: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const [view, { scenario, come }] of Object.entries(views)) {
    it(`${view}: nothing serious for axe, nothing that the policy blocks, in any theme`, async () => {
      const { page, troubles } = await openPanel(browser, { scenario });
      await come(page);
      for (const theme of themes) {
        await wear(page, theme);
        await page.screenshot({ path: path.join(screenshots, `panel-${view}-${theme}.png`) });
        expect(await seriousFindings(page), theme).to.deep.equal([]);
      }
      expect(troubles).to.deep.equal([]);
      await page.context().close();
    });
  }
});
