import { expect } from "chai";
import { practiceMarkdown } from "../../../../src/language/practice/practice.js";

describe("the documentation of a parameter", () => {
  it("says what it is, what to search and why, how much it matters, and who says so", () => {
    const markdown = practiceMarkdown("lr", 1e-3) ?? "";
    expect(markdown).to.match(/^\*\*Learning rate\*\*: the size of the optimiser's steps\./);
    expect(markdown).to.include("min: 1.0e-4, max: 1.0e-2");
    expect(markdown).to.include("A decade to each side of the script's own 0.001.");
    expect(markdown).to.include("Usually the most important.");
    expect(markdown).to.match(/\n\n\*Sources?: .*\[AlgoPerf[^\]]*\]\(https:\/\/[^)]*\).*\.\*$/);
    expect(markdown.split("\n\n")).to.have.lengthOf(3);
  });

  it("does not hide that a range is a rule of thumb", () => {
    expect(practiceMarkdown("dropout", 0.1)).to.match(/\*Rule of thumb\b/);
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
