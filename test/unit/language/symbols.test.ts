import { expect } from "chai";
import { type SweepSymbol, symbolsOf } from "../../../src/language/symbols.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { yaml } from "../../support/cursor.js";

function outline(symbols: readonly SweepSymbol[]): unknown[] {
  return symbols.map(({ name, detail, kind, children }) =>
    children.length === 0 ? [kind, name, detail] : [kind, name, outline(children)],
  );
}

function outlineOf(text: string): unknown[] {
  return outline(symbolsOf(parseSweep(text).document));
}

describe("the outline", () => {
  it("holds keys with their values, and parameters with what they draw from", () => {
    const text = yaml`
      method: random
      parameters:
        lr:
          min: 0.1
          max: 1.5
        optimizer:
          parameters:
            name: {values: [sgd, adam]}
    `;
    expect(outlineOf(text)).to.deep.equal([
      ["key", "method", "random"],
      [
        "key",
        "parameters",
        [
          ["parameter", "lr", "A number from 0.1 to 1.5, all alike"],
          ["group", "optimizer", [["parameter", "name", "One of sgd, adam, all alike"]]],
        ],
      ],
    ]);
  });

  it("stands each symbol around its name", () => {
    const text = "parameters:\n  lr:\n    value: 1\n  b:\n";
    const [parameters] = symbolsOf(parseSweep(text).document);
    for (const { range, nameRange, name } of [parameters, ...(parameters?.children ?? [])].flatMap(
      (symbol) => symbol ?? [],
    )) {
      expect(text.slice(nameRange.start, nameRange.end)).to.equal(name);
      expect(range.start).to.be.at.most(nameRange.start);
      expect(range.end).to.be.at.least(nameRange.end);
    }
  });

  it("leaves out what a merge brings in from elsewhere", () => {
    const text = yaml`
      base: &base {seed: {value: 1}}
      parameters:
        <<: *base
        lr: {value: 2}
    `;
    const parameters = symbolsOf(parseSweep(text).document).at(-1);
    expect(parameters?.children.map(({ name }) => name)).to.deep.equal(["lr"]);
  });

  it("stands broken files", () => {
    expect(outlineOf("metric: [\nparameters:\n  lr: {va")).to.be.an("array");
    expect(outlineOf("")).to.deep.equal([]);
  });
});
