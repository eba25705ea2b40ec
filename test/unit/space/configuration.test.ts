import { expect } from "chai";
import fc from "fast-check";
import { cardinality, flatten, nest, sample } from "../../../src/space/configuration.js";
import { gridAt, gridSize, hasGrid } from "../../../src/space/grid.js";
import { pythonStr } from "../../../src/space/python-text.js";
import { stream } from "../../../src/space/random.js";
import type { Space } from "../../../src/space/space.js";
import { askPython } from "../../support/ask-python.js";
import { sweepOf, withParameters } from "../../support/said.js";

const spaceOf = (...lines: string[]): Space => sweepOf(withParameters(...lines)).space;

const nested = spaceOf(
  "lr: {min: 0.0, max: 1}",
  "model: {parameters: {name: {value: mlp}, size: {parameters: {width: {min: 1, max: 9}}}}}",
  "model.name: {values: [a]}",
  "__proto__: {value: 1}",
);

describe("a configuration", () => {
  it("gets its groups back, whatever its parameters are called", () => {
    const configuration = {
      lr: 0.5,
      "model/name": "mlp",
      "model.size.width": 3,
      "model.name": "a",
    };
    const given = nest(nested, Object.assign(Object.create(null), configuration));
    expect(JSON.stringify(given)).to.equal(
      '{"lr":0.5,"model":{"name":"mlp","size":{"width":3}},"model.name":"a"}',
    );
  });

  it("is the same after nesting and flattening", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const configuration = sample(nested, stream(seed));
        expect(flatten(nested, nest(nested, configuration))).to.deep.equal(configuration);
      }),
      { numRuns: 50 },
    );
    expect(Object.keys(sample(nested, stream(1)))).to.include("__proto__");
  });

  it("leaves out what it lacks and ignores what the space lacks", () => {
    expect(flatten(nested, { lr: 1, model: [], other: 2 })).to.deep.equal({ lr: 1 });
    expect(nest(nested, { "model.size.width": 2 })).to.deep.equal({
      model: { size: { width: 2 } },
    });
  });

  it("keeps its values when a parameter is added, moved or removed", () => {
    const [lr, x] = ["lr: {min: 0.0, max: 1}", "x: {min: 0.0, max: 1}"];
    const alone = sample(spaceOf(lr), stream(1).fork(4));
    const joined = sample(spaceOf(x, lr), stream(1).fork(4));
    expect(joined["lr"]).to.equal(alone["lr"]);
  });
});

describe("a space", () => {
  it("knows how many configurations it holds", () => {
    expect(cardinality(spaceOf("a: {min: 1, max: 4}", "b: {values: [x, y, x]}"))).to.equal(8);
    expect(cardinality(spaceOf("a: {min: 1, max: 4.0}"))).to.equal(Infinity);
    expect(cardinality(spaceOf("a: {value: 1}"))).to.equal(1);
  });

  it("has a grid of any size, computed point by point", () => {
    const huge = spaceOf("a: {min: 1, max: 1000000000}", "b: {min: 0, max: 999}", "c: {value: x}");
    expect(gridSize(huge)).to.equal(1e12);
    expect(gridAt(huge, 123_456_789_012)).to.deep.equal({ a: 123_456_790, b: 12, c: "x" });
    expect(gridAt(huge, 1e12)).to.equal(undefined);
  });

  it("has no grid where a parameter is continuous or weighted", () => {
    const continuous = spaceOf("a: {min: 0.0, max: 1}", "b: {values: [1]}");
    expect(gridSize(continuous)).to.equal(Infinity);
    expect(gridAt(continuous, 0)).to.equal(undefined);
    expect(hasGrid({ kind: "categorical", values: [1], probabilities: [1] })).to.equal(false);
  });

  it("of constants has one point", () => {
    expect(gridSize(spaceOf("a: {value: 1}"))).to.equal(1);
    expect(gridAt(spaceOf("a: {value: 1}"), 0)).to.deep.equal({ a: 1 });
  });
});

describe("a value as text for a command line", () => {
  it("is what Python's str makes of it", function () {
    this.timeout(60_000);
    const values = [
      ...[0, 1, -3, 0.1, 1e-4, 1.5e-5, 1e-7, 123456789.125, 1e22, 2.5e16, -1.25e-10],
      ...[null, true, false, "", "it's", 'a "b"'],
      ...[[], [1, "a", null], { a: [true], "b c": "it's" }, ["'\"", "\n\t\\", "é", "\u0007"]],
    ];
    // Whole numbers came through JSON on both sides: 1e22 is one to JavaScript alone.
    expect(values.map(pythonStr)).to.deep.equal(
      askPython("answer = [str(v) for v in question]", values),
    );
  });
});
