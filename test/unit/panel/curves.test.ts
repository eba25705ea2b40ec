import { expect } from "chai";
import { rowOf } from "../../../src/editor/board/boardRows.js";
import { chartPoints, curveOf, fieldOf } from "../../../src/editor/board/curves.js";
import type { Report } from "../../../src/study/trial.js";
import { trial } from "./trials.js";

function curve(value: number, reports: readonly Report[]) {
  return curveOf(rowOf(trial(1, { value, reports }), false, true), chartPoints, reports);
}

describe("a curve", () => {
  it("points to the report that the trial's value comes from, however many there are", () => {
    const many = Array.from({ length: 3000 }, (_, step): Report => [step, step === 1234 ? 0.1 : 1]);
    const { counts, steps } = curve(0.1, many);
    expect(counts).to.deep.equal({ step: 1234, value: 0.1 });
    expect([...steps]).to.include(1234);
    expect(steps.length).to.be.below(chartPoints + 3);
  });

  it("points to the last report where its value was there before, too: it may be what counts", () => {
    const ended: Report[] = [
      [1, 0.5],
      [2, 0.3],
      [3, 0.5],
    ];
    expect(curve(0.3, ended).counts).to.deep.equal({ step: 2, value: 0.3 });
    expect(curve(0.5, ended).counts).to.deep.equal({ step: 3, value: 0.5 });
    expect(curve(0.5, []).counts).to.equal(null);
    expect(curve(0.5, [[1, Number.POSITIVE_INFINITY]]).counts).to.equal(null);
  });
});

describe("the frame of the curves", () => {
  const frame = (steps: readonly number[], lastStep: number | null) => {
    const reports = steps.map((step): Report => [step, 1 / (step + 1)]);
    return fieldOf([rowOf(trial(1, { value: 0.2, reports }), false, true)], "minimize", lastStep);
  };

  it("knows steps that are counted from 0, of which the last of five is 4", () => {
    expect(frame([0, 1, 2, 3, 4], null)).to.include({ lastStep: 4, counted: true });
    expect(frame([0, 1, 2], 5)).to.include({ lastStep: 4, counted: true });
    expect(frame([1, 2, 3], 5)).to.include({ lastStep: 5, counted: false });
    expect(frame([0, 10, 20], null)).to.include({ lastStep: 20, counted: false });
  });
});
