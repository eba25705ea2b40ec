import { openWorkbench, type Workbench } from "./support/workbench.js";

describe("a folder that is not trusted", () => {
  let bench: Workbench;

  before(async () => {
    bench = await openWorkbench({ example: "digits", open: "sweep.yaml", trust: true });
  });

  after(() => bench.close());

  it("opens in Restricted Mode, and Sweepdeck still answers", async () => {
    await bench.page.getByRole("button", { name: "Restricted Mode" }).waitFor();
    await bench.command("Sweepdeck: Show Log");
    await bench.page.locator(".output-view").waitFor();
  });
});
