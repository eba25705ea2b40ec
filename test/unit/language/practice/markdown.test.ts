import { expect } from "chai";
import { practiceMarkdown } from "../../../../src/language/practice/practice.js";

describe("the documentation of a parameter", () => {
  it("says what it is, what to search and why, how much it matters, and who says so", () => {
    const markdown = practiceMarkdown("lr", 1e-3) ?? "";
    expect(markdown).to.match(/^\*\*Learning rate\*\*: the size of the optimiser's steps\./);
    expect(markdown).to.include("min: 1.0e-4, max: 1.0e-2");
    expect(markdown).to.include("A decade to each side of the script's own 0.001.");
    expect(markdown).to.include("Importance: 1st in optimisation.");
    expect(markdown).to.match(/\[AlgoPerf[^\]]*\]\(https:\/\/[^)]*\) \(read\)/);
  });

  it("does not hide that a range is a judgement, or is cited from memory", () => {
    expect(practiceMarkdown("dropout", 0.1)).to.include("(judgement)");
    expect(practiceMarkdown("max_features")).to.include("(from memory)");
    expect(practiceMarkdown("num_layers", 2)).to.include("(measured on surrogates)");
  });

  it("gives a reason for what is proposed, as it is proposed to a grid", () => {
    const markdown = practiceMarkdown("dropout", 0.1, { siblings: [], method: "grid" }) ?? "";
    expect(markdown).to.include(
      "`{values: [0, 0.1, 0.2, 0.4]}`. Values from 0 to 0.4, the script's own 0.1 among them.",
    );
    expect(markdown).not.to.include("each side");
  });

  it("says of a seed what to do instead", () => {
    const markdown = practiceMarkdown("seed", 0) ?? "";
    expect(markdown).to.include("It cannot be improved");
    expect(markdown).not.to.include("Proposed");
  });

  it("is none for an unknown name", () => {
    expect(practiceMarkdown("frobnication", 1)).to.equal(undefined);
  });
});
