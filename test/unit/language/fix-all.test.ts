import { expect } from "chai";
import { applyEdits } from "../../../src/language/edit.js";
import { findingsIn } from "../../../src/language/findings.js";
import { editsOfAllFixes } from "../../../src/language/fix-all.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { yaml } from "../../support/cursor.js";

function fixed(text: string): string {
  const parsed = parseSweep(text);
  return applyEdits(text, editsOfAllFixes(parsed, findingsIn(parsed, nothingKnown)));
}

describe("fixing all at once", () => {
  it("does what each quick fix would do", () => {
    expect(
      fixed(yaml`
        program: train.py
        methd: random
        metric: {name: val_loss, goal: minimise}
        run_cap: 4
        parameters:
          lr: {min: 1e-4, max: 1.0}
      `),
    ).to.equal(yaml`
        program: train.py
        method: random
        metric: {name: val_loss, goal: minimize}
        run_cap: 4
        parameters:
          lr: {min: 1.0e-4, max: 1.0}
      `);
  });

  it("leaves a sweep that is right as it is", () => {
    const text = "program: train.py\nmethod: grid\nparameters:\n  lr: {values: [1, 2]}\n";
    expect(fixed(text)).to.equal(text);
  });

  it("has nothing left to do the second time", () => {
    const text = "program: train.py\nmethod: rendom\nparameters:\n  lr: {min: 2, max: 1}\n";
    const once = fixed(text);
    expect(once).to.include("method: random").and.to.include("min: 1, max: 2");
    expect(fixed(once)).to.equal(once);
  });
});
