/**
 * Damaged sweep files through everything that is computed while one types. `MUTATED_TEXTS=50000`
 * (`npm run test:mutations`) tries that many and is strict about time; without it there are few.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { completionsAt } from "../../../src/language/completion.js";
import { applyEdits } from "../../../src/language/edit.js";
import { findingsIn, fixesOf, messageOf, relatedOf } from "../../../src/language/findings.js";
import { hoverAt } from "../../../src/language/hover.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { withoutAnnotations } from "../../support/annotations.js";
import { damagedText } from "../../support/damage.js";
import { problemFolders, readBefore } from "../../support/problem-folders.js";

const asked = Number(process.env.MUTATED_TEXTS);
const numRuns = asked > 0 ? asked : 1_500;
/** In processor time, which no other process of a busy machine lengthens. */
const mostMs = asked > 0 ? 100 : 1_000;

const sweeps = path.resolve(import.meta.dirname, "../../fixtures/sweeps");
const originals = [
  ...["valid", "broken"].flatMap((kind) =>
    readdirSync(path.join(sweeps, kind)).map((name) =>
      readFileSync(path.join(sweeps, kind, name), "utf8"),
    ),
  ),
  ...problemFolders.map(({ beforeFile }) => readFileSync(beforeFile, "utf8")),
].map(withoutAnnotations);

/** With scripts of the examples too, so that what compares with a script is reached. */
const surroundings: readonly Surroundings[] = [
  nothingKnown,
  ...problemFolders.map((folder) => readBefore(folder).around).filter(({ program }) => program),
];

const anything = fc.record({
  text: damagedText(originals),
  around: fc.constantFrom(...surroundings),
  where: fc.double({ min: 0, max: 1, noNaN: true }),
});

function everything(text: string, around: Surroundings, offset: number): void {
  const parsed = parseSweep(text);
  for (const finding of findingsIn(parsed, around)) {
    if (!/^\S[\s\S]*[.?!]$/.test(messageOf(finding))) throw new Error(messageOf(finding));
    relatedOf(finding);
    for (const { edits, title } of fixesOf(parsed, finding)) {
      if (applyEdits(text, edits) === text) throw new Error(`${title} changes nothing`);
    }
  }
  completionsAt(text, offset, around);
  hoverAt(parsed.document, offset, around);
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe("damaged sweep files", function () {
  this.timeout(1_200_000);

  it(`throw nothing and hang nowhere: ${numRuns} of them`, () => {
    let slowest = { ms: 0, text: "" };
    fc.assert(
      fc.property(anything, ({ text, around, where }) => {
        const before = processorMs();
        everything(text, around, Math.floor(where * text.length));
        const ms = processorMs() - before;
        if (ms > slowest.ms) slowest = { ms, text };
        // The first text of all pays for the compiler, and the collector may strike any: once more.
        if (ms <= mostMs) return;
        const again = processorMs();
        everything(text, around, Math.floor(where * text.length));
        if (processorMs() - again > mostMs) throw new Error(`slow: ${JSON.stringify(text)}`);
      }),
      { numRuns },
    );
    if (asked > 0) console.log(`slowest: ${slowest.ms.toFixed(0)} ms of processor time`);
  });
});
