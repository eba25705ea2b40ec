import { expect } from "chai";
import {
  type BohbOptions,
  bohbSampler,
  referenceBandwidth,
  splitAtBudget,
} from "../../../src/search/bohb.js";
import { evidenceOf } from "../../../src/search/evidence.js";
import { randomSampler } from "../../../src/search/random.js";
import type { Observation } from "../../../src/space/history.js";
import { proposals, samplerContract, setupOf } from "../../support/sampler-contract.js";
import { drawnFrom, observed } from "../../support/sampler-histories.js";
import { searchOf } from "../../support/sampler-spaces.js";

const defaults: BohbOptions = {
  topFraction: 0.15,
  candidates: 64,
  randomFraction: 1 / 3,
  bandwidthFactor: 3,
};

const mixed = searchOf(`
  lr: {distribution: log_uniform_values, min: 0.001, max: 1}
  width: {values: [8, 16, 32, 64]}
  layers: {min: 1, max: 8}
  optimizer: {values: [sgd, adam]}`);

samplerContract("BOHB", { make: (setup) => bohbSampler(setup, defaults), space: mixed.space });
samplerContract("BOHB without chance", {
  make: (setup) => bohbSampler(setup, { ...defaults, randomFraction: 0, minPoints: 2 }),
  space: mixed.space,
});

const setup = setupOf(mixed.space, 1);

/** Trials with so many reports, each of which falls from a start that its number decides. */
function curves(...lengths: readonly number[]): readonly Observation[] {
  return drawnFrom(mixed, lengths.length).map((configuration, index) => ({
    ...observed(configuration, index, "pruned"),
    reports: Array.from({ length: lengths[index] ?? 0 }, (_, step) => [
      step * 10,
      // At the first budget later trials are better, further on earlier ones.
      step === 0 ? 100 - index : index,
    ]),
  }));
}

const splitOf = (observations: readonly Observation[], minPoints: number, sign = 1) =>
  splitAtBudget(
    evidenceOf(setup, { draws: observations.length, observations }),
    sign,
    minPoints,
    0.15,
  );

describe("BOHB's budgets", () => {
  it("are the largest number of reports that enough trials have made", () => {
    expect(splitOf(curves(1, 1, 1, 1), 3)).to.equal(undefined);
    expect(splitOf(curves(1, 1, 1, 1, 1), 3)).to.include({ budget: 1 });
    const five = curves(1, 9, 3, 1, 3, 27, 3, 1, 9);
    expect(splitOf(five, 3)).to.deep.equal({
      budget: 3,
      good: [1, 2, 4],
      others: [5, 6, 8],
    });
    expect(splitOf(five, 2)).to.include({ budget: 3 });
    expect(splitOf(five, 1)).to.include({ budget: 9 });
  });

  it("compare trials by what each had reported there, however far it went", () => {
    expect(splitOf(curves(1, 1, 1, 9, 1, 1), 2)).to.deep.equal({
      budget: 1,
      good: [4, 5],
      others: [0, 1, 2, 3],
    });
    expect(splitOf(curves(1, 1, 1, 9, 1, 1), 2, -1)?.good).to.deep.equal([0, 1]);
  });

  it("call the best 15 % good where that is more", () => {
    const many = curves(...Array.from({ length: 40 }, () => 2));
    expect(splitOf(many, 3)?.good).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it("count what failed among the worst, and final results at any budget", () => {
    const [first, ...rest] = curves(2, 2, 2, 2, 2);
    const failed: Observation[] = rest.map((each) => ({ ...each, state: "failed", reports: [] }));
    if (first === undefined) throw new Error("no curves");
    expect(splitOf([first, ...failed], 2)).to.equal(undefined);
    expect(splitOf([...curves(2, 2, 2, 2), ...failed], 2)?.good).to.deep.equal([0, 1]);
    const final: Observation[] = rest.map((each) => ({
      ...each,
      state: "complete",
      value: -1,
      reports: [],
    }));
    expect(splitOf([first, ...final], 2)).to.deep.include({ budget: Infinity, good: [1, 2] });
  });
});

describe("BOHB", () => {
  it("draws a third at random, and the rest from where the results are good", () => {
    const line = searchOf("\n  x: {min: 0.0, max: 1.0}");
    const observations = Array.from({ length: 60 }, (_, index) => ({
      ...observed({ x: index / 60 }, index),
      reports: [[1, Math.abs(index / 60 - 0.3)]] as const,
    }));
    const make = (seed: number) => setupOf(line.space, seed, { search: line });
    const history = { draws: 60, observations };
    const asked = Array.from({ length: 300 }, (_, seed) => ({
      ours: bohbSampler(make(seed), defaults).ask(history),
      random: randomSampler(make(seed)).ask(history),
    }));
    const atRandom = asked.filter(
      ({ ours, random }) => JSON.stringify(ours) === JSON.stringify(random),
    );
    expect(atRandom.length).to.be.within(75, 125);
    const modelled = asked.filter((each) => !atRandom.includes(each));
    const near = modelled.filter(
      ({ ours }) =>
        ours.kind === "configuration" && Math.abs(Number(ours.configuration["x"]) - 0.3) < 0.15,
    );
    expect(near.length / modelled.length).to.be.above(0.85);
  });

  it("is random search as long as no budget has enough results", () => {
    expect(proposals(bohbSampler(setup, defaults), 6)).to.deep.equal(
      proposals(randomSampler(setup), 6),
    );
  });

  it("spreads kernels by the normal reference rule, and no less than a thousandth", () => {
    const widths = new Float64Array(4);
    referenceBandwidth(2, 1)(Float64Array.of(0.2, 0.4, 0.6, 0.8), widths);
    // 1.06 times the standard deviation, sqrt(0.05), times 4^(-1/6).
    expect(widths[0]).to.be.closeTo(1.06 * Math.sqrt(0.05) * 4 ** (-1 / 6), 1e-12);
    referenceBandwidth(2, 3)(Float64Array.of(0.5, 0.5, 0.5, 0.5), widths);
    expect([...widths]).to.deep.equal([0.003, 0.003, 0.003, 0.003]);
  });
});
