import { expect } from "chai";
import { untried } from "../../../src/search/untried.js";
import type { Observation } from "../../../src/space/history.js";
import { stream } from "../../../src/space/random.js";
import { searchSpaceOf } from "../../../src/space/search-space.js";
import type { Configuration } from "../../../src/space/space.js";

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
