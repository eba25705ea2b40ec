import { expect } from "chai";
import fc from "fast-check";
import {
  choiceDimension,
  type NumericDistribution,
  numericDimension,
} from "../../../src/space/dimension.js";
import { quantile } from "../../../src/space/distribution.js";
import { boundsOf } from "../../../src/space/expression/domain.js";
import type { Json } from "../../../src/space/value.js";

const numeric: readonly NumericDistribution[] = [
  { kind: "uniform", min: -2, max: 3 },
  { kind: "int_uniform", min: 1, max: 7 },
  { kind: "q_uniform", min: 1, max: 10, q: 4 },
  { kind: "log_uniform_values", min: 1e-5, max: 0.1 },
  { kind: "inv_log_uniform_values", min: 1e-5, max: 0.1 },
  { kind: "log_uniform", min: -4, max: 2 },
  { kind: "inv_log_uniform", min: -4, max: 2 },
  { kind: "q_log_uniform_values", min: 0.3, max: 300, q: 1 },
  { kind: "q_log_uniform", min: 0, max: 5, q: 2 },
  { kind: "normal", mu: 3, sigma: 2 },
  { kind: "q_normal", mu: 3, sigma: 2, q: 0.5 },
  { kind: "log_normal", mu: 0, sigma: 1 },
  { kind: "q_log_normal", mu: 1, sigma: 1, q: 1 },
  { kind: "beta", a: 2, b: 5 },
  { kind: "q_beta", a: 2, b: 5, q: 0.1 },
];

const inner = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe("a numeric dimension", () => {
  for (const distribution of numeric) {
    const dimension = numericDimension("x", distribution);

    it(`finds what ${distribution.kind} draws again at its place`, () => {
      fc.assert(
        fc.property(inner, (probability) => {
          const drawn = Number(quantile(distribution, probability));
          const found = dimension.valueAt(dimension.placeOf(drawn));
          expect(found).to.be.closeTo(drawn, 1e-6 * Math.max(1, Math.abs(drawn)));
        }),
        { numRuns: 60 },
      );
    });

    it(`orders the places of ${distribution.kind} as its values, and keeps to what can be drawn`, () => {
      const { low: least, high: largest } = boundsOf(distribution);
      const margin = "q" in distribution ? distribution.q / 2 : 0;
      fc.assert(
        fc.property(fc.double({ min: -1, max: 2, noNaN: true }), inner, (one, other) => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          expect(dimension.valueAt(low)).to.be.at.most(dimension.valueAt(high));
          expect(dimension.valueAt(one)).to.be.within(least - margin, largest + margin);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("gives whole numbers cells of equal width", () => {
    const { placeOf, valueAt } = numericDimension("x", { kind: "int_uniform", min: 1, max: 4 });
    expect([1, 2, 3, 4].map(placeOf)).to.deep.equal([0.125, 0.375, 0.625, 0.875]);
    expect([0, 0.24, 0.26, 1].map(valueAt)).to.deep.equal([1, 1, 2, 4]);
  });

  it("has its bounds at its ends, to the last digit", () => {
    const lr = numericDimension("lr", { kind: "log_uniform_values", min: 1e-4, max: 0.3 });
    expect([lr.valueAt(0), lr.valueAt(1)]).to.deep.equal([1e-4, 0.3]);
    const dropout = numericDimension("dropout", { kind: "uniform", min: 0, max: 0.7 });
    expect([dropout.valueAt(-1), dropout.valueAt(2)]).to.deep.equal([0, 0.7]);
  });

  it("places by magnitude where the scale is logarithmic, and beyond the bounds outside", () => {
    const { placeOf } = numericDimension("lr", {
      kind: "log_uniform_values",
      min: 1e-4,
      max: 1e-2,
    });
    expect(placeOf(1e-3)).to.be.closeTo(0.5, 1e-12);
    expect(placeOf(1)).to.be.closeTo(2, 1e-12);
    expect(placeOf(0)).to.be.below(0);
  });
});

describe("a dimension of choices", () => {
  const choice = (values: readonly Json[], probabilities?: readonly number[]) =>
    choiceDimension([
      {
        name: "x",
        path: ["x"],
        distribution: {
          kind: "categorical",
          values,
          ...(probabilities === undefined ? {} : { probabilities }),
        },
      },
    ]);

  it("joins equal values and their chances, and knows none that is never drawn", () => {
    const { choices, probabilities } = choice(["a", "b", "a", "never"], [0.2, 0.5, 0.3, 0]);
    expect(choices).to.deep.equal([["a"], ["b"]]);
    expect(probabilities).to.deep.equal([0.5, 0.5]);
  });

  it("places three numbers or more by value, on the scale that spaces them best", () => {
    const [low, middle, high] = choice([16, 32, 64]).places ?? [];
    expect([low, high]).to.deep.equal([0, 1]);
    expect(middle).to.be.closeTo(0.5, 1e-12);
    expect(choice([0, 0.1, 0.2]).places).to.deep.equal([0, 0.5, 1]);
    expect(choice([3, 1, 2]).places).to.deep.equal([1, 0, 0.5]);
    expect(choice([1, 2]).places).to.equal(undefined);
    expect(choice([1, 2, "adam"]).places).to.equal(undefined);
  });
});
