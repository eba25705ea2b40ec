/**
 * Every code has an example that says where the problem is and what its fix gives. After a wanted
 * change, `ANNOTATE=1 npx mocha --import=tsx test/unit/language/findings.test.ts` writes the
 * annotations and the fixed files anew: read what it changed.
 */
import { rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { applyEdits } from "../../../src/language/edit.js";
import { findingsIn, fixesOf, guide } from "../../../src/language/findings.js";
import { annotated } from "../../support/annotations.js";
import {
  afterOf,
  type ProblemFolder,
  problemFolders,
  type ReadExample,
  readBefore,
  readIn,
  sourceOf,
} from "../../support/problem-folders.js";

function fixed(folder: ProblemFolder, example = readBefore(folder)): string | undefined {
  const { text, parsed, around } = example;
  const found = findingsIn(parsed, around).find(({ code }) => code === folder.code);
  const [fix] = found === undefined ? [] : fixesOf(parsed, found);
  return fix && applyEdits(text, fix.edits);
}

function countOf({ parsed, around }: ReadExample, wanted: string): number {
  return findingsIn(parsed, around).filter(({ code }) => code === wanted).length;
}

function annotatedIn(folder: ProblemFolder): string {
  const { text, parsed, around } = readBefore(folder);
  return annotated(text, findingsIn(parsed, around));
}

describe("the example of", () => {
  for (const folder of problemFolders) {
    it(`${folder.name} shows what is said, and what the fix gives`, () => {
      if (process.env.ANNOTATE === "1") write(folder);
      const source = sourceOf(folder);
      expect(source).to.include(`[${folder.code}]`);
      expect(annotatedIn(folder)).to.equal(source);
      const after = afterOf(folder);
      expect(fixed(folder)).to.equal(after);
      if (after === undefined) return;
      expect(countOf(readIn(folder, after), folder.code)).to.be.below(
        countOf(readBefore(folder), folder.code),
      );
    });
  }
});

const byteOrderMark = "\ufeff";
const asOnWindows = (text: string) => text.replaceAll("\n", "\r\n");

describe("the fix of the example of", () => {
  for (const folder of problemFolders) {
    const after = afterOf(folder);
    if (after === undefined) continue;
    it(`${folder.name} leaves a byte order mark where it is`, () => {
      const { text } = readBefore(folder);
      expect(fixed(folder, readIn(folder, byteOrderMark + text))).to.equal(byteOrderMark + after);
    });

    it(`${folder.name} ends its lines as the others end`, () => {
      const { text } = readBefore(folder);
      if (text.includes("\r")) return;
      expect(fixed(folder, readIn(folder, asOnWindows(text)))).to.equal(asOnWindows(after));
    });
  }
});

describe("the guide", () => {
  for (const [code, { title, why, cure }] of Object.entries(guide)) {
    it(`explains ${code} with an example`, () => {
      expect(problemFolders.some((folder) => folder.code === code)).to.equal(true);
      expect(title).to.match(/^[^.].*[^.]$/);
      for (const text of [why, cure]) expect(text).to.match(/^\S[\s\S]*\.$/);
    });
  }
});

function write(folder: ProblemFolder): void {
  const after = fixed(folder);
  writeFileSync(folder.beforeFile, annotatedIn(folder));
  if (after === undefined) rmSync(folder.afterFile, { force: true });
  else writeFileSync(folder.afterFile, after);
}
