import { expect } from "chai";
import { curveAlong, surfaceOver } from "../../../src/importance/partial-dependence.js";
import { forestOf, resultsAt, spaceOf, unit } from "../../support/measured-spaces.js";

describe("partial dependence", () => {
  it("follows a parameter in its own values, and the metric on its own scale", () => {
    const search = spaceOf({ lr: { kind: "log_uniform_values", min: 1e-4, max: 1 }, x: unit });
    const results = resultsAt(
      search,
      600,
      ({ lr, x }) => Math.log10(Number(lr)) + Number(x),
      "maximize",
    );
    const { grid, mean, spread } = curveAlong(results, forestOf(results), 0);
    expect(grid.names).to.deep.equal(["lr"]);
    expect(grid.values[0]?.[0]).to.be.closeTo(1e-4, 1e-9);
    expect(grid.values.at(-1)?.[0]).to.be.closeTo(1, 1e-6);
    grid.values.forEach(([lr], point) => {
      if (point === 0 || point === grid.values.length - 1) return;
      expect(mean[point], `at ${lr}`).to.be.closeTo(Math.log10(Number(lr)) + 0.5, 0.15);
    });
    expect(Math.max(...spread)).to.be.within(1e-6, 0.2);
  });

  it("has a point for each value where they are few", () => {
    const search = spaceOf({
      layers: { kind: "int_uniform", min: 2, max: 5 },
      width: { kind: "categorical", values: [64, 16, 32] },
      kind: { kind: "categorical", values: ["b", "a"] },
    });
    const results = resultsAt(
      search,
      300,
      ({ layers, width, kind }) => Number(layers) + Number(width) + (kind === "a" ? 10 : 0),
    );
    const forest = forestOf(results);
    const middle = 3.5 + 112 / 3 + 5;
    const [layers, width, kind] = [0, 1, 2].map((axis) => curveAlong(results, forest, axis));
    expect(layers?.grid.values).to.deep.equal([[2], [3], [4], [5]]);
    expect(width?.grid.values).to.deep.equal([[16], [32], [64]]);
    expect(kind?.grid.values).to.deep.equal([["b"], ["a"]]);
    expect(kind?.grid.places).to.equal(undefined);
    expect(layers?.mean[0]).to.be.closeTo(middle - 1.5, 1);
    expect(width?.mean[2]).to.be.closeTo(middle + 64 - 112 / 3, 1);
    expect(kind?.mean[1]).to.be.closeTo(middle + 5, 1);
  });

  it("follows a conditional parameter where it exists", () => {
    const search = spaceOf(
      { kind: { kind: "categorical", values: ["a", "b", "c", "d"] }, x: unit },
      [{ parameter: "x", requirements: [{ parameter: "kind", kind: "one-of", values: ["a"] }] }],
    );
    const results = resultsAt(search, 1200, ({ kind, x }) => (kind === "a" ? Number(x) : 20));
    const { grid, mean } = curveAlong(results, forestOf(results), 1);
    const at = grid.places?.findIndex((place) => place >= 0.25) ?? 0;
    // Over all kinds it would be about 15.
    expect(mean[at]).to.be.closeTo(0.25, 0.2);
  });

  it("follows one that exists above a number, and from a choice among numbers on", () => {
    const search = spaceOf(
      { depth: unit, width: { kind: "categorical", values: [1, 2, 4, 8] }, x: unit },
      [
        {
          parameter: "x",
          requirements: [
            { parameter: "depth", kind: "compared", operator: ">", value: 0.5 },
            { parameter: "width", kind: "compared", operator: ">=", value: 4 },
          ],
        },
      ],
    );
    const results = resultsAt(search, 1500, ({ x }) => (x === undefined ? 20 : Number(x)));
    const { grid, mean } = curveAlong(results, forestOf(results), 2);
    const at = grid.places?.findIndex((place) => place >= 0.5) ?? 0;
    expect(mean[at]).to.be.closeTo(0.5, 0.6);
  });

  it("spans two parameters, rows by the first", () => {
    const search = spaceOf({ x: unit, kind: { kind: "categorical", values: ["a", "b"] }, y: unit });
    const results = resultsAt(
      search,
      800,
      ({ x, kind }) => (kind === "a" ? 1 : -1) * (Number(x) - 0.5),
    );
    const { rows, columns, mean, spread } = surfaceOver(results, forestOf(results), 0, 1);
    expect(columns.values).to.deep.equal([["a"], ["b"]]);
    expect(mean).to.have.length(rows.values.length * 2);
    expect(spread).to.have.length(mean.length);
    const row = rows.places?.findIndex((place) => place > 0.85) ?? 0;
    expect(mean[row * 2]).to.be.closeTo(0.37, 0.08);
    expect(mean[row * 2 + 1]).to.be.closeTo(-0.37, 0.08);
  });
});
