import { expect } from "chai";
import {
  type Context,
  nothingAround,
  proposalFor,
  rankOf,
  yamlFieldsOf,
} from "../../../../src/language/practice/practice.js";
import type { Json } from "../../../../src/space/value.js";

/** As it is written in a sweep file, on one line. */
function proposed(name: string, preset?: Json, context: Context = nothingAround): string {
  const proposal = proposalFor(name, preset, context);
  if (proposal === undefined) return "nothing";
  return yamlFieldsOf(proposal.fields)
    .map(([key, text]) => `${key}: ${text}`)
    .join(", ");
}

const beside = (...siblings: string[]): Context => ({ siblings });

const byFactors = (min: string, max: string): string =>
  `distribution: log_uniform_values, min: ${min}, max: ${max}`;

describe("a proposal", () => {
  it("lays the learning rate a decade to each side of the script's own", () => {
    expect(proposed("lr", 1e-3)).to.equal(byFactors("1.0e-4", "1.0e-2"));
    expect(proposed("learning_rate", 3e-4)).to.equal(byFactors("3.0e-5", "3.0e-3"));
  });

  it("takes the usual range where the script says nothing", () => {
    expect(proposed("lr")).to.equal(byFactors("1.0e-4", "1.0e-2"));
    expect(proposed("lr", null)).to.equal(byFactors("1.0e-4", "1.0e-2"));
  });

  it("stays near the recipe when a pretrained model is tuned", () => {
    const finetuning = beside("num_train_epochs", "per_device_train_batch_size");
    expect(proposed("learning_rate", 5e-5, finetuning)).to.equal(byFactors("1.7e-5", "1.5e-4"));
    expect(proposed("learning_rate", undefined, beside("lora_r", "lora_alpha"))).to.equal(
      byFactors("5.0e-5", "1.0e-3"),
    );
  });

  it("knows that SGD takes larger steps", () => {
    const sgd = { siblings: ["optimizer"], settings: { optimizer: "SGD" } };
    expect(proposed("lr", undefined, sgd)).to.equal(byFactors("1.0e-3", "1"));
    expect(proposed("weight_decay", undefined, sgd)).to.equal(byFactors("1.0e-6", "1.0e-3"));
  });

  it("takes the space of a library's own tuner", () => {
    const yolo = beside("lr0", "lrf", "mosaic");
    expect(proposed("lr0", 0.01, yolo)).to.equal(byFactors("1.0e-5", "1.0e-2"));
    expect(proposed("degrees", 0, yolo)).to.equal("distribution: uniform, min: 0, max: 45");
    expect(proposed("degrees", 0)).to.equal("nothing");
  });

  it("keeps off among the values where the script has it off", () => {
    expect(proposed("weight_decay", 0)).to.equal("values: [0, 0.01, 0.05, 0.1]");
    expect(proposed("mixup", 0)).to.equal("values: [0, 0.2, 0.8]");
  });

  it("keeps fractions within bounds", () => {
    expect(proposed("dropout", 0.1)).to.equal("distribution: uniform, min: 0, max: 0.4");
    expect(proposed("dropout", 0.5)).to.equal("distribution: uniform, min: 0.2, max: 0.6");
    expect(proposed("subsample", 1)).to.equal("distribution: uniform, min: 0.5, max: 1");
  });

  it("halves and doubles sizes", () => {
    expect(proposed("hidden", 128)).to.equal("values: [64, 128, 256]");
    expect(proposed("batch_size", 32)).to.equal("values: [16, 32, 64, 128]");
  });

  it("counts layers one by one", () => {
    expect(proposed("num_layers", 2)).to.equal("distribution: int_uniform, min: 1, max: 4");
  });

  it("has the script's own value among the usual ones", () => {
    expect(proposed("momentum", 0.85)).to.equal("values: [0.8, 0.85, 0.9, 0.95, 0.98]");
  });

  it("spaces what is near 1 by the distance from it", () => {
    expect(proposed("ema_decay", 0.999)).to.equal("values: [0.995, 0.998, 0.999, 0.9995, 0.9998]");
  });

  it("never lays a range around a default that means none", () => {
    expect(proposed("max_depth", 0, beside("colsample_bytree"))).to.equal(
      "distribution: int_uniform, min: 3, max: 10",
    );
    expect(proposed("gamma", "scale", beside("C", "kernel"))).to.equal(byFactors("1.0e-4", "10"));
  });

  it("leaves the usual range of boosting alone where the default lies within", () => {
    expect(proposed("eta", 0.3, beside("min_child_weight"))).to.equal(byFactors("5.0e-3", "0.3"));
  });

  it("offers of words only those that the script takes", () => {
    const choices = ["SGD", "Adam", "RMSprop"];
    expect(proposed("optimizer", "Adam", { siblings: [], choices })).to.equal(
      "values: [SGD, Adam]",
    );
    expect(proposed("optimizer", "adam")).to.equal("nothing");
  });

  it("offers of numbers only those that the script takes, its own among them", () => {
    const choices = [16, 32, 64, 128, 256];
    expect(proposed("batch_size", 256, { siblings: [], choices })).to.equal(
      "values: [32, 64, 128, 256]",
    );
  });

  it("leaves alone what the library chooses", () => {
    expect(proposed("ent_coef", "auto", beside("buffer_size"))).to.equal("nothing");
  });

  it("makes values of a range for a grid, which has no steps for it", () => {
    expect(proposed("lr", 1e-3, { siblings: [], method: "grid" })).to.equal(
      "values: [1.0e-4, 3.0e-4, 1.0e-3, 3.0e-3, 1.0e-2]",
    );
    expect(proposed("dropout", 0.1, { siblings: [], method: "grid" })).to.equal(
      "values: [0, 0.1, 0.2, 0.4]",
    );
  });

  for (const name of ["seed", "epochs", "num_workers", "test_size", "output_dir", "image_size"]) {
    it(`proposes nothing for ${name}`, () => {
      expect(proposed(name, 1)).to.equal("nothing");
    });
  }

  it("proposes nothing for a name that it does not know", () => {
    expect(proposed("frobnication", 0.5)).to.equal("nothing");
  });
});

describe("the order of importance", () => {
  it("has the learning rate first, whatever is trained", () => {
    const names = ["optimizer", "dropout", "num_layers", "weight_decay", "momentum", "lr"];
    const sorted = [...names].sort((a, b) => (rankOf(a) ?? 0) - (rankOf(b) ?? 0));
    expect(sorted).to.deep.equal([
      "lr",
      "weight_decay",
      "num_layers",
      "momentum",
      "dropout",
      "optimizer",
    ]);
  });

  it("has trees after the learning rate of boosting, and rounds behind", () => {
    const boosting = beside("num_leaves", "learning_rate", "n_estimators", "reg_alpha");
    const sorted = [...boosting.siblings].sort(
      (a, b) => (rankOf(a, boosting) ?? 0) - (rankOf(b, boosting) ?? 0),
    );
    expect(sorted).to.deep.equal(["learning_rate", "num_leaves", "reg_alpha", "n_estimators"]);
  });

  it("leaves out what is not for searching", () => {
    expect(rankOf("seed")).to.equal(undefined);
  });
});
