import { expect } from "chai";
import fc from "fast-check";
import { completionsAt } from "../../../src/language/completion.js";
import { applyEdits } from "../../../src/language/edit.js";
import { findingsIn, fixesOf } from "../../../src/language/findings.js";
import { foldingOf } from "../../../src/language/folding.js";
import { hoverAt } from "../../../src/language/hover.js";
import { inlayHintsOf } from "../../../src/language/inlay-hints.js";
import { lensesOf } from "../../../src/language/lenses.js";
import { linksOf } from "../../../src/language/links.js";
import { definitionAt, referencesAt } from "../../../src/language/navigation.js";
import { fixableProblemsIn } from "../../../src/language/problems.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { symbolsOf } from "../../../src/language/symbols.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { around, commandLine, option, reported } from "../../support/script.js";

const whole = `# sweepdeck
program: train.py
method: bayes
metric: {name: "val/loss", goal: minimise}
description: |
  two lines
  of text
command: [\${env}, python, \${program}, \${args_no_hyphens}]
parameters: &all
  lr: {distribution: log_uniform, min: 1e-5, max: .1}
  'batch size':
    values:
    - 32
    - 64 # large
  optimizer:
    parameters:
      <<: {a: {value: 1}}
      name: {values: [sgd, "adam"], probabilities: [0.5, 0.5]}
metrics:
  - name: a
    goal: max
  - {name: b, target: 1_000}
early_terminate:
sweepdeck:
  sampler: {type: random, seed: 010}
  limits:
    trial_time: 2h
`;

const fragments = [
  "{",
  "}",
  "[",
  "]",
  ":",
  ": ",
  "- ",
  "\n",
  "\r\n",
  "  ",
  "\t",
  '"',
  "'",
  "#",
  " #",
  "*all",
  "&x ",
  "${",
  "|",
  "!!float ",
  "---\n",
  "😀",
  "<<: ",
  ",",
];

/** Cut short, cut out of, and stuffed with what means something to YAML. */
const mutated = fc
  .record({
    length: fc.nat(whole.length),
    cutAt: fc.nat(whole.length),
    cutLength: fc.oneof(fc.constant(0), fc.nat(40)),
    inserted: fc.array(
      fc.record({ at: fc.nat(whole.length), what: fc.constantFrom(...fragments) }),
      { maxLength: 4 },
    ),
  })
  .map(({ length, cutAt, cutLength, inserted }) => {
    let text = whole.slice(0, cutAt) + whole.slice(cutAt + cutLength);
    for (const { at, what } of inserted) text = text.slice(0, at) + what + text.slice(at);
    return text.slice(0, Math.max(length, 1));
  });

/** Around the whole text, as if its script had been read. */
const known = around({
  commandLines: [commandLine([option("lr", { default: 0.001 }), option("batch size")])],
  metrics: { reported: [reported("val/loss"), reported(["val/", null])], open: [] },
});

const anywhere = mutated.chain((text) =>
  fc.record({ text: fc.constant(text), offset: fc.nat(text.length) }),
);

describe("half-typed and broken sweeps", () => {
  it("complete at every cursor, replacing a word on the cursor's line", () => {
    fc.assert(
      fc.property(anywhere, ({ text, offset }) => {
        for (const { range, label } of completionsAt(text, offset, known)) {
          expect(range.start, label).to.be.at.most(offset);
          expect(range.end, label).to.be.at.least(offset);
          expect(text.slice(range.start, range.end), label).not.to.match(/[\r\n]/);
        }
      }),
      { numRuns: 3000 },
    );
  }).timeout(60_000);

  it("complete at every cursor of the whole text", () => {
    for (let offset = 0; offset <= whole.length; offset += 1) {
      expect(() => completionsAt(whole, offset, known)).not.to.throw();
    }
  });

  it("have problems, hovers, lenses and an outline inside the text", () => {
    fc.assert(
      fc.property(anywhere, ({ text, offset }) => {
        const parsed = parseSweep(text);
        expect(fixableProblemsIn(parsed, nothingKnown)).to.have.lengthOf(
          findingsIn(parsed, nothingKnown).length,
        );
        const hover = hoverAt(parsed.document, offset, known);
        if (hover !== undefined) {
          expect(hover.range.start).to.be.at.most(offset);
          expect(hover.range.end).to.be.at.least(offset);
        }
        lensesOf(parsed, findingsIn(parsed, known), [], known);
        symbolsOf(parsed.document);
      }),
      { numRuns: 1500 },
    );
  }).timeout(60_000);

  it("have hints, links, folds and names to follow inside the text", () => {
    fc.assert(
      fc.property(anywhere, ({ text, offset }) => {
        const parsed = parseSweep(text);
        const { document } = parsed;
        for (const hint of inlayHintsOf(parsed, known)) {
          expect(hint.offset, hint.label).to.be.within(0, text.length);
        }
        for (const { range } of linksOf(document, known)) {
          expect(text.slice(range.start, range.end)).not.to.equal("");
        }
        for (const { startLine, endLine } of foldingOf(text)) {
          expect(endLine).to.be.within(startLine + 1, text.split(/\r\n|\r|\n/).length - 1);
        }
        const places = referencesAt(document, offset);
        const origin = definitionAt(document, offset, known)?.origin;
        for (const { start, end } of [...places, ...(origin === undefined ? [] : [origin])]) {
          expect(text.slice(start, end)).not.to.equal("");
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(60_000);

  it("are never made worse by a fix: its edits are in the text and apart", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const parsed = parseSweep(text);
        for (const finding of findingsIn(parsed, nothingKnown)) {
          for (const { edits, title } of fixesOf(parsed, finding)) {
            const ordered = edits.map(({ range }) => range).sort((a, b) => a.start - b.start);
            for (const [index, { start, end }] of ordered.entries()) {
              expect(start, title).to.be.at.least(ordered[index - 1]?.end ?? 0);
              expect(end, title).to.be.at.most(text.length);
            }
            expect(applyEdits(text, edits), title).not.to.equal(text);
          }
        }
      }),
      { numRuns: 1500 },
    );
  }).timeout(60_000);
});
