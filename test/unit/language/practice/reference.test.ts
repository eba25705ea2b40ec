import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { practiceReference } from "../../../../src/language/practice/reference.js";

const file = path.resolve(import.meta.dirname, "../../../../docs/established-practice.md");

describe("the page on established practice", () => {
  it("is what the data says (else: npx tsx scripts/write-reference.ts)", () => {
    expect(readFileSync(file, "utf8")).to.equal(practiceReference());
  });
});
