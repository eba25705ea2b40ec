import { expect } from "chai";
import { parseExpression } from "../../../../src/space/expression/parse.js";
import { violationOf } from "../../../../src/space/expression/violation.js";

const values = { memory: 14, latency: 40, accuracy: 0.9, device: "cpu" };

function missed(text: string): number {
  const parsed = parseExpression(text);
  if (parsed.kind === "fault") throw new Error(text);
  return violationOf(parsed.expression, values);
}

describe("by how much a condition is missed", () => {
  it("is nothing where it holds", () => {
    for (const text of ["memory <= 14", "latency < 41", "memory < 1 or accuracy > 0.5"]) {
      expect(missed(text), text).to.equal(0);
    }
  });

  it("is the difference of the numbers, added up over a chain and over `and`", () => {
    expect(missed("memory <= 12")).to.equal(2);
    expect(missed("0.95 <= accuracy")).to.be.closeTo(0.05, 1e-12);
    expect(missed("10 <= memory <= 12")).to.equal(2);
    expect(missed("memory * 2 == 20")).to.equal(8);
    expect(missed("memory <= 12 and latency <= 30")).to.equal(12);
  });

  it("is the least over `or`", () => {
    expect(missed("memory <= 12 or latency <= 30")).to.equal(2);
  });

  it("is one where there is nothing to measure by", () => {
    for (const text of ["latency < 40", "device == 'gpu'", "not memory", "memory / 0 < 1"]) {
      expect(missed(text), text).to.equal(1);
    }
  });

  it("is not nothing where a metric was not reported", () => {
    expect(missed("power < 100")).to.equal(1);
    expect(missed("power < 100 or memory < 20")).to.equal(0);
    expect(missed("power < 100 and memory <= 12")).to.equal(3);
  });
});
