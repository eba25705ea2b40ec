import { expect } from "chai";
import fc from "fast-check";
import type { Condition } from "../../../src/space/condition.js";
import type { Expression } from "../../../src/space/expression/expression.js";
import { parseExpression } from "../../../src/space/expression/parse.js";
import { stream } from "../../../src/space/random.js";
import { searchSpaceOf } from "../../../src/space/search-space.js";
import type { Configuration, Distribution } from "../../../src/space/space.js";

const parameter = (name: string, distribution: Distribution) => ({
  name,
  path: [name],
  distribution,
});

const sgdOnly: Condition = {
  parameter: "momentum",
  requirements: [{ parameter: "optimizer", kind: "one-of", values: ["sgd"] }],
};

const space = {
  parameters: [
    parameter("optimizer", { kind: "categorical", values: ["adam", "sgd"] }),
    parameter("momentum", { kind: "uniform", min: 0, max: 1 }),
    parameter("width", { kind: "categorical", values: [16, 32, 64] }),
    parameter("depth", { kind: "categorical", values: [3, 2, 1] }),
    parameter("epochs", { kind: "constant", value: 10 }),
    parameter("only", { kind: "categorical", values: ["x"] }),
    parameter("layers", { kind: "int_uniform", min: 1, max: 4 }),
  ],
};

function expression(text: string): Expression {
  const parsed = parseExpression(text);
  if (parsed.kind === "fault") throw new Error(`${text} cannot be read`);
  return parsed.expression;
}

describe("a search space", () => {
  const search = searchSpaceOf({ space, conditions: [sgdOnly], zip: [["width", "depth"]] });

  it("varies in neither constants nor lists of one, and in zipped lists as one", () => {
    const names = search.dimensions.map((each) =>
      each.kind === "numeric" ? [each.name] : each.names,
    );
    expect(names).to.deep.equal([["optimizer"], ["momentum"], ["width", "depth"], ["layers"]]);
    expect(search.cardinality).to.equal(Infinity);
  });

  it("draws paired values, and parameters only where their conditions hold", () => {
    const depths = new Map([
      [16, 3],
      [32, 2],
      [64, 1],
    ]);
    const seen = new Set<string>();
    for (let draw = 0; draw < 60; draw += 1) {
      const drawn = search.draw(stream(1).fork(draw)) ?? {};
      seen.add(String(drawn["optimizer"]));
      expect(drawn).to.include({ epochs: 10, only: "x" });
      expect(drawn["depth"]).to.equal(depths.get(Number(drawn["width"])));
      expect("momentum" in drawn).to.equal(drawn["optimizer"] === "sgd");
    }
    expect([...seen]).to.have.members(["adam", "sgd"]);
  });

  it("gives every draw a point, and finds the draw at it again", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const drawn = search.draw(stream(seed)) ?? {};
        const point = search.pointOf(drawn);
        expect(point?.[1] !== undefined && Number.isNaN(point[1])).to.equal(
          drawn["optimizer"] === "adam",
        );
        const again = search.configurationAt(point ?? []);
        const { momentum, ...rest } = drawn;
        const { momentum: foundMomentum, ...found } = again;
        expect(found).to.deep.equal(rest);
        if (momentum !== undefined) {
          expect(Number(foundMomentum)).to.be.closeTo(Number(momentum), 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has no point for a configuration of another space", () => {
    const known = search.draw(stream(3)) ?? {};
    const without = (name: string): Configuration =>
      Object.fromEntries(Object.entries(known).filter(([key]) => key !== name));
    expect(search.pointOf({ elsewhere: 1 })).to.equal(undefined);
    expect(search.pointOf({ ...known, optimizer: "lion" })).to.equal(undefined);
    expect(search.pointOf({ ...known, layers: "many" })).to.equal(undefined);
    expect(search.pointOf(without("layers"))).to.equal(undefined);
    // What only exists in another case is no objection where it is.
    expect(search.pointOf({ ...known, optimizer: "adam", momentum: 0.5 })).not.to.equal(undefined);
  });

  it("keeps to its constraints, and leaves the draws that they allow as they were", () => {
    const constrained = searchSpaceOf({ space, constraints: [expression("layers * depth <= 4")] });
    const free = searchSpaceOf({ space });
    for (let draw = 0; draw < 40; draw += 1) {
      const source = () => stream(2).fork(draw);
      const drawn = constrained.draw(source()) ?? {};
      expect(Number(drawn["layers"]) * Number(drawn["depth"])).to.be.at.most(4);
      const before = free.draw(source()) ?? {};
      if (constrained.allows(before)) expect(drawn).to.deep.equal(before);
    }
  });

  it("gives up where no constraint allows anything", () => {
    const impossible = searchSpaceOf({ space, constraints: [expression("layers > 9")] });
    expect(impossible.draw(stream(1))).to.equal(undefined);
  });
});
