import { expect } from "chai";
import { hoverAt } from "../../../src/language/hover.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { takeCursor } from "../../support/cursor.js";

function hoverOf(block: string): string {
  const head = "method: random\nmetric: {name: loss}\nparameters: {lr: {min: 0.1, max: 1.0}}\n";
  const { text, offset } = takeCursor(`${head}sweepdeck:\n  ${block}\n`);
  return hoverAt(parseSweep(text).document, offset, nothingKnown)?.markdown ?? "";
}

describe("hover over samplers and stopping rules", () => {
  it("tells the default of an option by the type that is written", () => {
    expect(hoverOf("stopping: [{type: asha, e‸ta: 2}]")).to.include("Default: `4`");
    expect(hoverOf("stopping: [{type: hyperband, e‸ta: 2}]")).to.include("Default: `3`");
  });

  it("tells what a type is, and all that there are at the key", () => {
    expect(hoverOf("sampler: {type: t‸pe}")).to.include("Parzen");
    expect(hoverOf("sampler: {ty‸pe: tpe}")).to.include("Gaussian process").and.include("Parzen");
  });
});
