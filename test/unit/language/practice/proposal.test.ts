import { expect } from "chai";
import { proposalFor, yamlFieldsOf } from "../../../../src/language/practice/practice.js";

describe("a proposal", () => {
  it("lays the learning rate a decade to each side of the script's own", () => {
    const proposal = proposalFor("lr", 1e-3);
    expect(proposal && yamlFieldsOf(proposal.fields)).to.deep.equal([
      ["distribution", "log_uniform_values"],
      ["min", "1.0e-4"],
      ["max", "1.0e-2"],
    ]);
  });
});
