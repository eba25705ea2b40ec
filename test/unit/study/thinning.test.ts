import { expect } from "chai";
import { type ComparesAt, KeptCounts, Thinning } from "../../../src/study/thinning.js";

function kept(reports: number, comparesAt?: ComparesAt): readonly number[] {
  const thinning = new Thinning(comparesAt);
  return Array.from({ length: reports }, (_, step) => step).filter(() => thinning.keeps(0));
}

describe("the thinning of reports", () => {
  it("keeps all of a curve that most trials have", () => {
    expect(kept(100)).to.deep.equal(Array.from({ length: 100 }, (_, step) => step));
  });

  it("leaves room for the last of 200, however long the curve", () => {
    expect(kept(1_000_000).length).to.be.within(185, 190);
  });

  it("never leaves a gap wider than a sixth of the curve so far", () => {
    const steps = kept(300_000);
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1] ?? 300_000;
      expect(next - step, `after ${step}`).to.be.at.most(Math.max(2, step / 6));
    }
  });

  it("keeps the same ones of a longer curve, so that a trial read again adds nothing", () => {
    const long = kept(10_000);
    expect(kept(3000)).to.deep.equal(long.filter((step) => step < 3000));
  });

  it("keeps what trials are compared at, beside what it keeps anyway", () => {
    const isRung = (count: number) => [3, 1000, 5001, 30_007].includes(count);
    const steps = kept(50_000, isRung);
    expect(steps).to.include.members([2, 999, 5000, 30_006]);
    expect(steps.filter((step) => !isRung(step + 1))).to.deep.equal(
      kept(50_000).filter((step) => !isRung(step + 1)),
    );
  });

  it("keeps no more than 400, whatever is compared", () => {
    expect(kept(100_000, () => true).length).to.be.at.most(390);
  });

  it("keeps the first nine that are no finite numbers, which count for nothing else", () => {
    const thinning = new Thinning();
    const values = Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? Number.NaN : at));
    const left = values.filter((value) => thinning.keeps(value));
    expect(left.filter(Number.isNaN)).to.have.length(9);
    expect(left.filter(Number.isFinite)).to.deep.equal(kept(200).map((at) => 2 * at + 1));
  });

  it("can be undone: the place of a line tells which finite report it was", () => {
    const isRung = (count: number) => count % 1111 === 0;
    const counts = new KeptCounts(isRung);
    const steps = kept(20_000, isRung);
    expect(steps.map((_, index) => counts.at(index))).to.deep.equal(steps.map((step) => step + 1));
    expect(new KeptCounts().at(1000)).to.equal(undefined);
  });
});
