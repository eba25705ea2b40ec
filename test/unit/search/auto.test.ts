import { expect } from "chai";
import { autoSampler } from "../../../src/search/auto.js";
import { samplerFor } from "../../../src/search/sampler-for.js";
import type { Space } from "../../../src/space/space.js";
import { sweepOf } from "../../support/said.js";
import { proposals, samplerContract, setupOf } from "../../support/sampler-contract.js";

const space: Space = {
  parameters: [
    { name: "x", path: ["x"], distribution: { kind: "uniform", min: 0, max: 1 } },
    { name: "n", path: ["n"], distribution: { kind: "int_uniform", min: 1, max: 30 } },
  ],
};

samplerContract("auto", { make: (setup) => autoSampler(setup), space });

describe("the automatic choice of a sampler", () => {
  it("learns by a Gaussian process, and says why", () => {
    const { why } = autoSampler(setupOf(space, 1));
    expect(why).to.include("Gaussian process");
  });

  it("draws at random where there is nothing to learn from, and says why", () => {
    const { why } = autoSampler(setupOf(space, 1, { objectives: [] }));
    expect(why).to.include("without a metric");
  });

  it("is what bayes and custom mean", () => {
    const sweep = (method: string) =>
      sweepOf(
        `method: ${method}\nmetric: {name: loss}\nparameters: {x: {min: 0.0, max: 1.0}, n: {min: 1, max: 30}}`,
      );
    const auto = proposals(autoSampler(setupOf(space, 3)), 3);
    for (const method of ["bayes", "custom"]) {
      expect(proposals(samplerFor(sweep(method), 3), 3)).to.deep.equal(auto);
    }
  });
});
