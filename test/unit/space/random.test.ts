import { expect } from "chai";
import { stream } from "../../../src/space/random.js";

const take = (count: number, next: () => number): number[] =>
  Array.from({ length: count }, () => next());

describe("a stream of random numbers", () => {
  it("gives the same numbers for ever: studies on disk depend on them", () => {
    expect(take(3, stream(7).next)).to.deep.equal([
      0.8473272941855498, 0.5551808397418586, 0.22720406817161465,
    ]);
    expect(take(2, stream(7).fork(12).fork("lr").next)).to.deep.equal([
      0.16726430368752443, 0.45900795009474404,
    ]);
  });

  it("forks into streams that do not depend on what was drawn before", () => {
    const fresh = stream(1);
    const used = stream(1);
    take(100, used.next);
    expect(take(5, used.fork(3).next)).to.deep.equal(take(5, fresh.fork(3).next));
  });

  it("forks differently by every label: by number, by text, by order", () => {
    const labels = [0, 1, 2, -1, 0.5, 2 ** 40, "", "0", "1", "a", "b", "ab", "ba"];
    const firsts = labels.map((label) => stream(1).fork(label).next());
    firsts.push(stream(1).fork("a").fork("b").next(), stream(1).fork("b").fork("a").next());
    firsts.push(stream(0).next(), stream(1).next(), stream("1").next());
    expect(new Set(firsts).size).to.equal(firsts.length);
  });

  it("fills the open interval evenly, neighbouring forks too", () => {
    const numbers = Array.from({ length: 20_000 }, (_, n) => stream(5).fork(n).next());
    expect(Math.min(...numbers)).to.be.above(0);
    expect(Math.max(...numbers)).to.be.below(1);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => numbers.filter((each) => Math.floor(each * 10) === tenth).length,
    );
    // Five standard deviations of a binomial count.
    for (const count of tenths) expect(count).to.be.within(2000 - 212, 2000 + 212);
    const pairs = numbers.slice(1).map((each, n) => (each - 0.5) * ((numbers[n] ?? 0) - 0.5));
    const correlation = (pairs.reduce((sum, each) => sum + each, 0) / pairs.length) * 12;
    expect(Math.abs(correlation)).to.be.below(0.035);
  });
});
