import { expect } from "chai";
import { minimize, type Objective } from "../../../../src/search/gp/minimize.js";

const within = (size: number, low: number, high: number, evaluations = 200) => ({
  lower: new Float64Array(size).fill(low),
  upper: new Float64Array(size).fill(high),
  iterations: 100,
  evaluations,
});

const rosenbrock: Objective = (at, gradient) => {
  const [x = 0, y = 0] = at;
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

describe("minimising within bounds", () => {
  it("follows a bent valley to its end", () => {
    const { x, value } = minimize(rosenbrock, [-1.2, 1], within(2, -2, 2));
    expect(value).to.be.below(1e-8);
    expect(x[0]).to.be.closeTo(1, 1e-3);
  });

  it("stops at a bound, and goes on along it", () => {
    // The least of Rosenbrock's function where x is at most 0.5 lies at (0.5, 0.25).
    const limits = { ...within(2, -2, 2), upper: Float64Array.of(0.5, 2) };
    const { x } = minimize(rosenbrock, [-1.2, 1], limits);
    expect(x[0]).to.equal(0.5);
    expect(x[1]).to.be.closeTo(0.25, 1e-4);
  });

  it("leaves a bound that it started from where the slope leads inside", () => {
    const bowl: Objective = (at, gradient) => {
      at.forEach((each, i) => {
        gradient[i] = 2 * (each - 0.3);
      });
      return at.reduce((sum, each) => sum + (each - 0.3) ** 2, 0);
    };
    const { x } = minimize(bowl, [0, 1, 0], within(3, 0, 1));
    for (const each of x) expect(each).to.be.closeTo(0.3, 1e-6);
  });

  it("asks no more often than it may, and never gets worse", () => {
    let asked = 0;
    const counted: Objective = (x, gradient) => {
      asked += 1;
      return rosenbrock(x, gradient);
    };
    const { value } = minimize(counted, [-1.2, 1], within(2, -2, 2, 7));
    expect(asked).to.be.at.most(7);
    expect(value).to.be.at.most(rosenbrock(Float64Array.of(-1.2, 1), new Float64Array(2)));
  });

  it("turns back where there is no value", () => {
    const cliff: Objective = (at, gradient) => {
      const [x = 0] = at;
      gradient[0] = 1 / x - 10;
      return x < 0.05 ? Number.NaN : Math.log(x) - 10 * x;
    };
    const { x } = minimize(cliff, [0.09], within(1, 0, 1));
    expect(x[0]).to.be.at.least(0.05);
  });
});
