import { expect } from "chai";
import fc from "fast-check";
import { promotionOf } from "../../../src/stopping/promotion.js";
import type { Curve } from "../../../src/stopping/rule.js";
import { bracketOf, bracketShares, rungsFrom } from "../../../src/stopping/rungs.js";
import { curveOf, ruleWritten } from "../../support/stopping-contract.js";

describe("rungs", () => {
  it("are multiplied, so that none is lost where logarithms round", () => {
    expect(rungsFrom(1, 3, 243 + 1)).to.deep.equal([1, 3, 9, 27, 81, 243]);
    expect(rungsFrom(1, 10, 1000 + 1)).to.deep.equal([1, 10, 100, 1000]);
    expect(rungsFrom(2, 4, 27)).to.deep.equal([2, 8]);
  });

  it("lie below the end, and are rounded down without repeating", () => {
    expect(rungsFrom(1, 3, 27)).to.deep.equal([1, 3, 9]);
    expect(rungsFrom(1, 1.5, 8)).to.deep.equal([1, 2, 3, 5, 7]);
    expect(rungsFrom(5, 3, 5)).to.deep.equal([]);
  });
});

describe("brackets", () => {
  it("have the shares of the Hyperband paper, so that all spend about the same", () => {
    expect(bracketShares(5, 3)).to.deep.equal([81, 34, 15, 8, 5]);
    expect(bracketShares(1, 4)).to.deep.equal([1]);
  });

  it("are given out by their shares in every stretch of trials", () => {
    const shares = bracketShares(3, 3);
    const total = shares.reduce((sum, share) => sum + share, 0);
    fc.assert(
      fc.property(fc.nat(100_000), (from) => {
        const counts = shares.map(() => 0);
        for (let trial = from; trial < from + 60; trial += 1) {
          const bracket = bracketOf(trial, shares);
          counts[bracket] = (counts[bracket] ?? 0) + 1;
        }
        shares.forEach((share, bracket) => {
          expect(counts[bracket]).to.be.closeTo((60 * share) / total, 4);
        });
      }),
    );
  });

  it("do not follow a choice that a grid makes every second time", () => {
    const even = Array.from({ length: 100 }, (_, index) => bracketOf(2 * index, [1, 1]));
    expect(even.filter((bracket) => bracket === 0).length).to.be.within(45, 55);
  });
});

describe("asha", () => {
  const rule = ruleWritten("{type: asha, min_steps: 1, max_steps: 27, eta: 3}");

  /** Trials that have got to the first rung alone. */
  function at(...values: readonly number[]): readonly Curve[] {
    return values.map((value, trial) => curveOf(trial, [value]));
  }

  it("lets floor(n/eta) and one more of n trials go on at a rung, itself included", () => {
    // Worked by hand, in the order of arrival: of 1 one goes on, of 2 one, of 3 two, of 6 three.
    const arrivals = [0.9, 0.8, 0.85, 0.7, 0.95, 0.75];
    const goesOn = arrivals.map((value, index) => {
      const verdict = rule.judge(curveOf(index, [value]), at(...arrivals.slice(0, index)));
      return verdict.kind === "continue";
    });
    expect(goesOn).to.deep.equal([true, true, true, true, false, true]);
  });

  it("says the rung, the rank, the bar and those it was compared with", () => {
    const verdict = rule.judge(curveOf(9, [0.95]), at(0.9, 0.8, 0.85, 0.7));
    expect(verdict).to.deep.equal({
      kind: "stop",
      as: "pruned",
      why: {
        ...{ rule: "asha", metric: "loss", step: 1, count: 1, value: 0.95, threshold: 0.8 },
        ...{ rank: 5, compared: 4 },
        competitors: [
          { trial: 3, value: 0.7 },
          { trial: 1, value: 0.8 },
          { trial: 2, value: 0.85 },
          { trial: 0, value: 0.9 },
        ],
        details: { rung: 1, bracket: 0, eta: 3, goingOn: 2, heading: 0.95 },
      },
    });
  });

  it("lets ties pass", () => {
    expect(rule.judge(curveOf(9, [0.5]), at(0.5, 0.5, 0.5, 0.5, 0.5)).kind).to.equal("continue");
  });

  it("looks again until the next rung, and compares at the last one that was reached", () => {
    expect(rule.looksAgain).to.equal(true);
    const trial = curveOf(9, [0.8, 0.1]);
    expect(rule.judge(trial, at(0.9)).kind).to.equal("continue");
    expect(rule.judge(trial, at(0.9, 0.5)).kind).to.equal("continue");
    expect(rule.judge(trial, at(0.9, 0.5, 0.4)).kind).to.equal("stop");
    // At the third report those that got so far count alone.
    expect(rule.judge(curveOf(9, [0.8, 0.1, 0.8]), at(0.9, 0.5, 0.4)).kind).to.equal("continue");
  });

  it("spares a trial that starts behind and falls fast", () => {
    const others = [0.5, 0.5, 0.5].map((value, trial) => curveOf(trial, [value, value, value]));
    const flat = curveOf(9, [0.6, 0.6, 0.6]);
    const steep = curveOf(9, [0.9, 0.7, 0.6]);
    expect(rule.judge(flat, others).kind).to.equal("stop");
    // 0.6 now, 0.3 less than half way back: heading for 0.45.
    expect(rule.judge(steep, others).kind).to.equal("continue");
  });

  it("stops a trial whose value is no finite number, from its first rung on", () => {
    const late = ruleWritten("{type: asha, min_steps: 3, max_steps: 27}");
    expect(late.judge(curveOf(9, [1, Number.NaN]), at(1)).kind).to.equal("continue");
    expect(late.judge(curveOf(9, [1, 1, Number.NaN]), at(1))).to.deep.include({ kind: "stop" });
  });

  it("does not stop a trial at the last report of a whole one", () => {
    const others = [1, 2, 3, 4].map((trial) => curveOf(trial, Array(9).fill(0.1), "complete"));
    const last = curveOf(9, [...Array(8).fill(0.05), 5]);
    const upTo9 = ruleWritten("{type: asha, min_steps: 1, eta: 3, max_steps: 9}");
    const upTo27 = ruleWritten("{type: asha, min_steps: 1, eta: 3, max_steps: 27}");
    expect(upTo9.judge(last, others).kind).to.equal("continue");
    expect(upTo27.judge(last, others).kind).to.equal("stop");
  });

  it("gives every trial a twelfth of a whole one, and waits for a whole one where it knows of none", () => {
    const auto = ruleWritten("{type: asha}");
    const bad = (count: number) => curveOf(9, Array(count).fill(9));
    const running = [1, 2, 3].map((trial) => curveOf(trial, Array(40).fill(1)));
    const whole = curveOf(0, Array(40).fill(1), "complete");
    expect(auto.judge(bad(30), running).kind).to.equal("continue");
    expect(auto.judge(bad(2), [whole, ...running]).kind).to.equal("continue");
    expect(auto.judge(bad(3), [whole, ...running]).kind).to.equal("stop");
    const told = ruleWritten("{type: asha, max_steps: 40}");
    expect(told.judge(bad(3), running).kind).to.equal("stop");
  });

  it("compares within a bracket, each of which begins a rung later", () => {
    const two = ruleWritten("{type: asha, min_steps: 1, max_steps: 27, eta: 3, brackets: 2}");
    const shares = bracketShares(2, 3);
    const numbers = Array.from({ length: 40 }, (_, trial) => trial);
    const bold = numbers.filter((trial) => bracketOf(trial, shares) === 0);
    const cautious = numbers.filter((trial) => bracketOf(trial, shares) === 1);
    const good = [...bold.slice(1, 4), ...cautious.slice(1, 4)].map((trial) => curveOf(trial, [0]));
    const [first = 0, second = 0] = [bold[0], cautious[0]];
    expect(two.judge(curveOf(first, [1]), good)).to.deep.include({ kind: "stop" });
    expect(two.judge(curveOf(second, [1]), good).kind).to.equal("continue");
  });
});

describe("hyperband", () => {
  it("stops none before it knows how long a whole trial is", () => {
    const rule = ruleWritten("{type: hyperband}");
    const others = [1, 2, 3, 4, 5, 6].map((trial) => curveOf(trial, [1, 1, 1]));
    expect(rule.judge(curveOf(0, [9]), others).kind).to.equal("continue");
  });

  it("has as many brackets as rungs, the last of which stops none", () => {
    const rule = ruleWritten("{type: hyperband, max_steps: 9}");
    const shares = bracketShares(3, 3);
    const stopped = [0, 1, 2].map((bracket) => {
      const members = Array.from({ length: 200 }, (_, trial) => trial).filter(
        (trial) => bracketOf(trial, shares) === bracket,
      );
      const [first = 0, ...rest] = members;
      const others = rest.slice(0, 8).map((trial) => curveOf(trial, Array(9).fill(1)));
      const counts = Array.from({ length: 8 }, (_, index) => index + 1);
      return counts.find(
        (count) => rule.judge(curveOf(first, Array(count).fill(9)), others).kind === "stop",
      );
    });
    expect(stopped).to.deep.equal([1, 3, undefined]);
  });
});

describe("promotions", () => {
  const rungs = [1, 3, 9];
  const none: ReadonlySet<number> = new Set();
  const next = (curves: readonly Curve[], busy = none) =>
    promotionOf(curves, busy, rungs, 3, "minimize");
  const waiting = (...values: readonly number[]) =>
    values.map((value, trial) => curveOf(trial, [value]));

  it("are none while too few have reached a rung", () => {
    expect(next([])).to.equal(undefined);
    expect(next(waiting(0.1, 0.2))).to.equal(undefined);
  });

  it("go to the best third of a rung, the best first, and to none twice", () => {
    const six = waiting(0.6, 0.3, 0.5, 0.2, 0.9, 0.8);
    expect(next(six)).to.deep.equal({ trial: 3, from: 1, to: 3 });
    // Trial 3 is on its way: the next of the best two goes.
    expect(next(six, new Set([3]))).to.deep.equal({ trial: 1, from: 1, to: 3 });
    expect(next(six, new Set([1, 3]))).to.equal(undefined);
    const gone = six.map((curve) => (curve.trial === 3 ? curveOf(3, [0.2, 0.2, 0.1]) : curve));
    expect(next(gone)).to.deep.equal({ trial: 1, from: 1, to: 3 });
  });

  it("go from the highest rung first", () => {
    const low = waiting(0.6, 0.3, 0.5, 0.2, 0.9, 0.8);
    const high = [6, 7, 8].map((trial) => curveOf(trial, [0.1, 0.1, trial / 10]));
    expect(next([...low, ...high])).to.deep.equal({ trial: 6, from: 3, to: 9 });
    const top = [9, 10, 11].map((trial) => curveOf(trial, Array(9).fill(trial)));
    expect(next([...low, ...high, ...top])).to.deep.equal({ trial: 9, from: 9, to: undefined });
  });

  it("count those that have failed at a rung, and do not go to them", () => {
    const failed = curveOf(0, [0.1], "failed");
    expect(next([failed, ...waiting(0, 0.3, 0.5).slice(1)])).to.equal(undefined);
  });
});
