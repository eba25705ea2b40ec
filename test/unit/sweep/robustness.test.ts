import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { messageOf } from "../../../src/sweep/messages.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { positionsOf } from "../../../src/sweep/position.js";
import { withoutAnnotations } from "../../support/annotations.js";
import { damagedText } from "../../support/damage.js";

const folder = path.resolve(import.meta.dirname, "../../fixtures/sweeps");
const fixtures = ["valid", "broken"]
  .flatMap((kind) =>
    readdirSync(path.join(folder, kind)).map((name) => path.join(folder, kind, name)),
  )
  .map((file) => withoutAnnotations(readFileSync(file, "utf8")));

const anyText = damagedText(fixtures);

describe("parsing any text", function () {
  this.timeout(120_000);

  it("never throws, points inside the text, and gives a sweep if and only if nothing is an error", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { sweep, problems } = parseSweep(text);
        if ((sweep === undefined) !== problems.some(({ severity }) => severity === "error")) {
          throw new Error("a sweep in spite of errors, or none without any");
        }
        for (const problem of problems) {
          const { start, end } = problem.range;
          if (!(start >= 0 && end >= start && end <= text.length)) throw new Error("out of range");
          const sentence = messageOf(problem);
          if (!/^\S[\s\S]*[.?]$/.test(sentence)) throw new Error(`no sentence: ${sentence}`);
        }
      }),
      { numRuns: 5_000, seed: 20 },
    );
  });

  it("survives depth, size and aliases that multiply", () => {
    const codes = (text: string) => parseSweep(text).problems.map(({ code }) => code);
    const letters = [..."abcdefghijklmnop"];
    const bomb = letters
      .map(
        (name, n) => `${name}: &${name} [${Array(9).fill(n === 0 ? "1" : `*${letters[n - 1]}`)}]`,
      )
      .join("\n");
    expect(codes(bomb)).to.include("aliases-too-large");
    expect(codes("a: &a [*a]\n")).to.include("alias-inside-itself");
    expect(codes(`a: ${"[".repeat(300)}${"]".repeat(300)}`)).to.include("nested-too-deep");
    for (const piece of ["[", "{", "- ", "a: ", "? ", "&a [*a,", "- - ", "'", "|\n"]) {
      expect(parseSweep(piece.repeat(20_000)).sweep).to.equal(undefined);
    }
  });
});

describe("positions of a text", () => {
  it("count lines by any line break and characters by UTF-16 units", () => {
    const positions = positionsOf("a\r\n😀b\rc\n\nd");
    expect(positions.at(0)).to.deep.equal({ line: 0, character: 0 });
    expect(positions.at(5)).to.deep.equal({ line: 1, character: 2 });
    expect(positions.at(7)).to.deep.equal({ line: 2, character: 0 });
    expect(positions.at(10)).to.deep.equal({ line: 4, character: 0 });
    expect(positions.at(999)).to.deep.equal({ line: 4, character: 1 });
  });

  it("are found again from a position, a line's end where it is beyond", () => {
    const text = "one\r\ntwo\n\nlast";
    const positions = positionsOf(text);
    for (const offset of [0, 2, 5, 8, 9, 10, 13]) {
      expect(positions.offsetAt(positions.at(offset))).to.equal(offset);
    }
    expect(positions.offsetAt({ line: 0, character: 99 })).to.equal(3);
    expect(positions.offsetAt({ line: 99, character: 0 })).to.equal(text.length);
  });
});
