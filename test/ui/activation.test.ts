import { expect } from "chai";
import { until } from "../support/until.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

describe("the packaged extension in a workbench", () => {
  let bench: Workbench;

  before(async () => {
    bench = await openWorkbench({
      example: "digits",
      open: "sweep.yaml",
      files: { "notes.md": "![a picture](http://example.test/picture.png)\n" },
    });
  });

  after(() => bench.close());

  const showsSweep = () => bench.page.locator(".view-lines", { hasText: "method:" }).waitFor();
  const readiesInLog = async () => {
    const lines = await bench.page.locator(".output-view .view-line").allInnerTexts();
    return lines.filter((line) => line.includes("ready")).length;
  };
  // A window that has only just opened may not know the channel yet, and then shows nothing.
  const logSaysReady = (count: number) =>
    until(
      "the log has been shown",
      async () => {
        await bench.command("Sweepdeck: Show Log");
        const said = `Sweepdeck was ready ${count} times`;
        return until(said, async () => (await readiesInLog()) === count, 5_000);
      },
      60_000,
    );

  it("shows the example's sweep.yaml, and no chat beside it", async () => {
    await showsSweep();
    expect(await bench.page.locator(".part.auxiliarybar:visible").count()).to.equal(0);
  });

  it("writes to its log", async () => {
    await logSaysReady(1);
  });

  it("says nothing unasked and asks nothing of the internet", async () => {
    expect(await bench.notifications()).to.deep.equal([]);
    expect(bench.foreignRequests).to.deep.equal([]);
  });

  it("answers after the extension host was killed", async () => {
    await bench.killExtensionHost();
    await logSaysReady(2);
  });

  it("shows the file again after a reload", async () => {
    await bench.reload();
    await showsSweep();
  });

  it("shows the file again after the browser was killed", async () => {
    await bench.killBrowser();
    await bench.reopen();
    await showsSweep();
  });

  it("would see a breach of a webview's policy", async () => {
    await bench.openFile("notes.md");
    await bench.command("Markdown: Open Preview");
    await until(
      "the blocked picture is reported",
      () => bench.violations.some(({ directive }) => directive === "img-src"),
      30_000,
    );
  });
});
