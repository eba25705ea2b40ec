import { expect } from "chai";
import {
  erfcx,
  expOfMinus,
  logImprovement,
  logNormalCumulative,
  normalCumulative,
} from "../../../../src/search/gp/special.js";

describe("special functions", () => {
  it("exp(-x) is exact to the last digits, and 0 far out", () => {
    for (let x = 0; x < 39.9; x += 0.0137) {
      expect(expOfMinus(x) / Math.exp(-x)).to.be.closeTo(1, 1e-15);
    }
    expect(expOfMinus(0)).to.equal(1);
    expect(expOfMinus(1e9)).to.equal(0);
  });

  it("exp(x²) erfc(x) is as mpmath has it", () => {
    const known = [
      [0, 1],
      [0.5, 0.6156903441929259],
      [1, 0.427583576155807],
      [3, 0.17900115118138996],
      [30, 0.01879588886141675],
      [1e5, 5.6418958351954685e-6],
    ] as const;
    for (const [x, value] of known) expect(erfcx(x) / value).to.be.closeTo(1, 1e-14);
  });

  it("the normal distribution and its logarithm agree, and reach far below 0", () => {
    expect(normalCumulative(0)).to.be.closeTo(0.5, 1e-16);
    expect(normalCumulative(1.959963984540054)).to.be.closeTo(0.975, 1e-15);
    for (const z of [-3, -0.999, -1.001, 0.4, 6]) {
      const expected = Math.log(normalCumulative(z));
      expect(logNormalCumulative(z).value).to.be.closeTo(expected, 1e-12);
    }
    // log Φ(-100), by mpmath.
    expect(logNormalCumulative(-100).value).to.be.closeTo(-5005.524208694205, 1e-9);
  });

  it("log h(z) is as mpmath has it, on both sides of each change of formula", () => {
    const known = [
      [2, 0.6973835457882284, 0.48655931878528386],
      [0, -0.9189385332046728, 1.2533141373155003],
      [-1, -2.4851210257126413, 1.9042712333296918],
      [-5, -16.74430116266099, 5.361816241288088],
      [-49, -1209.203826792377, 49.040765475450364],
      [-51, -1309.283741653038, 51.0391705760735],
      [-1400, -980015.407395095, 1400.001428569242],
    ] as const;
    for (const [z, value, slope] of known) {
      expect(logImprovement(z).value).to.be.closeTo(value, 1e-13 * Math.abs(value) + 1e-12);
      expect(logImprovement(z).slope / slope).to.be.closeTo(1, 1e-11);
    }
    for (const z of [-1, -50]) {
      const [above, below] = [logImprovement(z + 1e-9), logImprovement(z - 1e-9)];
      expect(above.value - below.value).to.be.closeTo(2e-9 * above.slope, 1e-11 * Math.abs(z));
      expect(above.slope / below.slope).to.be.closeTo(1, 1e-8);
    }
  });

  it("slopes are those of the values", () => {
    for (const z of [3, 0.5, -0.9, -1.1, -7, -30, -60, -2000]) {
      const step = 1e-5 * Math.max(1, Math.abs(z));
      for (const of of [logImprovement, logNormalCumulative]) {
        const measured = (of(z + step).value - of(z - step).value) / (2 * step);
        expect(of(z).slope / measured).to.be.closeTo(1, 1e-6);
      }
    }
  });
});
