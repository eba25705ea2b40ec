import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { Configuration } from "../../../src/space/space.js";
import { conductorOf, isFree } from "../../../src/study/claim.js";
import { ask, pendingRequests, publishRequest } from "../../../src/study/requests.js";
import { readState } from "../../../src/study/state.js";
import type { Sweep } from "../../../src/sweep/sweep.js";
import { type Bench, bench, usualLimits } from "../../support/conducting.js";
import { gridSweep, randomSweep } from "../../support/sweeps.js";
import { until } from "../../support/until.js";
import { type Running, World } from "../../support/world.js";

const { runCap: _, ...endlessGrid } = gridSweep;

function eventually<Answer>(ask: () => Answer) {
  return until("the study got there", ask);
}

describe("the conductor", () => {
  let world: World;
  let at: Bench;

  function begin(sweep: Sweep, initial: readonly Configuration[] = []): void {
    world = new World();
    at = bench(world, sweep, initial);
  }
  afterEach(() => at.dispose());

  /** The usual script: one report that depends on the trial, then a good end. */
  const succeeds = (run: Running) => {
    world.report(run, { loss: 1 / (run.launch.trial + 1) });
    world.end(run, 0);
  };
  const fails = (run: Running) => world.end(run, 1);
  const states = () => at.trials().map(({ state }) => state);
  const draws = () => at.trials().map(({ draw }) => draw);
  const runningOnce = async (count: number) => {
    await eventually(() => world.running.length === count);
    return world.running;
  };

  describe("of a sweep that goes well", () => {
    it("runs as many trials as the cap says, and finishes", async () => {
      begin(randomSweep);
      world.script = succeeds;
      const outcome = await at.conduct({ slots: 2 }).ended;
      expect(outcome).to.include({ state: "finished" });
      expect(states()).to.deep.equal(["complete", "complete", "complete", "complete"]);
      expect(draws()).to.deep.equal([0, 1, 2, 3]);
      expect(at.trials().map(({ value }) => value)).to.deep.equal([1, 1 / 2, 1 / 3, 1 / 4]);
      expect(readState(at.directory)?.state).to.equal("finished");
      expect(isFree(conductorOf(at.directory))).to.equal(true);
    });

    it("covers a grid once, in order, and finishes", async () => {
      begin(endlessGrid);
      world.script = succeeds;
      await at.conduct({ slots: 3 }).ended;
      expect(at.trials().map(({ configuration: { a, b } }) => `${a}${b}`)).to.deep.equal([
        "1x",
        "1y",
        "2x",
        "2y",
        "3x",
        "3y",
      ]);
    });

    it("tries its initial configurations first, of a grid no point twice", async () => {
      begin(endlessGrid, [
        { a: 2, b: "y" },
        { a: 9, b: "x" },
      ]);
      world.script = succeeds;
      await at.conduct().ended;
      const tried = at
        .trials()
        .map(({ configuration: { a, b }, initial }) => [`${a}${b}`, initial]);
      expect(tried).to.deep.equal([
        ["2y", 0],
        ["9x", 1],
        ["1x", null],
        ["1y", null],
        ["2x", null],
        ["3x", null],
        ["3y", null],
      ]);
    });

    it("counts initial configurations towards the cap, whoever conducts", async () => {
      begin({ ...randomSweep, runCap: 3 }, [{ lr: 0.01 }, { lr: 5 }]);
      const first = at.conduct();
      await runningOnce(1);
      await first.leave();
      world.script = succeeds;
      for (const run of world.running) succeeds(run);
      await at.conduct().ended;
      expect(draws()).to.deep.equal([0, 1, 2]);
      const [lr, outside, drawn] = at.trials().map(({ configuration }) => configuration["lr"]);
      expect([lr, outside]).to.deep.equal([0.01, 5]);
      expect(drawn).to.be.within(1e-5, 0.1);
    });

    it("marks the repeat of an initial configuration too", async () => {
      begin({ ...randomSweep, runCap: 1 }, [{ lr: 0.01 }]);
      world.script = (run) => (run.launch.trial === 0 ? fails(run) : succeeds(run));
      await at.conduct({ rules: { retries: 1 } }).ended;
      expect(at.trials().map(({ initial, draw }) => [initial, draw])).to.deep.equal([
        [0, 0],
        [0, null],
      ]);
    });

    it("never has more trials running than it has slots", async () => {
      begin(randomSweep);
      const conductor = at.conduct({ slots: 2 });
      const [first] = await runningOnce(2);
      expect(states()).to.deep.equal(["running", "running"]);
      if (first !== undefined) succeeds(first);
      await eventually(() => at.trials().length === 3);
      expect(world.running.map(({ slot }) => slot).sort()).to.deep.equal([0, 1]);
      await conductor.leave();
    });

    it("judges a trial by its best report, and journals the reports", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.script = (run) => {
        for (const loss of [3, 1, 2]) world.report(run, { loss });
        world.end(run, 0);
      };
      await at.conduct().ended;
      const [trial] = at.trials();
      expect(trial?.value).to.equal(1);
      expect(trial?.reports).to.deep.equal([
        [0, 3],
        [1, 1],
        [2, 2],
      ]);
    });

    it("keeps the other metrics of the step whose report counts", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.script = (run) => {
        [3, 1, 2].forEach((loss, step) => {
          world.report(run, { accuracy: loss / 10 }, step);
          world.report(run, { loss }, step);
          world.report(run, { seconds: loss * 10 }, step);
        });
        world.end(run, 0);
      };
      await at.conduct().ended;
      const metrics = at.trials()[0]?.attributes["sweepdeck:metrics"];
      expect(metrics).to.deep.equal({ accuracy: 0.1, loss: 1, seconds: 10 });
    });

    it("ends when the target is reached, and lets the others finish", async () => {
      begin({ ...randomSweep, runCap: 100, metric: { ...metricOf(randomSweep), target: 0.5 } });
      const conductor = at.conduct({ slots: 2 });
      const [first, second] = await runningOnce(2);
      if (first === undefined || second === undefined) throw new Error("nothing runs");
      world.report(first, { loss: 0.4 });
      world.end(first, 0);
      await eventually(() => states()[0] === "complete");
      succeeds(second);
      expect(await conductor.ended).to.deep.include({ state: "finished" });
      expect(states()).to.deep.equal(["complete", "complete"]);
    });

    it("ends when so many trials have brought nothing better", async () => {
      begin({ ...randomSweep, runCap: 100 });
      const losses = [3, 1, 2, 1, 5];
      world.script = (run) => {
        world.report(run, { loss: losses.shift() ?? 0 });
        world.end(run, 0);
      };
      const limits = { ...usualLimits, noImprovement: 3 };
      const outcome = await at.conduct({ rules: { limits } }).ended;
      expect(outcome).to.include({ state: "finished" });
      expect(outcome.reason).to.match(/no better trial among the last 3 of 5: trial 1/);
      expect(at.trials()).to.have.length(5);
    });

    it("takes a sweep without a metric: what ends well is complete", async () => {
      const { metric: __, ...without } = randomSweep;
      begin(without);
      world.script = (run) => world.end(run, 0);
      await at.conduct().ended;
      expect(states()).to.deep.equal(["complete", "complete", "complete", "complete"]);
      expect(at.trials().map(({ value }) => value)).to.deep.equal([0, 0, 0, 0]);
    });
  });

  describe("of trials that fail", () => {
    it("pauses after five failures in a row and says how the last one failed", async () => {
      begin({ ...randomSweep, runCap: 100 });
      world.script = fails;
      const outcome = await at.conduct().ended;
      expect(outcome).to.include({ state: "paused", because: "failures" });
      expect(outcome.reason).to.match(/5 trials failed in a row.*exit 1/);
      expect(states()).to.deep.equal(["failed", "failed", "failed", "failed", "failed"]);
      expect(readState(at.directory)).to.include({ state: "paused", reason: outcome.reason });
    });

    it("tries a failed trial again as a new one, without a hole in the grid", async () => {
      begin(endlessGrid);
      world.script = (run) => (run.launch.trial === 1 ? fails(run) : succeeds(run));
      await at.conduct({ rules: { retries: 1 } }).ended;
      expect(draws()).to.deep.equal([0, 1, null, 2, 3, 4, 5]);
      const [, failed, again] = at.trials();
      expect(again?.retryOf).to.equal(1);
      expect(again?.configuration).to.deep.equal(failed?.configuration);
      expect(again?.attributes).to.deep.include({ failed_trial: 1, retry_history: [1] });
    });

    it("does not try again for ever", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.script = fails;
      await at.conduct({ rules: { retries: 2 } }).ended;
      expect(at.trials().map(({ retryOf }) => retryOf)).to.deep.equal([null, 0, 1]);
    });

    it("fails a trial that never reported the metric, and names what it did report", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.script = (run) => {
        world.report(run, { val_loss: 1 });
        world.end(run, 0);
      };
      await at.conduct().ended;
      expect(at.trials()[0]).to.include({ state: "failed", value: null });
      expect(at.trials()[0]?.reason).to.match(/loss was not reported; .*val_loss/);
    });

    it("fails a trial whose metric was only NaN", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.script = (run) => {
        world.report(run, { loss: Number.NaN });
        world.end(run, 0);
      };
      await at.conduct().ended;
      expect(at.trials()[0]?.reason).to.match(/only NaN/);
    });

    it("runs a trial that vanished once more, even without retries", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.script = (run) => (run.launch.trial === 0 ? world.vanish(run) : succeeds(run));
      await at.conduct().ended;
      expect(states()).to.deep.equal(["failed", "complete"]);
      expect(at.trials()[0]?.reason).to.equal("exit unknown");
    });

    it("pauses at once when no trial can be started, and runs it when resumed", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.launchProblem = "there is no train.py";
      const outcome = await at.conduct().ended;
      expect(outcome).to.include({ state: "paused", reason: "there is no train.py" });
      world.launchProblem = undefined;
      world.script = succeeds;
      await at.conduct().ended;
      expect(states()).to.deep.equal(["failed", "complete"]);
    });
  });

  describe("that is asked for something", () => {
    it("stops the sweep by its trials' grace periods, and runs them again when resumed", async () => {
      begin({ ...randomSweep, runCap: 2 });
      const conductor = at.conduct({ slots: 2 });
      await runningOnce(2);
      const answer = await ask(at.directory, { kind: "stop", mode: "interrupt" }, "the test");
      expect(answer?.ok).to.equal(true);
      expect(await conductor.ended).to.include({ state: "interrupted" });
      expect(states()).to.deep.equal(["stopped", "stopped"]);
      expect([...world.attempts.values()].map(({ intent }) => intent?.mode)).to.deep.equal([
        "interrupt",
        "interrupt",
      ]);
      world.script = succeeds;
      await at.conduct({ slots: 2 }).ended;
      expect(at.trials().map(({ state, retryOf }) => [state, retryOf])).to.deep.equal([
        ["stopped", null],
        ["stopped", null],
        ["complete", 0],
        ["complete", 1],
      ]);
    });

    it("pauses when the running trials have ended, unless it is resumed before", async () => {
      begin({ ...randomSweep, runCap: 3 });
      const conductor = at.conduct();
      const [first] = await runningOnce(1);
      await ask(at.directory, { kind: "pause" }, "the test");
      await ask(at.directory, { kind: "resume" }, "the test");
      if (first !== undefined) succeeds(first);
      const [second] = await eventually(() => {
        const running = world.running.filter(({ launch }) => launch.trial === 1);
        return running.length === 1 && running;
      });
      await ask(at.directory, { kind: "pause" }, "the test");
      if (second !== undefined) succeeds(second);
      expect(await conductor.ended).to.include({ state: "paused", because: "asked" });
      expect(states()).to.deep.equal(["complete", "complete"]);
    });

    it("is seen to be pausing, by whoever looks, while trials run on", async () => {
      begin(randomSweep);
      const conductor = at.conduct();
      await runningOnce(1);
      await ask(at.directory, { kind: "pause" }, "the test");
      expect(readState(at.directory)).to.include({ state: "paused", reason: "paused by the test" });
      await ask(at.directory, { kind: "resume" }, "the test");
      expect(readState(at.directory)?.state).to.equal("running");
      await conductor.leave();
    });

    it("goes on to the pause when it is adopted on the way there, and past it when resumed", async () => {
      begin({ ...randomSweep, runCap: 2 });
      const first = at.conduct();
      const [run] = await runningOnce(1);
      await ask(at.directory, { kind: "pause" }, "the test");
      await first.leave();
      const second = at.conduct({ as: "adopt" });
      if (run !== undefined) succeeds(run);
      expect(await second.ended).to.include({ state: "paused" });
      expect(states()).to.deep.equal(["complete"]);
      world.script = succeeds;
      await at.conduct().ended;
      expect(states()).to.deep.equal(["complete", "complete"]);
    });

    it("stops one trial, and does not run it again", async () => {
      begin({ ...randomSweep, runCap: 1 });
      const conductor = at.conduct();
      await runningOnce(1);
      await ask(at.directory, { kind: "stop-trial", trial: 0, mode: "kill" }, "the test");
      await conductor.ended;
      expect(at.trials()[0]).to.include({ state: "stopped", reason: "stopped by the test" });
      await at.conduct().ended;
      expect(at.trials()).to.have.length(1);
    });

    it("never starts a trial that was stopped before its runner took it", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.claims = false;
      const conductor = at.conduct();
      await eventually(() => world.attempts.size === 1);
      const wish = { kind: "stop-trial", trial: 0, mode: "interrupt" } as const;
      await ask(at.directory, wish, "the test");
      await conductor.ended;
      expect(at.trials()[0]).to.include({ state: "stopped", reason: "stopped by the test" });
      expect(world.starts).to.deep.equal([]);
    });

    it("says so when the trial to stop does not run", async () => {
      begin(randomSweep);
      const conductor = at.conduct();
      const wish = { kind: "stop-trial", trial: 99, mode: "interrupt" } as const;
      const answer = await ask(at.directory, wish, "the test");
      expect(answer).to.include({ ok: false, message: "trial 99 is not running" });
      await conductor.leave();
    });

    it("queues reruns as new trials, and forgets the request when they are journaled", async () => {
      begin({ ...randomSweep, runCap: 2 });
      world.script = fails;
      await at.conduct().ended;
      publishRequest(at.directory, { kind: "rerun", trials: [1, 0] }, "the test");
      world.script = succeeds;
      await at.conduct().ended;
      expect(at.trials().map(({ retryOf }) => retryOf)).to.deep.equal([null, null, 1, 0]);
      expect(draws()).to.deep.equal([0, 1, null, null]);
      expect(pendingRequests(at.directory)).to.deep.equal([]);
    });

    it("repeats no rerun whose trial was journaled before a crash", async () => {
      begin({ ...randomSweep, runCap: 2 });
      world.script = fails;
      await at.conduct().ended;
      publishRequest(at.directory, { kind: "rerun", trials: [0, 1] }, "the test");
      world.script = () => {};
      at.conduct();
      await runningOnce(1);
      // The first conductor is overtaken with one of the two trials begun.
      world.script = succeeds;
      const next = at.conduct({ takeOver: "by force" });
      const [first] = world.running;
      if (first !== undefined) succeeds(first);
      await next.ended;
      expect(at.trials().map(({ retryOf }) => retryOf)).to.deep.equal([null, null, 0, 1]);
    });

    it("hands over with the trials running on, and the next one starts nothing twice", async () => {
      begin({ ...randomSweep, runCap: 3 });
      const first = at.conduct();
      const [run] = await runningOnce(1);
      await ask(at.directory, { kind: "handover" }, "another window");
      expect(await first.ended).to.include({ state: "left" });
      expect(isFree(conductorOf(at.directory))).to.equal(true);
      const second = at.conduct();
      world.script = succeeds;
      if (run !== undefined) succeeds(run);
      await second.ended;
      expect(world.starts).to.deep.equal(["0/1", "1/1", "2/1"]);
      expect(states()).to.deep.equal(["complete", "complete", "complete"]);
    });
  });

  describe("after a crash", () => {
    it("writes no report twice that the journal has already", async () => {
      begin({ ...randomSweep, runCap: 1 });
      const first = at.conduct();
      const [run] = await runningOnce(1);
      if (run === undefined) throw new Error("nothing runs");
      world.report(run, { loss: 3 });
      await eventually(() => at.trials()[0]?.reports.length === 1);
      await first.leave();
      world.report(run, { loss: 2 });
      world.end(run, 0);
      at.events.length = 0;
      await at.conduct().ended;
      expect(at.events.filter(({ type }) => type === "report")).to.deep.equal([
        { type: "report", trial: 0, step: 1, value: 2 },
      ]);
      expect(at.trials()[0]).to.deep.include({ state: "complete", value: 2 });
    });

    it("keeps what ended while nobody conducted", async () => {
      begin({ ...randomSweep, runCap: 1 });
      const first = at.conduct();
      const [run] = await runningOnce(1);
      await first.leave();
      if (run !== undefined) succeeds(run);
      await at.conduct().ended;
      expect(at.trials()[0]).to.include({ state: "complete", value: 1 });
      expect(world.starts).to.deep.equal(["0/1"]);
    });

    it("closes a running trial whose folder was deleted, and goes on", async () => {
      begin({ ...randomSweep, runCap: 2 });
      const conductor = at.conduct();
      const [run] = await runningOnce(1);
      await eventually(() => at.trials().length === 1);
      const seen = publishRequest(at.directory, { kind: "extend", cap: 2 }, "the test");
      await eventually(() => pendingRequests(at.directory).every(({ id }) => id !== seen));
      if (run !== undefined) run.status = { state: "unclaimed" };
      world.script = succeeds;
      await conductor.ended;
      expect(at.trials()[0]?.reason).to.equal("its folder was deleted while it ran");
      expect(states().filter((state) => state === "complete")).to.have.length(2);
    });

    describe("while a lock that was left behind keeps it from the journal", () => {
      const lockOf = () => path.join(at.directory, "journal.log.lock");
      const leaveLock = () => symlinkSync(path.join(at.directory, "journal.log"), lockOf());

      /** A trial runs, its conductor is gone, and the journal is locked. */
      async function abandoned(cap: number): Promise<Running> {
        begin({ ...randomSweep, runCap: cap });
        const first = at.conduct();
        const [run] = await runningOnce(1);
        await first.leave();
        if (run === undefined) throw new Error("nothing runs");
        leaveLock();
        return run;
      }

      it("waits, and begins the study then", async () => {
        begin({ ...randomSweep, runCap: 1 });
        world.script = succeeds;
        leaveLock();
        const conductor = at.conduct();
        rmSync(lockOf());
        expect(await conductor.ended).to.include({ state: "finished" });
      });

      for (const as of ["adopt", "resume"] as const) {
        it(`is paused, and keeps to it (${as})`, async () => {
          const run = await abandoned(2);
          const conductor = at.conduct({ as });
          const answer = await ask(at.directory, { kind: "pause" }, "the test");
          expect(answer).to.include({ ok: true });
          expect(readState(at.directory)?.state).to.equal("paused");
          rmSync(lockOf());
          succeeds(run);
          expect(await conductor.ended).to.include({ state: "paused", because: "asked" });
          expect(states()).to.deep.equal(["complete"]);
        });
      }

      it("is paused and resumed, and goes on", async () => {
        const run = await abandoned(2);
        const conductor = at.conduct({ as: "adopt" });
        await ask(at.directory, { kind: "pause" }, "the test");
        const answer = await ask(at.directory, { kind: "resume" }, "the test");
        expect(answer).to.include({ ok: true });
        expect(readState(at.directory)?.state).to.equal("running");
        rmSync(lockOf());
        world.script = succeeds;
        succeeds(run);
        expect(await conductor.ended).to.include({ state: "finished" });
      });

      it("is told to kill the trials, and does so when it has taken them up", async () => {
        const run = await abandoned(2);
        const conductor = at.conduct({ as: "adopt" });
        const answer = await ask(at.directory, { kind: "stop", mode: "kill" }, "the test");
        expect(answer).to.include({ ok: true });
        rmSync(lockOf());
        expect(await conductor.ended).to.include({ state: "interrupted" });
        expect(run.intent?.mode).to.equal("kill");
      });

      it("hands the study over", async () => {
        await abandoned(1);
        const conductor = at.conduct({ as: "adopt" });
        const answer = await ask(at.directory, { kind: "handover" }, "the test");
        expect(answer).to.include({ ok: true });
        expect(await conductor.ended).to.include({ state: "left" });
        expect(isFree(conductorOf(at.directory))).to.equal(true);
        expect(existsSync(lockOf()), "the lock, which is not ours").to.equal(true);
      });

      it("leaves what names trials until it can read them", async () => {
        const run = await abandoned(1);
        const conductor = at.conduct({ as: "adopt" });
        const wish = { kind: "stop-trial", trial: 0, mode: "interrupt" } as const;
        const stop = publishRequest(at.directory, wish, "the test");
        // What is asked later and answered shows that the earlier was passed over.
        await ask(at.directory, { kind: "extend", cap: 1 }, "the test");
        expect(pendingRequests(at.directory).map(({ id }) => id)).to.deep.equal([stop]);
        rmSync(lockOf());
        await conductor.ended;
        expect(run.intent?.mode).to.equal("interrupt");
      });
    });

    it("takes back what no runner had claimed, and launches it as another attempt", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.claims = false;
      const first = at.conduct();
      await eventually(() => world.attempts.size === 1);
      await first.leave();
      world.claims = true;
      world.script = succeeds;
      await at.conduct().ended;
      expect(world.starts).to.deep.equal(["0/2"]);
      expect(states()).to.deep.equal(["complete"]);
    });

    it("marks a trial lost whose machine cannot be asked, and finishes without it", async () => {
      begin({ ...randomSweep, runCap: 1 });
      const first = at.conduct();
      const [run] = await runningOnce(1);
      await first.leave();
      if (run !== undefined) run.status = { state: "unknown", host: "elsewhere" };
      await at.conduct().ended;
      expect(states()).to.deep.equal(["lost"]);
    });

    it("ends nothing and writes nothing once another has taken over", async () => {
      begin({ ...randomSweep, runCap: 2 });
      const first = at.conduct();
      const [run] = await runningOnce(1);
      const second = at.conduct({ takeOver: "by force" });
      expect(await first.ended).to.include({ state: "overtaken" });
      world.script = succeeds;
      if (run !== undefined) succeeds(run);
      await second.ended;
      expect(states()).to.deep.equal(["complete", "complete"]);
      expect(world.starts).to.deep.equal(["0/1", "1/1"]);
    });
  });

  describe("whose slots go away", () => {
    it("pauses when none is left, with the reason", async () => {
      begin(randomSweep);
      const conductor = at.conduct({ slots: 2 });
      const runs = await runningOnce(2);
      world.retired.set(0, "its terminal was closed");
      world.retired.set(1, "its terminal was closed");
      for (const run of runs) succeeds(run);
      const outcome = await conductor.ended;
      expect(outcome).to.include({ state: "paused", because: "slots" });
      expect(outcome.reason).to.equal("no slot is left: its terminal was closed");
    });

    it("gives a trial that had not begun to another slot", async () => {
      begin({ ...randomSweep, runCap: 1 });
      world.claims = false;
      const conductor = at.conduct({ slots: 2 });
      await eventually(() => world.attempts.size === 1);
      world.claims = true;
      world.script = succeeds;
      world.retired.set(0, "its runner does not start");
      await conductor.ended;
      expect([...world.attempts.values()].map(({ slot }) => slot)).to.deep.equal([0, 1]);
      expect(states()).to.deep.equal(["complete"]);
    });
  });

  it("leaves no temporary file behind", async () => {
    begin(randomSweep);
    world.script = succeeds;
    await at.conduct().ended;
    expect(readdirSync(at.directory).filter((name) => name.startsWith("."))).to.deep.equal([]);
    expect(existsSync(path.join(at.directory, "journal.log.lock"))).to.equal(false);
  });
});

function metricOf(sweep: Sweep): NonNullable<Sweep["metric"]> {
  if (sweep.metric === undefined) throw new Error("the sweep has no metric");
  return sweep.metric;
}
