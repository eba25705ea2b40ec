/** What every fix and every action must hold to, over all examples and what is made of them. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { actionsFor } from "../../../src/language/actions/actions.js";
import { applyEdits, type TextEdit } from "../../../src/language/edit.js";
import { findingsIn, fixesOf } from "../../../src/language/findings.js";
import { commentsOf, lostComments } from "../../../src/language/fixes/comments.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { type ParsedSweep, parseSweep } from "../../../src/sweep/parse.js";
import { withoutAnnotations } from "../../support/annotations.js";
import { damagedText } from "../../support/damage.js";
import { problemFolders, readBefore } from "../../support/problem-folders.js";

const fixtures = path.resolve(import.meta.dirname, "../../fixtures");

const sweepTexts = ["valid", "broken"].flatMap((kind) =>
  readdirSync(path.join(fixtures, "sweeps", kind)).map((name) =>
    withoutAnnotations(readFileSync(path.join(fixtures, "sweeps", kind, name), "utf8")),
  ),
);

const examples: readonly (readonly [text: string, around: Surroundings])[] = [
  ...problemFolders.map((folder) => {
    const { text, around } = readBefore(folder);
    return [text, around] as const;
  }),
  ...sweepTexts.map((text) => [text, nothingKnown] as const),
];

/** Maps and lists in brackets that span lines, as some editors format them. */
function inBrackets(text: string): string {
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length > 0 || text.includes("*")) return text;
  return document.toString({ collectionStyle: "flow", lineWidth: 20 });
}

/** A comment behind every line that can have one. */
function commented(text: string): string {
  const lines = text.split("\n");
  return lines.map((line, at) => (line.trim() === "" ? line : `${line}  # ${at}`)).join("\n");
}

const errorsIn = ({ problems }: ParsedSweep) =>
  problems.filter(({ severity }) => severity === "error").length;

const syntaxErrorsIn = ({ problems }: ParsedSweep) =>
  problems.filter(({ code }) => code === "yaml-syntax" || code === "several-documents").length;

/** A key that gets its name brings the errors of what stands below it into view. */
const countFor = (parsed: ParsedSweep) => (errorsIn(parsed) === 0 ? errorsIn : syntaxErrorsIn);

function expectHarmless(
  parsed: ParsedSweep,
  title: string,
  edits: readonly TextEdit[],
  count = countFor(parsed),
): void {
  const { text } = parsed.document;
  const changed = applyEdits(text, edits);
  const what = `${title}\n--- before\n${text}\n--- after\n${changed}`;
  expect(lostComments(text, changed), what).to.deep.equal([]);
  expect(count(parseSweep(changed)), what).to.be.at.most(count(parsed));
}

function everyFix(text: string, around: Surroundings): void {
  const parsed = parseSweep(text);
  for (const finding of findingsIn(parsed, around)) {
    for (const { title, edits } of fixesOf(parsed, finding)) {
      expectHarmless(parsed, title, edits);
    }
  }
}

function everyAction(text: string, around: Surroundings): void {
  const parsed = parseSweep(text);
  for (const { index, 0: indent } of text.matchAll(/^(?: {2})?(?=\w[\w-]*:)/gm)) {
    const at = index + indent.length;
    for (const { title, edits, lost } of actionsFor(parsed, { start: at, end: at }, around)) {
      if (lost.length === 0) expectHarmless(parsed, title, edits, errorsIn);
    }
  }
}

describe("no fix makes more errors or loses a comment", () => {
  it("in the examples", () => {
    for (const [text, around] of examples) everyFix(text, around);
  });

  it("in the examples with a comment on every line", () => {
    for (const [text, around] of examples) everyFix(commented(text), around);
  });

  it("in the examples in brackets", () => {
    for (const [text, around] of examples) everyFix(inBrackets(text), around);
  });

  it("in damaged files, whose structure stays readable", () => {
    const texts = damagedText(examples.map(([text]) => commented(text)));
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(syntaxErrorsIn(parseSweep(text)) === 0);
        everyFix(text, nothingKnown);
      }),
      { numRuns: 500 },
    );
  });
}).timeout(120_000);

describe("no action makes more errors or loses a comment", () => {
  it("in the examples", () => {
    for (const [text, around] of examples) everyAction(text, around);
  });

  it("in the examples with a comment on every line", () => {
    for (const [text, around] of examples) everyAction(commented(text), around);
  });
}).timeout(120_000);

describe("comments", () => {
  it("are found where they start, and nowhere in words or blocks of text", () => {
    const text = `a: "# no"  # one\nb: |\n  # no\nc: x#no # two\n# three\n`;
    const found = commentsOf(text);
    expect(found.map((each) => each.text)).to.deep.equal(["# one", "# two", "# three"]);
    for (const each of found) expect(text.slice(each.start)).to.match(new RegExp(`^${each.text}`));
  });
});
