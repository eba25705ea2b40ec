import { expect } from "chai";
import { Thinning } from "../../../src/study/thinning.js";

function kept(reports: number): readonly number[] {
  const thinning = new Thinning();
  return Array.from({ length: reports }, (_, step) => step).filter((step) =>
    thinning.keeps([step, 0]),
  );
}

describe("the thinning of reports", () => {
  it("keeps all of a curve that most trials have", () => {
    expect(kept(100)).to.deep.equal(Array.from({ length: 100 }, (_, step) => step));
  });

  it("leaves room for the last of 200, however long the curve", () => {
    expect(kept(1_000_000).length).to.be.within(190, 199);
  });

  it("never leaves a gap wider than a sixth of the curve so far", () => {
    const steps = kept(500_000);
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1] ?? 500_000;
      expect(next - step, `after ${step}`).to.be.at.most(Math.max(2, step / 6));
    }
  });

  it("keeps the same ones of a longer curve, so that a trial read again adds nothing", () => {
    const long = kept(10_000);
    expect(kept(3000)).to.deep.equal(long.filter((step) => step < 3000));
  });
});
