import { expect } from "chai";
import { stoppingRulesFor } from "../../../src/stopping/rules-for.js";
import { stopSentence } from "../../../src/stopping/sentence.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import {
  curveOf,
  type Goal,
  rulesWritten,
  ruleWritten,
  verdictsOf,
} from "../../support/stopping-contract.js";

/** At which report a rule stops a trial with these values, and in which words; undefined where it does not. */
function stopOf(written: string, values: readonly number[], goal: Goal = "minimize") {
  const verdict = verdictsOf(ruleWritten(written, goal), curveOf(0, values), []).at(-1);
  if (verdict?.kind !== "stop") return undefined;
  const { as, why } = verdict;
  return { at: why.step, as, says: stopSentence(why) };
}

describe("threshold", () => {
  it("stops at the first value out of its bounds, and at what is no number", () => {
    expect(stopOf("{type: threshold, lower: 0.5, upper: 2}", [1, 2, 0.5, 3])).to.deep.equal({
      ...{ at: 4, as: "pruned", says: "threshold stopped it at step 4: loss 3 is above 2" },
    });
    expect(stopOf("{type: threshold, lower: 0.5}", [1, 0.4])?.says).to.equal(
      "threshold stopped it at step 2: loss 0.4 is below 0.5",
    );
    expect(stopOf("{type: threshold, upper: 2}", [1, Number.NaN])?.says).to.equal(
      "threshold stopped it at step 2: loss is no finite number",
    );
    expect(stopOf("{type: threshold, upper: 2}", [1, 2, 1.9])).to.equal(undefined);
  });

  it("looks after its warm-up, at its interval", () => {
    const spared = "{type: threshold, upper: 2, warmup_steps: 2, interval: 3}";
    expect(stopOf(spared, [9, 9, 1, 9, 9, 9, 1])?.at).to.equal(6);
    expect(stopOf(spared, [9, 9, 9])?.at).to.equal(3);
  });
});

describe("target", () => {
  it("completes a trial that has what is wanted", () => {
    expect(stopOf("{type: target, value: 0.9}", [0.5, 0.9], "maximize")).to.deep.equal({
      ...{ at: 2, as: "complete" },
      says: "it reached its target at step 2: loss 0.9, where 0.9 was wanted",
    });
    expect(stopOf("{type: target, value: 0.1}", [0.5, 0.2, 0.05])?.at).to.equal(3);
    expect(stopOf("{type: target, value: 0.9}", [0.5, Infinity], "maximize")).to.equal(undefined);
  });
});

describe("patience", () => {
  it("ends a trial at the report that is the last it was given", () => {
    expect(stopOf("{type: patience, patience: 3}", [5, 4, 4, 5, 6, 3])).to.deep.equal({
      ...{ at: 5, as: "pruned" },
      says: "patience stopped it at step 5: loss 6 is the last of 3 reports without improvement on 4, of step 2",
    });
    expect(stopOf("{type: patience, patience: 3}", [5, 4, 4, 5, 3, 3])).to.equal(undefined);
  });

  it("takes for an improvement only what is more than min_delta, on the last improvement", () => {
    const slow = [5, 4.6, 4.2, 3.9];
    expect(stopOf("{type: patience, patience: 2}", slow)).to.equal(undefined);
    // 4.6 is none, 4.2 is 0.8 better than 5: more than 0.5; a third of it after that is none.
    expect(stopOf("{type: patience, patience: 2, min_delta: 0.5}", [...slow, 3.8])?.at).to.equal(5);
    expect(stopOf("{type: patience, patience: 2, min_delta: 1}", slow)?.at).to.equal(3);
  });

  it("counts during its warm-up, and does not stop then", () => {
    const values = [1, 2, 2, 2, 2];
    expect(stopOf("{type: patience, patience: 2, warmup_steps: 3}", values)?.at).to.equal(4);
  });
});

describe("plateau", () => {
  it("stops a trial whose last values hardly differ, by their standard deviation", () => {
    const values = [5, 3, 2, 1.5, 1.02, 1, 1.01, 0.99];
    expect(stopOf("{type: plateau, std: 0.05, window: 3}", values)).to.deep.equal({
      ...{ at: 7, as: "pruned" },
      says: "plateau stopped it at step 7: loss 1.01 has settled, with a standard deviation of 0.008165, below 0.05",
    });
    expect(stopOf("{type: plateau, std: 0.005, window: 3}", values)).to.equal(undefined);
  });

  it("waits for a whole window, and for its warm-up", () => {
    expect(stopOf("{type: plateau, window: 3, warmup_steps: 0}", [1, 1, 1])?.at).to.equal(3);
    expect(stopOf("{type: plateau, window: 2}", [1, 1, 1, 1, 1])?.at).to.equal(5);
  });
});

describe("divergence", () => {
  it("stops a trial at what is no finite number", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      expect(stopOf("{type: divergence}", [1, bad])?.at).to.equal(2);
    }
    expect(stopOf("{type: divergence}", [1, 1e300])).to.equal(undefined);
  });

  it("stops one that is many times worse than its own best, either way", () => {
    expect(stopOf("{type: divergence, factor: 10}", [2, 0.5, 5, 5.1])).to.deep.equal({
      ...{ at: 4, as: "pruned" },
      says: "divergence stopped it at step 4: loss 5.1 is over 10 times worse than its best, 0.5",
    });
    expect(stopOf("{type: divergence, factor: 4}", [0.8, 0.3, 0.1], "maximize")?.at).to.equal(3);
    // Of both signs no value is so many times another.
    expect(stopOf("{type: divergence, factor: 2}", [-1, 5])).to.equal(undefined);
  });
});

describe("the rules of a sweep", () => {
  const sweep = (more: string) => {
    const parsed = parseSweep(
      `program: train.py\nmethod: random\nparameters: {lr: {min: 0.0, max: 1.0}}\n${more}\n`,
    );
    if (parsed.sweep === undefined) throw new Error(JSON.stringify(parsed.problems));
    return parsed.sweep;
  };

  it("are W&B's first, then its own in their order", () => {
    const rules = stoppingRulesFor(
      sweep(`metric: {name: loss}
early_terminate: {type: hyperband, min_iter: 3}
sweepdeck: {stopping: [{type: target, value: 0}, {type: median}, {type: asha}]}`),
    );
    expect(rules.map(({ name }) => name)).to.deep.equal([
      ...["early_terminate", "target", "median", "asha"],
    ]);
  });

  it("without a metric to look at are none", () => {
    const stopping =
      "sweepdeck: {stopping: [{type: median}, {type: patience, patience: 1, metric: acc}]}";
    const rules = stoppingRulesFor(sweep(stopping));
    expect(rules.map(({ name, metric }) => [name, metric])).to.deep.equal([["patience", "acc"]]);
  });

  it("go by the goal that they, or the sweep, give a metric of their own", () => {
    const rising = curveOf(0, [0.1, 0.2, 0.3, 0.4]);
    const stops = (written: string, goal: Goal) =>
      rulesWritten(written, goal).map((rule) => rule.judge(rising, []).kind);
    expect(stops("{type: patience, patience: 2, metric: acc}", "maximize")).to.deep.equal(["stop"]);
    const said = "{type: patience, patience: 2, metric: acc, goal: maximize}";
    expect(stops(said, "minimize")).to.deep.equal(["continue"]);
    const same = "{type: patience, patience: 2, metric: loss}";
    expect(stops(same, "maximize")).to.deep.equal(["continue"]);
  });
});
