import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { liveRunner, newestRunner, slotDirectoryOf } from "../../src/run/slotFiles.js";
import { conductorOf, isFree } from "../../src/study/claim.js";
import { livenessOf } from "../../src/study/process.js";
import type { StudyView } from "../../src/study/study-view.js";
import { until } from "../support/until.js";
import { boardOf } from "./support/board.js";
import { kill } from "./support/processes.js";
import {
  hold,
  starts,
  steadySweep,
  studyIn,
  untilComplete,
  untilFinished,
} from "./support/steady.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");

/** Every draw once, every start once an attempt, every trial with its result. */
async function cameToItsEnd(folder: string, cap: number): Promise<void> {
  const finished = await untilFinished(folder);
  const draws = finished.trials.map(({ draw }) => draw).filter((draw) => draw !== null);
  expect(draws).to.deep.equal(Array.from({ length: cap }, (_, draw) => draw));
  expect(finished.trials.map(({ state }) => state)).to.deep.equal(draws.map(() => "complete"));
  startedOnce(finished);
}

function startedOnce(study: StudyView): void {
  const { noted, launched } = starts(study);
  expect(noted).to.deep.equal(launched);
}

function studyOf(folder: string): StudyView {
  const found = studyIn(folder);
  if (found === undefined) throw new Error("there is no study");
  return found;
}

async function run(bench: Workbench, folder: string): Promise<void> {
  await bench.codeLens("Run sweep").first().click();
  await until("trials run", () => (studyIn(folder)?.trials.length ?? 0) > 0, 60_000);
}

/** Each sweep is disturbed while it runs, and must come to the same end as if it had not been. */
describe("a sweep whose window is disturbed", () => {
  let bench: Workbench;

  /** By hand, for VS Code restores no editors in a window that is told which file to open. */
  async function open(sweep: Parameters<typeof steadySweep>[0]): Promise<void> {
    bench = await openWorkbench({ example: "digits", files: steadySweep(sweep) });
    await bench.openFile("sweep.yaml");
    await run(bench, bench.folder);
  }
  // Before the next and not after each, for a failure is photographed in between.
  beforeEach(() => bench?.close());
  after(() => bench.close());

  const conductor = () => conductorOf(studyOf(bench.folder).directory);

  /** The board answers: its pause is carried out by whoever conducts now. */
  async function boardAnswers(): Promise<void> {
    const { toolbar } = boardOf(bench);
    await toolbar.getByRole("button", { name: /^Pause/ }).click();
    await toolbar.getByRole("button", { name: /^Resume/ }).click();
    await toolbar.getByRole("button", { name: /^Pause/ }).waitFor();
  }

  it("goes on when the extension host is killed, and its panel answers again", async () => {
    await open({ cap: 8, slots: 2, seconds: 2 });
    const before = await until("its board is there", async () => (await bench.webviews())[0]);
    await untilComplete(bench.folder, 1);
    {
      using _ = hold(bench.folder);
      const killed = conductor()?.pid;
      await bench.killExtensionHost();
      // The board of the dead host stays on the screen until another takes its place.
      await until("its board is another", async () => {
        const now = await bench.webviews();
        return now.length === 1 && now[0] !== before;
      });
      await boardAnswers();
      expect(conductor()?.pid).not.to.equal(killed);
    }
    await cameToItsEnd(bench.folder, 8);
  });

  it("goes on when the window is reloaded with slots running and 20 trials ended", async () => {
    await open({ cap: 40, slots: 2, seconds: 0.4 });
    await untilComplete(bench.folder, 20);
    await bench.reload();
    await cameToItsEnd(bench.folder, 40);
    // VS Code starts remembered tasks again: what ended does not come back, and no slot is served twice.
    expect(runnersOf(studyOf(bench.folder))).to.deep.equal({ 0: 1, 1: 1 });
    expect((await bench.terminals()).filter((name) => name.includes("CPU"))).to.have.length.below(
      3,
    );
  });

  it("is taken over within seconds when the browser was killed and opened again", async () => {
    await open({ cap: 8, slots: 2, seconds: 2 });
    await untilComplete(bench.folder, 1);
    {
      using _ = hold(bench.folder);
      const before = conductor();
      await bench.killBrowser();
      await bench.reopen();
      await until(
        "the new window conducts",
        () => {
          const now = conductor();
          return now !== undefined && now.number !== before?.number && now.pid !== before?.pid;
        },
        30_000,
      );
      await bench.command("Sweepdeck: Open Leaderboard");
      await boardAnswers();
    }
    await cameToItsEnd(bench.folder, 8);
  });
});

/** Each in a folder of its own, in one workbench. */
describe("a sweep whose processes are disturbed", () => {
  const sweeps = {
    bin: { cap: 4, slots: 1, seconds: 20 },
    runner: { cap: 3, slots: 1, seconds: 3 },
    cli: { cap: 5, slots: 1, seconds: 2 },
  };
  let bench: Workbench;
  before(async () => {
    const files = Object.entries(sweeps).flatMap(([name, sweep]) =>
      Object.entries(steadySweep(sweep)).map(([file, text]) => {
        // By a name of its own, for files are opened by their names.
        return [`${name}/${file.replace("sweep", `${name}-sweep`)}`, text];
      }),
    );
    bench = await openWorkbench({ example: "digits", files: Object.fromEntries(files) });
  });
  after(() => bench.close());

  /** The folder of the sweep, as soon as its first trial has reported something. */
  async function start(name: keyof typeof sweeps): Promise<string> {
    const folder = path.join(bench.folder, name);
    await bench.openFile(`${name}-sweep.yaml`);
    await bench.codeLens(`Run sweep · ${sweeps[name].cap} trials`).click();
    await until(
      "a trial reports",
      () => (studyIn(folder)?.trials[0]?.reports.length ?? 0) > 0,
      60_000,
    );
    return folder;
  }

  it("stops a trial and closes its slot when its terminal is closed by its bin", async () => {
    const folder = await start("bin");
    await bench.terminals();
    const entry = bench.page.locator(".terminal-tabs-entry", { hasText: "CPU 0 · bin-sweep-1" });
    await entry.hover();
    await entry.locator(".codicon-trashcan, .codicon-trash").first().click();
    const study = await until(
      "the study is paused",
      () => {
        const now = studyOf(folder);
        return now.state?.state === "paused" && now;
      },
      40_000,
    );
    expect(study.state?.reason).to.match(/no slot is left.*terminal/);
    await until(
      "its trial has ended",
      () => studyOf(folder).trials[0]?.state === "stopped",
      40_000,
    );
    expect(studyOf(folder).trials).to.have.length(1);
  });

  it("keeps a training's exit code when its slot's runner is killed", async () => {
    const folder = await start("runner");
    const runner = liveRunner(slotDirectoryOf(studyOf(folder).directory, 0));
    if (runner === undefined) throw new Error("no runner serves the slot");
    kill(runner.pid);
    await until("the runner is gone", () => livenessOf(runner) === "gone");
    await cameToItsEnd(folder, 3);
    expect(studyOf(folder).trials[0]?.attributes["sweepdeck:exit"]).to.equal(0);
  });

  it("stops when the command line says so, and goes on when it is resumed there", async () => {
    const folder = await start("cli");
    const stop = spawnSync(process.execPath, [cli, "stop", "latest"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stop.status, stop.stderr).to.equal(0);
    await until("nobody conducts", () => isFree(conductorOf(studyOf(folder).directory)));
    expect(studyOf(folder).state?.state).to.equal("interrupted");
    const resume = spawn(process.execPath, [cli, "resume", "latest"], {
      cwd: folder,
      stdio: "ignore",
    });
    const code = await new Promise((resolve) => resume.once("exit", resolve));
    expect(code).to.equal(0);
    const finished = await untilFinished(folder);
    startedOnce(finished);
    expect(finished.trials.filter(({ state }) => state === "complete")).to.have.length(5);
  });
});

/** How many runners each slot has had. */
function runnersOf(study: StudyView): Record<string, number> {
  const slots = readdirSync(path.join(study.directory, "slots"));
  return Object.fromEntries(
    slots.map((slot) => [
      slot,
      newestRunner(slotDirectoryOf(study.directory, Number(slot)))?.number ?? 0,
    ]),
  );
}
