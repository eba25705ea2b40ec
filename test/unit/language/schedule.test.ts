import { expect } from "chai";
import fc from "fast-check";
import { scheduleOf } from "../../../src/language/schedule.js";
import { scheduleInShort } from "../../../src/language/schedule-words.js";
import { bandsOf, survivorsOf } from "../../../src/sweep/hyperband-bands.js";
import type { Hyperband } from "../../../src/sweep/sweep.js";
import { askPython } from "../../support/ask-python.js";

function rule(more: Partial<Hyperband>): Hyperband {
  return { type: "hyperband", eta: 3, strict: true, ...more };
}

describe("the bands of hyperband", () => {
  it("are counted back from max_iter, as W&B's engine was seen to do", () => {
    expect(bandsOf(rule({ maxIter: 27, s: 2 }))).to.deep.equal([3, 9]);
    expect(bandsOf(rule({ maxIter: 100, s: 4 }))).to.deep.equal([1, 3, 11, 33]);
  });

  it("end before they are less than one report", () => {
    expect(bandsOf(rule({ maxIter: 10, s: 9 }))).to.deep.equal([1, 3]);
  });

  it("go on from min_iter without an end", () => {
    expect(bandsOf(rule({ minIter: 3 })).slice(0, 4)).to.deep.equal([3, 9, 27, 81]);
    expect(bandsOf(rule({ minIter: 2, eta: 2.5 })).slice(0, 4)).to.deep.equal([2, 5, 12, 31]);
  });

  it("are none where max_iter stands without s", () => {
    expect(bandsOf(rule({ maxIter: 27, minIter: 3 }))).to.deep.equal([]);
  });
});

describe("the trials that pass a band", () => {
  it("are the whole part of n/eta and one, for the threshold passes itself", () => {
    expect(survivorsOf(27, 3)).to.equal(10);
    expect(survivorsOf(8, 3)).to.equal(3);
    expect(survivorsOf(2, 3)).to.equal(1);
    expect(survivorsOf(1, 3)).to.equal(1);
  });

  it("are those at or before the threshold that W&B sorts out", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 1.1, max: 6, noNaN: true }),
        (values, eta) => {
          const sorted = [...values].sort((a, b) => a - b);
          const threshold = sorted[Math.floor((1 / eta) * values.length)] ?? Infinity;
          const pass = values.filter((value) => value <= threshold).length;
          expect(survivorsOf(values.length, eta)).to.equal(pass);
        },
      ),
    );
  });
});

describe("the schedule", () => {
  it("thins a sweep out band by band until one is left", () => {
    expect(scheduleOf(rule({ minIter: 3 }), 27)).to.deep.equal([
      { reports: 3, reach: 27, goOn: 10 },
      { reports: 9, reach: 10, goOn: 4 },
      { reports: 27, reach: 4, goOn: 2 },
      { reports: 81, reach: 2, goOn: 1 },
    ]);
  });

  it("ends with the last band of max_iter", () => {
    expect(scheduleOf(rule({ maxIter: 27, s: 2 }), 27).map(({ goOn }) => goOn)).to.deep.equal([
      10, 4,
    ]);
  });

  it("ends where the rule stops none any more: an eta of 2 leaves two", () => {
    expect(scheduleOf(rule({ minIter: 1, eta: 2 }), 9).map(({ goOn }) => goOn)).to.deep.equal([
      5, 3, 2,
    ]);
  });

  it("judges once at bands that fall on the same count", () => {
    const reports = scheduleOf(rule({ minIter: 1, eta: 1.5 }), 30).map((rung) => rung.reports);
    expect(reports).to.deep.equal([...new Set(reports)]);
  });

  it("is said in one line", () => {
    expect(scheduleInShort(rule({ minIter: 3 }), 27)).to.equal(
      "27 trials: 10 go on after 3 reports, 4 after 9, 2 after 27, 1 after 81",
    );
    expect(scheduleInShort(rule({ maxIter: 27, s: 2 }), Infinity)).to.equal(
      "Stops trials at 3 and 9 reports, about 1 in 3 goes on",
    );
  });
});

describe("W&B's engine", () => {
  const cases = [
    { rule: rule({ minIter: 3 }), trials: 27 },
    { rule: rule({ minIter: 1, eta: 2 }), trials: 40 },
    { rule: rule({ minIter: 2, eta: 2.5, strict: false }), trials: 31 },
    { rule: rule({ maxIter: 27, s: 2 }), trials: 10 },
    { rule: rule({ maxIter: 100, s: 4 }), trials: 60 },
    { rule: rule({ minIter: 1, eta: 1.5 }), trials: 12 },
    { rule: rule({ minIter: 4 }), trials: 2 },
  ];
  const longest = 120;

  it("stops the trials that the schedule says", () => {
    const survivors = askPython(
      `
from sweeps.hyperband_stopping import hyperband_stop_runs
from sweeps.run import RunState, SweepRun

def survivors(rule, trials, bands):
    alive, reports, counts = list(range(trials)), [0] * trials, []
    for band in bands:
        for trial in alive:
            reports[trial] = band
        runs = [
            SweepRun(
                name=str(trial),
                state=RunState.running if trial in alive else RunState.finished,
                history=[{"loss": float(trial)}] * reports[trial],
            )
            for trial in range(trials)
        ]
        config = {
            "method": "random",
            "metric": {"name": "loss", "goal": "minimize"},
            "early_terminate": rule,
            "parameters": {"a": {"value": 1}},
        }
        stopped = {run.name for run in hyperband_stop_runs(runs, config)}
        alive = [trial for trial in alive if str(trial) not in stopped]
        counts.append(len(alive))
    return counts

answer = [survivors(**case) for case in question]
`,
      cases.map(({ rule: each, trials }) => ({
        rule: asWritten(each),
        trials,
        bands: within(each),
      })),
    );
    expect(survivors).to.deep.equal(
      cases.map(({ rule: each, trials }) => {
        const rungs = scheduleOf(each, trials);
        return within(each).map(
          (band) => rungs.findLast(({ reports }) => reports <= band)?.goOn ?? trials,
        );
      }),
    );
  }).timeout(120_000);

  function within(each: Hyperband): readonly number[] {
    return [...new Set(bandsOf(each))].filter((band) => band <= longest);
  }

  function asWritten({ type, minIter, maxIter, s, eta, strict }: Hyperband): object {
    return {
      type,
      eta,
      strict,
      ...(minIter !== undefined && { min_iter: minIter }),
      ...(maxIter !== undefined && { max_iter: maxIter }),
      ...(s !== undefined && { s }),
    };
  }
});
