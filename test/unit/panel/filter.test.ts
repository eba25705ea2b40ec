import { expect } from "chai";
import { columnsOf } from "../../../src/editor/board/columns.js";
import { filterProblemText, parseFilter } from "../../../src/editor/board/filter.js";
import { rowsOf, study, trial } from "./trials.js";

const trials = [
  trial(1, { configuration: { lr: 0.0005, optimizer: "sgd" }, value: 0.1 }),
  trial(2, { configuration: { lr: 0.02, optimizer: "adam" }, value: 0.2, slot: "GPU 1" }),
  trial(3, {
    configuration: { lr: 0.05, optimizer: "adamw" },
    state: "failed",
    reason: "exit 1: KeyError: 'loss'",
  }),
  trial(4, {
    configuration: { lr: 0.03, optimizer: "sgd" },
    state: "failed",
    reason: "out of memory: 23.6 GiB asked",
  }),
  trial(5, {
    configuration: { optimizer: "sgd" },
    state: "running",
    attributes: { "sweepdeck:metrics": { acc: 0.9 } },
  }),
];
const rows = rowsOf(trials, [2]);
const columns = columnsOf(study(trials), rows, 0.1);

function shown(text: string): number[] {
  const { accepts } = parseFilter(text, columns);
  return rows.filter(accepts).map((row) => row.trial.number);
}

function problems(text: string): string[] {
  return parseFilter(text, columns).problems.map(filterProblemText);
}

describe("the filter box", () => {
  it("lets everything through while it is empty", () => {
    expect(shown("")).to.deep.equal([1, 2, 3, 4, 5]);
    expect(parseFilter("  ", columns).empty).to.equal(true);
  });

  it("compares numbers, without those that have none", () => {
    expect(shown("lr:<1e-3")).to.deep.equal([1]);
    expect(shown("lr:>=0.03")).to.deep.equal([3, 4]);
    expect(shown("lr:0.02..0.03")).to.deep.equal([2, 4]);
    expect(shown("lr:0.05")).to.deep.equal([3]);
    expect(shown("val_loss:<0.15")).to.deep.equal([1]);
    expect(shown("acc:>0.5")).to.deep.equal([5]);
    expect(shown("trial:>3")).to.deep.equal([4, 5]);
  });

  it("takes a word of a column from its beginning", () => {
    expect(shown("optimizer:adam")).to.deep.equal([2, 3]);
    expect(shown('slot:"GPU 1"')).to.deep.equal([2]);
  });

  it("knows states and stars", () => {
    expect(shown("is:failed")).to.deep.equal([3, 4]);
    expect(shown("is:oom")).to.deep.equal([4]);
    expect(shown("is:starred")).to.deep.equal([2]);
    expect(shown("is:running")).to.deep.equal([5]);
  });

  it("looks for a bare word in values, reasons and numbers", () => {
    expect(shown("keyerror")).to.deep.equal([3]);
    expect(shown("adamw")).to.deep.equal([3]);
    expect(shown("2")).to.deep.equal([2]);
  });

  it("wants every clause, and turns those with a minus round", () => {
    expect(shown("optimizer:sgd -is:failed")).to.deep.equal([1, 5]);
    expect(shown("is:failed -keyerror")).to.deep.equal([4]);
  });

  it("names a column that is not there, and the one that was meant", () => {
    expect(problems("optimzer:sgd")).to.deep.equal([
      "No column is named optimzer: did you mean optimizer?",
    ]);
    expect(problems("whatever:1")[0]).to.match(/^No column is named whatever\. Write/);
  });

  it("says what to write where a number should be, and goes on without the clause", () => {
    expect(problems("lr:<fast")).to.deep.equal([
      "fast is not a number: write lr:<0.1 or lr:0.1..0.5",
    ]);
    expect(shown("lr:<fast is:oom")).to.deep.equal([4]);
    expect(problems("is:sleeping")[0]).to.match(
      /^No state is named sleeping: write is: with running, /,
    );
  });

  it("does not complain of what is half typed", () => {
    expect(problems("lr:")).to.deep.equal([]);
    expect(problems("is:")).to.deep.equal([]);
    expect(problems('slot:"GPU')).to.deep.equal([]);
    expect(problems("-")).to.deep.equal([]);
  });
});
