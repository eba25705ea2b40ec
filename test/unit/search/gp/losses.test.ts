import { expect } from "chai";
import {
  momentsOf,
  quantileOf,
  standardized,
  winsorized,
  yeoJohnson,
  yeoJohnsoned,
  yeoJohnsonPower,
} from "../../../../src/search/gp/losses.js";
import { normalQuantile } from "../../../../src/space/normal.js";

const normal = Float64Array.from({ length: 99 }, (_, i) => normalQuantile((i + 1) / 100));

describe("losses for a Gaussian process", () => {
  it("have mean 0 and variance 1", () => {
    const { mean, sd } = momentsOf(standardized(Float64Array.of(3, 5, 10, 1e3)));
    expect(mean).to.be.closeTo(0, 1e-15);
    expect(sd).to.be.closeTo(1, 1e-15);
  });

  it("are 0 where all are equal, as large or small as they may be", () => {
    for (const each of [0, 1e300, 1e-300, 0.1]) {
      const made = yeoJohnsoned(new Float64Array(3).fill(each));
      expect(made.every((one) => one === 0)).to.equal(true);
    }
  });

  it("come down to the upper fence where they lie far beyond it; the best are left as they are", () => {
    // Quartiles 2 and 4: the fence is at 4 + 1.5 · 2.
    expect([...winsorized(Float64Array.of(1, 2, 3, 4, 1e9))]).to.deep.equal([1, 2, 3, 4, 7]);
    expect([...winsorized(Float64Array.of(-1e9, 2, 3, 4, 5))]).to.deep.equal([-1e9, 2, 3, 4, 5]);
  });

  it("have quantiles as numpy computes them", () => {
    expect(quantileOf([1, 2, 4, 8], 0.25)).to.equal(1.75);
    expect(quantileOf([7], 0.9)).to.equal(7);
  });

  it("are transformed as Yeo and Johnson say, continuously in the power", () => {
    expect(yeoJohnson(1.5, 1)).to.equal(1.5);
    expect(yeoJohnson(-1.5, 1)).to.equal(-1.5);
    expect(yeoJohnson(3, 0.5)).to.equal(2);
    expect(yeoJohnson(-3, 1.5)).to.equal(-2);
    expect(yeoJohnson(2, 0)).to.be.closeTo(yeoJohnson(2, 1e-8), 1e-6);
    expect(yeoJohnson(-2, 2)).to.be.closeTo(yeoJohnson(-2, 2 + 1e-8), 1e-6);
  });

  it("find the power that makes them normal", () => {
    expect(yeoJohnsonPower(standardized(normal))).to.be.closeTo(1, 0.2);
    expect(yeoJohnsonPower(standardized(normal.map(Math.exp)))).to.be.below(0);
    expect(yeoJohnsonPower(standardized(normal.map((x) => -Math.exp(x))))).to.be.above(2);
  });

  it("keep their order", () => {
    const skewed = normal.map((x) => Math.exp(2 * x));
    const made = yeoJohnsoned(skewed);
    expect([...made]).to.deep.equal([...made.slice().sort()]);
  });
});
