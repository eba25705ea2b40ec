import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { factsOf, said, sweepOf, withLines } from "../../support/said.js";

const fixture = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, "../../fixtures/sweeps", name), "utf8");
const deck = (...lines: string[]) => withLines("sweepdeck:", ...lines.map((line) => `  ${line}`));

describe("the sweepdeck block", () => {
  it("has a default for everything", () => {
    expect(sweepOf(withLines()).deck).to.deep.equal({
      sampler: {},
      slots: { parallel: "auto" },
      env: {},
      limits: { failures: 5 },
      retries: 0,
      metrics: { value: "best" },
    });
  });

  it("is typed, its durations in milliseconds, its variables as they are written", () => {
    expect(sweepOf(fixture("deck.yaml")).deck).to.deep.equal({
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
      "sampler: {type: tpe}",
      "initial: [defaults, {lr: 0.1}]",
      "conditions: {lr: {optimizer: sgd}}",
      'constraints: ["a * b <= 4096"]',
      "zip: [[warmup, lr]]",
      "repeats: {count: 3, seed_parameter: seed}",
      "objectives: [{name: a}, {name: b}]",
      "stopping: [{type: asha}]",
      "slots: {gpus: 0.5, wait_for_idle_gpu: true}",
      "executor: {slurm: {partition: gpu}}",
      "limits: {trial_memory: 12GiB}",
      "metrics: {from: [tensorboard]}",
    );
    expect(said(text)).to.deep.equal(
      [
        ...["tpe", "initial", "conditions", "constraints", "zip", "repeats", "objectives"],
        ...["stopping", "0.5", "wait_for_idle_gpu", "executor", "trial_memory", "tensorboard"],
      ].map((where) => `warning not-supported-yet «${where}»`),
    );
    expect(sweepOf(text).space.parameters).to.have.length(1);
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
    expect(said(deck("slots:"))).to.deep.equal(["warning null-block «slots»"]);
    expect(sweepOf(deck("slots:")).deck.slots).to.deep.equal({ parallel: "auto" });
    expect(said(withLines("sweepdeck:"))).to.deep.equal(["warning null-block «sweepdeck»"]);
  });

  it("takes no broken pattern", () => {
    expect(said(deck("metrics: {pattern: '(loss'}"))).to.deep.equal([
      "error pattern-invalid «'(loss'»",
    ]);
  });
});
