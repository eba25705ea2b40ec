import { expect } from "chai";
import fc from "fast-check";
import { gridSampler } from "../../../src/search/grid.js";
import { completeInitial, countOf } from "../../../src/search/initial.js";
import { withoutInactive } from "../../../src/space/condition.js";
import { identity } from "../../../src/space/distribution.js";
import { gridAt, gridSize } from "../../../src/space/grid.js";
import { searchGrid, searchGridSize } from "../../../src/space/search-grid.js";
import type { SearchSpace } from "../../../src/space/search-space.js";
import type { Configuration } from "../../../src/space/space.js";
import { sweepOf } from "../../support/said.js";
import { proposals, setupOf } from "../../support/sampler-contract.js";
import { searchOf } from "../../support/sampler-spaces.js";

const all = (search: SearchSpace) =>
  proposals(gridSampler(setupOf(search.space, 1, { search })), searchGridSize(search));

const tree = searchOf(`
  model: {values: [linear, tree, net]}
  depth: {values: [2, 4]}
  width: {values: [8, 16, 32]}
  act: {values: [relu, tanh]}
sweepdeck:
  conditions:
    depth: {model: tree}
    width: {model: net}
    act: {width: "> 8"}`);

/** By definition: every point of the plain grid, what does not exist taken out, once, if it is allowed. */
function byDefinition(search: SearchSpace): readonly Configuration[] {
  const points = Array.from({ length: gridSize(search.space) }, (_, index) =>
    withoutInactive(gridAt(search.space, index) ?? {}, search.conditions),
  );
  const once = new Map(points.map((point) => [identity(point), point]));
  return [...once.values()].filter(search.allows);
}

describe("a grid with conditions, constraints and lists side by side", () => {
  it("has each configuration that exists once, in W&B's order", () => {
    expect(all(tree)).to.deep.equal(
      [
        { model: "linear" },
        { model: "tree", depth: 2 },
        { model: "tree", depth: 4 },
        { model: "net", width: 8 },
        { model: "net", width: 16, act: "relu" },
        { model: "net", width: 16, act: "tanh" },
        { model: "net", width: 32, act: "relu" },
        { model: "net", width: 32, act: "tanh" },
      ].sort((a, b) => orderOf(a) - orderOf(b)),
    );
  });

  it("leaves out what constraints forbid", () => {
    const search = searchOf(`
  layers: {min: 1, max: 3}
  lr: {values: [0.1, 0.2]}
  width: {values: [8, 16]}
sweepdeck: {constraints: ["layers * width <= 24"]}`);
    expect(all(search).map(({ layers, lr, width }) => [layers, lr, width].join())).to.deep.equal([
      "1,0.1,8",
      "1,0.1,16",
      "1,0.2,8",
      "1,0.2,16",
      "2,0.1,8",
      "2,0.2,8",
      "3,0.1,8",
      "3,0.2,8",
    ]);
  });

  it("moves along lists side by side together, where the first of them stands", () => {
    const search = searchOf(`
  b: {values: [x, y]}
  c: {values: [1, 2, 1]}
  a: {values: [0.1, 0.2, 0.1]}
sweepdeck: {zip: [[a, c]]}`);
    expect(all(search)).to.deep.equal([
      { b: "x", c: 1, a: 0.1 },
      { b: "y", c: 1, a: 0.1 },
      { b: "x", c: 2, a: 0.2 },
      { b: "y", c: 2, a: 0.2 },
    ]);
  });

  it("is what is left of the plain grid, whatever binds it, and finds its points again", () => {
    const texts = ["a < 3 or b > 1", "a + b + c < 6", "b != 2", "a > 2", "d <= c"];
    const condition = fc.constantFrom(
      "b: {a: 1}",
      "b: {a: '> 1'}\n    c: {b: 2}",
      "d: {c: [1, 3]}",
      "a: {d: 2}\n    c: {d: 1}",
    );
    fc.assert(
      fc.property(fc.subarray(texts, { maxLength: 2 }), condition, (constraints, conditions) => {
        const search = searchOf(`
  d: {min: 1, max: 2}
  a: {min: 1, max: 3}
  c: {min: 1, max: 3}
  b: {min: 1, max: 2}
  free: {values: [p, q]}
sweepdeck:
  constraints: ${JSON.stringify(constraints)}
  conditions:
    ${conditions}`);
        const expected = byDefinition(search);
        const grid = searchGrid(search);
        expect(grid.size).to.equal(expected.length);
        const points = Array.from({ length: grid.size }, (_, index) => grid.at(index) ?? {});
        expect(points).to.deep.equal(expected);
        expect(points.map(grid.indexOf)).to.deep.equal([...points.keys()]);
        expect(grid.at(grid.size)).to.equal(undefined);
      }),
      { numRuns: 20 },
    );
  }).timeout(20_000);

  it("counts a billion points by what binds them alone", () => {
    const free = Array.from({ length: 9 }, (_, index) => `\n  z${index}: {min: 1, max: 10}`).join(
      "",
    );
    const search = searchOf(`${free}
  a: {min: 1, max: 4}
  b: {min: 1, max: 4}
sweepdeck: {constraints: ["a < b"]}`);
    expect(searchGridSize(search)).to.equal(6e9);
    const point = searchGrid(search).at(5_123_456_789) ?? {};
    expect(point).to.include({ a: 3, b: 4, z0: 2, z8: 10 });
    expect(searchGrid(search).indexOf(point)).to.equal(5_123_456_789);
  });

  it("says how many it has at most where counting would take long", () => {
    const wide = Array.from({ length: 6 }, (_, index) => `\n  x${index}: {min: 1, max: 10}`).join(
      "",
    );
    const sum = Array.from({ length: 6 }, (_, index) => `x${index}`).join(" + ");
    const search = searchOf(`${wide}\nsweepdeck: {constraints: ["${sum} < 12"]}`);
    expect(searchGridSize(search)).to.equal(1e6);
  });

  it("passes over initial configurations, which are what exists of them", () => {
    const sweep = sweepOf(`method: grid
metric: {name: loss}
parameters:
  model: {values: [linear, net]}
  width: {values: [8, 16]}
sweepdeck:
  conditions: {width: {model: net}}
`);
    const known = { model: { value: "linear", origin: "sweep" as const } };
    const [first] = completeInitial(
      sweep,
      [known, { ...known, width: { value: 16, origin: "sweep" } }],
      1,
    );
    expect(first).to.deep.equal({
      configuration: { model: "linear" },
      origins: { model: "sweep" },
    });
    expect(countOf(sweep, [{ model: "linear" }, { model: "net", width: 99 }])).to.equal(4);
  });
});

/** Where a point stands by sorted names: act, depth, model, width. */
function orderOf({ act, depth, model, width }: Configuration): number {
  const at = (values: readonly unknown[], value: unknown) => Math.max(0, values.indexOf(value));
  return (
    (at(["relu", "tanh"], act) * 2 + at([2, 4], depth)) * 9 +
    at(["linear", "tree", "net"], model) * 3 +
    at([8, 16, 32], width)
  );
}
