/** Actions on definitions that are written in unusual ways. */
import { expect } from "chai";
import { actionsFor } from "../../../../src/language/actions/actions.js";
import { applyEdits } from "../../../../src/language/edit.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { toJson } from "../../../../src/sweep/tree.js";
import { takeCursor } from "../../../support/cursor.js";

function offeredAt(marked: string) {
  const { text, offset } = takeCursor(marked);
  const actions = actionsFor(parseSweep(text), { start: offset, end: offset }, nothingKnown);
  return actions.map(({ title, edits }) => ({ title, after: applyEdits(text, edits) }));
}

describe("actions", () => {
  it("leave no lone comma in brackets with comments", () => {
    const offered = offeredAt(
      "method: random\nparameters:\n  lr‸: {\n    distribution: uniform,\n    # c\n    min: 0.1,\n    # d, e\n    max: 0.2\n  }\n",
    );
    const titles = offered.map(({ title }) => title);
    expect(titles).to.include.members(["List values of the range", "Freeze at 0.15"]);
    for (const { after } of offered) {
      expect(after).to.include("# c").and.to.include("# d, e");
      expect(parseSweep(after).problems.map(({ code }) => code)).not.to.include("yaml-syntax");
    }
    const frozen = offered.find(({ title }) => title === "Freeze at 0.15")?.after ?? "";
    const { root } = parseSweep(frozen).document;
    expect(root && toJson(root)).to.deep.equal({
      method: "random",
      parameters: { lr: { value: 0.15 } },
    });
  });

  it("do not touch a definition that an alias repeats elsewhere", () => {
    const text = (wd: string) =>
      `method: random\nparameters:\n  lr‸: &a {min: 0.1, max: 0.2}\n  wd: ${wd}\n`;
    expect(offeredAt(text("{<<: *a, max: 0.3}"))).to.deep.equal([]);
    expect(offeredAt(text("{min: 0.1, max: 0.3}"))).not.to.deep.equal([]);
  });

  it("add a block before the mark that ends the document", () => {
    const [only] = offeredAt(
      "program: ‸train.py\nmethod: grid\nparameters:\n  lr: {values: [1, 2]}\n...\n",
    );
    expect(only?.after).to.match(/\]\}\nsweepdeck:\n {2}initial: \[defaults\]\n\.\.\.\n$/);
  });
});
