import { expect } from "chai";
import { readOutputLine } from "../../../../src/run/readers/outputLine.js";
import { percentTemplate, printedNames } from "../../../../src/script/metrics/printed.js";

/** What a script prints, with `{}` for what a run puts in. */
const lines = [
  "epoch {}: val_loss={}, val_acc={}",
  "Epoch {} train loss: {} val loss: {}",
  "step {}: train loss {}, val loss {}",
  "val/accuracy = {}",
  "Best F1: {}",
  "test_loss: {}",
  "loss={} lr={}",
  "Average episodic cost: {}",
  "nothing of the kind",
];

describe("a printed line, read from the script", () => {
  for (const line of lines) {
    it(`gives the names that our reader of output takes: ${line}`, () => {
      const pieces = line.split("{}").flatMap((piece, at) => (at === 0 ? [piece] : [null, piece]));
      const names = printedNames(pieces.filter((piece) => piece !== "")).map((name) =>
        name.join(""),
      );
      const { metrics } = readOutputLine(line.replaceAll("{}", "0.5"));
      expect(names).to.have.members([...metrics.keys()]);
    });
  }

  it("may be a template of the % operator", () => {
    expect(printedNames(percentTemplate("epoch %d val_loss: %.4f"))).to.deep.equal([["val_loss"]]);
  });

  it("keeps what is unknown within a name", () => {
    expect(printedNames([null, "_loss: ", null])).to.deep.equal([[null, "_loss"]]);
  });
});
