import { expect } from "chai";
import { isReady, trySentences } from "../../../src/cli/try-words.js";
import type { TryReport } from "../../../src/engine/trying.js";

const good: TryReport = {
  directory: "/home/me/.sweepdeck/tries/digits-try-1",
  params: { lr: 0.1, batch_size: 32 },
  argv: ["python", "train.py"],
  exit: 0,
  ended: "by itself",
  metrics: { val_loss: 0.5 },
  objective: "val_loss",
  objectiveReports: 2,
  secondsAStep: undefined,
  refused: [],
  spelledWithHyphen: [],
  refusedValue: undefined,
  notMentioned: [],
  lastLines: [],
};
const said = (report: Partial<TryReport>) => trySentences({ ...good, ...report }).join("\n");

describe("the words of a try", () => {
  it("say that a sweep is ready whose script took everything and reported the metric", () => {
    expect(said({})).to.match(/took lr, batch_size\..*ready to run/s);
    expect(isReady(good)).to.equal(true);
  });

  it("do not say that a script took parameters which it failed with", () => {
    const failed = { exit: 2, metrics: {}, objectiveReports: 0, lastLines: ["no such file"] };
    expect(said(failed)).not.to.contain("took");
    expect(said(failed)).to.match(/exit 2.*no such file.*Not ready to run/s);
  });

  it("name the hyphen that the script has", () => {
    const refusal = { exit: 2, refused: ["--batch_size"], spelledWithHyphen: ["batch-size"] };
    expect(said(refusal)).to.contain(
      "does not take --batch_size. The script spells it `batch-size`",
    );
  });

  it("name the macro for a flag that was given a value", () => {
    expect(said({ exit: 2, refusedValue: "--amp" })).to.contain("${args_no_boolean_flags}");
  });

  it("name the metric that was meant, whatever its separators and short forms", () => {
    const unseen = { objectiveReports: 0, metrics: { val_loss: 0.3 } };
    for (const objective of ["val loss", "val/loss", "validation_loss", "Val-Loss"]) {
      expect(said({ ...unseen, objective })).to.contain("Did you mean val_loss?");
    }
    expect(said({ ...unseen, objective: "accuracy" })).not.to.contain("Did you mean");
  });

  it("end with a verdict where the answer is no", () => {
    expect(said({ objectiveReports: 0 })).to.match(/Not ready to run: the metric/);
  });
});
