/** What every stopping rule owes to a study, whatever it looks at: inherited by the tests of each. */
import { expect } from "chai";
import type { ObservationState } from "../../src/space/history.js";
import { stream } from "../../src/space/random.js";
import type { Curve, StoppingRule, Verdict } from "../../src/stopping/rule.js";
import { stoppingRulesFor } from "../../src/stopping/rules-for.js";
import { stopSentence } from "../../src/stopping/sentence.js";
import { parseSweep } from "../../src/sweep/parse.js";

export type Goal = "minimize" | "maximize";

export interface StoppingCase {
  /** The rule as a sweep writes it: `early_terminate: …` or `{type: …}`. */
  readonly written: string;
  /** It holds a trial against others, so that the best of them goes on. */
  readonly compares: boolean;
  /** Its bounds are values of the metric, so that it means something else with the signs turned. */
  readonly hasBounds?: boolean;
}

/** The rules of a sweep whose metric is `loss`. */
export function rulesWritten(written: string, goal: Goal = "minimize"): readonly StoppingRule[] {
  const block = written.startsWith("early_terminate")
    ? written
    : `sweepdeck: {stopping: [${written}]}`;
  const { sweep, problems } = parseSweep(
    `program: train.py\nmethod: random\nmetric: {name: loss, goal: ${goal}}\nparameters: {lr: {min: 0.0, max: 1.0}}\n${block}\n`,
  );
  if (sweep === undefined) throw new Error(JSON.stringify(problems));
  return stoppingRulesFor(sweep);
}

export function ruleWritten(written: string, goal: Goal = "minimize"): StoppingRule {
  const [rule] = rulesWritten(written, goal);
  if (rule === undefined) throw new Error(`no rule: ${written}`);
  return rule;
}

/** A trial that has reported these values, at steps 1, 2, 3 …; only the last may be no finite number. */
export function curveOf(
  trial: number,
  values: readonly number[],
  state: ObservationState = "running",
): Curve {
  const points = values.map((value, index) => ({ count: index + 1, step: index + 1, value }));
  return { trial, state, points };
}

/** The verdict at each of the trial's reports until one stops it; the count of that one is its length. */
export function verdictsOf(
  rule: StoppingRule,
  trial: Curve,
  others: readonly Curve[],
): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  for (let count = 1; count <= trial.points.length; count += 1) {
    verdicts.push(rule.judge({ ...trial, points: trial.points.slice(0, count) }, others));
    if (verdicts.at(-1)?.kind === "stop") break;
  }
  return verdicts;
}

export function stoppingContract(
  name: string,
  { written, compares, hasBounds }: StoppingCase,
): void {
  const rules = {
    minimize: ruleWritten(written, "minimize"),
    maximize: ruleWritten(written, "maximize"),
  };
  const make = (goal: Goal = "minimize") => rules[goal];

  describe(`${name}, as every stopping rule`, () => {
    it("has the name that the sweep gives it, and looks at the metric that decides", () => {
      expect(name.split(/[ ,]/)).to.include(make().name);
      expect(make().metric).to.equal(undefined);
    });

    it("lets a trial go on that has reported nothing, whatever the others have", () => {
      for (const others of [[], population(1)]) {
        expect(make().judge(curveOf(99, []), others)).to.deep.equal({ kind: "continue" });
      }
    });

    it("lets the only trial of a study go on while it improves", () => {
      for (const others of [[], [curveOf(1, []), curveOf(2, [], "failed")]]) {
        const improving = Array.from({ length: 30 }, (_, index) => 3.5 - index / 10);
        const verdicts = verdictsOf(make(), curveOf(0, improving), others);
        expect(verdicts.every(({ kind }) => kind === "continue")).to.equal(true);
      }
    });

    it("stands NaN and infinities, and gives reasons that JSON can hold", () => {
      for (const last of [Number.NaN, Infinity, -Infinity]) {
        for (const before of [[], falling(1, 2), falling(15, 2)]) {
          for (const others of [[], population(2)]) {
            const verdict = make().judge(curveOf(99, [...before, last]), others);
            expect(JSON.parse(JSON.stringify(verdict))).to.deep.equal(verdict);
            if (verdict.kind === "stop") expect(stopSentence(verdict.why)).to.include("loss");
          }
        }
      }
    });

    it("gives the same verdict for the same curves, in whatever order, and changes none", () => {
      for (const { trial, others } of situations(40)) {
        const verdict = make().judge(trial, others);
        const again = make().judge(frozen(trial), [...others].reverse().map(frozen));
        expect(again).to.deep.equal(verdict);
      }
    });

    it("compares as well with curves of which only what it asks for was kept", () => {
      const rule = make();
      for (const { trial, others } of situations(40)) {
        const thinned = others.map((curve) => ({
          ...curve,
          // The last one is always there.
          points: curve.points.filter(
            ({ count }, index) => rule.comparesAt(count) || index === curve.points.length - 1,
          ),
        }));
        expect(rule.judge(trial, thinned)).to.deep.equal(rule.judge(trial, others));
      }
    });

    it("says in a sentence which rule it was, at which step, by which metric", () => {
      for (const { trial, others } of situations(40)) {
        const verdict = make().judge(trial, others);
        if (verdict.kind !== "stop") continue;
        expect(verdict.why.step).to.be.at.most(trial.points.length);
        const sentence = stopSentence(verdict.why);
        expect(sentence).to.include(`step ${verdict.why.step}`).and.to.include("loss");
        expect(sentence).to.not.match(/undefined|NaN|–/);
      }
    });

    if (hasBounds !== true) {
      it("does the same to a metric that is maximised, with the signs turned", () => {
        for (const { trial, others } of situations(40)) {
          const low = make("minimize").judge(trial, others);
          const high = make("maximize").judge(turned(trial), others.map(turned));
          expect(high.kind).to.equal(low.kind);
          if (low.kind !== "stop" || high.kind !== "stop") continue;
          expect(high.why.rank).to.equal(low.why.rank);
          expect(-(high.why.value ?? 0)).to.equal(low.why.value);
        }
      });
    }

    if (compares) comparing(make);
  });
}

function comparing(make: () => StoppingRule): void {
  it("lets the best of all go on, and those that are as good", () => {
    for (const seed of [1, 2, 3]) {
      const others = population(seed);
      const best = Array.from({ length: 30 }, (_, index) =>
        Math.min(...others.map(({ points }) => points[index]?.value ?? Infinity)),
      );
      const equals = [...others, curveOf(97, best, "complete"), curveOf(98, best)];
      for (const rivals of [others, equals]) {
        const verdicts = verdictsOf(make(), curveOf(99, best), rivals);
        expect(verdicts.every(({ kind }) => kind === "continue")).to.equal(true);
      }
    }
  });

  it("stops one that is worse than all by far, and names those that it was compared with", () => {
    const others = population(4);
    const verdict = verdictsOf(make(), curveOf(99, Array(30).fill(50)), others).at(-1);
    expect(verdict).to.include({ kind: "stop", as: "pruned" });
    if (verdict?.kind !== "stop") return;
    const { rank, compared, competitors } = verdict.why;
    expect(rank).to.equal(compared + 1);
    expect(competitors.length).to.equal(Math.min(compared, 20)).and.to.be.above(0);
    const values = competitors.map(({ value }) => value);
    expect(values).to.deep.equal([...values].sort((a, b) => a - b));
    expect(competitors.map(({ trial }) => trial)).to.not.include(99);
  });
}

/** Falls from `from` towards nothing, ever more slowly. */
function falling(count: number, from: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from / (index + 1));
}

/** Two dozen trials in all states, some of them short, some alike. */
export function population(seed: number): readonly Curve[] {
  const states = ["complete", "complete", "pruned", "running", "failed", "stopped"] as const;
  return Array.from({ length: 24 }, (_, trial) => {
    const random = stream(seed).fork(trial);
    const state = states[trial % states.length] ?? "complete";
    const count = state === "complete" ? 30 : Math.floor(random.next() * 30);
    const [from, to] = [1 + Math.round(4 * random.next()), random.next()];
    return curveOf(
      trial,
      falling(count, from).map((value) => value + to),
      state,
    );
  });
}

function situations(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const random = stream("situation").fork(index);
    const length = 1 + Math.floor(random.next() * 29);
    const level = 3 * random.next();
    const values = falling(length, 3).map((value) => value + level + random.next() / 4);
    return { trial: curveOf(99, values), others: population(index) };
  });
}

function turned({ points, ...curve }: Curve): Curve {
  return { ...curve, points: points.map((point) => ({ ...point, value: -point.value })) };
}

function frozen(curve: Curve): Curve {
  const points = curve.points.map((point) => Object.freeze({ ...point }));
  return Object.freeze({ ...curve, points: Object.freeze(points) });
}
