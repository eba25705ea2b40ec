import { spawn } from "node:child_process";
import path from "node:path";
import { expect } from "chai";
import { cliFile, Desk, processesOf, script, shellSweep, untilGo } from "../../support/cli.js";
import { until } from "../../support/until.js";

const inTerminal = path.resolve(import.meta.dirname, "../../support/in_terminal.py");

/** Back to the beginning of the line, and away with it. */
const erase = "\r\u001b[K";

describe("sweepdeck run on a terminal", function () {
  this.timeout(60_000);

  const sweep = shellSweep(`method: random
run_cap: 2
metric: {name: loss, goal: minimize}
parameters: {lr: {min: 0.0, max: 1.0}}`);

  async function start(desk: Desk) {
    const argv = ["python3", inTerminal, process.execPath, await cliFile(), "run", "a.yaml"];
    const child = spawn("/usr/bin/env", argv, {
      cwd: desk.folder,
      env: { ...process.env, DESK: desk.folder },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { type: (keys: string) => child.stdin.write(keys), shown: () => shown, ended };
  }

  it("keeps one line up to date with how far it is and what is best", async () => {
    using desk = new Desk({
      "a.yaml": sweep,
      "train.sh": script('echo "loss=1.$SWEEPDECK_TRIAL"'),
    });
    const run = await start(desk);
    expect(await run.ended).to.equal(0);
    const lines = run.shown().replaceAll("\r\n", erase).split(erase);
    expect(lines).to.include(`${"─".repeat(24)} 0/2 trials · 1 running`);
    expect(lines).to.include(
      `${"━".repeat(12)}${"─".repeat(12)} 1/2 trials · 0 running · best 1 (trial 0)`,
    );
    expect(lines.find((line) => line.startsWith("trial 1 "))).to.match(
      /^trial 1 complete 1\.1 after/,
    );
    expect(run.shown()).to.match(/2 complete, 0 failed, 0 stopped; best 1 \(trial 0\)\r\n$/);
  });

  it("stops its trials when Ctrl-C is typed", async () => {
    using desk = new Desk({ "a.yaml": sweep, "train.sh": script(`echo "loss=1"; ${untilGo}`) });
    const run = await start(desk);
    await until("a trial has started", () => desk.lines("starts").length === 1);
    run.type("\u0003");
    expect(await run.ended).to.equal(130);
    expect(run.shown()).to.include(`${erase}Stopping the trials; once more kills them.`);
    expect((await desk.show()).trials.map(({ state }) => state)).to.deep.equal(["stopped"]);
    await until("nothing of it runs", () => processesOf(desk.folder).length === 0);
  });
});
