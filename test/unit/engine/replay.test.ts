import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { replayStudy } from "../../../src/engine/replay.js";
import { stream } from "../../../src/space/random.js";
import type { Configuration } from "../../../src/space/space.js";
import { openStudy } from "../../../src/study/study-view.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { type Bench, bench } from "../../support/conducting.js";
import { until } from "../../support/until.js";
import { type Running, World } from "../../support/world.js";

const count = 200;
const text = `program: train.py
method: bayes
run_cap: ${count}
metric: {name: loss, goal: minimize}
parameters:
  lr: {distribution: log_uniform_values, min: 1.0e-5, max: 0.1}
  width: {distribution: q_log_uniform_values, min: 8, max: 512, q: 8}
  dropout: {distribution: normal, mu: 0.3, sigma: 0.2}
  optimizer: {values: [sgd, adam, [rmsprop, 0.9]]}
sweepdeck:
  sampler: {type: tpe}
`;
const initial: Configuration = { lr: 0.01, width: 64, dropout: 0.1, optimizer: "adam" };

function lossOf({ lr, width, dropout, optimizer }: Configuration): number {
  const penalty = optimizer === "adam" ? 0 : 0.3;
  return (
    (Math.log10(Number(lr)) + 3) ** 2 +
    Math.log2(Number(width) / 64) ** 2 +
    Number(dropout) ** 2 +
    penalty
  );
}

describe("a replay", function () {
  this.timeout(120_000);
  let world: World;
  let at: Bench;
  const { sweep } = parseSweep(text);
  if (sweep === undefined) throw new Error("the sweep is wrong");

  beforeEach(() => {
    world = new World();
    at = bench(world, sweep, [initial]);
    const study = {
      format: 1,
      name: "study-1",
      createdAt: "2026-11-24T08:00:00.000Z",
      sweepFile: path.join(at.directory, "sweep.yaml"),
      sweepFolder: at.directory,
      text,
      seed: 1,
      sampler: "tpe",
      initial: [{ configuration: initial, origins: {} }],
      interpreter: null,
      python: null,
      packages: {},
      git: null,
      host: "here",
    };
    writeFileSync(path.join(at.directory, "study.json"), JSON.stringify(study));
  });
  afterEach(() => at.dispose());

  const replayed = () => {
    const opened = openStudy(at.directory);
    if ("problem" in opened) throw new Error(opened.problem.code);
    return replayStudy(opened.study, sweep);
  };

  /** Ends whatever runs, one trial at a time, in an order that no two studies share. */
  const order = stream(11);
  function advance(): void {
    const { running } = world;
    const run = running[Math.floor(order.next() * running.length)];
    if (run === undefined) return;
    if (order.next() < 0.05) world.end(run, 1);
    else {
      report(run);
      world.end(run, 0);
    }
  }
  const report = (run: Running) => {
    const loss = lossOf(run.launch.configuration);
    world.report(run, { loss: loss + 1 });
    world.report(run, { loss });
  };
  async function advanceUntil(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      advance();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  const all = { suggestions: count, same: count, unrecorded: 0, differences: [] };
  const limits = {
    trialTimeMs: undefined,
    trialMemoryMiB: undefined,
    totalTimeMs: undefined,
    noImprovement: undefined,
    failures: 1000,
  };

  it("gives the same 200 configurations as a study that ran four at a time", async () => {
    const conductor = at.conduct({ slots: 4, rules: { limits } });
    let isOver = false;
    void conductor.ended.then(() => {
      isOver = true;
    });
    await advanceUntil(() => isOver);
    expect(replayed()).to.deep.equal(all);
    const differing = new Set(at.trials().map(({ attributes }) => attributes["sweepdeck:seen"]));
    expect(differing.size).to.equal(count);
  });

  it("gives the same where another conductor went on in the middle, with trials running", async () => {
    const first = at.conduct({ slots: 4, rules: { limits } });
    await advanceUntil(() => world.attempts.size >= 90);
    const second = at.conduct({ slots: 3, takeOver: "by force", rules: { limits } });
    let isOver = false;
    void second.ended.then(() => {
      isOver = true;
    });
    await advanceUntil(() => isOver);
    expect(await first.ended).to.include({ state: "overtaken" });
    expect(replayed()).to.deep.equal(all);
  });

  it("tells which suggestion differs, and how", async () => {
    const conductor = at.conduct({ slots: 1, rules: { cap: 5 } });
    for (let ended = 0; ended < 5; ended += 1) {
      await until("one runs", () => world.running.length === 1);
      advance();
    }
    await conductor.ended;
    const file = path.join(at.directory, "journal.log");
    const trial = at.trials()[3];
    const lr = String(trial?.configuration["lr"]);
    const other = `${lr.slice(0, 6)}${(Number(lr[6]) + 1) % 10}${lr.slice(7)}`;
    // Of the same length, so that no prefix moves.
    writeFileSync(file, readFileSync(file, "utf8").replace(lr, other));
    const { differences } = replayed();
    expect(differences[0]).to.deep.include({ draw: 3, trial: 3 });
    expect(String(differences[0]?.journaled["lr"])).to.equal(other);
    expect(String(differences[0]?.proposed?.["lr"])).to.equal(lr);
  });
});
