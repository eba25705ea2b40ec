import { expect } from "chai";
import fc from "fast-check";
import { columnsOf } from "../../../src/editor/board/columns.js";
import {
  columnOrder,
  foldLines,
  objectiveOrder,
  orderRows,
  ranksIn,
} from "../../../src/editor/board/placing.js";
import { emptyView } from "../../../src/protocol.js";
import { rankTrials } from "../../../src/study/ranking.js";
import type { Trial, TrialState } from "../../../src/study/trial.js";
import { now, rowsOf, study, trial } from "./trials.js";

const mixed = [
  trial(1, { value: 0.3 }),
  trial(2, { state: "failed", reason: "exit 1" }),
  trial(3, { value: 0.1 }),
  trial(4, { state: "running", value: 0.2, endedAtMs: null }),
  trial(5, { state: "pruned", value: 0.05 }),
  trial(6, { state: "running", endedAtMs: null }),
  trial(7, { value: 0.3 }),
];

function byObjective(trials: readonly Trial[], goal: "minimize" | "maximize"): number[] {
  const rows = rowsOf(trials);
  const order = orderRows(rows.length, objectiveOrder(rows, goal), null, []);
  return [...order].map((index) => rows[index]?.trial.number ?? -1);
}

describe("the order of the leaderboard", () => {
  it("puts the best first, stopped trials after, and what has no value last", () => {
    expect(byObjective(mixed, "minimize")).to.deep.equal([3, 4, 1, 7, 5, 6, 2]);
    expect(byObjective(mixed, "maximize")).to.deep.equal([1, 7, 4, 3, 5, 6, 2]);
  });

  it("gives ranks to completed and stopped trials alone", () => {
    const rows = rowsOf(mixed);
    const order = orderRows(rows.length, objectiveOrder(rows, "minimize"), null, []);
    expect([...ranksIn(order, rows)]).to.deep.equal([2, 0, 1, 0, 4, 0, 3]);
  });

  it("ranks as the engine does", () => {
    const states: TrialState[] = ["complete", "pruned", "running"];
    const some = fc.array(
      fc.record({ state: fc.constantFrom(...states), value: fc.double({ noNaN: true }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom("minimize" as const, "maximize" as const), (made, goal) => {
        const trials = made.map((more, number) => trial(number, more));
        const rows = rowsOf(trials);
        const ranks = ranksIn(orderRows(rows.length, objectiveOrder(rows, goal), null, []), rows);
        for (const placed of rankTrials(trials, goal)) {
          expect(ranks[placed.trial.number]).to.equal(placed.rank ?? 0);
        }
      }),
    );
  });

  it("keeps failed trials last whichever way a column is sorted", () => {
    const rows = rowsOf(mixed);
    const columns = columnsOf(study(mixed), rows, 0.1);
    const number = columns.find(({ id }) => id === "number");
    if (number === undefined) throw new Error("no column of numbers");
    const objective = objectiveOrder(rows, "minimize");
    const sorted = (descending: boolean): number[] =>
      [
        ...orderRows(rows.length, columnOrder(rows, number, descending, objective, now), null, []),
      ].map((index) => rows[index]?.trial.number ?? -1);
    expect(sorted(false)).to.deep.equal([1, 3, 4, 5, 7, 2, 6]);
    expect(sorted(true)).to.deep.equal([7, 5, 4, 3, 1, 6, 2]);
  });

  it("places changed rows into the old order as if all were sorted anew", () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        values,
        fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 0, max: 9 })), { maxLength: 6 }),
        (before, changes) => {
          const after = before.slice();
          const changed = new Set<number>();
          for (const [index, value] of changes) {
            if (index >= before.length) continue;
            after[index] = value;
            changed.add(index);
          }
          const compare = (keys: number[]) => (a: number, b: number) =>
            (keys[a] ?? 0) - (keys[b] ?? 0) || a - b;
          const previous = orderRows(before.length, compare(before), null, []);
          const merged = orderRows(after.length, compare(after), previous, [...changed]);
          expect([...merged]).to.deep.equal([...orderRows(after.length, compare(after), null, [])]);
        },
      ),
    );
  });
});

describe("folding", () => {
  const stopped = [1, 2, 3, 4, 5].map((number) =>
    trial(number, { state: "pruned", value: number / 10 }),
  );
  const rows = rowsOf([...stopped, trial(6, { value: 0.7 })]);
  const ranks = Int32Array.from([2, 3, 4, 5, 6, 1]);
  const fold = (view: { selected?: number[]; opened?: number[] }, queue: string | null = null) =>
    foldLines([5, 0, 1, 2, 3, 4], {
      rows,
      ranks,
      view: { ...emptyView("s"), ...view },
      foldStopped: true,
      queue,
      valueText: (row) => row.value.toFixed(2),
    });

  it("folds a run of stopped trials to one line that says which", () => {
    const { lines, folds } = fold({});
    expect([...lines]).to.deep.equal([5, -1]);
    expect(folds[0]?.text).to.equal("5 stopped early · ranks 2 to 6, best 0.10");
    expect(folds[0]?.trials).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it("never folds a selected trial away, nor runs shorter than three", () => {
    expect([...fold({ selected: [3] }).lines]).to.deep.equal([5, 0, 1, 2, 3, 4]);
    const { lines, folds } = fold({ selected: [1] });
    expect([...lines]).to.deep.equal([5, 0, -1]);
    expect(folds[0]?.trials).to.deep.equal([2, 3, 4, 5]);
  });

  it("shows the trials of an open fold below it, and selecting one there splits nothing", () => {
    const { lines, folds } = fold({ opened: [1, 2, 3, 4, 5], selected: [3] });
    expect([...lines]).to.deep.equal([5, -1, 0, 1, 2, 3, 4]);
    expect(folds[0]?.open).to.equal(true);
  });

  it("ends with the queue", () => {
    const { lines, folds } = fold({}, "23 queued");
    expect([...lines]).to.deep.equal([5, -1, -2]);
    expect(folds[1]).to.deep.include({ text: "23 queued", trials: [] });
  });
});
