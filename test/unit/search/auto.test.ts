import { expect } from "chai";
import { autoSampler } from "../../../src/search/auto.js";
import { gpSampler } from "../../../src/search/gp/sampler.js";
import { nsga2Sampler } from "../../../src/search/nsga2/sampler.js";
import { samplerFor } from "../../../src/search/sampler-for.js";
import { tpeSampler } from "../../../src/search/tpe/sampler.js";
import type { Space } from "../../../src/space/space.js";
import { sweepOf } from "../../support/said.js";
import { proposals, samplerContract, setupOf } from "../../support/sampler-contract.js";

const space: Space = {
  parameters: [
    { name: "x", path: ["x"], distribution: { kind: "uniform", min: 0, max: 1 } },
    { name: "n", path: ["n"], distribution: { kind: "int_uniform", min: 1, max: 30 } },
  ],
};

const tpeOptions = { startupTrials: 10, candidates: 24, constantLiar: true };

samplerContract("auto", { make: (setup) => autoSampler(setup), space });

describe("the automatic choice of a sampler", () => {
  const [loss] = setupOf(space, 1).objectives;
  const two = loss === undefined ? [] : [loss, { ...loss, name: "time" }];
  const wide: Space = {
    parameters: Array.from({ length: 41 }, (_, i) => ({
      name: `x${i}`,
      path: [`x${i}`],
      distribution: { kind: "uniform", min: 0, max: 1 },
    })),
  };

  it("learns by a Gaussian process, and says why", () => {
    const { why, ask } = autoSampler(setupOf(space, 1));
    expect(why).to.equal(
      "A Gaussian process learns from every result, with the fewest trials for 2 parameters.",
    );
    const history = { draws: 20, observations: [] };
    expect(ask(history)).to.deep.equal(gpSampler(setupOf(space, 1)).ask(history));
  });

  it("hands over to TPE where trials are many, by the number of the draw", () => {
    const setup = setupOf(space, 1, { budget: 2000 });
    const auto = autoSampler(setup);
    expect(auto.why).to.include("TPE goes on after 500 trials");
    const [before, after] = [499, 500].map((draws) => ({ draws, observations: [] }));
    if (before === undefined || after === undefined) throw new Error("two histories");
    expect(auto.ask(before)).to.deep.equal(gpSampler(setup).ask(before));
    expect(auto.ask(after)).to.deep.equal(tpeSampler(setup, tpeOptions).ask(after));
  });

  it("takes TPE at once in very many dimensions, and for several objectives", () => {
    expect(autoSampler(setupOf(wide, 1)).why).to.include("41 are too many");
    const setup = setupOf(space, 1, { objectives: two });
    const history = { draws: 3, observations: [] };
    expect(autoSampler(setup).why).to.include("With 2 objectives, TPE");
    expect(autoSampler(setup).ask(history)).to.deep.equal(
      tpeSampler(setup, tpeOptions).ask(history),
    );
  });

  it("evolves along the front of several objectives where trials are very many", () => {
    const setup = setupOf(space, 1, { objectives: two, budget: 5000 });
    const auto = autoSampler(setup);
    expect(auto.why).to.include("NSGA-II");
    const history = { draws: 1000, observations: [] };
    expect(auto.ask(history)).to.deep.equal(nsga2Sampler(setup).ask(history));
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
