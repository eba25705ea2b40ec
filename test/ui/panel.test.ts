import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { until } from "../support/until.js";
import {
  launchBrowser,
  openPanel,
  type PanelOptions,
  type PanelPage,
  rowOf,
  trialsShown,
} from "./support/panel-page/panel-page.js";

/** The board's built page alone, with the extension's side of it in the page: no workbench. */
describe("the board's page", () => {
  let browser: Browser;
  const opened: PanelPage[] = [];
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    for (const { page, troubles } of opened.splice(0)) {
      await page.context().close();
      expect(troubles).to.deep.equal([]);
    }
  });

  async function open(
    options: PanelOptions | string,
  ): Promise<PanelPage & { readonly page: Page }> {
    const panel = await openPanel(
      browser,
      typeof options === "string" ? { scenario: options } : options,
    );
    opened.push(panel);
    return panel;
  }

  async function openGrid(scenario = "running"): Promise<PanelPage> {
    const panel = await open(scenario);
    await panel.page.locator(".row").first().waitFor();
    return panel;
  }

  const grid = (page: Page) => page.getByRole("grid", { name: "Leaderboard" });
  const activeLine = (page: Page) => grid(page).getAttribute("aria-activedescendant");
  const selected = (page: Page) =>
    page
      .locator(".row[aria-selected=true] [role=rowheader]")
      .allInnerTexts()
      .then((texts) => texts.map(Number).sort((a, b) => a - b));

  describe("shows", () => {
    it("a running sweep, best first, in words that a screen reader reads too", async () => {
      const { page } = await openGrid();
      expect((await trialsShown(page)).slice(0, 4)).to.deep.equal([22, 17, 33, 35]);
      await page.getByText("22 stopped early · ranks 9 to 30, best 0.0981").waitFor();
      await page.getByText("23 queued · next: trial 38 when a slot is free").waitFor();
      const progress = page.getByRole("progressbar", { name: "Trials by state" });
      expect(await progress.getAttribute("aria-valuetext")).to.match(
        /^33 of 60 done · 4 running on 4 GPUs · best 0\.0512 \(trial 22\)/,
      );
      expect(await rowOf(page, 22).getByRole("gridcell").nth(3).textContent()).to.equal("0.0512");
      expect(await rowOf(page, 14).getByText("out of memory: 23.6 GiB asked").count()).to.equal(1);
      await page.getByRole("img", { name: "val_loss up to step 27" }).first().waitFor();
    });

    it("how to come to a sweep where there is none", async () => {
      const { page, fake } = await open("none");
      await page.getByText("A sweep file says which parameters").waitFor();
      await page.getByRole("button", { name: "New Sweep" }).click();
      await until("it is asked for", async () => (await fake.asked()).includes("newSweep"));
    });

    it("that the first trials are being started", async () => {
      const { page } = await open("empty");
      await page.getByText("The first trials are being started.").waitFor();
    });

    it("why a sweep was paused, and offers to go on", async () => {
      const { page, fake } = await openGrid("all-failed");
      await page.getByText("The first five trials all failed").waitFor();
      await page.getByRole("button", { name: "Resume Sweep" }).click();
      await until("it is asked for", async () => (await fake.asked()).includes("resume"));
      await rowOf(page, 1).click();
      await page.getByLabel("Last lines of the log").getByText("KeyError").waitFor();
    });

    it("hostile names and values as text", async () => {
      const { page } = await openGrid("hostile");
      expect(await page.locator("sweepdeck-board img, sweepdeck-board script").count()).to.equal(0);
      expect(
        await page.getByRole("columnheader", { name: "<img src=x onerror=alert(1)>" }).count(),
      ).to.equal(1);
      const overflow = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
      expect(overflow).to.equal(false);
    });
  });

  describe("by keyboard", () => {
    it("moves over rows and cells, and opens folds", async () => {
      const { page } = await openGrid();
      await grid(page).focus();
      await page.keyboard.press("ArrowDown");
      expect(await activeLine(page)).to.equal("line-1");
      await page.keyboard.press("ArrowRight");
      expect(await activeLine(page)).to.equal("line-1-0");
      await page.keyboard.press("End");
      expect(await activeLine(page)).to.equal("line-16");
      await page.keyboard.press("Home");
      for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowRight");
      await page.locator(".fold[aria-expanded=true]").waitFor();
      await page.keyboard.press("ArrowDown");
      expect(await page.locator(`#${await activeLine(page)} `).count()).to.equal(1);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowLeft");
      await page.locator(".fold[aria-expanded=false]").waitFor();
    });

    it("selects, extends, takes all and clears", async () => {
      const { page } = await openGrid();
      await grid(page).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      expect(await selected(page)).to.deep.equal([17, 22, 33]);
      await page.keyboard.press("Control+a");
      expect((await selected(page)).length).to.equal(15);
      await page.keyboard.press("Escape");
      expect(await selected(page)).to.deep.equal([]);
    });

    it("acts on the row with letters, which mean letters elsewhere", async () => {
      const { page, fake } = await openGrid();
      await rowOf(page, 35).click();
      for (const key of ["l", "t", "c", "s", "Delete", "Control+Enter"])
        await page.keyboard.press(key);
      await until("all was asked", async () => (await fake.asked()).length === 6);
      expect(await fake.asked()).to.deep.equal([
        "openLog 35",
        "showTerminal 35",
        "copyYaml 35",
        "star 35 true",
        "stop 35",
        "reveal 35",
      ]);
      await page.keyboard.press("/");
      await page.keyboard.type("lts");
      expect((await fake.asked()).length).to.equal(6);
    });

    it("goes from region to region with F6, each a single tab stop", async () => {
      const { page } = await openGrid();
      await rowOf(page, 22).click();
      const region = () =>
        page.evaluate(
          "document.querySelector('sweepdeck-board').shadowRoot.activeElement?.localName",
        );
      const visited: unknown[] = [];
      for (const key of ["Shift+F6", "Shift+F6", "F6", "F6", "F6"]) {
        await page.keyboard.press(key);
        visited.push(await region());
      }
      expect(visited).to.deep.equal([
        "sweepdeck-filter",
        "sweepdeck-header",
        "sweepdeck-filter",
        "sweepdeck-grid",
        "sweepdeck-detail",
      ]);
    });

    it("keeps the keys that it used from the window, where VS Code listens", async () => {
      const { page } = await openGrid();
      await page.evaluate(
        "globalThis.heard = []; addEventListener('keydown', ({ key }) => globalThis.heard.push(key))",
      );
      await grid(page).focus();
      for (const key of ["ArrowDown", "d"]) await page.keyboard.press(key);
      await page.locator("[role=treegrid]:focus").waitFor();
      await page.keyboard.press("Escape");
      await page.locator("[role=grid]:focus").waitFor();
      for (const key of ["Escape", "F6", "F6", "F1"]) await page.keyboard.press(key);
      // The first Escape leaves the comparison, for the second there is nothing left to do; F6 goes
      // to the details, and from there out of the board.
      expect(await page.evaluate("globalThis.heard")).to.deep.equal(["Escape", "F6", "F1"]);
    });

    it("sorts from the header row", async () => {
      const { page } = await openGrid();
      await grid(page).focus();
      await page.keyboard.press("ArrowUp");
      for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.locator("[role=columnheader][data-column=number][aria-sort=ascending]").waitFor();
    });

    it("opens the row's menu, and gives the focus back", async () => {
      const { page, fake } = await openGrid();
      await grid(page).focus();
      await page.keyboard.press("Shift+F10");
      await page.getByRole("menu").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("menu").waitFor({ state: "detached" });
      await page.keyboard.press("l");
      await until("the grid has the focus again", async () =>
        (await fake.asked()).includes("openLog 22"),
      );
    });
  });

  describe("sorts and filters", () => {
    it("by a click on a column, failed trials last in both directions", async () => {
      const { page } = await openGrid();
      const byNumber = page.getByRole("columnheader", { name: "Trial" });
      await byNumber.click();
      await until("the first trial is first", async () => (await trialsShown(page))[0] === 1);
      await byNumber.click();
      await until("the last trial is first", async () => (await trialsShown(page))[0] === 37);
      await page.keyboard.press("End");
      await until("failed ones are last", async () =>
        (await trialsShown(page)).slice(-3).every((trial) => [7, 14, 19].includes(trial)),
      );
    });

    it("by what is typed, and says what it cannot read", async () => {
      const { page } = await openGrid();
      const box = page.getByRole("textbox", { name: "Filter trials" });
      await box.fill("optimizer:adamw -is:pruned");
      await until("four are left", async () => (await trialsShown(page)).join() === "9,37,14");
      await box.fill("optimzer:sgd");
      await page.getByText("No column is named optimzer: did you mean optimizer?").waitFor();
      await box.fill("nothing-like-this");
      await page.getByText("No trial matches the filter.").waitFor();
      await page.getByRole("button", { name: "Clear Filter" }).click();
      await until("all are back", async () => (await trialsShown(page))[0] === 22);
    });

    it("by state", async () => {
      const { page } = await openGrid();
      const chip = page.getByRole("button", { name: "Running 4" });
      await chip.click();
      await until(
        "the running ones are left",
        async () => (await trialsShown(page)).join() === "35,36,34,37",
      );
      expect(await chip.getAttribute("aria-pressed")).to.equal("true");
    });

    it("keeps all of it over a reload", async () => {
      const { page } = await openGrid();
      await page.getByRole("button", { name: "Running 4" }).click();
      await until("the filter is applied", async () => (await trialsShown(page)).length === 4);
      await rowOf(page, 36).click();
      await page.reload();
      await page.locator(".row").first().waitFor();
      expect(await trialsShown(page)).to.deep.equal([35, 36, 34, 37]);
      expect(await selected(page)).to.deep.equal([36]);
    });
  });

  describe("columns", () => {
    it("are shown, hidden and pinned", async () => {
      const { page } = await openGrid();
      await page.getByRole("button", { name: "Columns" }).click();
      await page.getByRole("checkbox", { name: "val_acc" }).click();
      await page.getByRole("columnheader", { name: "val_acc" }).waitFor();
      await page.getByRole("checkbox", { name: "dropout" }).click();
      await page.getByRole("columnheader", { name: "dropout" }).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Pin width" }).click();
      await until("it stands among the pinned", async () => {
        const titles = await page
          .getByRole("columnheader")
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-column")));
        return titles[5] === "parameter:width";
      });
      await page.getByRole("checkbox", { name: "Only parameters that vary" }).click();
      await page.getByRole("columnheader", { name: "epochs" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog", { name: "Columns" }).waitFor({ state: "detached" });
    });

    it("stay in sight when pinned and scrolled sideways", async () => {
      const { page } = await open({ scenario: "running", width: 520 });
      await rowOf(page, 22).waitFor();
      const objective = page.getByRole("columnheader", { name: "val_loss" });
      const before = await objective.boundingBox();
      await page.locator(".grid").evaluate((element) => element.scrollBy(300, 0));
      await page.locator(".grid.scrolled").waitFor();
      expect(await objective.boundingBox()).to.deep.equal(before);
    });
  });

  describe("compares", () => {
    async function compare(panel: PanelPage, ...trials: number[]): Promise<void> {
      for (const [place, trial] of trials.entries()) {
        await rowOf(panel.page, trial).click({ modifiers: place === 0 ? [] : ["Control"] });
      }
      await panel.page.keyboard.press("d");
    }

    it("selected trials: what differs first, with ratios, and differences of metrics", async () => {
      const panel = await openGrid();
      const { page } = panel;
      await compare(panel, 22, 17, 12);
      const table = page.getByRole("treegrid", { name: "Differences" });
      await table.getByText("7 of 11 values").waitFor();
      const lr = table
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: "lr", exact: true }) });
      expect(
        (await lr.getByRole("gridcell").allInnerTexts()).map((text) => text.trim()),
      ).to.deep.equal(["6.1e-2", "4.4e-2", "×0.72", "2.1e-3", "×0.034"]);
      await table.getByText("4 identical values").click();
      await table.getByRole("rowheader", { name: "layers" }).waitFor();
      await page.getByRole("tab", { name: "Curves" }).click();
      await page.getByRole("img", { name: /val_loss of trials 22, 17, 12/ }).waitFor();
    });

    it("changes the baseline, copies the table and opens the diff editor", async () => {
      const panel = await openGrid();
      const { page, fake } = panel;
      await compare(panel, 22, 17);
      await page.getByRole("button", { name: "Change baseline" }).click();
      await page.getByText("Compare Trials 17, 22").waitFor();
      await page.getByText("baseline · rank 2").waitFor();
      await page.getByRole("button", { name: "Open the first two in the diff editor" }).click();
      await page.getByRole("button", { name: "Copy as table" }).click();
      await until("both were asked", async () => (await fake.asked()).length === 2);
      expect((await fake.asked())[0]).to.equal("openDiff 17 22");
      expect((await fake.asked())[1]).to.match(/^copyText \tTrial 17\tTrial 22\n/);
    });

    it("goes back with Escape", async () => {
      const panel = await openGrid();
      await compare(panel, 22, 17);
      await panel.page.getByRole("treegrid").waitFor();
      await panel.page.keyboard.press("Escape");
      await grid(panel.page).waitFor();
    });

    it("says how many can be compared", async () => {
      const panel = await openGrid();
      await grid(panel.page).focus();
      await panel.page.keyboard.press("Control+a");
      await panel.page.keyboard.press("d");
      await panel.page.getByText("Select 2 to 5 trials to compare them: 15 selected.").waitFor();
    });
  });

  describe("beside an editor, 400 to 600 pixels wide,", () => {
    const cutOff = (page: Page, cells: string) =>
      page
        .locator(cells)
        .evaluateAll((found) =>
          found
            .filter(
              (cell) =>
                cell.scrollWidth > cell.clientWidth ||
                cell.getBoundingClientRect().right > cell.ownerDocument.body.clientWidth,
            )
            .map((cell) => cell.textContent),
        );

    for (const width of [400, 520, 600]) {
      it(`cuts no name and no number of the details and of a comparison at ${width}`, async () => {
        const { page, fake } = await open({ scenario: "running", width });
        const configuration = { lr: 0.6607397667980277, weight_decay: 0.000028998159194 };
        await fake.change(22, { configuration });
        await rowOf(page, 22).getByText("6.6e-1").waitFor({ state: "attached" });
        await rowOf(page, 22).click();
        await page.locator(".values").getByText("0.66074", { exact: true }).waitFor();
        expect(await page.locator(".values").getByTitle("0.6607397667980277").count()).to.equal(1);
        expect(await cutOff(page, ".values dt, .values dd")).to.deep.equal([]);
        await rowOf(page, 17).click({ modifiers: ["Control"] });
        await page.keyboard.press("d");
        await page.getByRole("treegrid").getByText("+0.0003").waitFor();
        const numbers = ".line .name > .cut, .line .value.number, .line .against.number";
        expect(await cutOff(page, numbers)).to.deep.equal([]);
      });
    }

    it("covers no value of the row that is pointed at", async () => {
      const { page } = await open({ scenario: "running", width: 520 });
      await rowOf(page, 17).hover();
      await page.locator(".row.hover").waitFor();
      expect(await page.locator(".row.hover .over").isVisible()).to.equal(false);
    });
  });

  describe("while trials run", () => {
    const ended = { state: "complete" as const, value: 0.01, endedAtMs: 1 };

    it("ranks anew by itself, and tells a screen reader of the new best", async () => {
      const { page, fake } = await openGrid();
      await fake.change(35, ended);
      await until("the new best is first", async () => (await trialsShown(page))[0] === 35);
      await page.getByRole("status").getByText("Trial 35 is the best so far.").waitFor();
    });

    it("keeps rows where they are once the reader has selected, behind “n new”", async () => {
      const { page, fake } = await openGrid();
      await rowOf(page, 17).click();
      await fake.change(35, ended);
      const fresh = page.getByRole("button", { name: "1 new" });
      await fresh.waitFor();
      expect((await trialsShown(page)).slice(0, 4)).to.deep.equal([22, 17, 33, 35]);
      expect(await rowOf(page, 35).getByRole("gridcell").nth(3).textContent()).to.equal("0.0100");
      await fresh.click();
      await until("the new best is first", async () => (await trialsShown(page))[0] === 35);
      expect(await selected(page)).to.deep.equal([17]);
    });

    it("shows a rerun as soon as it is there, though the order is held", async () => {
      const { page, fake } = await openGrid();
      await rowOf(page, 14).click();
      await page.getByRole("button", { name: "Run Again" }).click();
      await until("it is asked for", async () => (await fake.asked()).includes("rerun 14"));
      await fake.add(35, { retryOf: 14, draw: null });
      await until("it is shown", async () => (await trialsShown(page)).includes(38));
      expect(await selected(page)).to.deep.equal([14]);
    });

    it("offers to rerun what failed, in the menu of the board", async () => {
      const { page, fake } = await openGrid();
      await page.getByRole("button", { name: "More actions" }).first().click();
      await page.getByRole("menuitem", { name: "Rerun Failed Trials" }).click();
      await until("it is asked for", async () => (await fake.asked()).includes("rerunFailed"));
    });

    it("adds trials as they start", async () => {
      const { page, fake } = await openGrid();
      await fake.add(37, { value: 0.06 });
      await until("it stands where its value puts it", async () =>
        (await trialsShown(page)).includes(38),
      );
      await page.getByText(/^22 queued/).waitFor();
    });

    const transition = (page: Page, trial: number) =>
      rowOf(page, trial).evaluate(
        (row) => row.ownerDocument.defaultView?.getComputedStyle(row).transitionDuration,
      );

    it("lets rows glide to their new places, unless motion is reduced", async () => {
      const panel = await open({ scenario: "running", reducedMotion: false });
      await rowOf(panel.page, 35).waitFor();
      await panel.fake.change(35, ended);
      await until("it glides", async () => (await transition(panel.page, 35)) === "0.15s");
      const still = await openGrid();
      await still.fake.change(35, ended);
      await until("it is there", async () => (await trialsShown(still.page))[0] === 35);
      expect(await transition(still.page, 35)).to.equal("0s");
    });
  });

  describe("stands", () => {
    it("a refusal, which it shows until it is closed", async () => {
      const { page, fake } = await openGrid();
      await fake.refuse("The log is not there any more: run the trial again.");
      await rowOf(page, 22).click();
      await page.keyboard.press("l");
      const alert = page.getByRole("alert");
      await alert.getByText("The log is not there any more: run the trial again.").waitFor();
      await alert.getByRole("button", { name: "Close this message" }).click();
      await alert.waitFor({ state: "detached" });
    });

    it("the death of its host: says that it is reconnecting, and goes on with the next", async () => {
      const { page, fake } = await openGrid();
      await rowOf(page, 17).click();
      await fake.die();
      await page.getByText("Reconnecting").waitFor();
      await fake.comeBack();
      await page.getByText("Reconnecting").waitFor({ state: "detached" });
      await fake.change(35, { value: 0.04 });
      await until(
        "what the new host says arrives",
        async () => (await rowOf(page, 35).getByText("0.0400").count()) === 1,
      );
      expect(await selected(page)).to.deep.equal([17]);
    });

    it("five thousand trials, of which it draws those in sight", async () => {
      const { page } = await openGrid("thousands");
      expect(await grid(page).getAttribute("aria-rowcount")).to.match(/^4[789]\d\d$/);
      expect(await page.locator(".row").count()).to.be.lessThan(60);
      await grid(page).focus();
      await page.keyboard.press("End");
      await page.getByText(/^100 queued/).waitFor();
      await page.keyboard.press("Home");
      await until(
        "the best is back",
        async () => (await page.locator(".row").filter({ hasText: "best" }).count()) === 1,
      );
    });

    it("a trial that the editor wants to be seen, in a fold", async () => {
      const { page, fake } = await openGrid();
      await fake.reveal(31);
      await until("it is shown and selected", async () => (await selected(page)).join() === "31");
    });
  });
});
