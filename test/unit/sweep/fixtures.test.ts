/**
 * Sweep files as people write them, right and wrong, each with what is said of it; after a wanted
 * change `ANNOTATE=1` writes the annotations anew, and `git diff` shows what it means.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { findingsIn } from "../../../src/language/findings.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { type Annotation, annotated, withoutAnnotations } from "../../support/annotations.js";

const folder = path.resolve(import.meta.dirname, "../../fixtures/sweeps");

function filesIn(name: string): readonly string[] {
  return readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file));
}

function expectAnnotated(file: string, find: (text: string) => readonly Annotation[]): string {
  const source = readFileSync(file, "utf8");
  const text = withoutAnnotations(source);
  const found = find(text);
  // A text that nothing is said of keeps its line breaks, and its lack of a last one.
  const expected = found.length === 0 ? text : annotated(text, found);
  if (process.env.ANNOTATE === "1") writeFileSync(file, expected);
  else expect(source).to.equal(expected);
  return expected;
}

describe("a sweep file that is right", () => {
  for (const file of filesIn("valid")) {
    it(`is told of no error, and warned of nothing but what is true: ${path.basename(file)}`, () => {
      const loud = (text: string) =>
        findingsIn(parseSweep(text), nothingKnown).filter(
          ({ severity }) => severity === "error" || severity === "warning",
        );
      expect(expectAnnotated(file, loud)).not.to.include(" error[");
    });
  }

  it("is found in all the shapes that public files have", () => {
    expect(filesIn("valid").length).to.be.at.least(40);
  });
});

describe("a sweep file that is wrong", () => {
  for (const file of filesIn("broken")) {
    it(`is told exactly what is wrong with it: ${path.basename(file)}`, () => {
      const said = expectAnnotated(file, (text) => parseSweep(text).problems);
      expect(said).to.match(/ (?:error|warning|info|hint)\[/);
    });
  }

  it("is found with all the classic mistakes", () => {
    expect(filesIn("broken").length).to.be.at.least(40);
  });
});
