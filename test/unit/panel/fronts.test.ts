import { expect } from "chai";
import fc from "fast-check";
import { columnsOf } from "../../../src/editor/board/columns.js";
import { type Told, tell } from "../../../src/editor/board/telling.js";
import { emptyView } from "../../../src/protocol.js";
import { rankTrials } from "../../../src/study/ranking.js";
import type { Objective, Trial, TrialState } from "../../../src/study/trial.js";
import { now, rowsOf, study, trial } from "./trials.js";

const objective = {
  name: "accuracy",
  goal: "maximize",
  others: [{ name: "latency", goal: "minimize" }],
} satisfies Objective;

function measured(number: number, state: TrialState, accuracy: number, latency: number): Trial {
  return state === "complete"
    ? trial(number, {
        state,
        value: accuracy,
        values: [accuracy, latency],
        attributes: { "sweepdeck:metrics": { accuracy, latency } },
      })
    : trial(number, { state, value: accuracy });
}

const view = emptyView("study-1");
const told = (trials: readonly Trial[], before: Told | null = null) =>
  tell(before, study(trials, { objective }), view, now).told;
const placesOf = ({ byObjective, ranks, rows }: Told) =>
  [...byObjective].map((index) => [rows[index]?.trial.number, ranks[index]]);

describe("the leaderboard of several objectives", () => {
  it("goes by Pareto front, and within one by the first objective", () => {
    const trials = [
      measured(0, "complete", 0.9, 10),
      measured(1, "complete", 0.8, 12),
      measured(2, "complete", 0.7, 3),
      measured(3, "running", 0.99, 0),
      measured(4, "complete", 0.7, 5),
    ];
    expect(placesOf(told(trials))).to.deep.equal([
      [0, 1],
      [2, 1],
      [1, 2],
      [4, 2],
      [3, 0],
    ]);
    expect(told(trials).best?.trial.number).to.equal(0);
  });

  it("ranks as the engine does, also when trials come one by one", () => {
    const value = fc.integer({ min: 0, max: 5 });
    const one = fc.tuple(
      fc.constantFrom<TrialState>("complete", "running", "pruned"),
      value,
      value,
    );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 25 }), (made) => {
        const trials = made.map(([state, accuracy, latency], number) =>
          measured(number, state, accuracy, latency),
        );
        let before: Told | null = null;
        for (let count = 1; count <= trials.length; count += 1) {
          before = told(trials.slice(0, count), before);
        }
        const placed = rankTrials(trials, "maximize", objective.others);
        expect(before === null ? [] : placesOf(before)).to.deep.equal(
          placed.map((each) => [each.trial.number, each.rank ?? 0]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("shows a column for each of them unasked", () => {
    const trials = [measured(0, "complete", 0.9, 10), measured(1, "complete", 0.8, 12)];
    const columns = columnsOf(study(trials, { objective }), rowsOf(trials), 0.9);
    const shown = columns.filter((column) => column.shown).map(({ title }) => title);
    expect(shown).to.include.members(["accuracy", "latency"]);
    const alone = { name: "accuracy", goal: "maximize" } as const;
    const usual = columnsOf(study(trials, { objective: alone }), rowsOf(trials), 0.9);
    expect(usual.find(({ title }) => title === "latency")?.shown).to.equal(false);
  });
});
