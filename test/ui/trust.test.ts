import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { until } from "../support/until.js";
import { boardOf } from "./support/board.js";
import { steadySweep, untilFinished } from "./support/steady.js";
import { textEditorOf } from "./support/text-editor.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

/**
 * A folder for the front of PATH: each of these programs notes that it was executed, and then does
 * its work, where this machine has it.
 */
function noting(folder: string, log: string): string {
  mkdirSync(folder);
  for (const name of ["git", "nvidia-smi", "python", "python3"]) {
    const real = which(name);
    // A python that is not there would be chosen all the same, and run nothing.
    if (real === undefined && name === "python") continue;
    const work = real === undefined ? "exit 127" : `exec "${real}" "$@"`;
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho "${name}" >>"${log}"\n${work}\n`, { mode: 0o755 });
  }
  return folder;
}

function which(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

describe("a folder that is not trusted", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "sd-"));
  const log = path.join(scratch, "executed");
  let bench: Workbench;

  before(async () => {
    const front = noting(path.join(scratch, "front"), log);
    bench = await openWorkbench({
      example: "digits",
      open: "sweep.yaml",
      trust: true,
      files: steadySweep({ cap: 2, slots: 1, seconds: 0.1 }),
      env: { PATH: `${front}${path.delimiter}${process.env["PATH"]}` },
    });
  });

  after(async () => {
    await bench.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const executed = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);
  const text = () => textEditorOf(bench.page);

  it("opens in Restricted Mode, and shows what could be done with the sweep", async () => {
    await bench.page.getByRole("button", { name: "Restricted Mode" }).waitFor();
    await bench.codeLens("Run sweep · 2 trials").waitFor();
  });

  it("marks what is wrong, explains and completes", async () => {
    await text().word("random").hover();
    await text().hover.getByText("at random", { exact: false }).first().waitFor();
    await text().word("random").dblclick();
    await bench.page.keyboard.type("randm");
    await until("it is marked", async () => (await text().errors()).join() === "randm");
    await text().word("randm").dblclick();
    await bench.page.keyboard.press("Delete");
    await bench.page.keyboard.press("Control+Space");
    await text().suggestions.filter({ hasText: "random" }).click();
    await until("no mark is left", async () => (await text().errors()).length === 0);
  });

  it("says how to trust it when the sweep is to be run, and has executed nothing", async () => {
    for (const lens of ["Try One Configuration", "Run sweep"]) {
      await bench.codeLens(lens).click();
      const toast = bench.page.locator(".notification-toast", { hasText: "is not trusted" });
      await toast.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
      await bench.command("Notifications: Clear All Notifications");
      await toast.waitFor({ state: "detached" });
    }
    expect(executed()).to.deep.equal([]);
    expect(existsSync(path.join(bench.folder, ".sweepdeck"))).to.equal(false);
    expect(existsSync(path.join(bench.folder, "starts.log"))).to.equal(false);
  });

  it("runs it as soon as it is trusted", async () => {
    await bench.codeLens("Run sweep").click();
    await bench.page.getByRole("button", { name: "Manage Workspace Trust" }).click();
    await bench.page
      .locator(".workspace-trust-editor")
      .getByRole("button", { name: /^Trust/ })
      .first()
      .click();
    await bench.page
      .getByRole("button", { name: "Restricted Mode" })
      .waitFor({ state: "detached" });
    expect(existsSync(path.join(bench.folder, ".sweepdeck"))).to.equal(false);
    await bench.openFile("sweep.yaml");
    await bench.codeLens("Run sweep").click();
    await boardOf(bench).rows.first().waitFor();
    const study = await untilFinished(bench.folder);
    expect(study.trials.map(({ state }) => state)).to.deep.equal(["complete", "complete"]);
    // So the programs on PATH would have told of themselves before.
    expect(executed()).to.include.members(["git"]);
    expect(executed().some((name) => name.startsWith("python"))).to.equal(true);
  });
});
