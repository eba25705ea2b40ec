import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { completionsAt } from "../../../src/language/completion.js";
import { fixesFor } from "../../../src/language/fixes.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { messageOf } from "../../../src/sweep/messages.js";
import { parseSweep } from "../../../src/sweep/parse.js";

const text = readFileSync(
  path.resolve(import.meta.dirname, "../../fixtures/sweeps/deck-full.yaml"),
  "utf8",
);
const deckAt = text.indexOf("sweepdeck:");

const pieces = [
  ...[
    "",
    " ",
    "\n",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "`",
    "null",
    "1e9",
    "-1",
    "&a ",
    "*a",
  ],
  ...[
    "lr",
    "optimizer",
    " and ",
    " == ",
    "> ",
    "type: ",
    "asha",
    "!!str ",
    "# ",
    "[[",
    "...",
    "||",
  ],
];

describe("a sweepdeck block", () => {
  it("is without problems as it stands, but for what is not run yet", () => {
    const codes = new Set(parseSweep(text).problems.map(({ code }) => code));
    expect([...codes]).to.deep.equal(["not-supported-yet"]);
  });

  it("is read, explained, cured and completed without failing, however it is mutilated", function () {
    this.timeout(30_000);
    const mutation = fc.tuple(
      fc.integer({ min: deckAt, max: text.length }),
      fc.integer({ min: 0, max: 12 }),
      fc.constantFrom(...pieces),
    );
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let mutant = text;
        for (const [at, length, piece] of mutations) {
          mutant = mutant.slice(0, at) + piece + mutant.slice(at + length);
        }
        const parsed = parseSweep(mutant);
        for (const problem of parsed.problems) {
          const { start, end } = problem.range;
          expect(start).to.be.at.most(end);
          expect(end).to.be.at.most(mutant.length);
          expect(messageOf(problem)).to.match(/^\S[\s\S]*\S$/);
          fixesFor(parsed, problem);
        }
        completionsAt(mutant, mutations[0]?.[0] ?? 0, nothingKnown);
      }),
      { numRuns: 100 },
    );
  });
});
