import { expect } from "chai";
import { logExpectedImprovement } from "../../../../src/search/gp/acquisition.js";
import { fitted, type LogPrior, objectiveOf } from "../../../../src/search/gp/fit.js";
import { covariance, type Hyperparameters, kernelOf } from "../../../../src/search/gp/kernel.js";
import { posteriorOf } from "../../../../src/search/gp/posterior.js";
import { noiseStarts, priorsFor } from "../../../../src/search/gp/settings.js";
import { stream } from "../../../../src/space/random.js";

const isCategory = [false, false, true];
const hyperparameters: Hyperparameters = {
  lengths: Float64Array.of(0.4, 1.3, 0.8),
  signal: 1.7,
  noise: 0.01,
  interaction: 2.5,
};

function rowsOf(count: number, seed: number): readonly Float64Array[] {
  const random = stream(seed);
  return Array.from({ length: count }, () =>
    Float64Array.of(random.next(), random.next(), Math.floor(random.next() * 3)),
  );
}

/** By elimination with pivots, as one would without knowing that the matrix is symmetric. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [at] of rows.entries()) {
    const below = rows.slice(at).sort((a, b) => Math.abs(b[at] ?? 0) - Math.abs(a[at] ?? 0));
    rows.splice(at, below.length, ...below);
    const [pivotRow = []] = below;
    for (const [i, row] of rows.entries()) {
      if (i === at) continue;
      const factor = (row[at] ?? 0) / (pivotRow[at] ?? 1);
      row.forEach((each, k) => {
        row[k] = each - factor * (pivotRow[k] ?? 0);
      });
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

/** (∂f/∂xᵢ) by central differences. */
function slopes(f: (x: Float64Array) => number, x: Float64Array, step = 1e-5): number[] {
  return [...x.keys()].map((i) => {
    const [above, below] = [x.slice(), x.slice()];
    above[i] = (x[i] ?? 0) + step;
    below[i] = (x[i] ?? 0) - step;
    return (f(above) - f(below)) / (2 * step);
  });
}

describe("the kernel", () => {
  const kernel = kernelOf(hyperparameters, isCategory);
  const matern = (distance: number, length: number) => {
    const r = (Math.sqrt(5) * distance) / length;
    return (1 + r + (r * r) / 3) * Math.exp(-r);
  };

  it("is the signal's variance at one point, and what its formula says elsewhere", () => {
    const [a, b] = [Float64Array.of(0.1, 0.9, 0), Float64Array.of(0.4, 0.7, 2)];
    expect(covariance(kernel, a, a)).to.equal(1.7);
    const factors = [matern(0.3, 0.4), matern(0.2, 1.3), matern(1, 0.8)];
    const expected = factors.reduce((k, each) => (k * (1 + 2.5 * each)) / 3.5, 1.7);
    expect(covariance(kernel, a, b)).to.be.closeTo(expected, 1e-14);
  });

  it("has two categories one apart, whatever their numbers", () => {
    const at = (category: number) => Float64Array.of(0.5, 0.5, category);
    expect(covariance(kernel, at(0), at(1))).to.equal(covariance(kernel, at(0), at(7)));
  });
});

describe("the posterior", () => {
  const rows = rowsOf(9, 1);
  const y = Float64Array.from(rows, ([a = 0, b = 0, c = 0]) => Math.sin(4 * a) + b * c);
  const posterior = posteriorOf(rows, y, hyperparameters, isCategory);
  const x = Float64Array.of(0.35, 0.6, 1);

  it("is what the closed form gives", () => {
    const kernel = kernelOf(hyperparameters, isCategory);
    const matrix = rows.map((a, i) =>
      rows.map((b, j) => covariance(kernel, a, b) + (i === j ? 0.01 : 0)),
    );
    const k = rows.map((row) => covariance(kernel, x, row));
    const weights = solved(matrix, [...y]);
    const explained = solved(matrix, k);
    const { mean, variance } = posterior.at(x);
    expect(mean).to.be.closeTo(
      k.reduce((sum, each, i) => sum + each * (weights[i] ?? 0), 0),
      1e-6,
    );
    expect(variance).to.be.closeTo(
      1.7 - k.reduce((sum, each, i) => sum + each * (explained[i] ?? 0), 0),
      1e-6,
    );
  });

  it("has the slopes that differences show", () => {
    const [ofMean, ofVariance] = [new Float64Array(3), new Float64Array(3)];
    expect(posterior.withGradient(x, ofMean, ofVariance)).to.deep.equal(posterior.at(x));
    slopes((at) => posterior.at(at).mean, x)
      .slice(0, 2)
      .forEach((slope, i) => {
        expect(ofMean[i]).to.be.closeTo(slope, 1e-7);
      });
    slopes((at) => posterior.at(at).variance, x)
      .slice(0, 2)
      .forEach((slope, i) => {
        expect(ofVariance[i]).to.be.closeTo(slope, 1e-7);
      });
    expect([ofMean[2], ofVariance[2]]).to.deep.equal([0, 0]);
  });

  it("keeps its mean where results are pending, and is surer of what they will be", () => {
    const pending = posteriorOf(rows, y, hyperparameters, isCategory, [x]);
    const near = Float64Array.of(0.3, 0.55, 1);
    expect(pending.at(near).mean).to.be.closeTo(posterior.at(near).mean, 1e-10);
    expect(pending.at(x).variance).to.be.below(0.02);
    expect(pending.at(near).variance).to.be.below(posterior.at(near).variance);
    // As if the pending one had come out as expected.
    const told = posteriorOf(
      [...rows, x],
      Float64Array.of(...y, posterior.at(x).mean),
      hyperparameters,
      isCategory,
    );
    expect(pending.at(near).variance).to.be.closeTo(told.at(near).variance, 1e-10);
    expect(pending.at(near).mean).to.be.closeTo(told.at(near).mean, 1e-8);
  });

  it("stands the same point twice without noise", () => {
    const twice = [...rows, ...rows];
    const exact = { ...hyperparameters, noise: 0 };
    const { mean } = posteriorOf(twice, Float64Array.of(...y, ...y), exact, isCategory).at(
      rows[0] ?? x,
    );
    expect(mean).to.be.closeTo(y[0] ?? 0, 1e-4);
  });

  it("gives an acquisition with the slopes that differences show, with and without a constraint", () => {
    const constraint = posteriorOf(rows, y.map(Math.cos), hyperparameters, isCategory);
    for (const acquisition of [
      logExpectedImprovement(posterior, -1),
      logExpectedImprovement(posterior, -1, constraint),
      logExpectedImprovement(posterior, undefined, constraint),
    ]) {
      const gradient = new Float64Array(3);
      expect(acquisition.withGradient(x, gradient)).to.equal(acquisition.at(x));
      slopes(acquisition.at, x)
        .slice(0, 2)
        .forEach((slope, i) => {
          expect(gradient[i]).to.be.closeTo(slope, 1e-6 * (1 + Math.abs(slope)));
        });
    }
  });
});

describe("fitting hyperparameters", () => {
  const prior: LogPrior = { mean: -0.5, sd: 1.2, lower: -9, upper: 4 };

  it("has the slopes that differences show, for each of them", () => {
    const rows = rowsOf(11, 3);
    const y = Float64Array.from(rows, ([a = 0, b = 0, c = 0]) => a * b - c);
    const objective = objectiveOf({ rows, y, isCategory }, new Array(6).fill(prior));
    const theta = Float64Array.of(-0.3, 0.2, 0.1, 0.4, -2, 0.7);
    const gradient = new Float64Array(6);
    objective(theta, gradient);
    slopes((at) => objective(at, new Float64Array(6)), theta).forEach((slope, i) => {
      expect(gradient[i]).to.be.closeTo(slope, 1e-6 * (1 + Math.abs(slope)));
    });
  });

  it("values one observation as the normal density does", () => {
    const objective = objectiveOf(
      { rows: [Float64Array.of(0.5, 0.5, 0)], y: Float64Array.of(1.5), isCategory },
      new Array(6).fill({ ...prior, mean: 0 }),
    );
    // s² = σ² = 1 where all logarithms are 0: y is normal with variance 2.
    const expected = 0.5 * Math.log(2 * Math.PI * 2) + 1.5 ** 2 / 4;
    expect(objective(new Float64Array(6), new Float64Array(6))).to.be.closeTo(expected, 1e-8);
  });

  it("finds the noise, and what does not matter", () => {
    const random = stream(5);
    const rows = rowsOf(60, 4);
    const y = Float64Array.from(rows, ([a = 0]) => Math.sin(5 * a) + random.next() - 0.5);
    const { lengths, noise } = fitted({ rows, y, isCategory }, priorsFor(false), noiseStarts);
    // Uniform noise of width 1 has variance 1/12.
    expect(noise).to.be.within(0.04, 0.16);
    expect(lengths[1]).to.be.above(3 * (lengths[0] ?? 0));
    expect(lengths[2]).to.be.above(3 * (lengths[0] ?? 0));
  });

  it("fits no noise to what is said to have none", () => {
    const rows = rowsOf(12, 6);
    const y = Float64Array.from(rows, (_, i) => Math.cos(9 * i));
    const { noise } = fitted({ rows, y, isCategory }, priorsFor(true), noiseStarts.slice(0, 1));
    expect(noise).to.be.closeTo(1e-7, 1e-12);
  });
});
