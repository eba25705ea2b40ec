import { expect } from "chai";
import { parseExpression } from "../../../src/space/expression/parse.js";
import { closeTrial, type Ended } from "../../../src/study/closing.js";
import { historyOf } from "../../../src/study/history.js";
import { bestTrial, rankTrials } from "../../../src/study/ranking.js";
import type { Trial } from "../../../src/study/trial.js";

const parsed = parseExpression("memory <= 12");
const outcomes = parsed.kind === "fault" ? [] : [parsed.expression];

const ended = (code: number, metrics: Readonly<Record<string, number>>): Ended => ({
  status: { state: "ended", code, signal: null, endedAtMs: 1 } as Ended["status"],
  intent: undefined,
  measured: { value: 1, last: 1, finite: 1, reports: 1, metrics },
  objective: "loss",
  outcomes,
  lastLine: undefined,
});

const missesOf = (each: Ended) => closeTrial(each).attributes["constraints"];

describe("outcomes of a trial", () => {
  it("are judged by the metrics at its end", () => {
    expect(missesOf(ended(0, { loss: 1, memory: 12 }))).to.deep.equal([0]);
    expect(missesOf(ended(0, { loss: 1, memory: 15 }))).to.deep.equal([3]);
    expect(missesOf(ended(0, { loss: 1 }))).to.deep.equal([1]);
  });

  it("are not judged where it failed, or the sweep has none", () => {
    expect(missesOf(ended(1, { loss: 1, memory: 15 }))).to.equal(undefined);
    expect(missesOf({ ...ended(0, { loss: 1 }), outcomes: [] })).to.equal(undefined);
  });

  const trial = (number: number, value: number, constraints?: readonly number[]): Trial => ({
    id: number,
    number,
    state: "complete",
    configuration: {},
    value,
    values: [value],
    ended: number,
    reports: [],
    journaled: [],
    startedAtMs: 0,
    endedAtMs: 1,
    reason: null,
    draw: number,
    initial: null,
    slot: null,
    retryOf: null,
    attributes: constraints === undefined ? {} : { constraints },
  });
  const trials = [trial(0, 1, [0, 5]), trial(1, 3, [0, -2]), trial(2, 0, [6, 0]), trial(3, 4)];

  it("decide before the objective does, also when none keeps them all", () => {
    expect(rankTrials(trials, "minimize").map((placed) => placed.trial.number)).to.deep.equal([
      1, 3, 0, 2,
    ]);
    expect(bestTrial(trials, "minimize")?.number).to.equal(1);
    expect(
      bestTrial(
        [trials[2], trials[0]].flatMap((each) => each ?? []),
        "minimize",
      )?.number,
    ).to.equal(0);
  });

  it("reach the samplers", () => {
    expect(historyOf(trials).observations.map(({ violation }) => violation)).to.deep.equal([
      5, 0, 6, 0,
    ]);
  });
});
