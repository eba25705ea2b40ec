import { expect } from "chai";
import fc from "fast-check";
import { applyEdits } from "../../../../src/language/edit.js";
import { practiceFixesFor } from "../../../../src/language/practice/fixes.js";
import { practiceMessageOf } from "../../../../src/language/practice/messages.js";
import { practiceProblemsOf } from "../../../../src/language/practice/problems.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { problemFolders, readBefore } from "../../../support/problem-folders.js";

/** `code at words` of each finding. */
function advised(text: string): readonly string[] {
  return practiceProblemsOf(parseSweep(text), nothingKnown).map(
    ({ code, range }) => `${code} at ${text.slice(range.start, range.end)}`,
  );
}

const sweep = (...parameters: readonly string[]): string =>
  [
    "method: random",
    "metric: {name: val_loss, goal: minimize}",
    "parameters:",
    ...parameters.map((line) => `  ${line}`),
    "",
  ].join("\n");

const judgedBy = (metric: string, method = "bayes"): string =>
  `method: ${method}\nmetric: ${metric}\nparameters: {lr: {values: [0.1, 0.01]}}\n`;

describe("advice by established practice", () => {
  it("is silent about a good sweep", () => {
    const good = sweep(
      "lr: {distribution: log_uniform_values, min: 1.0e-4, max: 0.01}",
      "batch_size: {values: [32, 64]}",
      "dropout: {min: 0.0, max: 0.5}",
      "epochs: {value: 10}",
      "seed: {value: 0}",
    );
    expect(advised(good)).to.deep.equal([]);
  });

  it("is a handful at most, however much there is to say", () => {
    const names = ["seed", "epochs", "num_workers", "val_split", "device", "fold", "max_steps"];
    const all = advised(sweep(...names.map((name) => `${name}: {values: [1, 2]}`)));
    expect(all).to.have.lengthOf(5);
  });

  describe("of the goal", () => {
    for (const [metric, found] of [
      ["{name: val_f1, goal: minimize}", "goal-against-name at minimize"],
      ["{name: val_loss, goal: maximize}", "goal-against-name at maximize"],
      ["{name: fid_score, goal: maximize}", "goal-against-name at maximize"],
      ["{name: val_accuracy}", "goal-missing at val_accuracy"],
    ] as const) {
      it(`is ${found} for ${metric}`, () => {
        expect(advised(judgedBy(metric))).to.deep.equal([found]);
      });
    }

    it("is given for each of several objectives", () => {
      const text = "method: custom\nmetrics: [{name: val_accuracy}, {name: latency}]\n";
      expect(advised(text)).to.deep.equal(["goal-missing at val_accuracy"]);
    });

    for (const metric of [
      "{name: val_loss}",
      "{name: accuracy_drop, goal: minimize}",
      "{name: val_score, goal: minimize}",
      "{name: neg_mean_squared_error, goal: maximize}",
      "{name: eval/map, goal: minimize}",
      "{name: reward_loss, goal: minimize}",
      "{name: objective}",
      "{name: val_accuracy, goal: maximise}",
    ]) {
      it(`is none for ${metric}`, () => {
        expect(advised(judgedBy(metric))).to.deep.equal([]);
      });
    }
  });

  describe("of the data that the metric is measured on", () => {
    it("is given where the search goes by the training data", () => {
      expect(advised(judgedBy("{name: train_loss}"))).to.deep.equal([
        "metric-on-training-data at train_loss",
      ]);
    });

    it("is none where a grid or a random search only ranks by it", () => {
      expect(advised(judgedBy("{name: train_loss}", "grid"))).to.deep.equal([]);
      expect(advised(judgedBy("{name: train_loss}", "random"))).to.deep.equal([]);
    });

    it("is none for a bare loss, and for the return of an agent in training", () => {
      expect(advised(judgedBy("{name: loss}"))).to.deep.equal([]);
      expect(advised(judgedBy("{name: rollout/ep_rew_mean, goal: maximize}"))).to.deep.equal([]);
    });
  });

  describe("of what is not for searching", () => {
    it("is none for a grid over seeds, which repeats each setting", () => {
      const text = "method: grid\nparameters: {lr: {values: [1, 2]}, seed: {values: [0, 1]}}\n";
      expect(advised(text)).to.deep.equal([]);
    });

    it("is none for a list of one", () => {
      expect(advised(sweep("lr: {values: [1, 2]}", "epochs: {values: [10, 10]}"))).to.deep.equal(
        [],
      );
    });

    it("is none for the passes of PPO over its rollouts", () => {
      const text = sweep(
        "lr: {values: [1, 2]}",
        "n_epochs: {min: 1, max: 9}",
        "gae_lambda: {value: 1}",
      );
      expect(advised(text)).to.deep.equal([]);
    });
  });

  describe("of a linear scale", () => {
    const uniform = (name: string, min: string, max: string): readonly string[] =>
      advised(sweep(`${name}: {min: ${min}, max: ${max}}`));

    it("is given for two decades", () => {
      expect(uniform("lr", "0.0001", "0.01")).to.deep.equal(["linear-over-decades at lr"]);
      expect(uniform("eta", "0.00001", "0.1")).to.deep.equal(["linear-over-decades at eta"]);
    });

    it("is none for less, for whole numbers, and for fractions", () => {
      expect(uniform("lr", "0.001", "0.01")).to.deep.equal([]);
      expect(uniform("hidden_size", "8", "2048")).to.deep.equal([]);
      expect(uniform("dropout", "0.001", "0.5")).to.deep.equal([]);
      expect(uniform("sparsity", "0.001", "1.0")).to.deep.equal([]);
      expect(uniform("weight_decay", "0.0", "0.1")).to.deep.equal([]);
    });
  });

  describe("of a search without anything to search", () => {
    const single = (method: string): readonly string[] =>
      advised(
        `method: ${method}\nmetric: {name: val_loss}\nparameters: {a: {values: [1]}, b: {value: 2}}\n`,
      );

    it("is given where every trial would be the same", () => {
      expect(single("bayes")).to.deep.equal(["nothing-searched at bayes"]);
      expect(single("random")).to.deep.equal(["nothing-searched at random"]);
    });

    it("is none where a configuration may be repeated on purpose", () => {
      expect(single("random\nrun_cap: 1")).to.deep.equal([]);
      expect(single("random\nsweepdeck: {repeats: {count: 3}}")).to.deep.equal([]);
      expect(advised("method: random\nparameters: {a: {value: 1}}\n")).to.deep.equal([]);
      expect(single("grid")).to.deep.equal([]);
    });
  });

  describe("of what goes together", () => {
    const batch = "batch_size: {values: [16, 32]}";

    it("is none where the learning rate is searched too, or is not known of", () => {
      expect(advised(sweep(batch, "optim.lr: {values: [0.1, 0.01]}"))).to.deep.equal([]);
      expect(advised(sweep(batch))).to.deep.equal([]);
    });

    it("is none where alpha is fixed", () => {
      const text = sweep("lora_r: {values: [8, 16]}", "lora_alpha: {value: 32}");
      expect(advised(text)).to.deep.equal([]);
    });

    it("is none where the metric lies outside the loss", () => {
      const smoothing = sweep("lr: {values: [1, 2]}", "label_smoothing: {values: [0, 0.1]}");
      expect(advised(smoothing)).to.deep.equal(["loss-changed at label_smoothing"]);
      const judged = smoothing.replace("val_loss, goal: minimize", "val_acc, goal: maximize");
      expect(advised(judged)).to.deep.equal([]);
    });
  });

  describe("of the number of runs", () => {
    const six = ["lr", "weight_decay", "dropout", "momentum", "hidden_size", "num_layers"];
    const capped = (cap: number, names: readonly string[], method = "random"): string =>
      `run_cap: ${cap}\n${sweep(...names.map((name) => `${name}: {values: [1, 2]}`))}`.replace(
        "method: random",
        `method: ${method}`,
      );

    it("names what to keep", () => {
      const parsed = parseSweep(capped(12, six));
      const [problem] = practiceProblemsOf(parsed, nothingKnown);
      expect(problem && practiceMessageOf(problem)).to.equal(
        "6 parameters, 12 runs: keep `lr` and `weight_decay` and fix the rest, or allow 60 runs.",
      );
    });

    it("is none where they are about enough", () => {
      expect(advised(capped(60, six))).to.deep.equal([]);
      expect(advised(capped(10, ["lr", "weight_decay"]))).to.deep.equal([]);
    });

    it("is none for a grid, whose runs are counted", () => {
      expect(advised(capped(12, six, "grid"))).to.deep.equal([]);
    });

    it("is given where a Bayesian search ends before it begins", () => {
      expect(advised(capped(8, ["lr"], "bayes"))).to.deep.equal(["run-cap-below-start-up at 8"]);
      expect(advised(capped(30, ["lr"], "bayes"))).to.deep.equal([]);
    });
  });

  it("is made of fixes that change the text within its bounds, also where it is broken", () => {
    const examples = problemFolders
      .filter(({ code }) => /searched|goal|linear|run-cap|too-many|metric-on/.test(code))
      .map((folder) => readBefore(folder).text);
    const broken = fc
      .tuple(
        fc.constantFrom(...examples),
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.string({ maxLength: 4 }),
      )
      .map(([text, at, length, inserted]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + inserted + text.slice(start + length);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const parsed = parseSweep(text);
        for (const problem of practiceProblemsOf(parsed, nothingKnown)) {
          expect(practiceMessageOf(problem)).to.match(/\.$/);
          for (const { edits } of practiceFixesFor(parsed, problem)) {
            for (const { range } of edits) expect(range.end).to.be.within(range.start, text.length);
            expect(applyEdits(text, edits)).not.to.equal(text);
          }
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(30_000);
});
