import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { until } from "../support/until.js";
import { textEditorOf } from "./support/text-editor.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

/** From an empty file to a sweep that can be run, with nothing but what is offered. */
describe("writing a sweep from nothing", () => {
  let bench: Workbench;
  before(async () => {
    const files = { "sweep.yaml": "" };
    bench = await openWorkbench({ example: "digits", open: "sweep.yaml", files });
  });
  after(() => bench.close());

  const text = () => textEditorOf(bench.page);
  const press = (keys: string) => bench.page.keyboard.press(keys);

  /** Takes what is offered under that name, and has it offered where it is not yet. */
  async function take(label: string): Promise<void> {
    const row = text()
      .suggestions.filter({ has: bench.page.getByText(label, { exact: true }) })
      .first();
    await until(`${label} is offered`, async () => {
      if (await row.isVisible()) return true;
      await press("Control+Space");
      await row.waitFor({ timeout: 3000 });
      return true;
    });
    await untilStill();
    await row.click();
    await row.waitFor({ state: "hidden" });
  }

  /** A list that is filled anew under the mouse has another row where this one was. */
  async function untilStill(): Promise<void> {
    let before = "";
    await until("the list stays as it is", async () => {
      const now = (await text().suggestions.allInnerTexts()).join();
      const isStill = now === before;
      before = now;
      return isStill;
    });
  }

  async function newLine(indent: 0 | 2): Promise<void> {
    await press("Escape");
    await press("ControlOrMeta+End");
    await press("Enter");
    // What the editor has indented by itself.
    await press("Shift+Home");
    await press("Delete");
    for (let column = 0; column < indent; column += 1) await press("Space");
  }

  it("begins with the program and the method", async () => {
    await text().goToEnd();
    await take("program");
    await take("train.py");
    await until("the script is named", async () =>
      (await text().text()).includes("program: train.py"),
    );
    await newLine(0);
    await take("method");
    await take("random");
  });

  it("takes the metric from what the script prints, and its direction with it", async () => {
    await newLine(0);
    await take("metric");
    await take("val_loss");
    await until("its goal is written", async () =>
      (await text().text()).includes("  name: val_loss\n  goal: minimize"),
    );
  });

  it("takes the parameters from the script's own arguments, the learning rate first", async () => {
    await newLine(0);
    await take("parameters");
    await bench.page.keyboard.press("Control+Space");
    await text().suggestions.first().waitFor();
    const [first] = await text().suggestions.allInnerTexts();
    expect(first).to.match(/^\s*lr\b/);
    await take("lr");
    await newLine(2);
    await take("batch_size");
  });

  it("is a sweep that nothing is wrong with, and can be run", async () => {
    await newLine(0);
    await take("run_cap");
    await press("Escape");
    await bench.codeLens("Run sweep · 20 trials").waitFor();
    expect(await text().errors()).to.deep.equal([]);
    await press("ControlOrMeta+S");
    await until("it is saved", () =>
      readFileSync(path.join(bench.folder, "sweep.yaml"), "utf8").includes("run_cap: 20"),
    );
    expect(readFileSync(path.join(bench.folder, "sweep.yaml"), "utf8")).to.equal(
      `program: train.py
method: random
metric:
  name: val_loss
  goal: minimize
parameters:
  lr:
    distribution: log_uniform_values
    min: 5.0e-3
    max: 0.5
  batch_size:
    values: [16, 32, 64, 128]
run_cap: 20`,
    );
  });
});
