/**
 * `npm run screenshots`, its other half: how a sweep file is written, for README.
 *
 * No part of the tests: pictures are looked at before they are committed.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { textEditorOf } from "../test/ui/support/text-editor.js";
import { openWorkbench, type Workbench } from "../test/ui/support/workbench.js";

const folder = path.resolve(import.meta.dirname, "../media/screenshots");
const commandLine = path.resolve(import.meta.dirname, "../dist/cli.js");
const themes = { dark: "Default Dark Modern", light: "Default Light Modern" } as const;
const size = { width: 1000, height: 570 };

/** The file and nothing else. */
const settings = {
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontSize": 14,
  "editor.occurrencesHighlight": "off",
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.statusBar.visible": false,
};

const sweep = `program: train.py
method: random
metric:
  name: val_loss
  goal: minimize
run_cap: 24
parameters:
  lr:
    distribution: log_uniform_values
    min: 1.0e-3
    max: 1.0
  width:
    values: [8, 16, 32]
`;

const earlier = `program: train.py
method: random
metric: {name: val_loss, goal: minimize}
run_cap: 3
parameters:
  lr: {distribution: log_uniform_values, min: 1.0e-3, max: 1.0}
  epochs: {value: 8}
`;

const planned = `program: train.py
method: random
metric:
  name: val_loss
  goal: minimize
run_cap: 27
early_terminate:
  type: hyperband
  min_iter: 3
parameters:
  lr:
    distribution: log_uniform_values
    min: 1.0e-3
    max: 1.0
  batch_size:
    values: [16, 32, 64, 128]
  width:
    distribution: int_uniform
    min: 12
    max: 48
  epochs:
    value: 27
`;

const mistaken = `program: train.py
method: random
metric:
  name: validation_loss
  goal: minimise
run_cap: 24
parameters:
  lr:
    distribution: log_uniform
    min: 1e-5
    max: 1e-2
  batchsize:
    values: [16, 32, 64]
`;

for (const [theme, name] of Object.entries(themes)) {
  describe(`the pictures of writing in ${name}`, () => {
    let bench: Workbench;
    before(async () => {
      mkdirSync(folder, { recursive: true });
      bench = await openWorkbench({
        example: "digits",
        open: "sweep.yaml",
        files: {
          "sweep.yaml": sweep,
          "mistaken.sweep.yaml": mistaken,
          "planned.sweep.yaml": earlier,
        },
        settings: { ...settings, "workbench.colorTheme": name },
      });
      await bench.page.setViewportSize(size);
      await bench.command("View: Close Primary Side Bar");
    });
    after(() => bench.close());

    const shoot = (picture: string) =>
      bench.page.screenshot({
        path: path.join(folder, `${picture}-${theme}.png`),
        animations: "disabled",
      });

    it("a distribution is drawn under the mouse", async () => {
      const text = textEditorOf(bench.page);
      await bench.codeLens("Run sweep").waitFor();
      await text.goToEnd();
      await text.word("lr").hover();
      await text.hover.getByRole("img").first().waitFor();
      await shoot("hover");
      await bench.page.keyboard.press("Escape");
    });

    it("parameters of the script are offered", async () => {
      const text = textEditorOf(bench.page);
      await text.goToEnd();
      await bench.page.keyboard.type("  ");
      await bench.page.keyboard.press("Control+Space");
      await text.suggestions.first().waitFor();
      await bench.page.keyboard.press("Control+Space");
      await bench.page.locator(".suggest-details").waitFor();
      await shoot("completion");
      await bench.page.keyboard.press("Escape");
    });

    it("what a sweep will cost stands above it", async () => {
      const file = path.join(bench.folder, "planned.sweep.yaml");
      // What a trial takes is known from an earlier study of the file.
      execFileSync(process.execPath, [commandLine, "run", file], { stdio: "pipe" });
      writeFileSync(file, planned);
      await bench.openFile("planned.sweep.yaml");
      await bench.codeLens("Run sweep").waitFor();
      await bench.page.getByText("3 searched").waitFor();
      await bench.page.locator(".codelens-decoration", { hasText: "go on after" }).waitFor();
      await bench.page.mouse.move(0, 0);
      await shoot("lenses");
    });

    it("a mistake is cured", async () => {
      await bench.openFile("mistaken.sweep.yaml");
      const text = textEditorOf(bench.page);
      await text.word("log_uniform").click();
      await bench.page.keyboard.press("ControlOrMeta+.");
      await bench.page.locator(".action-widget .monaco-list-row").first().waitFor();
      await shoot("fix");
      await bench.page.keyboard.press("Escape");
    });
  });
}
