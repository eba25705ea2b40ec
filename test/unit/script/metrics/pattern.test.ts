import { expect } from "chai";
import { anything, type Pattern, products } from "../../../../src/script/metrics/pattern.js";

describe("texts that are put together", () => {
  it("say nothing where no metric has so many pieces", () => {
    const unknownAndText: Pattern = [null, "x"];
    expect(products(Array.from({ length: 8000 }, () => [unknownAndText]))).to.deep.equal([
      anything,
    ]);
    expect(products([[["val"]], [["/"]], [["loss"], ["acc"]]])).to.deep.equal([
      ["val/loss"],
      ["val/acc"],
    ]);
  });
});
