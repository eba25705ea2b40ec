import { expect } from "chai";
import { applyEdits } from "../../../src/language/edit.js";
import { fixesFor } from "../../../src/language/fixes.js";
import { parseSweep } from "../../../src/sweep/parse.js";

const head = [
  "method: random",
  "parameters: {lr: {min: 0.1, max: 1.0}, batch-size: {values: [8, 16]}, act: {values: [a1, b1]}}",
  "sweepdeck:",
  "  constraints:",
  "    - ",
].join("\n");

/** What the first fix makes of a constraint; undefined where none is offered. */
function fixed(constraint: string): string | undefined {
  const parsed = parseSweep(`${head}${constraint}\n`);
  const problem = parsed.problems.find(({ severity }) => severity === "error");
  const [fix] = problem === undefined ? [] : fixesFor(parsed, problem);
  return fix && applyEdits(parsed.document.text, fix.edits).slice(head.length).trimEnd();
}

describe("the fix of a constraint", () => {
  it("changes the word in question, whatever quotes are around the whole", () => {
    expect(fixed("lr > 0.5 and lrr < 1")).to.equal("lr > 0.5 and lr < 1");
    expect(fixed("'act == a1'")).to.equal("'act == \"a1\"'");
    expect(fixed('"act == a1"')).to.equal("\"act == 'a1'\"");
    expect(fixed("act == 'a2' or lr > 0.5")).to.equal("act == 'a1' or lr > 0.5");
    expect(fixed("lr>0.5||lr<0.2")).to.equal("lr>0.5 or lr<0.2");
    expect(fixed('"lr is not 0.5"')).to.equal('"lr != 0.5"');
  });

  it("puts the whole in quotes where YAML would take its new start for its own", () => {
    expect(fixed("batch-size < 16")).to.equal('"`batch-size` < 16"');
    expect(fixed("lr * batch-size < 8")).to.equal("lr * `batch-size` < 8");
  });

  it("is not offered where the words do not stand as they are read", () => {
    expect(fixed('"lrr >\n        0.5"')).to.equal(undefined);
    expect(fixed('"lrr\\x20> 0.5"')).to.equal(undefined);
    expect(fixed(">-\n        lrr > 0.5")).to.equal(undefined);
  });
});
