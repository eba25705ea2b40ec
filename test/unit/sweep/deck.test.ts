import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { factsOf, said, sweepOf, withLines } from "../../support/said.js";

const fixture = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, "../../fixtures/sweeps/valid", name), "utf8");
const deck = (...lines: string[]) => withLines("sweepdeck:", ...lines.map((line) => `  ${line}`));

describe("the sweepdeck block", () => {
  it("has a default for everything", () => {
    expect(sweepOf(withLines()).deck).to.deep.equal({
      sampler: {},
      slots: { parallel: "auto" },
      executor: { kind: "local" },
      env: {},
      limits: { failures: 5 },
      retries: 0,
      metrics: { value: "best" },
      initial: [],
      conditions: [],
      constraints: [],
      zip: [],
      objectives: [],
      stopping: [],
    });
  });

  it("is typed, its durations in milliseconds, its variables as they are written", () => {
    const { deck: read } = sweepOf(fixture("deck.yaml"));
    expect(read).to.deep.include({
      sampler: { type: "random", seed: 7 },
      slots: { parallel: 2, gpus: 1 },
      env: { OMP_NUM_THREADS: "04", DEBUG: "yes", NOTE: "two words" },
      cwd: "experiments",
      limits: { trialTimeMs: 5_400_000, totalTimeMs: 43_200_000, failures: 3 },
      retries: 1,
      metrics: {
        value: "last",
        from: ["output", "jsonl"],
        pattern: "(?<name>\\w+)=(?<value>\\S+)",
      },
    });
  });

  it("takes seconds, and durations with units, and no others", () => {
    const trialTime = (text: string) =>
      sweepOf(deck(`limits: {trial_time: ${text}}`)).deck.limits.trialTimeMs;
    expect(trialTime("90")).to.equal(90_000);
    expect(trialTime("0.5")).to.equal(500);
    expect(trialTime("500ms")).to.equal(500);
    expect(trialTime("2m30s")).to.equal(150_000);
    expect(trialTime("1.5h")).to.equal(5_400_000);
    expect(said(deck("limits: {trial_time: 2 hours}"))).to.deep.equal([
      "error not-of-the-form «2 hours»",
    ]);
    expect(said(deck("limits: {total_time: 0}"))).to.deep.equal(["error out-of-bounds «0»"]);
  });

  it("says of everything that is not honoured yet what happens instead", () => {
    const text = deck(
      "sampler: {type: optuna}",
      "repeats: {count: 3, seed_parameter: seed}",
      "slots: {gpus: 0.5, wait_for_idle_gpu: true}",
      "executor: {slurm: {partition: gpu}}",
      "limits: {trial_memory: 12GiB}",
      "metrics: {from: [tensorboard]}",
    );
    expect(said(text)).to.deep.equal(
      [
        ...["optuna", "repeats"],
        ...["0.5", "wait_for_idle_gpu", "slurm", "trial_memory", "tensorboard"],
      ].map((where) => `warning not-supported-yet «${where}»`),
    );
    expect(sweepOf(text).space.parameters).to.have.length(1);
  });

  it("takes several objectives for a metric, whatever the method", () => {
    for (const method of ["bayes", "random"]) {
      const text = `program: train.py
method: ${method}
parameters: {lr: {min: 0.1, max: 0.2}}
sweepdeck: {objectives: [{name: loss}, {name: seconds}]}`;
      expect(said(text)).to.deep.equal([]);
    }
  });

  it("has no keys but its own", () => {
    expect(factsOf(deck("retires: 2"), "unknown-key").closest).to.equal("retries");
    expect(factsOf(deck("slots: {paralel: 2}"), "unknown-key").where).to.equal("sweepdeck.slots");
  });

  it("takes a number of slots or auto", () => {
    expect(sweepOf(deck("slots: {parallel: auto}")).deck.slots.parallel).to.equal("auto");
    expect(said(deck("slots: {parallel: 0}"))).to.deep.equal(["error out-of-bounds «0»"]);
    expect(factsOf(deck("slots: {parallel: atuo}"), "unknown-value").closest).to.equal("auto");
    expect(said(deck("slots: {parallel: [2]}"))).to.deep.equal(["error wrong-type «[2]»"]);
  });

  it("may be half written: an empty block counts as absent", () => {
    expect(said(deck("slots:"))).to.deep.equal(["hint null-block «slots»"]);
    expect(sweepOf(deck("slots:")).deck.slots).to.deep.equal({ parallel: "auto" });
    expect(said(withLines("sweepdeck:"))).to.deep.equal(["hint null-block «sweepdeck»"]);
  });

  it("takes no broken pattern", () => {
    expect(said(deck("metrics: {pattern: '(loss'}"))).to.deep.equal([
      "error pattern-invalid «'(loss'»",
    ]);
  });

  it("gives each sampler its own options, and their defaults", () => {
    const sampler = (text: string) => sweepOf(deck(`sampler: ${text}`)).deck.sampler;
    expect(sampler("{type: tpe, seed: 3, startup_trials: 5}")).to.deep.equal({
      type: "tpe",
      seed: 3,
      startupTrials: 5,
      candidates: 24,
      constantLiar: true,
    });
    expect(sampler("{type: pbt}")).to.deep.include({ quantile: 0.25, factors: [0.8, 1.2] });
    expect(sampler("{type: optuna, options: {n_startup_trials: 5}}")).to.deep.include({
      sampler: "TPESampler",
      options: { n_startup_trials: 5 },
    });
    const foreign = factsOf(deck("sampler: {type: gp, candidate: 3}"), "unknown-key");
    expect(foreign.allowed).to.include("deterministic").and.not.to.include("candidates");
    expect(factsOf(deck("sampler: {type: bayes}"), "unknown-value").allowed).to.include("gp");
    expect(said(deck("sampler: {startup_trials: 3}"))).to.deep.equal([
      "error unknown-key «startup_trials»",
    ]);
  });

  it("gives each stopping rule its own options, and their defaults", () => {
    const text = deck(
      "stopping:",
      "  - {type: asha, max_steps: 81}",
      "  - {type: median}",
      "  - {type: patience, patience: 5, metric: loss}",
      "  - {type: threshold, upper: 1e3}",
    );
    expect(sweepOf(`metric: {name: loss}\n${text}`).deck.stopping).to.deep.equal([
      { type: "asha", maxSteps: 81, eta: 4, brackets: 1 },
      { type: "median", startupTrials: 5, minTrials: 1, warmupSteps: 0, interval: 1 },
      { type: "patience", patience: 5, metric: "loss", minDelta: 0, warmupSteps: 0 },
      { type: "threshold", upper: 1000, warmupSteps: 0, interval: 1 },
    ]);
    const types = [
      ...["hyperband", "asha", "median", "percentile, percentile: 25", "patience, patience: 3"],
      ...["plateau", "threshold, lower: 0", "target, value: 0.9", "divergence", "wilcoxon"],
    ];
    for (const type of types) {
      const errors = said(deck(`stopping: [{type: ${type}, metric: loss}]`)).filter((each) =>
        each.startsWith("error"),
      );
      expect(errors, type).to.deep.equal([]);
    }
    const nameless = factsOf(deck("stopping: [{patience: 3}]"), "missing-key");
    expect(nameless).to.include({ key: "type", where: "sweepdeck.stopping[0]" });
    expect(factsOf(deck("stopping: [{type: medain}]"), "unknown-value").closest).to.equal("median");
  });

  it("says where trials run, in one of three places", () => {
    const executor = (text: string) => sweepOf(deck(`executor: ${text}`)).deck.executor;
    expect(executor("local")).to.deep.equal({ kind: "local" });
    expect(executor("slurm")).to.deep.equal({ kind: "slurm", setup: [], options: [] });
    expect(
      executor("{slurm: {partition: gpu, time: 2h, memory: 16GiB, gpu_type: a100}}"),
    ).to.deep.equal({
      ...{ kind: "slurm", partition: "gpu", timeMs: 7_200_000, memoryBytes: 16 * 2 ** 30 },
      ...{ gpuType: "a100", setup: [], options: [] },
    });
    expect(executor("{ray: {cpus: 4}}")).to.deep.equal({
      ...{ kind: "ray", address: "auto", cpus: 4, resources: {}, runtimeEnv: {} },
    });
    expect(factsOf(deck("executor: {slrum: {}}"), "unknown-key").closest).to.equal("slurm");
  });

  it("reads sizes by 1000 and by 1024", () => {
    const memory = (text: string) =>
      sweepOf(deck(`limits: {trial_memory: ${text}}`)).deck.limits.trialMemoryBytes;
    expect(memory("512")).to.equal(512);
    expect(memory("1.5GB")).to.equal(1_500_000_000);
    expect(memory("2MiB")).to.equal(2_097_152);
    expect(memory("12kB")).to.equal(12_000);
  });
});

describe("what the sweepdeck block says of parameters", () => {
  const sweep = (...lines: readonly string[]) =>
    [
      "method: random",
      "metric: {name: loss}",
      "parameters:",
      "  lr: {distribution: log_uniform_values, min: 1.0e-4, max: 0.1}",
      "  optimizer: {values: [adam, sgd]}",
      "  sgd: {parameters: {momentum: {min: 0.5, max: 0.99}, nesterov: {values: [true, false]}}}",
      "  layers: {min: 1, max: 8}",
      "sweepdeck:",
      ...lines.map((line) => `  ${line}`),
      "",
    ].join("\n");

  it("is carried by name, groups taken apart", () => {
    const { deck: read } = sweepOf(
      sweep(
        "initial: [defaults, {lr: 1e-3, sgd: {momentum: 0.9}}, {sgd.momentum: 0.8}]",
        'conditions: {sgd: {optimizer: sgd}, lr: {layers: ">= 2"}}',
        'constraints: ["lr * layers <= 0.5"]',
        "repeats: {count: 3, seed_parameter: seed}",
        "objectives: [{name: loss}, {name: accuracy, goal: maximize}]",
      ),
    );
    expect(read.initial).to.deep.equal([
      "defaults",
      { lr: 1e-3, "sgd.momentum": 0.9 },
      { "sgd.momentum": 0.8 },
    ]);
    const onlySgd = [{ kind: "one-of", parameter: "optimizer", values: ["sgd"] }];
    expect(read.conditions).to.deep.equal([
      { parameter: "sgd.momentum", requirements: onlySgd },
      { parameter: "sgd.nesterov", requirements: onlySgd },
      {
        parameter: "lr",
        requirements: [{ kind: "compared", parameter: "layers", operator: ">=", value: 2 }],
      },
    ]);
    expect(read.constraints.map(({ text }) => text)).to.deep.equal(["lr * layers <= 0.5"]);
    expect(read.repeats).to.deep.equal({ count: 3, seedParameter: "seed" });
    expect(read.objectives.map(({ name, goal }) => `${name} ${goal}`)).to.deep.equal([
      "loss minimize",
      "accuracy maximize",
    ]);
  });

  it("may name a parameter whose definition is half written", () => {
    const text = sweep("conditions: {extra: {optimizer: sgd}}", 'constraints: ["extra < 3"]');
    const half = text.replace("  layers:", "  extra: {min: 1}\n  layers:");
    expect(said(half).filter((each) => each.includes("unknown-parameter"))).to.deep.equal([]);
  });

  it("takes a parameter by its bare name for the one in a group", () => {
    const problem = factsOf(sweep("conditions: {momentum: {optimizer: sgd}}"), "unknown-parameter");
    expect(problem.closest).to.equal("sgd.momentum");
  });

  it("says nothing of what may be right", () => {
    const text = sweep(
      "initial: [{lr: 0.1, optimizer: adam, layers: 8}]",
      'conditions: {sgd: {optimizer: [sgd, adam], layers: "!= 3"}}',
      "constraints:",
      "  - sgd.momentum > 2",
      "  - optimizer == 'sgd' or lr < 0.01",
      "  - log(lr, 10) * layers <= -3",
      "  - layers in [1, 2, 4] and not (optimizer == 'adam' and layers > 2)",
    );
    expect(said(text).filter((each) => !each.includes("not-supported-yet"))).to.deep.equal([]);
  });

  it("points into a constraint however it is quoted", () => {
    const at = (written: string) =>
      said(sweep(`constraints: [${written}]`)).filter((each) => each.startsWith("error"));
    for (const written of ["lx > 1", "'lx > 1'", '"lx > 1"']) {
      expect(at(written)).to.deep.equal(["error unknown-parameter «lx»"]);
    }
    // An escape moves what comes after it: then the whole is pointed at.
    expect(at('"lr\\x20> lx"')).to.deep.equal(['error unknown-parameter «"lr\\x20> lx"»']);
  });
});
