import { expect } from "chai";
import { untried } from "../../../src/search/untried.js";
import type { Observation } from "../../../src/space/history.js";
import { stream } from "../../../src/space/random.js";
import { searchSpaceOf } from "../../../src/space/search-space.js";
import type { Configuration } from "../../../src/space/space.js";
import { searchOf } from "../../support/sampler-spaces.js";

const search = searchSpaceOf({
  space: {
    parameters: [
      { name: "a", path: ["a"], distribution: { kind: "int_uniform", min: 1, max: 20 } },
      {
        name: "b",
        path: ["b"],
        // So rare that the prior will not find it.
        distribution: { kind: "categorical", values: ["x", "y"], probabilities: [1 - 1e-9, 1e-9] },
      },
    ],
  },
});

const observed = (configuration: Configuration, number: number): Observation => ({
  number,
  configuration,
  state: "stopped",
  draw: number,
  ended: number,
  value: null,
  values: [],
  violation: 0,
  reports: [],
});

describe("what was not tried", () => {
  it("is the first candidate that is new, by its values and not by their order", () => {
    const observations = [observed({ b: "x", a: 1 }, 0)];
    const candidates = [
      { a: 1, b: "x" },
      { a: 2, b: "x" },
    ];
    const proposal = untried(search, { draws: 1, observations }, candidates, stream(1));
    expect(proposal).to.deep.equal({ kind: "configuration", configuration: { a: 2, b: "x" } });
  });

  it("leaves out what was tried where a continuum is not always there", () => {
    const conditional = searchOf(`
  model: {values: [linear, net]}
  lr: {min: 0.0, max: 1.0}
sweepdeck: {conditions: {lr: {model: net}}}`);
    const observations = [observed({ model: "linear" }, 0)];
    for (let seed = 0; seed < 20; seed += 1) {
      const proposal = untried(conditional, { draws: 1, observations }, [], stream(seed));
      expect(proposal).to.have.nested.property("configuration.model", "net");
    }
  });

  it("is every step of a logarithmic range, though most lie at its upper end", () => {
    const lattice = searchOf(`
  size: {distribution: q_log_uniform_values, min: 8, max: 400, q: 8}
  share: {distribution: q_beta, a: 2, b: 2, q: 0.25}`);
    const observations: Observation[] = [];
    for (let draws = 0; draws < lattice.cardinality; draws += 1) {
      const proposal = untried(lattice, { draws, observations }, [], stream(draws));
      if (proposal.kind === "exhausted") throw new Error("nothing is left");
      observations.push(observed(proposal.configuration, draws));
    }
    const all = new Set(observations.map(({ configuration }) => JSON.stringify(configuration)));
    expect(all.size).to.equal(50 * 5);
  });

  it("is found down to the last one of a finite space, and then comes again", () => {
    const observations: Observation[] = [];
    const ask = () => {
      const draws = observations.length;
      const proposal = untried(search, { draws, observations }, [], stream(1).fork(draws));
      if (proposal.kind === "exhausted") throw new Error("nothing is left");
      observations.push(observed(proposal.configuration, draws));
      return JSON.stringify(proposal.configuration);
    };
    const all = Array.from({ length: 40 }, ask);
    expect(new Set(all)).to.have.lengthOf(40);
    expect(all).to.include(ask());
  });
});
