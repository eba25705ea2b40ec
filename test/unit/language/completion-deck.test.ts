import { expect } from "chai";
import { completionsAt } from "../../../src/language/completion.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { type TextAtCursor, takeCursor } from "../../support/cursor.js";

const parameters = [
  "method: random",
  "parameters:",
  "  lr: {min: 0.1, max: 1.0}",
  "  optimizer: {values: [adam, sgd]}",
  "  batch-size: {values: [16, 32]}",
  "sweepdeck:",
  "",
].join("\n");

const deck = (...lines: readonly string[]): TextAtCursor =>
  takeCursor(parameters + lines.map((line) => `  ${line}\n`).join(""));

function labelsAt({ text, offset }: TextAtCursor): readonly string[] {
  return completionsAt(text, offset, nothingKnown).map(({ label }) => label);
}

function accepted({ text, offset }: TextAtCursor, label: string): string {
  const found = completionsAt(text, offset, nothingKnown).find((each) => each.label === label);
  if (found === undefined) throw new Error(`${label} is not offered`);
  const { range, snippet } = found;
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, range.start) + snippet;
}

describe("completion in a constraint", () => {
  it("offers parameters and functions where a value is wanted", () => {
    for (const at of ["- ‸", "- lr * ‸", '- "lr * ‸"', "- max(lr, ‸", "- lr < 3 and ‸"]) {
      const labels = labelsAt(deck("constraints:", `  ${at}`));
      expect(labels, at).to.include.members(["lr", "batch-size", "sqrt", "not"]);
    }
    expect(labelsAt(deck('constraints: ["lr < 3", "‸"]'))).to.include("optimizer");
  });

  it("replaces the word that is begun, and no more", () => {
    expect(accepted(deck("constraints:", "  - lr * op‸"), "optimizer")).to.equal(
      "    - lr * optimizer",
    );
    expect(accepted(deck("constraints:", "  - lr * ba‸"), "batch-size")).to.equal(
      "    - lr * `batch-size`",
    );
    expect(accepted(deck("constraints:", "  - lr < lo‸"), "log")).to.equal("    - lr < log($1)");
  });

  it("offers what connects where a value stands", () => {
    const labels = labelsAt(deck("constraints:", "  - lr < 3 ‸"));
    expect(labels).to.include.members(["and", "or"]).and.not.to.include("optimizer");
  });

  it("offers a parameter's own texts in quotes beside it", () => {
    expect(labelsAt(deck("constraints:", "  - optimizer == '‸"))).to.have.members(["adam", "sgd"]);
    expect(labelsAt(deck("constraints:", "  - optimizer in ['adam', 's‸"))).to.have.members([
      "adam",
      "sgd",
    ]);
  });
});

describe("completion of samplers and stopping rules", () => {
  it("offers the options of the type that is written", () => {
    const labels = labelsAt(deck("sampler:", "  type: tpe", "  ‸"));
    expect(labels).to.include.members(["seed", "candidates"]).and.not.to.include("population");
    expect(labelsAt(deck("stopping:", "  - {type: asha, ‸}"))).to.include("brackets");
  });

  it("offers the types first", () => {
    const labels = labelsAt(deck("stopping:", "  - ‸"));
    expect(labels).to.include("type").and.not.to.include("patience");
    expect(labelsAt(deck("stopping:", "  - type: ‸"))).to.include.members(["asha", "wilcoxon"]);
    expect(labelsAt(deck("sampler: {‸}"))).to.include.members(["type", "seed"]);
  });
});
