import { expect } from "chai";
import { lineAt, linesOf } from "../../../src/language/outline.js";
import { withoutEchoes } from "../../../src/sweep/echoes.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { SweepProblem } from "../../../src/sweep/problem.js";

/** Problems of keys that nobody knows, which count how often anyone asks for their code. */
function counted(many: number): { problems: readonly SweepProblem[]; asked: () => number } {
  let asked = 0;
  const problems = Array.from({ length: many }, (_, index): SweepProblem => {
    const range = { start: 10 * index, end: 10 * index + 5 };
    const facts = {
      key: `key_${index}`,
      where: "",
      allowed: [],
      severity: "error",
      range,
    } as const;
    return Object.defineProperty({ ...facts, code: "unknown-key" }, "code", {
      get: () => {
        asked += 1;
        return "unknown-key";
      },
    });
  });
  return { problems, asked: () => asked };
}

describe("thousands of problems", () => {
  it("are looked at a few times each, to leave out echoes", () => {
    const { problems, asked } = counted(2000);
    expect(withoutEchoes(problems)).to.have.lengthOf(2000);
    expect(asked()).to.be.below(20 * 2000);
  });

  it("share the lines of their text", () => {
    const text = "a: 1\r\nb: 2\n\nc: 3";
    expect(linesOf(text)).to.equal(linesOf(text));
    for (let offset = 0; offset <= text.length; offset += 1) {
      const expected = linesOf(text).findLast(({ start }) => start <= offset);
      expect(lineAt(text, offset)).to.equal(expected);
    }
  });

  it("are ended with where a word opens braces again and again", () => {
    const word = "${".repeat(50_000);
    const text = `method: random\nprogram: train.py\ncommand: [python, '${word}']\nparameters: {a: {values: [1, 2]}}\n`;
    const { problems } = parseSweep(text);
    expect(problems.map(({ code }) => code)).not.to.include("command-embedded-macro");
  });
});
