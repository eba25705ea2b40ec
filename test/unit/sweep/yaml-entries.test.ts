import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import type { ProblemFacts } from "../../../src/sweep/problem.js";
import type { TextNode, TextRange } from "../../../src/sweep/tree.js";
import { readWhole } from "../../../src/sweep/yaml.js";
import { divide, readByEntries } from "../../../src/sweep/yaml-entries.js";
import { withoutAnnotations } from "../../support/annotations.js";
import { damagedText } from "../../support/damage.js";

const folder = path.resolve(import.meta.dirname, "../../fixtures/sweeps");
const fixtures = ["valid", "broken"].flatMap((kind) =>
  readdirSync(path.join(folder, kind)).map((name) =>
    withoutAnnotations(readFileSync(path.join(folder, kind, name), "utf8")),
  ),
);

interface Outcome {
  readonly root: TextNode | undefined;
  readonly reported: readonly (readonly [TextRange, ProblemFacts])[];
}

function outcomeOf(
  read: (report: (range: TextRange, facts: ProblemFacts) => void) => TextNode | undefined,
): Outcome {
  const reported: [TextRange, ProblemFacts][] = [];
  const root = read((range, facts) => reported.push([range, facts]));
  return { root, reported: reported.sort(([a], [b]) => a.start - b.start) };
}

/** How the text is read by its entries; undefined where it is not. */
function byEntries(text: string): Outcome | undefined {
  const outcome = outcomeOf((report) => readByEntries(text, readWhole, report));
  return outcome.root === undefined ? undefined : outcome;
}

function whole(text: string): Outcome {
  return outcomeOf((report) => readWhole(text, report));
}

describe("a document that is read by its entries", () => {
  it("is what it is in one piece, damaged or not, every place in it too", () => {
    let divided = 0;
    fc.assert(
      fc.property(damagedText(fixtures), (text) => {
        const outcome = byEntries(text);
        if (outcome === undefined) return;
        divided += 1;
        expect(outcome).to.deep.equal(whole(text));
      }),
      { numRuns: 3_000 },
    );
    expect(divided).to.be.above(300);
  }).timeout(120_000);

  it("is most of the right ones, as they are", () => {
    const right = fixtures.filter((text) => whole(text).reported.length === 0);
    expect(right.filter((text) => byEntries(text) !== undefined).length).to.be.above(
      right.length * 0.7,
    );
  });

  it("parses again only the entry that has changed", () => {
    const text = (lr: string) =>
      `program: train.py\nmethod: grid\nparameters:\n  lr:\n    values: [${lr}]\n  depth:\n    values: [2, 3]\n`;
    const read: string[] = [];
    const counting = (each: string, report: (range: TextRange, facts: ProblemFacts) => void) => {
      read.push(each);
      return readWhole(each, report);
    };
    readByEntries(text("0.1"), counting, () => {});
    read.length = 0;
    readByEntries(text("0.12"), counting, () => {});
    expect(read).to.deep.equal(["  lr:\n    values: [0.12]\n"]);
  });

  it("is not divided where lines are tied together", () => {
    for (const text of [
      "a: &x 1\nb: *x\n",
      "a: 1\n---\nb: 2\n",
      "{a: 1,\nb: 2}\n",
      "? a\n: 1\n",
      "- a\n- b\n",
      "a:\n\tb: 1\n",
    ]) {
      expect(divide(text), text).to.equal(undefined);
    }
  });
});
