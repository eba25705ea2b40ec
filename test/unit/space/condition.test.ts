import { expect } from "chai";
import { type Condition, cycleAmong, withoutInactive } from "../../../src/space/condition.js";

const oneOf = (
  parameter: string,
  on: string,
  ...values: (string | number | boolean)[]
): Condition => ({
  parameter,
  requirements: [{ kind: "one-of", parameter: on, values }],
});

describe("conditions between parameters", () => {
  it("leave out what does not exist, and what depends on it", () => {
    const conditions: readonly Condition[] = [
      oneOf("nesterov", "momentum", 0.9, 0.99),
      oneOf("momentum", "optimizer", "sgd"),
    ];
    const drawn = { nesterov: true, momentum: 0.9, optimizer: "adam", lr: 0.1 };
    expect(withoutInactive(drawn, conditions)).to.deep.equal({ optimizer: "adam", lr: 0.1 });
    expect(withoutInactive({ ...drawn, optimizer: "sgd" }, conditions)).to.deep.equal({
      ...drawn,
      optimizer: "sgd",
    });
  });

  it("compare numbers, and ask for all that is required", () => {
    const conditions: readonly Condition[] = [
      {
        parameter: "skip",
        requirements: [
          { kind: "compared", parameter: "layers", operator: ">=", value: 4 },
          { kind: "one-of", parameter: "kind", values: ["cnn", "resnet"] },
        ],
      },
    ];
    const has = (layers: number, kind: string) =>
      "skip" in withoutInactive({ skip: 1, layers, kind }, conditions);
    expect([has(4, "cnn"), has(3, "cnn"), has(9, "mlp")]).to.deep.equal([true, false, false]);
  });

  it("go in circles where each waits for the other", () => {
    expect(cycleAmong([oneOf("a", "b", 1), oneOf("b", "c", 1), oneOf("c", "a", 1)])).to.deep.equal([
      "a",
      "b",
      "c",
    ]);
    expect(cycleAmong([oneOf("a", "a", 1)])).to.deep.equal(["a"]);
    expect(cycleAmong([oneOf("a", "b", 1), oneOf("c", "b", 1)])).to.equal(undefined);
  });
});
