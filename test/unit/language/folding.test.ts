import { expect } from "chai";
import { foldingOf } from "../../../src/language/folding.js";
import { yaml } from "../../support/cursor.js";

/** The first and last lines of what folds, from 1. */
function folds(text: string): string[] {
  return foldingOf(text).map(
    ({ startLine, endLine, kind }) =>
      `${startLine + 1}-${endLine + 1}${kind === "comment" ? " comment" : ""}`,
  );
}

describe("folding", () => {
  it("folds each block to its key, without the blank lines behind it", () => {
    expect(
      folds(yaml`
        # A sweep
        # of two lines.
        method: grid
        parameters:
          lr:
            values: [1, 2]
          wd: {value: 0}

        metric:
          name: loss
      `),
    ).to.deep.equal(["1-2 comment", "4-7", "5-6", "9-10"]);
  });

  it("knows lists whose dashes stand below the first letter of their key", () => {
    expect(
      folds(yaml`
        command:
        - python
        - train.py
        metrics:
          - name: a
            goal: minimize
          - name: b
      `),
    ).to.deep.equal(["1-3", "4-7", "5-6"]);
  });

  it("keeps blocks of text together", () => {
    expect(folds("description: |\n  one\n\n  two: three\nmethod: grid\n")).to.deep.equal(["1-4"]);
  });

  it("stands documents that are broken", () => {
    expect(folds("a:\n\tb: [\n---\nc:\n  d\n")).to.include("4-5");
    expect(folds("")).to.deep.equal([]);
  });
});
