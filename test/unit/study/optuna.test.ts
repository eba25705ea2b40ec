import path from "node:path";
import { expect } from "chai";
import { quantile } from "../../../src/space/distribution.js";
import type { Configuration, Distribution, Space } from "../../../src/space/space.js";
import type { Json } from "../../../src/space/value.js";
import { encodeSpace } from "../../../src/study/encoding.js";
import { Journal } from "../../../src/study/journal.js";
import { addTrial, beginStudy, spaceOf, temporaryFolder } from "../../support/journals.js";
import { type OptunaStudy, type OptunaView, openInOptuna } from "../../support/optuna.js";

/** Every kind of distribution, and what Optuna is to see of it. */
const distributions: Record<string, { of: Distribution; seen: Record<string, Json> }> = {
  uniform: {
    of: { kind: "uniform", min: 0, max: 3 },
    seen: { name: "FloatDistribution", low: 0, high: 3, log: false, step: null },
  },
  "uniform log": {
    of: { kind: "log_uniform_values", min: 1e-4, max: 1 },
    seen: { name: "FloatDistribution", low: 1e-4, high: 1, log: true, step: null },
  },
  "uniform log, inverse": {
    of: { kind: "inv_log_uniform_values", min: 1e-4, max: 1 },
    seen: { name: "FloatDistribution", low: 1e-4, high: 1, log: true, step: null },
  },
  "log of exponents": {
    of: { kind: "log_uniform", min: -3, max: 1 },
    seen: { name: "FloatDistribution", low: Math.exp(-3), high: Math.E, log: true, step: null },
  },
  "log of exponents, inverse": {
    of: { kind: "inv_log_uniform", min: -3, max: 1 },
    seen: {
      name: "FloatDistribution",
      low: Math.exp(-1),
      high: Math.exp(3),
      log: true,
      step: null,
    },
  },
  integers: {
    of: { kind: "int_uniform", min: -2, max: 9 },
    seen: { name: "IntDistribution", low: -2, high: 9, log: false, step: 1 },
  },
  "steps off the bounds": {
    of: { kind: "q_uniform", min: 1, max: 10, q: 4 },
    seen: { name: "IntDistribution", low: 0, high: 8, log: false, step: 4 },
  },
  "steps of a tenth": {
    of: { kind: "q_uniform", min: 0.1, max: 0.7, q: 0.1 },
    seen: { name: "FloatDistribution", low: 0.1, high: 0.7, log: false, step: 0.1 },
  },
  "steps of a third": {
    of: { kind: "q_uniform", min: 0, max: 3, q: 1 / 3 },
    seen: { name: "FloatDistribution", low: 0, high: 3, log: false, step: null },
  },
  "steps on a log scale": {
    of: { kind: "q_log_uniform_values", min: 8, max: 512, q: 8 },
    seen: { name: "FloatDistribution", low: 8, high: 512, log: true, step: null },
  },
  "steps on a log scale down to 0": {
    of: { kind: "q_log_uniform_values", min: 1, max: 100, q: 4 },
    seen: { name: "IntDistribution", low: 0, high: 100, log: false, step: 4 },
  },
  "steps of exponents": {
    of: { kind: "q_log_uniform", min: 0, max: 3, q: 0.5 },
    seen: { name: "FloatDistribution", low: 1, high: 20, log: true, step: null },
  },
  normal: {
    of: { kind: "normal", mu: 1, sigma: 0.5 },
    seen: {
      name: "FloatDistribution",
      low: quantile({ kind: "normal", mu: 1, sigma: 0.5 }, 1e-9),
      high: quantile({ kind: "normal", mu: 1, sigma: 0.5 }, 1 - 1e-9),
      log: false,
      step: null,
    },
  },
  "normal without spread": {
    of: { kind: "normal", mu: 1, sigma: 0 },
    seen: { name: "FloatDistribution", low: 1, high: 1, log: false, step: null },
  },
  "normal in steps": {
    of: { kind: "q_normal", mu: 0, sigma: 1, q: 0.5 },
    seen: { name: "FloatDistribution", low: -6, high: 6, log: false, step: 0.5 },
  },
  "log normal": {
    of: { kind: "log_normal", mu: 0, sigma: 1 },
    seen: {
      name: "FloatDistribution",
      low: quantile({ kind: "log_normal", mu: 0, sigma: 1 }, 1e-9),
      high: quantile({ kind: "log_normal", mu: 0, sigma: 1 }, 1 - 1e-9),
      log: true,
      step: null,
    },
  },
  "log normal in steps": {
    of: { kind: "q_log_normal", mu: 6, sigma: 0.5, q: 2 },
    seen: { name: "FloatDistribution", low: 20, high: 8094, log: true, step: null },
  },
  beta: {
    of: { kind: "beta", a: 2, b: 5 },
    seen: { name: "FloatDistribution", low: 0, high: 1, log: false, step: null },
  },
  "beta in steps": {
    of: { kind: "q_beta", a: 2, b: 5, q: 0.1 },
    seen: { name: "FloatDistribution", low: 0, high: 1, log: false, step: 0.1 },
  },
  words: {
    of: { kind: "categorical", values: ["sgd", "adam"] },
    seen: { name: "CategoricalDistribution", choices: ["sgd", "adam"] },
  },
  "weighted words": {
    of: { kind: "categorical", values: ["sgd", "adam"], probabilities: [0.9, 0.1] },
    seen: { name: "CategoricalDistribution", choices: ["sgd", "adam"] },
  },
  "nothing, yes, numbers": {
    of: { kind: "categorical", values: [null, true, 2, 0.5, "2"] },
    seen: { name: "CategoricalDistribution", choices: [null, true, 2, 0.5, "2"] },
  },
  "equals in Python": {
    of: { kind: "categorical", values: [1, true, "1"] },
    seen: { name: "CategoricalDistribution", choices: ["1", "true", '"1"'] },
  },
  "a value twice": {
    of: { kind: "categorical", values: [16, 32, 16] },
    seen: { name: "CategoricalDistribution", choices: [16, 32] },
  },
  "lists and maps": {
    of: { kind: "categorical", values: [[16, 32], { depth: 2 }, []] },
    seen: { name: "CategoricalDistribution", choices: ["[16,32]", '{"depth":2}', "[]"] },
  },
  "not numbers": {
    of: { kind: "categorical", values: [Number.NaN, Number.POSITIVE_INFINITY, 1] },
    seen: { name: "CategoricalDistribution", choices: ["NaN", "Infinity", "1"] },
  },
};

/** Draws over the whole range, the far tails among them. */
const probabilities = [1e-12, 1e-3, 0.2, 0.5, 0.8, 0.999, 1 - 1e-12];

function draws(space: Space): readonly Configuration[] {
  const { clip } = encodeSpace(space);
  return probabilities.map((probability) =>
    clip(
      Object.fromEntries(
        space.parameters.map(({ name, distribution }) => [
          name,
          quantile(distribution, probability),
        ]),
      ),
    ),
  );
}

describe("a journal of ours, opened by Optuna", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let kinds: OptunaView;
  let states: OptunaView;

  before(() => {
    const kindsFile = path.join(folder.path, "kinds.log");
    const statesFile = path.join(folder.path, "states.log");
    writeKinds(kindsFile);
    writeStates(statesFile);
    const [first, second] = openInOptuna([
      { file: kindsFile, ask: Object.keys(distributions) },
      { file: statesFile, ask: ["states", "hostile", "conditional"] },
    ]);
    kinds = first!;
    states = second!;
  });

  const studyOf = (view: OptunaView, name: string): OptunaStudy =>
    view.studies.find((study) => study.name === name)!;

  for (const [name, { of, seen }] of Object.entries(distributions)) {
    it(`shows ${name} as ${String(seen.name)}, each value inside it and exact`, () => {
      const study = studyOf(kinds, name);
      const space = spaceOf({ x: of });
      const expected = draws(space).map(({ x }) => x);
      study.trials.forEach((trial, index) => {
        expect(trial.distributions.x).to.deep.equal(seen);
        const { x } = trial.params;
        if (Array.isArray(seen.choices)) expect(seen.choices).to.include(x);
        else expect(x).to.equal(expected[index]);
        // The uppermost step may be a product that lies a hair above the decimal bound.
        if (Math.abs(Number(x) - Number(seen.high)) > 1e-9) expect(trial.inside.x).to.equal(true);
      });
      expect(study.trials).to.have.length(probabilities.length);
      expect(kinds.asked[name]).to.have.keys("x");
      expect(study.dashboard).to.deep.include({
        listing: 200,
        study: 200,
        trials: probabilities.length,
        json: true,
      });
    });
  }

  it("has Python read floats as float and integers as int", () => {
    expect(studyOf(kinds, "uniform").trials[0]!.types.x).to.equal("float");
    expect(studyOf(kinds, "integers").trials[0]!.types.x).to.equal("int");
    expect(studyOf(kinds, "steps off the bounds").trials[0]!.types.x).to.equal("int");
    expect(studyOf(kinds, "normal in steps").trials[0]!.types.x).to.equal("float");
  });

  it("never has Optuna correct a range", () => {
    expect(kinds.complaints).to.deep.equal([]);
    expect(states.complaints).to.deep.equal([]);
  });

  it("keeps the constants out of the parameters, and in the study", () => {
    const study = studyOf(states, "states");
    expect(study.trials[0]!.params).to.have.keys("lr");
    expect(study.user["sweepdeck:constants"]).to.deep.equal({ epochs: 12 });
  });

  it("tells complete, pruned, failed, stopped, lost and running trials apart", () => {
    const { trials } = studyOf(states, "states");
    const seen = trials.map(({ state, values, user }) => [
      state,
      values,
      user["sweepdeck:state"] ?? null,
      user["sweepdeck:reason"] ?? null,
    ]);
    expect(seen).to.deep.equal([
      ["COMPLETE", [0.5], null, null],
      ["PRUNED", [0.9], null, "worse than the median"],
      ["PRUNED", null, null, "no report in time"],
      ["FAIL", null, null, "exit 1"],
      ["FAIL", null, "stopped", "stopped by ada"],
      ["FAIL", null, "interrupted", "interrupted with the sweep"],
      ["FAIL", null, null, "its objective was never a number"],
      ["COMPLETE", [Number.POSITIVE_INFINITY], null, null],
      ["RUNNING", null, null, null],
      ["RUNNING", null, "lost", null],
    ]);
  });

  it("gives Optuna the reports, NaN and infinity among them, and the times", () => {
    const { trials } = studyOf(states, "states");
    expect(trials[0]!.reports).to.deep.equal([
      [0, 0.9],
      [1, Number.NaN],
      [2, 0.5],
    ]);
    expect(trials[7]!.reports).to.deep.equal([[0, Number.POSITIVE_INFINITY]]);
    expect(trials[0]!.ended! - trials[0]!.started!).to.equal(30);
  });

  it("names the metric, and the trial that a retry repeats, under Optuna's own keys", () => {
    const study = studyOf(states, "states");
    expect(study.system["study:metric_names"]).to.deep.equal(["loss"]);
    expect(study.trials[8]!.system).to.deep.equal({ failed_trial: 3, retry_history: [3] });
  });

  it("lets TPE suggest and the dashboard serve, whatever the states", () => {
    const study = studyOf(states, "states");
    expect(states.asked.states).to.have.keys("lr");
    expect(study.dashboard).to.deep.include({ listing: 200, study: 200, trials: 10 });
  });

  it("stands hostile names and values", () => {
    const study = studyOf(states, "hostile");
    expect(study.trials[0]!.params).to.deep.equal(
      Object.fromEntries(hostile.map(([name, [value]]) => [name, value])),
    );
    expect(study.dashboard).to.deep.include({ study: 200, trials: 2, json: true });
  });

  it("has no placeholder where a parameter does not apply", () => {
    const study = studyOf(states, "conditional");
    expect(study.trials.map(({ params }) => params)).to.deep.equal([
      { optimizer: "sgd", momentum: 0.9 },
      { optimizer: "adam" },
      { optimizer: "sgd", momentum: 0.5 },
    ]);
    expect(states.asked.conditional).to.have.keys("optimizer", "momentum");
    expect(study.dashboard).to.deep.include({ study: 200, trials: 3, json: true });
  });

  it("keeps what no distribution can hold out of the parameters, and with the trial", () => {
    const [trial] = studyOf(states, "odd").trials;
    expect(trial!.params).to.deep.equal({ lr: 7.5 });
    expect(trial!.user["sweepdeck:constants"]).to.deep.equal({
      optimizer: "lion",
      epochs: 3,
      width: null,
    });
    expect(studyOf(states, "odd").dashboard.study).to.equal(200);
  });

  it("shows two objectives", () => {
    const study = studyOf(states, "front");
    expect(study.directions).to.deep.equal(["MINIMIZE", "MAXIMIZE"]);
    expect(study.trials[0]!.values).to.deep.equal([0.5, 0.75]);
    expect(study.dashboard.study).to.equal(200);
  });
});

function writeKinds(file: string): void {
  using journal = Journal.open(file, { writer: "test" });
  for (const [name, { of }] of Object.entries(distributions)) {
    const space = spaceOf({ x: of });
    const study = beginStudy(journal, { name, space });
    draws(space).forEach((configuration, index) => {
      addTrial(journal, study, space, {
        configuration,
        end: { state: "complete", values: [index / 10] },
      });
    });
  }
}

function writeStates(file: string): void {
  using journal = Journal.open(file, { writer: "test" });
  const space = spaceOf({
    lr: { kind: "uniform", min: 0, max: 1 },
    epochs: { kind: "constant", value: 12 },
  });
  const study = beginStudy(journal, { name: "states", space });
  const reason = (text: string) => ({ "sweepdeck:reason": text });
  const configuration = { lr: 0.5, epochs: 12 };
  const add = (planned: Partial<Parameters<typeof addTrial>[3]>) =>
    addTrial(journal, study, space, { configuration, ...planned });
  add({
    reports: [
      [0, 0.9],
      [1, Number.NaN],
      [2, 0.5],
    ],
    end: { state: "complete", values: [0.5] },
  });
  add({
    reports: [[0, 0.9]],
    end: { state: "pruned", values: [0.9], attributes: reason("worse than the median") },
  });
  add({ end: { state: "pruned", values: null, attributes: reason("no report in time") } });
  add({ end: { state: "failed", attributes: reason("exit 1") } });
  add({ end: { state: "stopped", attributes: reason("stopped by ada") } });
  add({
    end: {
      state: "stopped",
      attributes: { ...reason("interrupted with the sweep"), "sweepdeck:state": "interrupted" },
    },
  });
  add({ reports: [[0, Number.NaN]], end: { state: "complete", values: [Number.NaN] } });
  add({
    reports: [[0, Number.POSITIVE_INFINITY]],
    end: { state: "complete", values: [Number.POSITIVE_INFINITY] },
  });
  add({ attributes: { failed_trial: 3, retry_history: [3], "sweepdeck:retry_of": 3 } });
  const lost = add({});
  journal.setTrialAttributes(lost.id, { "sweepdeck:state": "lost" });
  writeHostile(journal);
  writeFront(journal);
  writeConditional(journal);
  writeOdd(journal);
}

function writeConditional(journal: Journal): void {
  const space = spaceOf({
    optimizer: { kind: "categorical", values: ["sgd", "adam"] },
    momentum: { kind: "uniform", min: 0, max: 1 },
  });
  const study = beginStudy(journal, { name: "conditional", space });
  for (const configuration of [
    { optimizer: "sgd", momentum: 0.9 },
    { optimizer: "adam" },
    { optimizer: "sgd", momentum: 0.5 },
  ]) {
    addTrial(journal, study, space, { configuration, end: { state: "complete", values: [0.5] } });
  }
}

/** A configuration that somebody made by hand. */
function writeOdd(journal: Journal): void {
  const space = spaceOf({
    lr: { kind: "uniform", min: 0, max: 1 },
    width: { kind: "int_uniform", min: 1, max: 9 },
    optimizer: { kind: "categorical", values: ["sgd", "adam"] },
    epochs: { kind: "constant", value: 12 },
  });
  const study = beginStudy(journal, { name: "odd", space });
  addTrial(journal, study, space, {
    configuration: { lr: 7.5, width: null, optimizer: "lion", epochs: 3 },
    end: { state: "complete", values: [0.5] },
  });
}

/** Names that break what takes them for something else, with the values to choose from. */
const hostile: readonly (readonly [name: string, values: readonly [Json, Json]])[] = [
  ["__proto__", ["own", "inherited"]],
  ["constructor", [1, 2]],
  ["model.width", [8, 16]],
  ["a.b.c", [0.5, 0.25]],
  ["<img src=x onerror=alert(1)>", ["<script>alert(1)</script>", "&amp;"]],
  ["n".repeat(3000), ["v".repeat(3000), ""]],
  ['quotes " and \\ and ,"distributions":{"x":1}', ["line\nbreak\u2028", "\u0000"]],
  ["Größe 学習率 🚀", ["\ud800", "½"]],
];

function writeHostile(journal: Journal): void {
  const space = spaceOf(
    Object.fromEntries(hostile.map(([name, values]) => [name, { kind: "categorical", values }])),
  );
  const study = beginStudy(journal, { name: "hostile", space });
  for (const choice of [0, 1] as const) {
    const configuration = Object.fromEntries(
      hostile.map(([name, values]) => [name, values[choice]]),
    );
    addTrial(journal, study, space, {
      configuration,
      attributes: { "sweepdeck:reason": '<b>"\n' },
      end: { state: "complete", values: [choice] },
    });
  }
}

function writeFront(journal: Journal): void {
  const space = spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } });
  const study = beginStudy(journal, {
    name: "front",
    space,
    goals: ["minimize", "maximize"],
    metricNames: ["loss", "accuracy"],
  });
  addTrial(journal, study, space, {
    configuration: { lr: 0.5 },
    end: { state: "complete", values: [0.5, 0.75] },
  });
}
