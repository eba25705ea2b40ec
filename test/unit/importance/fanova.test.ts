import { expect } from "chai";
import { decompose } from "../../../src/importance/fanova.js";
import { resultsOf } from "../../../src/importance/results.js";
import { forestOf, measured, resultsAt, spaceOf, unit } from "../../support/measured-spaces.js";

const two = { x1: unit, x2: unit, idle: unit };

function fractions(results: Parameters<typeof forestOf>[0]): readonly number[] {
  return decompose(forestOf(results)).singles.map(({ mean }) => mean);
}

describe("fANOVA", () => {
  it("gives x1 + 2 x2 a fifth and four fifths, and no pair anything", () => {
    const results = resultsAt(spaceOf(two), 600, ({ x1, x2 }) => Number(x1) + 2 * Number(x2));
    const { singles, pair } = decompose(forestOf(results));
    expect(singles[0]?.mean).to.be.closeTo(0.2, 0.03);
    expect(singles[1]?.mean).to.be.closeTo(0.8, 0.03);
    expect(singles[2]?.mean).to.be.below(0.005);
    expect(pair(0, 1).mean).to.be.below(0.03);
  });

  it("gives a centred product to the pair alone", () => {
    const results = resultsAt(
      spaceOf(two),
      600,
      ({ x1, x2 }) => (Number(x1) - 0.5) * (Number(x2) - 0.5),
    );
    const { singles, pair } = decompose(forestOf(results));
    expect(pair(0, 1).mean).to.be.above(0.85);
    expect(pair(0, 2).mean).to.be.below(0.02);
    for (const { mean } of singles) expect(mean).to.be.below(0.05);
  });

  it("gives x1 x2 on [0, 1] three sevenths each and a seventh to the pair", () => {
    // Var(x1 x2) = 1/9 - 1/16 = 7/144; Var(E[.|x1]) = Var(x1 / 2) = 1/48 = 3/144.
    const results = resultsAt(spaceOf(two), 1000, ({ x1, x2 }) => Number(x1) * Number(x2));
    const { singles, pair } = decompose(forestOf(results));
    expect(singles[0]?.mean).to.be.closeTo(3 / 7, 0.04);
    expect(singles[1]?.mean).to.be.closeTo(3 / 7, 0.04);
    expect(pair(1, 0).mean).to.be.closeTo(1 / 7, 0.04);
  });

  it("weighs choices by their probabilities", () => {
    const search = spaceOf({
      kind: { kind: "categorical", values: ["a", "b"], probabilities: [0.9, 0.1] },
      x: unit,
    });
    // Var(kind) = 0.09, Var(x) = 1/12.
    const results = resultsAt(search, 600, ({ kind, x }) => Number(kind === "b") + Number(x));
    const [kind = 0, x = 0] = fractions(results);
    expect(kind / (kind + x)).to.be.closeTo(0.09 / (0.09 + 1 / 12), 0.05);
  });

  it("tells the effects of unordered choices, and of a list of numbers", () => {
    const search = spaceOf({
      word: { kind: "categorical", values: ["c", "a", "d", "b", "e"] },
      width: { kind: "categorical", values: [64, 16, 32, 128] },
      idle: { kind: "categorical", values: [true, false] },
    });
    const of = { c: 0, a: 3, d: 0, b: 3, e: 0 };
    const results = resultsAt(
      search,
      500,
      ({ word, width }) => of[word as keyof typeof of] + Math.log2(Number(width)),
    );
    const [word, width, idle] = fractions(results);
    // Var = 9 * 0.24 = 2.16 of the words, 1.25 of the widths.
    expect(word).to.be.closeTo(2.16 / 3.41, 0.02);
    expect(width).to.be.closeTo(1.25 / 3.41, 0.02);
    expect(idle).to.be.below(0.005);
  });

  it("measures on the scale of the distribution", () => {
    const search = spaceOf({
      lr: { kind: "log_uniform_values", min: 1e-6, max: 1 },
      x: unit,
    });
    // As the logarithm is even, half of the draws lie below 1e-3.
    const results = resultsAt(search, 500, ({ lr, x }) => Number(Number(lr) < 1e-3) + Number(x));
    const [lr] = fractions(results);
    expect(lr).to.be.closeTo(0.25 / (0.25 + 1 / 12), 0.03);
  });

  it("leaves the choice that a conditional parameter hangs on its own effect", () => {
    const search = spaceOf(
      { optimizer: { kind: "categorical", values: ["adam", "sgd"] }, momentum: unit, idle: unit },
      [
        {
          parameter: "momentum",
          requirements: [{ parameter: "optimizer", kind: "one-of", values: ["sgd"] }],
        },
      ],
    );
    // Only the choice matters, though whether momentum exists says as much.
    const byChoice = fractions(
      resultsAt(search, 400, ({ optimizer }) => Number(optimizer === "sgd")),
    );
    expect(byChoice[0]).to.be.above(0.95);
    expect(byChoice[1]).to.be.below(0.02);
    // f = [sgd] m: Var = 1/6 - 1/16; E[f|m] = m / 2.
    const byMomentum = fractions(resultsAt(search, 800, ({ momentum }) => Number(momentum ?? 0)));
    expect(byMomentum[1]).to.be.closeTo(1 / 48 / (1 / 6 - 1 / 16), 0.06);
    expect(byMomentum[0]).to.be.closeTo(1 / 16 / (1 / 6 - 1 / 16), 0.06);
  });

  it("is not ruled by one trial that diverged", () => {
    const search = spaceOf(two);
    const measurements = measured(search, 300, ({ x1, x2 }) => Number(x1) + 2 * Number(x2));
    const diverged = measurements.map((each) =>
      each.number % 100 === 7 ? { ...each, value: each.number === 7 ? Infinity : 1e30 } : each,
    );
    const [x1, x2] = fractions(resultsOf(search, diverged, "minimize"));
    expect(x1).to.be.closeTo(0.2, 0.1);
    expect(x2).to.be.closeTo(0.8, 0.15);
  });

  it("explains nothing where nothing differs", () => {
    const { singles } = decompose(forestOf(resultsAt(spaceOf(two), 50, () => 3)));
    expect(singles).to.deep.equal(Array(3).fill({ mean: 0, spread: 0 }));
  });

  it("leaves out what was tried beyond the space, and what is not a number", () => {
    const search = spaceOf({ x: unit });
    const { numbers } = resultsOf(
      search,
      [
        { number: 0, configuration: { x: 0.5 }, value: 1 },
        { number: 1, configuration: { x: 1.5 }, value: 1 },
        { number: 2, configuration: {}, value: 1 },
        { number: 3, configuration: { x: 0.5 }, value: Number.NaN },
      ],
      "minimize",
    );
    expect(numbers).to.deep.equal([0]);
  });
});
