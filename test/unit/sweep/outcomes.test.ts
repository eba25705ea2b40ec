import { expect } from "chai";
import { parseSweep } from "../../../src/sweep/parse.js";

const parsed = (outcomes: string) =>
  parseSweep(
    `program: train.py\nmethod: random\nmetric: {name: loss}\nrun_cap: 3\nparameters: {lr: {min: 0.0, max: 1.0}}\nsweepdeck: {outcomes: ${outcomes}}\n`,
  );

describe("sweepdeck.outcomes", () => {
  it("are conditions over metrics of any name", () => {
    const { sweep, problems } = parsed('["memory <= 12", "`val/latency` < 40"]');
    expect(problems.filter(({ severity }) => severity === "error")).to.deep.equal([]);
    expect(sweep?.deck.outcomes?.map(({ text }) => text)).to.deep.equal([
      "memory <= 12",
      "`val/latency` < 40",
    ]);
  });

  it("are read as constraints are: what is no condition is an error", () => {
    for (const [written, code] of [
      ['["memory <="]', "constraint-syntax"],
      ['["memory * 2"]', "constraint-not-a-condition"],
      ['["largest(memory) < 2"]', "constraint-function"],
    ] as const) {
      const { problems } = parsed(written);
      expect(
        problems.map((problem) => problem.code),
        written,
      ).to.include(code);
    }
  });
});
