import { expect } from "chai";
import fc from "fast-check";
import { bestTrial, rankTrials, sortTrials } from "../../../src/study/ranking.js";
import type { Trial, TrialState } from "../../../src/study/trial.js";

const states: readonly TrialState[] = [
  "waiting",
  "running",
  "complete",
  "pruned",
  "failed",
  "stopped",
  "lost",
];

function trial(number: number, state: TrialState, value: number | null, lr = 0): Trial {
  return {
    id: number,
    number,
    state,
    configuration: { lr },
    value,
    values: [],
    reports: [],
    journaled: [],
    startedAtMs: null,
    endedAtMs: null,
    ended: null,
    reason: null,
    draw: number,
    initial: null,
    retryOf: null,
    slot: null,
    attributes: {},
  };
}

const trials = [
  trial(0, "failed", null, 3),
  trial(1, "complete", 0.5, 2),
  trial(2, "running", 0.4, 1),
  trial(3, "complete", 0.3, 9),
  trial(4, "pruned", 0.1, 5),
  trial(5, "running", null, 4),
  trial(6, "complete", 0.5, 7),
  trial(7, "complete", Number.POSITIVE_INFINITY, 8),
  trial(8, "waiting", null, 6),
];

describe("the ranking of trials", () => {
  it("goes by the objective, and places running trials among the ranked without a rank", () => {
    expect(
      rankTrials(trials, "minimize").map(({ trial, rank }) => [trial.number, rank]),
    ).to.deep.equal([
      [3, 1],
      [2, null],
      [1, 2],
      [6, 3],
      [7, 4],
      [4, 5],
      [5, null],
      [8, null],
      [0, null],
    ]);
  });

  it("goes the other way for a goal to maximize, with what has no value last all the same", () => {
    expect(rankTrials(trials, "maximize").map(({ trial }) => trial.number)).to.deep.equal([
      7, 1, 6, 2, 3, 4, 5, 8, 0,
    ]);
  });

  it("goes by any column where there is no objective, unfinished and failed last either way", () => {
    const read = ({ configuration }: Trial) => configuration.lr;
    const order = (direction: "ascending" | "descending") =>
      sortTrials(trials, read, direction).map(({ number }) => number);
    expect(order("ascending")).to.deep.equal([1, 4, 6, 7, 3, 2, 5, 8, 0]);
    expect(order("descending")).to.deep.equal([3, 7, 6, 4, 1, 5, 2, 8, 0]);
  });

  it("puts trials without a value in the column last, and numbers before words", () => {
    const mixed = [
      trial(0, "complete", 0),
      trial(1, "complete", 0),
      trial(2, "complete", 0),
      trial(3, "complete", 0),
    ];
    const values = ["b", undefined, 2, "a"];
    for (const [direction, expected] of [
      ["ascending", [2, 3, 0, 1]],
      ["descending", [0, 3, 2, 1]],
    ] as const) {
      const sorted = sortTrials(mixed, ({ number }) => values[number], direction);
      expect(sorted.map(({ number }) => number)).to.deep.equal(expected);
    }
  });

  it("knows the best of the completed ones, of equals the earlier", () => {
    expect(bestTrial(trials, "minimize")?.number).to.equal(3);
    expect(bestTrial([trials[6]!, trials[1]!], "minimize")?.number).to.equal(1);
    expect(bestTrial([trials[4]!, trials[0]!], "minimize")).to.equal(undefined);
  });

  it("ranks each of the completed and pruned once, from 1, whatever the trials", () => {
    const some = fc.array(
      fc.tuple(fc.constantFrom(...states), fc.option(fc.double({ noNaN: true }), { freq: 4 })),
    );
    fc.assert(
      fc.property(some, fc.constantFrom("minimize" as const, "maximize" as const), (made, goal) => {
        const all = made.map(([state, value], number) => trial(number, state, value));
        const placed = rankTrials(all, goal);
        const earned = all.filter(
          ({ state, value }) => value !== null && (state === "complete" || state === "pruned"),
        );
        expect(placed).to.have.length(all.length);
        const ranks = placed.flatMap(({ rank }) => (rank === null ? [] : [rank]));
        expect(ranks).to.deep.equal(earned.map((_, index) => index + 1));
        expect(placed.find(({ rank }) => rank === 1)?.trial).to.equal(
          bestTrial(all, goal) ?? placed.find(({ rank }) => rank !== null)?.trial,
        );
      }),
    );
  });
});
