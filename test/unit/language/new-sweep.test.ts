import { expect } from "chai";
import fc from "fast-check";
import { describeReading, newSweepFrom } from "../../../src/language/new-sweep.js";
import type { Option } from "../../../src/script/reading.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { withoutFields } from "../../support/completing.js";
import { yaml } from "../../support/cursor.js";
import {
  commandLine,
  configKey,
  option,
  placeAt,
  reading,
  reported,
} from "../../support/script.js";

function taking(...options: readonly Option[]) {
  return reading({ commandLines: [commandLine(options)] });
}

const typical = reading({
  commandLines: [
    commandLine([
      option("data", { isRequired: true }),
      option("epochs", { default: 10, takes: { kind: "integer" } }),
      option("weight_decay", { default: 0.01 }),
      option("lr", { default: 0.001 }),
      option("optimizer", { default: "adamw", choices: ["adamw", "sgd"] }),
    ]),
  ],
  metrics: { reported: [reported("train_loss"), reported("val_acc")], open: [] },
});

describe("a new sweep from a script", () => {
  it("searches what matters most, the learning rate first, and lists the rest", () => {
    const { fileName, text } = newSweepFrom(typical, "train.py");
    expect(fileName).to.equal("train.sweep.yaml");
    expect(text).to.equal(yaml`
      program: train.py
      method: random
      metric:
        name: val_acc
        goal: maximize
      run_cap: 25
      parameters:
        lr:
          distribution: log_uniform_values
          min: 1.0e-4
          max: 1.0e-2
        weight_decay:
          distribution: log_uniform_values
          min: 1.0e-3
          max: 0.1
        data: # the script asks for it
          value: ""
        # The script takes these too, the most telling first:
        # optimizer: {values: [adamw, sgd]}
        # epochs: {value: 10}
      sweepdeck:
        # The script's own defaults are tried first.
        initial: [defaults]
    `);
  });

  it("is the same sweep as a snippet whose fields are left alone", () => {
    const { text, snippet } = newSweepFrom(typical, "train.py");
    expect(snippet).to.include("min: ${");
    // Text that is only selected would be deleted by Enter.
    expect(snippet).not.to.match(/\$\{\d+:/);
    expect(snippet).to.include("name: ${1|val_acc,train_loss|}\n");
    expect(withoutFields(snippet)).to.equal(text);
  });

  it("passes parameters as the script's library takes them", () => {
    const flags = taking(option("nesterov", { takes: { kind: "flag", sets: true } }));
    expect(newSweepFrom(flags, "train.py").text).to.include("- ${args_no_boolean_flags}");
    const hydra = reading({
      commandLines: [
        commandLine([option("optim.lr", { spellings: ["optim.lr"], default: 0.01 })], {
          library: "hydra",
          style: "overrides",
        }),
      ],
    });
    const { text } = newSweepFrom(hydra, "train.py");
    expect(text).to.include("- ${args_no_hyphens}");
    expect(text).to.include("\n  optim.lr:\n    distribution: log_uniform_values\n");
  });

  it("groups the nested keys of wandb.config", () => {
    const { text } = newSweepFrom(
      reading({
        config: {
          isRead: true,
          keys: [
            configKey("optim.lr", { default: 0.01 }),
            configKey("optim.weight_decay", { default: 0.01 }),
          ],
          passedOn: [],
        },
      }),
      "train.py",
    );
    expect(text.match(/optim:/g)).to.have.lengthOf(1);
    expect(text).to.match(/ {2}optim:\n {4}parameters:\n {6}lr:\n {8}distribution/);
    expect(text).to.match(/\n {6}weight_decay:\n/);
  });

  it("begins with the script's own first option where practice knows none of them", () => {
    const { text } = newSweepFrom(taking(option("corpus", { default: "small" })), "train.py");
    expect(text).to.include("\nparameters:\n  corpus:\n    values: [small]\n");
    expect(text).not.to.include("lr:");
  });

  it("counts the options that are one text each, and lists the others", () => {
    const { text } = newSweepFrom(
      taking(
        option("lr", { default: 0.001 }),
        option("weight_decay", { default: 0.01 }),
        option("out_dir", { default: "out" }),
        option("dropout", { default: 0.1 }),
      ),
      "train.py",
    );
    expect(text).to.include("  # dropout: {");
    expect(text).not.to.include("out_dir:");
    expect(text).to.include("  # The script also takes out_dir.\n");
  });

  it("names as many of the others as fit a line", () => {
    const paths = Array.from({ length: 30 }, (_, index) =>
      option(`path_${index}`, { default: "x" }),
    );
    const { text } = newSweepFrom(taking(option("lr", { default: 0.001 }), ...paths), "train.py");
    const line = text.split("\n").find((each) => each.includes("also takes")) ?? "";
    expect(line).to.match(/^ {2}# The script also takes path_\d+, .* and \d+ more\.$/);
    expect(line.length).to.be.within(80, 100);
  });

  it("searches no budget, seed or bookkeeping, also where little else is known", () => {
    const integer = { kind: "integer" } as const;
    const epochs = option("num_train_epochs", { default: 3, takes: integer });
    const batch = option("per_device_train_batch_size", { default: 8, takes: integer });
    const seed = option("seed", { default: 42, takes: integer });
    const { text } = newSweepFrom(taking(epochs, seed, batch), "train.py");
    expect(text).not.to.match(/^ {2}(?:num_train_epochs|seed):/m);
    expect(text).to.match(/^ {2}# num_train_epochs: /m);
    const alone = newSweepFrom(taking(epochs, seed, option("widget", { default: 4 })), "train.py");
    expect(alone.text).not.to.match(/^ {2}(?:num_train_epochs|seed):/m);
    expect(alone.text).to.match(/^ {2}widget:/m);
  });

  it("leaves the metric to its reader where the script reports none", () => {
    expect(newSweepFrom(taking(option("lr")), "train.py").text).to.include("\n# metric: {name:");
  });

  it("has no errors, whatever the script takes", () => {
    const value = fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.string(), fc.constant(null));
    const options = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("lr", "batch_size", "a-b", "seed", "alpha", "x.y", "dropout", "opt"),
        preset: value,
        isRequired: fc.boolean(),
        choices: fc.option(fc.array(fc.string(), { minLength: 1 }), { nil: undefined }),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(options, fc.string({ minLength: 1 }), (drawn, metric) => {
        const script = reading({
          commandLines: [
            commandLine(
              drawn.map(({ name, preset, isRequired, choices }) =>
                option(name, {
                  default: preset,
                  isRequired,
                  ...(choices !== undefined && { choices }),
                }),
              ),
            ),
          ],
          metrics: { reported: [reported(metric)], open: [] },
        });
        const { text, snippet } = newSweepFrom(script, "train.py");
        const errors = parseSweep(text).problems.filter(({ severity }) => severity === "error");
        expect(errors, text).to.deep.equal([]);
        expect(snippet.split("\n")).to.have.lengthOf(text.split("\n").length);
      }),
      { numRuns: 50 },
    );
  }).timeout(20_000);
});

describe("what was understood of a script", () => {
  it("is told by library, keys and metrics, with what was not", () => {
    const said = describeReading(
      reading({
        commandLines: [
          commandLine([option("lr")], {
            library: "click",
            gaps: [{ place: placeAt(4), why: "options-computed" }],
          }),
        ],
        config: { isRead: true, keys: [configKey("depth")], passedOn: [placeAt(9)] },
        metrics: { reported: [reported(["val/", null])], open: [] },
      }),
    );
    expect(said).to.include("by click: `lr`, and others that could not be seen");
    expect(said).to.include("Reads `depth` from `wandb.config`");
    expect(said).to.include("[train.py:10](file:///w/train.py#L10)");
    expect(said).to.include("Reports `val/…`");
    expect(said).to.match(
      /Not understood:\n- .*train\.py:5.* makes options whose names are computed/,
    );
  });

  it("lists the options of each command, and tells which names are in doubt", () => {
    const fit = commandLine([option("lr"), option("depth")]);
    const gap = { place: placeAt(3), why: "options-from-library", prefix: "trainer" } as const;
    const line = commandLine([], { library: "typer", gaps: [gap] });
    const said = describeReading(
      reading({ commandLines: [{ ...line, commands: [{ name: "fit", commandLine: fit }] }] }),
    );
    expect(said).to.include("by Typer");
    expect(said).to.include("Its commands:\n- `fit`: `lr` and `depth`");
    expect(said).to.include("names below `trainer` may be more");
  });

  it("says so where nothing seems to reach the script", () => {
    expect(describeReading(reading({ readsArguments: false }))).to.include(
      "no parameter was seen to reach it",
    );
  });
});
