import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { messageOf } from "../../../src/sweep/messages.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { positionsOf } from "../../../src/sweep/position.js";

const folder = path.resolve(import.meta.dirname, "../../fixtures/sweeps");
const fixtures = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));

const junk = fc.constantFrom(
  ...["\t", "  ", "\n", "- ", ": ", "[", "]", "{", "}", "&a ", "*a", "<<: *a\n", "!!set ", "|"],
  ...["> ", "#", "'", '"', "\\", "---\n", "...\n", "%YAML 1.1\n", "\u0000", "\u2028", "\ud800"],
  ...["é", "😀", "null", "1e-4", "?", "@", "`", ",", "\r", "\r\n", "__proto__: ", "constructor: "],
  ...["[".repeat(40), "{a: ".repeat(40), "- ".repeat(60), "9".repeat(400), "parameters:\n"],
);

interface Damage {
  readonly kind: "cut" | "repeat" | "insert" | "turn";
  readonly place: number;
  readonly length: number;
  readonly piece: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("cut", "repeat", "insert", "turn"),
  place: fc.nat(),
  length: fc.nat(60),
  piece: junk,
});

function damaged(text: string, { kind, place, length, piece }: Damage): string {
  const at = place % (text.length + 1);
  const [before, cut, after] = [
    text.slice(0, at),
    text.slice(at, at + length),
    text.slice(at + length),
  ];
  switch (kind) {
    case "cut":
      return before + after;
    case "repeat":
      return before + cut + cut + after;
    case "insert":
      return before + piece + cut + after;
    case "turn":
      return cut + after + before;
  }
}

const anyText = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(damage, { minLength: 1, maxLength: 3 }))
  .map(([text, damages]) => damages.reduce(damaged, text));

describe("parsing any text", function () {
  // 10,000 texts take three seconds; a text that takes a second by itself shows here.
  this.timeout(60_000);

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
      { numRuns: 10_000, seed: 20 },
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

  it("accepts the fixtures that are whole", () => {
    const accepted = readdirSync(folder).filter((_, n) => parseSweep(fixtures[n] ?? "").sweep);
    expect(accepted).to.deep.equal([
      "bayes-hyperband.yaml",
      "deck.yaml",
      "nested-grid.yaml",
      "random-lr.yaml",
    ]);
  });

  it("tells a half-typed file only what is certain", () => {
    const text = readFileSync(path.join(folder, "half-typed.yaml"), "utf8");
    const positions = positionsOf(text);
    const told = parseSweep(text).problems.map(({ code, range }) => {
      const { line, character } = positions.at(range.start);
      return `${line}:${character} ${code}`;
    });
    expect(told).to.deep.equal(["4:8 unknown-value", "8:4 yaml-syntax", "11:2 yaml-syntax"]);
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
