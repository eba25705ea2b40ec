import { expect } from "chai";
import { ratioText } from "../../../src/editor/board/comparison.js";
import {
  listFormat,
  metricFormat,
  parameterFormat,
} from "../../../src/editor/board/numberFormat.js";
import { differenceText, durationText, numberText } from "../../../src/protocol.js";

describe("numbers on the board", () => {
  it("have the decimals of their column's best value", () => {
    const format = metricFormat(0.0512);
    expect([0.0512, 0.487, 2.31].map((value) => numberText(value, format))).to.deep.equal([
      "0.0512",
      "0.4870",
      "2.3100",
    ]);
    expect(numberText(98.7654, metricFormat(98.7654))).to.equal("98.8");
    expect(numberText(0.98524, metricFormat(0.98524))).to.equal("0.9852");
  });

  it("turn scientific where they would be too long or all zeros", () => {
    const format = metricFormat(0.0512);
    expect([1e6, 1.234e-5, -2.5e7].map((value) => numberText(value, format))).to.deep.equal([
      "1.00e6",
      "1.23e-5",
      "−2.50e7",
    ]);
    expect(numberText(0, format)).to.equal("0.0000");
  });

  it("say what is no number, and what is beyond all", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(values.map((value) => numberText(value, metricFormat(1)))).to.deep.equal([
      "–",
      "∞",
      "−∞",
    ]);
  });

  it("follow the distribution of a parameter", () => {
    const shown = (
      value: number,
      distribution: Parameters<typeof parameterFormat>[0],
    ): string | undefined => {
      const format = parameterFormat(distribution);
      return format && numberText(value, format);
    };
    expect(shown(0.000317, { kind: "log_uniform_values", min: 1e-5, max: 1e-1 })).to.equal(
      "3.2e-4",
    );
    expect(shown(0.1, { kind: "uniform", min: 0, max: 0.4 })).to.equal("0.10");
    expect(shown(0.00123, { kind: "uniform", min: 0, max: 0.004 })).to.equal("0.0012");
    expect(shown(0.15, { kind: "q_uniform", min: 0, max: 0.4, q: 0.05 })).to.equal("0.15");
    expect(shown(85002, { kind: "int_uniform", min: 1, max: 100000 })).to.equal("85002");
    expect(parameterFormat({ kind: "categorical", values: ["sgd", 1] })).to.equal(undefined);
  });

  it("take a list's own precision", () => {
    expect(listFormat([0.9, 0.95, 0.999])).to.deep.equal({ kind: "fixed", decimals: 3 });
    expect(listFormat([1e-4, 1e-3, 1e-2])).to.deep.equal({ kind: "scientific", decimals: 1 });
    expect(listFormat([16, 32])).to.deep.equal({ kind: "integer" });
  });

  it("differ with a sign, and not by less than can be seen", () => {
    const format = metricFormat(0.0512);
    expect(differenceText(0.0561, 0.0512, format)).to.equal("+0.0049");
    expect(differenceText(0.05, 0.0512, format)).to.equal("−0.0012");
    expect(differenceText(0.05121, 0.0512, format)).to.equal("≈ 0");
    expect(differenceText(0.0512, 0.0512, format)).to.equal("");
    expect(differenceText(6.9, 7.1, { kind: "duration" })).to.equal("−0:01");
    expect(differenceText(7.9, 7.1, { kind: "duration" })).to.equal("");
  });

  it("stand to each other by two digits", () => {
    expect([2.4, 0.0131, 84.2, 4, 123456].map(ratioText)).to.deep.equal([
      "×2.4",
      "×0.013",
      "×84",
      "×4",
      "×1e5",
    ]);
  });

  it("count time in hours only where there are any", () => {
    expect([9, 161, 3600, 40361].map(durationText)).to.deep.equal([
      "0:09",
      "2:41",
      "1:00:00",
      "11:12:41",
    ]);
  });
});
