import { expect } from "chai";
import { hoverAt } from "../../../src/language/hover.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { atCursor, type TextAtCursor } from "../../support/cursor.js";

function hover({ text, offset }: TextAtCursor): string {
  return hoverAt(parseSweep(text).document, offset, nothingKnown)?.markdown ?? "";
}

describe("hover", () => {
  it("says what a key means, its default and its bounds", () => {
    const said = hover(atCursor`
      early_terminate:
        type: hyperband
        et‸a: 2
    `);
    expect(said).to.match(/at each band/i);
    expect(said).to.include("Default: `3`");
    expect(said).to.include("above 1");
    expect(hover(atCursor`run‸_cap: 3`)).to.include("whole number above 0");
  });

  it("lists the values of an enumeration at its key, and explains the one that is chosen", () => {
    expect(hover(atCursor`meth‸od: grid`)).to.include("`bayes`");
    const said = hover(atCursor`method: gr‸id`);
    expect(said).to.match(/every combination/i);
    expect(said).not.to.include("bayes");
  });

  it("points at the word that it explains", () => {
    const { text, offset } = atCursor`method: gr‸id # all`;
    const range = hoverAt(parseSweep(text).document, offset, nothingKnown)?.range;
    expect(text.slice(range?.start, range?.end)).to.equal("grid");
  });

  it("tells a parameter's distribution in words and numbers", () => {
    const said = hover(atCursor`
      parameters:
        l‸r:
          distribution: log_uniform_values
          min: 1.0e-4
          max: 1
    `);
    expect(said).to.include("from 1e-4 to 1, every factor of ten alike");
    // The median of a log-uniform distribution is the geometric mean of its bounds.
    expect(said).to.match(/at most 0\.01; nine of ten lie between 1\.58\d?e-4 and 0\.631/);
    expect(said).to.match(/For example [\d.e-]+(, [\d.e-]+){4}\./);
  });

  it("tells what deprecated exponents really sample", () => {
    expect(
      hover(atCursor`
        parameters:
          l‸r: {distribution: log_uniform, min: 1.0e-5, max: 0.01}
      `),
    ).to.include("from 1 to 1.01");
  });

  it("works while the rest of the file is wrong", () => {
    expect(
      hover(atCursor`
        methd: random
        parameters:
          momentum:
          layers: {min: 1, max: 4}
          l‸r: {values: [1, 2], probabilities: [0.25, 0.75]}
      `),
    ).to.include("`1` (25 %), `2` (75 %)");
  });

  it("takes a key for what it means in its distribution", () => {
    const exponent = hover(atCursor`
      parameters:
        lr: {distribution: log_uniform, mi‸n: -9, max: -2}
    `);
    const value = hover(atCursor`
      parameters:
        lr: {distribution: uniform, mi‸n: -9, max: -2}
    `);
    expect(exponent).to.include("natural logarithm");
    expect(value).not.to.include("logarithm");
  });

  it("explains distributions and macros by name", () => {
    expect(hover(atCursor`parameters: {lr: {distribution: q_un‸iform, min: 1, max: 9}}`)).to.match(
      /in steps of/,
    );
    expect(hover(atCursor`command: [python, "$‸{args_no_hyphens}"]`)).to.include("`name=value`");
    expect(hover(atCursor`command: ["--out=\${envvar:HO‸ME}/x"]`)).to.include("`HOME`");
  });

  it("has nothing to say of values that are the user's", () => {
    expect(hover(atCursor`program: tr‸ain.py`)).to.equal("");
    expect(hover(atCursor`# com‸ment`)).to.equal("");
  });
});
