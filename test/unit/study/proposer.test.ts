import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { Proposal } from "../../../src/search/sampler.js";
import type { History } from "../../../src/space/history.js";
import { Fold } from "../../../src/study/fold.js";
import { historyOf } from "../../../src/study/history.js";
import type { Proposer } from "../../../src/study/proposer.js";
import { type Bench, bench } from "../../support/conducting.js";
import { randomSweep } from "../../support/sweeps.js";
import { until } from "../../support/until.js";
import { World } from "../../support/world.js";

/** Answers when the test says so. */
class SlowProposer implements Proposer {
  readonly asked: History[] = [];
  isDisposed = false;
  #answer: ((proposal: Proposal) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  propose(history: History): Promise<Proposal> {
    this.asked.push(history);
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
    });
  }

  answer(): void {
    const lr = 0.001 * this.asked.length;
    this.#answer?.({ kind: "configuration", configuration: { lr } });
  }

  fail(): void {
    this.#fail?.(new Error("the sampler is broken"));
  }

  [Symbol.dispose](): void {
    this.isDisposed = true;
  }
}

describe("a conductor whose sampler takes its time", () => {
  let world: World;
  let at: Bench;
  let slow: SlowProposer;

  function begin(runCap: number): void {
    world = new World();
    at = bench(world, { ...randomSweep, runCap });
    slow = new SlowProposer();
  }
  afterEach(() => at.dispose());

  const asked = (count: number) =>
    until(`it was asked ${count} times`, () => slow.asked.length === count);
  const trials = (count: number) =>
    until(`there are ${count} trials`, () => at.trials().length === count);
  const states = (history: History | undefined) => history?.observations.map(({ state }) => state);

  it("fills its slots one after another, each suggestion with the one before as running", async () => {
    begin(3);
    const conductor = at.conduct({ slots: 3, proposer: slow });
    for (let count = 1; count <= 3; count += 1) {
      await asked(count);
      expect(at.trials()).to.have.length(count - 1);
      slow.answer();
      await trials(count);
    }
    expect(slow.asked.map(states)).to.deep.equal([[], ["running"], ["running", "running"]]);
    expect(slow.asked.map(({ draws }) => draws)).to.deep.equal([0, 1, 2]);
    await conductor.leave();
    expect(slow.isDisposed).to.equal(true);
  });

  it("follows and closes trials meanwhile, and journals what the suggestion was made on", async () => {
    begin(3);
    const conductor = at.conduct({ slots: 2, proposer: slow });
    await asked(1);
    slow.answer();
    await trials(1);
    await asked(2);
    const [run] = world.running;
    if (run === undefined) throw new Error("nothing runs");
    world.report(run, { loss: 0.5 });
    world.end(run, 0);
    await until("it is closed", () => at.trials()[0]?.state === "complete");
    slow.answer();
    await trials(2);
    await asked(3);
    expect(slow.asked.map(states)).to.deep.equal([[], ["running"], ["complete", "running"]]);

    const journal = readFileSync(path.join(at.directory, "journal.log"));
    for (const [draw, trial] of at.trials().entries()) {
      const fold = new Fold();
      fold.apply(journal.toString("utf8", 0, Number(trial.attributes["sweepdeck:seen"])));
      expect(historyOf(fold.ours?.trials ?? [])).to.deep.equal(slow.asked[draw]);
    }
    await conductor.leave();
  });

  it("ends with the sampler's error, as a defect of ours", async () => {
    begin(1);
    const conductor = at.conduct({ proposer: slow });
    await asked(1);
    slow.fail();
    const failed = await conductor.ended.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.an("error").with.property("message", "the sampler is broken");
  });

  it("asks for nothing more once the cap is reached", async () => {
    begin(1);
    world.script = (run) => {
      world.report(run, { loss: 1 });
      world.end(run, 0);
    };
    const conductor = at.conduct({ slots: 2, proposer: slow });
    await asked(1);
    slow.answer();
    expect(await conductor.ended).to.include({ state: "finished" });
    expect(slow.asked).to.have.length(1);
  });
});
