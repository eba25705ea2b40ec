import { expect } from "chai";
import { type Recording, type Replay, replay } from "../../../src/stopping/simulate.js";
import { rulesWritten } from "../../support/stopping-contract.js";

function replayOf(
  curves: readonly (readonly number[])[],
  written: string,
  more: Partial<Replay> = {},
) {
  return replay({
    recordings: curves.map((values) => ({ values: { loss: values } })),
    rules: rulesWritten(written),
    slots: 1,
    measure: { name: "loss", goal: "minimize" },
    value: "best",
    ...more,
  });
}

const none = "{type: threshold, upper: 1000}";

describe("replaying stopping rules", () => {
  it("spends everything where nothing is stopped", () => {
    const replayed = replayOf([[3, 2, 1], [5, 4], []], none);
    expect(replayed).to.deep.equal({
      ...{ reportsFull: 5, reportsSpent: 5, costFull: 5, costSpent: 5 },
      ...{ bestFull: 1, bestFound: 1, stopped: [] },
    });
  });

  it("stops a row where its rule does, and begins the next one", () => {
    const { stopped, reportsSpent, bestFound, bestFull } = replayOf(
      [
        [3, 2, 9, 1],
        [4, 3, 2, 1.5],
      ],
      "{type: threshold, upper: 5}",
    );
    expect(stopped.map(({ row, step, as, why }) => [row, step, as, why.rule])).to.deep.equal([
      [0, 3, "pruned", "threshold"],
    ]);
    // What a stopped trial had seen is not found: it is not among those that completed.
    expect([reportsSpent, bestFound, bestFull]).to.deep.equal([7, 1.5, 1]);
  });

  it("does not judge a trial at its last report", () => {
    expect(replayOf([[1, 2, 9]], "{type: threshold, upper: 5}").stopped).to.deep.equal([]);
  });

  it("counts a trial that reached its target among the complete", () => {
    const replayed = replayOf(
      [
        [3, 1, 0.5],
        [2, 2, 2],
      ],
      "{type: target, value: 1}",
    );
    expect(replayed.stopped.map(({ row, as }) => [row, as])).to.deep.equal([[0, "complete"]]);
    expect(replayed.bestFound).to.equal(1);
  });

  it("gives the best of all as far as they got, where none came to its end", () => {
    const replayed = replayOf(
      [
        [3, 9, 1],
        [2, 9, 1],
      ],
      "{type: threshold, upper: 5}",
    );
    expect(replayed.bestFound).to.equal(2);
  });

  it("goes by the last value where the sweep does", () => {
    const last = replayOf(
      [
        [1, 3],
        [2, 2],
      ],
      none,
      { value: "last" },
    );
    expect([last.bestFull, last.bestFound]).to.deep.equal([2, 2]);
  });

  it("runs so many trials at once, the next report being the one that is due first", () => {
    // Side by side each is compared at the first rung with those that are there already.
    const curves = [
      [9, 9, 9, 9],
      [1, 1, 1, 1],
      [5, 5, 5, 5],
    ];
    const asha = "{type: asha, min_steps: 2, eta: 2, max_steps: 4}";
    const alone = replayOf(curves, asha);
    expect(alone.stopped.map(({ row, step }) => [row, step])).to.deep.equal([]);
    const beside = replayOf(curves, "early_terminate: {type: hyperband, min_iter: 2, eta: 3}", {
      slots: 3,
    });
    expect(beside.stopped.map(({ row, step }) => [row, step])).to.deep.equal([[0, 2]]);
  });

  it("lets a costly report come later, and counts what it costs", () => {
    const recordings: readonly Recording[] = [
      { values: { loss: [5, 5] }, costs: [10, 10] },
      { values: { loss: [1, 1] }, costs: [1, 2] },
    ];
    const rule = "early_terminate: {type: hyperband, min_iter: 1, eta: 3}";
    const replayed = replayOf([], rule, { recordings, slots: 2 });
    // The second is through before the first has reported once.
    expect(replayed.stopped.map(({ row, step }) => [row, step])).to.deep.equal([[0, 1]]);
    expect([replayed.costFull, replayed.costSpent]).to.deep.equal([23, 13]);
  });

  it("judges again those that run when another has reported", () => {
    const curves = [
      [5, 5, 5, 5, 5, 5],
      [9, 1, 1, 1, 1, 1],
    ];
    const recordings = curves.map((loss, row) => ({
      values: { loss },
      costs: loss.map(() => 1 + row / 2),
    }));
    const rule = "early_terminate: {type: hyperband, min_iter: 2, eta: 3}";
    const { stopped } = replayOf([], rule, { recordings, slots: 2 });
    // It had passed at its second report; the other's second came when it had made three.
    expect(stopped.map(({ row, step, why }) => [row, step, why.step])).to.deep.equal([[0, 3, 2]]);
  });

  it("lets a rule look at a metric of its own", () => {
    const recordings = [{ values: { loss: [3, 2, 1], norm: [1, 99, 1] } }];
    const rule = "{type: threshold, upper: 5, metric: norm}";
    const { stopped } = replayOf([], rule, { recordings });
    expect(stopped.map(({ row, step, why }) => [row, step, why.metric])).to.deep.equal([
      [0, 2, "norm"],
    ]);
  });

  it("lets the first rule that stops a trial decide", () => {
    const both = "{type: threshold, upper: 5}, {type: divergence, factor: 2}";
    const [stopped] = replayOf([[1, 9, 1]], both).stopped;
    expect(stopped?.why.rule).to.equal("threshold");
  });

  it("takes a recorded trial that failed or was pruned for no candidate", () => {
    const recordings: readonly Recording[] = [
      { values: { loss: [1, 1] }, ended: "failed" },
      { values: { loss: [2, 2] } },
    ];
    expect(replayOf([], none, { recordings }).bestFull).to.equal(2);
  });
});
