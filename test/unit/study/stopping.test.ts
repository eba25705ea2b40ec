import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { goOn, type StoppingRule } from "../../../src/stopping/rule.js";
import { stoppingRulesFor } from "../../../src/stopping/rules-for.js";
import { historyOf } from "../../../src/study/history.js";
import { attemptDirectory, stopIntentOf } from "../../../src/study/pursuit.js";
import type { Sweep } from "../../../src/sweep/sweep.js";
import { type Bench, bench } from "../../support/conducting.js";
import { randomSweep } from "../../support/sweeps.js";
import { until } from "../../support/until.js";
import { type Running, World } from "../../support/world.js";

/** Compares at the second report, the better third survives. */
const hyperband: Sweep = {
  ...randomSweep,
  runCap: 2,
  earlyTerminate: { type: "hyperband", minIter: 2, eta: 3, strict: false },
};

interface Seen {
  readonly trial: number;
  readonly counts: readonly number[];
  readonly last: number | undefined;
  readonly others: Readonly<Record<number, readonly number[]>>;
}

/** Stops nothing, and notes what it is shown. */
function watching(more: Partial<StoppingRule> = {}): { rule: StoppingRule; seen: Seen[] } {
  const seen: Seen[] = [];
  const rule: StoppingRule = {
    name: "watching",
    metric: undefined,
    comparesAt: (count) => count === 1,
    looksAgain: false,
    judge: ({ trial, points }, others) => {
      seen.push({
        trial,
        counts: points.map(({ count }) => count),
        last: points.at(-1)?.value,
        others: Object.fromEntries(
          others.map((other) => [other.trial, other.points.map(({ value }) => value)]),
        ),
      });
      return goOn;
    },
    ...more,
  };
  return { rule, seen };
}

describe("a conductor with stopping rules", () => {
  let world: World;
  let at: Bench;

  function begin(sweep: Sweep): void {
    world = new World();
    at = bench(world, sweep);
  }
  afterEach(() => at.dispose());

  const running = async (count: number): Promise<readonly Running[]> => {
    await until(`${count} run`, () => world.running.length === count);
    return world.running;
  };
  const reportAll = (run: Running, losses: readonly number[]) => {
    for (const loss of losses) world.report(run, { loss });
  };
  const states = () => at.trials().map(({ state }) => state);
  const at0 = <Item>(items: readonly Item[], index: number): Item => {
    const item = items[index];
    if (item === undefined) throw new Error(`there is no ${index}`);
    return item;
  };

  describe("such as W&B's early_terminate", () => {
    it("stops a trial that is worse where it is compared, and keeps why", async () => {
      begin(hyperband);
      const conductor = at.conduct({ slots: 2, rules: { stopping: stoppingRulesFor(hyperband) } });
      const runs = await running(2);
      reportAll(at0(runs, 0), [3, 1]);
      await until("it is journaled", () => at.trials()[0]?.reports.length === 2);
      reportAll(at0(runs, 1), [3, 2]);
      await until("it is stopped", () => states()[1] === "pruned");
      world.end(at0(runs, 0), 0);
      expect(await conductor.ended).to.include({ state: "finished" });

      expect(states()).to.deep.equal(["complete", "pruned"]);
      const pruned = at.trials()[1];
      expect(pruned).to.include({
        value: 2,
        reason:
          "early_terminate stopped it at step 1: loss 2 ranked 2nd of 2, of whom the best one goes on (1 or better)",
      });
      expect(pruned?.attributes["sweepdeck:stop"]).to.deep.include({
        as: "pruned",
        rule: "early_terminate",
        step: 1,
        count: 2,
        value: 2,
        threshold: 1,
        rank: 2,
        compared: 1,
        competitors: [{ trial: 0, value: 1 }],
      });
      expect(at0(runs, 1).intent).to.include({ mode: "interrupt", by: "early_terminate" });
      const end = at.events.find((event) => event.type === "trial-ended" && event.trial === 1);
      expect(end).to.include({ state: "pruned", value: 2 });
    });

    it("looks again at a trial that was let pass, when another one reports", async () => {
      begin(hyperband);
      const conductor = at.conduct({ slots: 2, rules: { stopping: stoppingRulesFor(hyperband) } });
      const runs = await running(2);
      reportAll(at0(runs, 0), [3, 2]);
      await until("it is journaled", () => at.trials()[0]?.reports.length === 2);
      expect(states()).to.deep.equal(["running", "running"]);
      reportAll(at0(runs, 1), [3, 1]);
      await until("the first is stopped", () => states()[0] === "pruned");
      world.end(at0(runs, 1), 0);
      await conductor.ended;
      expect(states()).to.deep.equal(["pruned", "complete"]);
    });

    it("shows samplers what it stopped, with its curve", async () => {
      begin(hyperband);
      const conductor = at.conduct({ slots: 2, rules: { stopping: stoppingRulesFor(hyperband) } });
      const runs = await running(2);
      reportAll(at0(runs, 0), [3, 1]);
      reportAll(at0(runs, 1), [1.5, 2]);
      await until("it is stopped", () => states()[1] === "pruned");
      world.end(at0(runs, 0), 0);
      await conductor.ended;
      expect(historyOf(at.trials()).observations[1]).to.deep.include({
        state: "pruned",
        value: 1.5,
        ended: 0,
        reports: [
          [0, 1.5],
          [1, 2],
        ],
      });
      // Optuna has the last report.
      const journal = readFileSync(path.join(at.directory, "journal.log"), "utf8");
      expect(journal).to.match(/"state":2,"values":\[2\.0\]/);
    });
  });

  it("judges a trial at each of its reports, also where several come at once", async () => {
    begin({ ...randomSweep, runCap: 1 });
    const { rule, seen } = watching();
    const conductor = at.conduct({ rules: { stopping: [rule] } });
    const run = at0(await running(1), 0);
    for (const loss of [3, Number.NaN, 2]) world.report(run, { loss });
    await until("it was judged", () => seen.length === 3);
    expect(seen.map(({ counts, last }) => [counts, last])).to.deep.equal([
      [[1], 3],
      [[1, 2], Number.NaN],
      [[1, 2], 2],
    ]);
    await conductor.leave();
  });

  it("knows the count of each report of others from the journal, their thinned curves included", async () => {
    begin({ ...randomSweep, runCap: 2 });
    const counts: number[][] = [];
    const { rule } = watching({
      comparesAt: (count) => count === 151,
      judge: (_trial, others) => {
        counts.push(others.flatMap(({ points }) => points.map(({ count }) => count)));
        return goOn;
      },
    });
    world.script = (run) => {
      if (run.launch.trial > 0) return world.report(run, { loss: 1 });
      // A step that stands still is one point in the journal's fold, and as many reports as there are.
      for (let loss = 1; loss <= 170; loss += 1) {
        world.report(run, { loss: loss === 50 ? Number.NaN : loss }, Math.min(loss, 20));
      }
      world.end(run, 0);
    };
    const conductor = at.conduct({ rules: { stopping: [rule] } });
    await until("the second is judged", () => counts.length > 0);
    const known = counts[0] ?? [];
    expect(known.slice(0, 100)).to.deep.equal(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(known).to.include.members([151, 169]);
    expect(known).not.to.include(150);
    await conductor.leave();
  });

  it("shows rules another metric, of the trial and of those before, whoever conducted then", async () => {
    begin({ ...randomSweep, runCap: 3 });
    const { rule, seen } = watching({ metric: "accuracy" });
    world.script = (run) => {
      if (run.launch.trial === 2) return;
      world.report(run, { loss: 1 });
      world.report(run, { accuracy: run.launch.trial });
      world.end(run, 0);
    };
    const first = at.conduct();
    await until("the third runs", () => world.running.length === 1);
    await first.leave();
    const second = at.conduct({ rules: { stopping: [rule] } });
    world.report(at0(world.running, 0), { accuracy: 7 });
    await until("it was judged", () => seen.length > 0);
    expect(seen).to.deep.equal([{ trial: 2, counts: [1], last: 7, others: { 0: [0], 1: [1] } }]);
    await second.leave();
  });

  it("completes a trial that has reached its target", async () => {
    const sweep: Sweep = {
      ...randomSweep,
      runCap: 1,
      deck: { ...randomSweep.deck, stopping: [{ type: "target", value: 0.5 }] },
    };
    begin(sweep);
    world.script = (run) => reportAll(run, [0.7, 0.4]);
    await at.conduct({ rules: { stopping: stoppingRulesFor(sweep) } }).ended;
    expect(at.trials()[0]).to.include({
      state: "complete",
      value: 0.4,
      reason: "it reached its target at step 1: loss 0.4, where 0.5 was wanted",
    });
  });

  it("leaves its result to a trial that had ended well before it could be stopped", async () => {
    const stops: StoppingRule = { ...watching().rule, judge: stopAt(1) };
    begin({ ...randomSweep, runCap: 1 });
    world.script = (run) => world.report(run, { loss: 1 });
    world.isDeaf = true;
    const conductor = at.conduct({ rules: { stopping: [stops] } });
    const run = at0(await running(1), 0);
    await until("it is to be stopped", () => run.intent !== undefined);
    run.status = { state: "ended", code: 0, endedAtMs: Date.now() - 60_000 };
    await conductor.ended;
    expect(at.trials()[0]).to.include({ state: "complete", value: 1 });
  });

  describe("that dies", () => {
    const stops: StoppingRule = { ...watching().rule, judge: stopAt(2) };

    it("between verdict and stop has its successor reach the verdict again", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.isDeaf = true;
      const first = at.conduct({ rules: { stopping: [stops] } });
      const run = at0(await running(1), 0);
      reportAll(run, [1, 2]);
      await until("it is to be stopped", () => run.intent !== undefined);
      await first.leave();
      // As if the process had died before it could write either.
      rmSync(path.join(attemptDirectory(run.launch), "stop.json"));
      dropReports(at.directory);
      world.isDeaf = false;
      await at.conduct({ rules: { stopping: [stops] } }).ended;
      expect(at.trials()[0]).to.include({ state: "pruned", value: 1 });
    });

    it("after the stop leaves the end to its successor, which judges nothing again", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.isDeaf = true;
      const first = at.conduct({ rules: { stopping: [stops] } });
      const run = at0(await running(1), 0);
      reportAll(run, [1, 2]);
      await until("it is to be stopped", () => run.intent !== undefined);
      await first.leave();
      const { rule, seen } = watching();
      const second = at.conduct({ rules: { stopping: [rule] } });
      reportAll(run, [3]);
      await until("it is read", () => at.trials()[0]?.reports.length === 3);
      expect(stopIntentOf(run.launch)).to.include({ by: "test" });
      world.end(run, 130);
      await second.ended;
      expect(seen).to.deep.equal([]);
      expect(at.trials()[0]).to.include({
        state: "pruned",
        reason: "test stopped it at step 1: loss 2",
      });
    });

    it("has its successor judge only what was not judged before", async () => {
      begin({ ...randomSweep, runCap: 1 });
      const { rule, seen } = watching();
      const first = at.conduct({ rules: { stopping: [rule] } });
      const run = at0(await running(1), 0);
      reportAll(run, [3, 2]);
      await until("they are journaled", () => at.trials()[0]?.reports.length === 2);
      await first.leave();
      reportAll(run, [1]);
      const second = at.conduct({ rules: { stopping: [rule] } });
      await until("it was judged", () => seen.length === 3);
      expect(seen.map(({ counts }) => counts.length)).to.deep.equal([1, 2, 3]);
      await second.leave();
    });
  });
});

/** As if they had been held back when the process died. */
function dropReports(directory: string): void {
  const file = path.join(directory, "journal.log");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, lines.filter((line) => !line.startsWith('{"op_code":7,')).join("\n"));
}

/** Stops every trial at its report of this count. */
function stopAt(at: number): StoppingRule["judge"] {
  return ({ points }) => {
    const last = points.at(-1);
    if (last?.count !== at) return goOn;
    const { step, count, value } = last;
    const alone = { rank: null, competitors: [], compared: 0, details: {} };
    const why = { rule: "test", metric: "loss", step, count, value, threshold: null, ...alone };
    return { kind: "stop", as: "pruned", why };
  };
}
