/** TPE held to Optuna 5's own functions: the same trials must be good, and weigh and spread alike. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect } from "chai";
import { evidenceOf } from "../../../src/search/evidence.js";
import { axisOf } from "../../../src/search/tpe/axis.js";
import { neighbourBandwidth } from "../../../src/search/tpe/kernels.js";
import { parzenEstimator } from "../../../src/search/tpe/parzen.js";
import { rowsKeeper } from "../../../src/search/tpe/rows.js";
import { belowCount, splitAt } from "../../../src/search/tpe/split.js";
import { rampWeights } from "../../../src/search/tpe/weights.js";
import type { Observation } from "../../../src/space/history.js";
import { type RandomStream, stream } from "../../../src/space/random.js";
import type { Configuration } from "../../../src/space/space.js";
import { peerPython } from "../../support/peers.js";
import { setupOf } from "../../support/sampler-contract.js";
import { drawnFrom, observed } from "../../support/sampler-histories.js";
import { searchOf } from "../../support/sampler-spaces.js";

interface Answer {
  readonly weights: readonly (readonly number[])[];
  readonly gamma: readonly number[];
  readonly gammaOfSeveral: readonly number[];
  readonly splits: readonly { readonly below: number[]; readonly above: number[] }[];
  readonly densities: readonly (readonly number[])[];
}

const counts = [0, 1, 2, 9, 10, 11, 24, 25, 26, 27, 30, 31, 60, 249, 250, 251, 300, 1000];

/** Those of the first lists are stepped: how NumPy sorts more than 16 equal numbers is not told. */
const parameters = {
  n: ["{min: 1, max: 16}", { kind: "int", low: 1, high: 16 }],
  step: [
    "{distribution: q_uniform, min: 0, max: 2, q: 0.25}",
    { kind: "float", low: 0, high: 2, step: 0.25 },
  ],
  size: [
    "{distribution: q_log_uniform_values, min: 1, max: 512, q: 1}",
    { kind: "int", low: 1, high: 512, log: true },
  ],
  x: ["{min: -5.0, max: 5.0}", { kind: "float", low: -5, high: 5 }],
  lr: [
    "{distribution: log_uniform_values, min: 0.00001, max: 1}",
    { kind: "float", low: 0.00001, high: 1, log: true },
  ],
  wide: ["{min: 0, max: 500000}", { kind: "int", low: 0, high: 500000 }],
  optimizer: [
    "{values: [sgd, adam, lion]}",
    { kind: "categorical", choices: ["sgd", "adam", "lion"] },
  ],
} as const;
/** A density over [0, 1] in place of one over the range. */
const logOfRanges = Math.log(10) + Math.log(Math.log(1e5));

function spaceOf(entries: readonly (readonly [string, readonly [string, object]])[]) {
  const search = searchOf(entries.map(([name, [ours]]) => `\n  ${name}: ${ours}`).join(""));
  return {
    search,
    theirs: Object.fromEntries(entries.map(([name, [, theirs]]) => [name, theirs])),
  };
}

const mixed = spaceOf(Object.entries(parameters));
const smooth = spaceOf(Object.entries(parameters).slice(3));

const densityCases = [
  ...[0, 1, 2, 5, 16].map((count) => ({ ...mixed, count })),
  ...[40, 150, 400].map((count) => ({ ...smooth, count })),
].map(({ search, theirs, count }) => ({
  search,
  theirs,
  observed: drawnFrom(search, count),
  // Where trials are, and where none are as long as there are few.
  asked: drawnFrom(search, 30),
}));

const objectives = ["minimize", "maximize"] as const;
const several = setupOf(mixed.search.space, 1, {
  objectives: objectives.map((goal) => ({
    name: goal,
    goal,
    impute: "worst",
    imputeWhileRunning: "false",
  })),
});
const maximised = { ...several, objectives: several.objectives.slice(1) };

const splitCases = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((seed) => {
  const observations = trialsOf(stream("trials").fork(seed), 40);
  const complete = observations.map((each) => ({ ...each, state: "complete" as const }));
  return [1, 4, 12, 25].flatMap((size) => [
    { setup: setupOf(mixed.search.space, 1), observations, size },
    { setup: maximised, observations, size },
    { setup: several, observations: complete, size },
  ]);
});

/** Of every state, few of them good. */
function trialsOf(draws: RandomStream, count: number): readonly Observation[] {
  return drawnFrom(mixed.search, count).map((configuration, index) => {
    const state = (["complete", "pruned", "running"] as const)[Math.floor(draws.next() * 3)];
    const steps = Math.floor(draws.next() * 4);
    const first = draws.next();
    // A curve on which one trial dominates another now and then.
    const second = 1 - first + 0.3 * draws.next();
    return {
      ...observed(configuration, index, state),
      value: first,
      values: [first, second],
      violation: draws.next() < 0.4 ? Math.ceil(draws.next() * 3) : 0,
      reports: Array.from({ length: steps }, (_, step) => [step, draws.next()] as const),
    };
  });
}

function ask(): Answer {
  const request = {
    counts,
    splits: splitCases.map(({ setup, observations, size }) => ({
      directions: setup.objectives.map(({ goal }) => goal),
      size,
      trials: observations.map(({ state, value, values, violation, reports }) => ({
        state: state.toUpperCase(),
        values: setup.objectives.length > 1 ? values : [value],
        violation: state === "running" ? null : violation,
        reports: setup.objectives.length > 1 ? [] : reports,
      })),
    })),
    densities: densityCases.map(({ theirs, observed: seen, asked }) => ({
      space: theirs,
      observed: seen,
      asked,
    })),
  };
  const script = path.join(import.meta.dirname, "../../support/tpe_oracle.py");
  const answer = execFileSync(peerPython(), [script], {
    input: JSON.stringify(request),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(answer) as Answer;
}

function densitiesOf({ search, observed: seen, asked }: (typeof densityCases)[number]) {
  const axes = search.dimensions.map(axisOf);
  const pointsOf = (all: readonly Configuration[]) =>
    all.flatMap((each) => search.pointOf(each) ?? []);
  const estimator = parzenEstimator({
    axes,
    columns: [...axes.keys()],
    rows: rowsKeeper(axes)(pointsOf(seen)),
    members: [...seen.keys()],
    weights: rampWeights(seen.length),
    bandwidth: neighbourBandwidth,
  });
  const places = pointsOf(asked).map((point) =>
    point.map((place, at) => axes[at]?.coordinateOf(place) ?? place),
  );
  return estimator.logDensities(places);
}

describe("TPE beside Optuna's", function () {
  this.timeout(120_000);
  let answer: Answer;
  before(() => {
    answer = ask();
  });

  it("weighs trials by their age as it does", () => {
    for (const [index, count] of counts.entries()) {
      const ours = rampWeights(count);
      expect(ours).to.have.length(count);
      for (const [at, weight] of (answer.weights[index] ?? []).entries()) {
        expect(ours[at]).to.be.closeTo(weight, 1e-14);
      }
    }
  });

  it("calls as many trials good", () => {
    expect(counts.map((count) => belowCount(count, 1))).to.deep.equal(answer.gamma);
    expect(counts.map((count) => belowCount(count, 2))).to.deep.equal(answer.gammaOfSeveral);
  });

  it("calls the same trials good: complete, pruned, infeasible and running, of one objective and two", () => {
    splitCases.forEach(({ setup, observations, size }, index) => {
      const evidence = evidenceOf(setup, { draws: observations.length, observations });
      const signs = setup.objectives.map(({ goal }) => (goal === "maximize" ? -1 : 1));
      expect(splitAt(evidence, size, signs)).to.deep.equal(answer.splits[index]);
    });
  });

  it("gives mixed configurations the same densities, from no trial to many", () => {
    densityCases.forEach((each, index) => {
      const ours = densitiesOf(each);
      expect(ours).to.have.length(answer.densities[index]?.length ?? 0);
      for (const [at, log] of (answer.densities[index] ?? []).entries()) {
        expect((ours[at] ?? 0) - logOfRanges).to.be.closeTo(log, 1e-4);
      }
    });
  });
});
