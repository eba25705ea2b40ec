import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { expect } from "chai";
import { liveRunner, slotDirectoryOf } from "../../src/run/slotFiles.js";
import { conductorOf, isFree } from "../../src/study/claim.js";
import { livenessOf } from "../../src/study/process.js";
import { until } from "../support/until.js";
import { kill } from "./support/processes.js";
import { starts, steadySweep, studyIn, untilComplete, untilFinished } from "./support/steady.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");

/** Each sweep is disturbed while it runs, and must come to the same end as if it had not been. */
describe("a sweep in the editor", () => {
  let bench: Workbench;

  async function open(sweep: Parameters<typeof steadySweep>[0]): Promise<void> {
    bench = await openWorkbench({
      example: "digits",
      open: "sweep.yaml",
      files: steadySweep(sweep),
    });
    await bench.codeLens("Run sweep").first().click();
    await until("trials run", () => (studyIn(bench.folder)?.trials.length ?? 0) > 0, 60_000);
  }
  afterEach(() => bench.close());

  const study = () => {
    const found = studyIn(bench.folder);
    if (found === undefined) throw new Error("there is no study");
    return found;
  };
  const conductor = () => conductorOf(study().directory);

  /** Every draw once, every start once an attempt, every trial with its result. */
  async function cameToItsEnd(cap: number): Promise<void> {
    const finished = await untilFinished(bench.folder);
    const draws = finished.trials.map(({ draw }) => draw).filter((draw) => draw !== null);
    expect(draws).to.deep.equal(Array.from({ length: cap }, (_, draw) => draw));
    expect(finished.trials.map(({ state }) => state)).to.deep.equal(draws.map(() => "complete"));
    const { noted, launched } = starts(finished);
    expect(noted).to.deep.equal(launched);
  }

  /** The board answers: its pause is carried out by whoever conducts now. */
  async function boardAnswers(): Promise<void> {
    const study = bench.webview().getByRole("toolbar", { name: "Study" });
    await study.getByRole("button", { name: /^Pause/ }).click();
    await study.getByRole("button", { name: /^Resume/ }).click();
    await study.getByRole("button", { name: /^Pause/ }).waitFor();
  }

  it("goes on when the extension host is killed, and its panel answers again", async () => {
    await open({ cap: 8, slots: 2, seconds: 3 });
    await untilComplete(bench.folder, 1);
    const killed = conductor()?.pid;
    await bench.killExtensionHost();
    await until(
      "another host conducts",
      () => {
        const now = conductor();
        return now?.pid !== killed && !isFree(now);
      },
      60_000,
    );
    await boardAnswers();
    await cameToItsEnd(8);
  });

  it("goes on when the window is reloaded with slots running and 20 trials ended", async () => {
    await open({ cap: 30, slots: 2, seconds: 0.5 });
    await untilComplete(bench.folder, 20);
    await bench.reload();
    await cameToItsEnd(30);
    expect(await bench.notifications()).not.to.include.members(["already running"]);
  });

  it("is taken over within seconds when the browser was killed and opened again", async () => {
    // Long enough for a browser to start again meanwhile.
    await open({ cap: 8, slots: 2, seconds: 10 });
    await untilComplete(bench.folder, 1);
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
    await cameToItsEnd(8);
  });

  it("stops a trial and closes its slot when its terminal is closed by its bin", async () => {
    await open({ cap: 4, slots: 1, seconds: 20 });
    await until("a trial reports", () => (study().trials[0]?.reports.length ?? 0) > 0, 30_000);
    await bench.terminals();
    const entry = bench.page.locator(".terminal-tabs-entry", { hasText: "CPU 0" }).first();
    await entry.hover();
    await entry.locator(".codicon-trashcan, .codicon-trash").first().click();
    await until("the trial is stopped", () => study().trials[0]?.state === "stopped", 40_000);
    const paused = await until("the study is paused", () => {
      const { state } = study();
      return state?.state === "paused" && state;
    });
    expect(paused.reason).to.match(/no slot is left.*terminal/);
    expect(study().trials).to.have.length(1);
  });

  it("keeps a training's exit code when its slot's runner is killed", async () => {
    await open({ cap: 3, slots: 1, seconds: 5 });
    await until("a trial reports", () => (study().trials[0]?.reports.length ?? 0) > 0, 30_000);
    const runner = liveRunner(slotDirectoryOf(study().directory, 0));
    if (runner === undefined) throw new Error("no runner serves the slot");
    kill(runner.pid);
    await until("the runner is gone", () => livenessOf(runner) === "gone");
    await cameToItsEnd(3);
    expect(study().trials[0]?.attributes["sweepdeck:exit"]).to.equal(0);
  });

  it("stops when the command line says so, and goes on when it is resumed there", async () => {
    await open({ cap: 4, slots: 1, seconds: 3 });
    await untilComplete(bench.folder, 1);
    const stop = spawnSync(process.execPath, [cli, "stop", "latest"], {
      cwd: bench.folder,
      encoding: "utf8",
    });
    expect(stop.status, stop.stderr).to.equal(0);
    await until("the study is interrupted", () => study().state?.state === "interrupted");
    await until("nobody conducts", () => isFree(conductor()));
    const resume = spawn(process.execPath, [cli, "resume", "latest"], {
      cwd: bench.folder,
      stdio: "ignore",
    });
    const code = await new Promise((resolve) => resume.once("exit", resolve));
    expect(code).to.equal(0);
    const finished = await untilFinished(bench.folder);
    const { noted, launched } = starts(finished);
    expect(noted).to.deep.equal(launched);
    expect(finished.trials.filter(({ state }) => state === "complete")).to.have.length(4);
  });
});
