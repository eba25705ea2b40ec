import { until } from "../support/until.js";
import { textEditorOf } from "./support/text-editor.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

const broken = `
program: train.py
method: randm
metric: {name: val_loss, goal: minimize}
run_cap: 4
parameters:
  lr:
    min: 3
    max: 2
`.trimStart();

/** From a broken file to one that can be run, with nothing but what the editor says and offers. */
describe("writing a sweep file", () => {
  let bench: Workbench;
  before(async () => {
    const files = { "sweep.yaml": broken };
    bench = await openWorkbench({ example: "digits", open: "sweep.yaml", files });
  });
  after(() => bench.close());

  const text = () => textEditorOf(bench.page);

  it("marks exactly what is wrong", async () => {
    await until(
      "both values are marked",
      async () => (await text().errors()).join() === "randm,3",
      30_000,
    );
    await bench.codeLens("Fix 2 errors to run").waitFor();
  });

  it("says what is wrong, and cures it", async () => {
    await text().word("randm").hover();
    await text().hover.getByText("`method` cannot be `randm`. Did you mean `random`?").waitFor();
    await text().word("randm").click();
    // The hover may come back once more, and takes the menu away with it.
    const cure = bench.page.getByText("Change to random", { exact: true });
    await until("the cure is offered", async () => {
      await bench.page.keyboard.press("ControlOrMeta+.");
      await cure.waitFor({ timeout: 2000 });
      return true;
    });
    await cure.click();
    await until("the value is changed", async () =>
      (await text().text()).includes("method: random"),
    );
    await until("its mark is gone", async () => (await text().errors()).join() === "3");
  });

  it("explains a parameter in words and numbers", async () => {
    await text().word("3").dblclick();
    await bench.page.keyboard.type("1");
    await until("no mark is left", async () => (await text().errors()).length === 0);
    await text().word("lr").hover();
    await text().hover.getByText("A whole number from 1 to 2").first().waitFor();
    await bench.page.keyboard.press("Escape");
  });

  it("completes a distribution", async () => {
    await text().goToEnd();
    await bench.page.keyboard.type("    distribution: ");
    await bench.page.keyboard.press("Control+Space");
    const offered = text().suggestions.filter({ hasText: "log_uniform_values" });
    await offered.first().waitFor();
    await bench.page.keyboard.type("log_uniform_v");
    await bench.page.keyboard.press("Enter");
    await until("it is written", async () =>
      (await text().text()).includes("distribution: log_uniform_values"),
    );
    await until("nothing is marked", async () => (await text().errors()).length === 0);
  });

  it("offers to run what is right", async () => {
    await bench.codeLens("Run sweep · 4 trials").waitFor();
  });
});
