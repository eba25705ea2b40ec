import { expect } from "chai";
import type { Observation } from "../../../src/space/history.js";
import { noImprovement, noImprovementSentence } from "../../../src/stopping/no-improvement.js";
import { sweepOf } from "../../support/said.js";

/** Trials that ended in this order. */
function observed(
  ...values: readonly (number | null | Partial<Observation>)[]
): readonly Observation[] {
  return values.map((given, number): Observation => {
    const more = typeof given === "object" && given !== null ? given : { value: given };
    return {
      ...{ number, configuration: {}, state: "complete", draw: number, ended: number },
      ...{ value: null, values: [], violation: 0, reports: [], ...more },
    };
  });
}

describe("a study without improvement", () => {
  it("ends when so many trials have ended since the best one", () => {
    const values = [5, 3, 4, 3, 6];
    expect(noImprovement(observed(...values.slice(0, 4)), 3, "minimize")).to.equal(undefined);
    const found = noImprovement(observed(...values), 3, "minimize");
    expect(found).to.deep.equal({
      ...{ since: 3, ended: 5, best: { trial: 1, value: 3 }, chance: 3 / 8 },
    });
    expect(noImprovement(observed(...values), 4, "minimize")).to.equal(undefined);
  });

  it("says what the chance is that as many more would find a better one", () => {
    const found = noImprovement(observed(5, 3, 4, 3, 6), 3, "minimize");
    expect(found && noImprovementSentence(found)).to.equal(
      "no better trial among the last 3 of 5: trial 1 is still the best, and as many more at random would hold a better one with a chance of 38 %",
    );
  });

  it("goes by the order in which trials ended, and by the goal", () => {
    const late = observed({ value: 9, ended: 3 }, { value: 1, ended: 0 }, 2, {
      value: 3,
      ended: 1,
    });
    expect(noImprovement(late, 1, "maximize")).to.equal(undefined);
    expect(noImprovement(late, 3, "minimize")?.best).to.deep.equal({ trial: 1, value: 1 });
  });

  it("counts what was pruned, which cannot be the best, and nothing that failed or runs", () => {
    const pruned = { value: 0, state: "pruned" } as const;
    expect(noImprovement(observed(3, pruned, pruned), 2, "minimize")?.best.trial).to.equal(0);
    const silent = (["failed", "stopped", "running"] as const).map((state) => ({ state }));
    expect(noImprovement(observed(3, ...silent), 1, "minimize")).to.equal(undefined);
  });

  it("is a limit of the sweep", () => {
    const text = "program: a.py\nmethod: random\nparameters: {lr: {min: 0.0, max: 1.0}}\n";
    const limits = (more: string) => sweepOf(`${text}${more}`).deck.limits;
    expect(limits("sweepdeck: {limits: {no_improvement: 30}}").noImprovement).to.equal(30);
    expect(limits("").noImprovement).to.equal(undefined);
  });

  it("goes on while none has completed", () => {
    const pruned = { value: 0, state: "pruned" } as const;
    expect(noImprovement([], 1, "minimize")).to.equal(undefined);
    expect(noImprovement(observed(pruned, null, Number.NaN), 1, "minimize")).to.equal(undefined);
  });
});
