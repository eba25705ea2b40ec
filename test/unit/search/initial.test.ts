import { expect } from "chai";
import {
  completeInitial,
  configurationsOf,
  countOf,
  type KnownValues,
} from "../../../src/search/initial.js";
import { samplerFor } from "../../../src/search/sampler-for.js";
import { gridAt, gridIndexOf, gridSize } from "../../../src/space/grid.js";
import type { Configuration } from "../../../src/space/space.js";
import { sweepOf } from "../../support/said.js";
import { proposals } from "../../support/sampler-contract.js";

const random = sweepOf(`method: random
metric: {name: loss}
parameters:
  lr: {min: 0.0, max: 1.0}
  width: {values: [8, 16, null]}
  depth: {value: 3}
`);

const grid = sweepOf(`method: grid
metric: {name: loss}
parameters:
  a: {values: [1, 2]}
  b: {distribution: q_uniform, min: 0, max: 0.5, q: 0.1}
  c: {min: 3, max: 4}
`);

const known = (values: Configuration): KnownValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, origin: "sweep" }]),
  );

describe("initial configurations", () => {
  it("keep what is known, null too, and say what was drawn", () => {
    const [first] = completeInitial(random, [known({ lr: 7, width: null, depth: 4 })], 1);
    expect(first?.configuration).to.deep.equal({ lr: 7, width: null, depth: 4 });
    expect(first?.origins).to.deep.equal({ lr: "sweep", width: "sweep", depth: "sweep" });
    const [second] = completeInitial(random, [known({ width: 8 })], 1);
    expect(second?.configuration["lr"]).to.be.within(0, 1);
    expect(second?.origins).to.deep.equal({ lr: "drawn", width: "sweep", depth: "drawn" });
  });

  it("are drawn by the seed and their place alone, and apart from what the sampler draws", () => {
    const two = [known({ width: 8 }), known({ width: 16 })];
    const drawn = configurationsOf(completeInitial(random, two, 1));
    expect(configurationsOf(completeInitial(random, two, 1))).to.deep.equal(drawn);
    expect(configurationsOf(completeInitial(random, two.slice(0, 1), 1))).to.deep.equal(
      drawn.slice(0, 1),
    );
    const rates = [...drawn, ...configurationsOf(completeInitial(random, two, 2))];
    const searched = proposals(samplerFor(random, 1), 2);
    expect(new Set([...rates, ...searched].map(({ lr }) => lr)).size).to.equal(6);
  });

  it("are tried once where they are equal", () => {
    const same = known({ lr: 0.5, width: 8, depth: 3 });
    expect(completeInitial(random, [same, known({}), same], 1)).to.have.length(2);
  });

  it("come before draws that are those of the same sweep without them", () => {
    const initial = [
      { lr: 5, width: 8, depth: 3 },
      { lr: 0.1, width: 1, depth: 3 },
    ];
    const after = proposals(samplerFor(random, 4, initial), 5);
    expect(after).to.deep.equal([...initial, ...proposals(samplerFor(random, 4), 3)]);
  });

  it("are points of the grid where nothing else is known, and no point is tried twice", () => {
    const three = [known({ a: 2 }), known({ a: 7, b: 0.3 }), known({ b: 0.3, c: 4 })];
    const initial = configurationsOf(completeInitial(grid, three, 1));
    expect(initial).to.deep.equal([
      { a: 2, b: 0, c: 3 },
      { a: 7, b: 0.3, c: 3 },
      { a: 1, b: 0.3, c: 4 },
    ]);
    const count = countOf(grid, initial);
    expect(count).to.equal(21);
    const sampler = samplerFor(grid, 1, initial);
    const places = proposals(sampler, count).map((each) => gridIndexOf(grid.space, each));
    expect(places.slice(0, 3)).to.deep.equal([10, undefined, 7]);
    const others = Array.from({ length: 20 }, (_, index) => index);
    expect(places.slice(3)).to.deep.equal(others.filter((index) => ![7, 10].includes(index)));
    expect(sampler.ask({ draws: count, observations: [] }).kind).to.equal("exhausted");
  });

  it("are found on the grid wherever they lie", () => {
    const { space } = grid;
    for (let index = 0; index < gridSize(space); index += 1) {
      expect(gridIndexOf(space, gridAt(space, index) ?? {})).to.equal(index);
    }
    for (const beside of [
      { a: 3, b: 0, c: 3 },
      { a: 1, b: 0.05, c: 3 },
      { a: 1, b: 0, c: 5 },
      {},
    ]) {
      expect(gridIndexOf(space, beside)).to.equal(undefined);
    }
  });
});
