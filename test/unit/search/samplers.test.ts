import { expect } from "chai";
import { gridSampler } from "../../../src/search/grid.js";
import { initialFirst } from "../../../src/search/initial.js";
import { randomSampler } from "../../../src/search/random.js";
import { samplerFor } from "../../../src/search/sampler-for.js";
import { searchGridSize } from "../../../src/space/search-grid.js";
import type { Parameter, Space } from "../../../src/space/space.js";
import { sweepOf } from "../../support/said.js";
import { proposals, samplerContract, setupOf } from "../../support/sampler-contract.js";
import { isGrid } from "../../support/sampler-spaces.js";

const parameter = (name: string, distribution: Parameter["distribution"]): Parameter => ({
  name,
  path: name.split("."),
  distribution,
});

const everything: Space = {
  parameters: [
    parameter("fixed", { kind: "constant", value: [1, { a: null }] }),
    parameter("choice", { kind: "categorical", values: ["adam", null, false, 0] }),
    parameter("weighted", {
      kind: "categorical",
      values: [1, 2, 3],
      probabilities: [0.5, 0, 0.5],
    }),
    parameter("integer", { kind: "int_uniform", min: -2, max: 2 }),
    parameter("uniform", { kind: "uniform", min: -1, max: 1 }),
    parameter("group.rate", { kind: "log_uniform_values", min: 1e-6, max: 1 }),
    parameter("group.size", { kind: "q_log_uniform_values", min: 16, max: 512, q: 16 }),
    parameter("exponent", { kind: "log_uniform", min: -9, max: 0 }),
    parameter("inverse", { kind: "inv_log_uniform_values", min: 0.1, max: 10 }),
    parameter("bell", { kind: "normal", mu: 3, sigma: 2 }),
    parameter("tail", { kind: "q_log_normal", mu: 0, sigma: 1, q: 0.5 }),
    parameter("share", { kind: "beta", a: 0.5, b: 5 }),
  ],
};

const steps: Space = {
  parameters: [
    parameter("fixed", { kind: "constant", value: "x" }),
    parameter("b", { kind: "categorical", values: [3, 1, 3, 2] }),
    parameter("a", { kind: "int_uniform", min: 1, max: 2 }),
    parameter("c", { kind: "q_uniform", min: 0, max: 1, q: 0.5 }),
  ],
};

samplerContract("random search", { make: randomSampler, space: everything });
samplerContract("random search behind initial configurations", {
  make: (setup) => {
    const initial = proposals(randomSampler({ ...setup, seed: 99 }), 2);
    return initialFirst(randomSampler({ ...setup, initial }), initial);
  },
  space: everything,
});
samplerContract("grid search behind initial configurations", {
  make: (setup) => {
    const size = searchGridSize(setup.search);
    const initial = proposals(gridSampler(setup), Math.min(7, size)).slice(5);
    return initialFirst(gridSampler({ ...setup, initial }), initial);
  },
  space: steps,
  accepts: isGrid,
});
samplerContract("grid search", { make: gridSampler, space: steps, accepts: isGrid });

describe("random search", () => {
  it("differs from seed to seed and from draw to draw", () => {
    const [first, second] = proposals(randomSampler(setupOf(everything, 1)), 2);
    const [other] = proposals(randomSampler(setupOf(everything, 2)), 1);
    expect(first).to.not.deep.equal(second);
    expect(first).to.not.deep.equal(other);
  });

  it("repeats a sweep of constants for ever, as W&B does", () => {
    const constant: Space = { parameters: [parameter("x", { kind: "constant", value: 1 })] };
    expect(proposals(randomSampler(setupOf(constant, 1)), 3)).to.deep.equal([
      { x: 1 },
      { x: 1 },
      { x: 1 },
    ]);
  });
});

describe("grid search", () => {
  it("varies the last name fastest and skips values that it had", () => {
    const points = proposals(gridSampler(setupOf(steps, 1)), 12);
    expect(points.slice(0, 3)).to.deep.equal([
      { fixed: "x", b: 3, a: 1, c: 0 },
      { fixed: "x", b: 3, a: 1, c: 0.5 },
      { fixed: "x", b: 1, a: 1, c: 0 },
    ]);
    expect(new Set(points.map((point) => JSON.stringify(point))).size).to.equal(12);
  });

  it("is exhausted after its last point", () => {
    const { kind } = gridSampler(setupOf(steps, 1)).ask({ draws: 12, observations: [] });
    expect(kind).to.equal("exhausted");
  });
});

describe("the sampler for a sweep", () => {
  const named = (method: string, deck = "") =>
    samplerFor(
      sweepOf(`method: ${method}\nmetric: {name: a}\nparameters: {x: {values: [1, 2]}}\n${deck}`),
      1,
    ).name;

  it("is the method's", () => {
    expect(named("grid")).to.equal("grid");
    expect(named("random")).to.equal("random");
  });

  it("says in its name where it stands in for another", () => {
    expect(named("bayes", "sweepdeck: {sampler: {type: optuna}}")).to.equal(
      "random (in place of optuna)",
    );
  });

  it("is that of the sweepdeck block where it names one", () => {
    for (const type of ["random", "sobol", "tpe", "bohb"]) {
      expect(named("grid", `sweepdeck: {sampler: {type: ${type}}}`)).to.equal(type);
    }
  });
});
