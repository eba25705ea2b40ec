import { expect } from "chai";
import { said, withParameters } from "../../support/said.js";

/** What is said of one parameter with these bounds, without the words it is said of. */
function saidOf(name: string, body: string): readonly string[] {
  return said(withParameters(`${name}: {${body}}`)).map((each) => each.replace(/ «.*$/, ""));
}

describe("bounds without a dot, from 0 to 1", () => {
  const bounds = "min: 0, max: 1";

  for (const name of [
    "dropout",
    "learning_rate",
    "hidden_dropout_prob",
    "beta1",
    "optim.momentum",
  ]) {
    it(`are a mistake for ${name}, of which 0 and 1 are the ends`, () => {
      expect(saidOf(name, bounds)).to.deep.equal(["warning whole-numbers-only"]);
    });
  }

  for (const name of [
    "use_bias",
    "with_dropout",
    "is_frozen",
    "num_layers",
    "warmup_epochs",
    "seed",
  ]) {
    it(`are right for ${name}, a switch or a count`, () => {
      expect(saidOf(name, bounds)).to.deep.equal([]);
    });
  }

  it("are mentioned where the name says nothing", () => {
    expect(saidOf("mix", bounds)).to.deep.equal(["hint whole-numbers-only"]);
    expect(saidOf("mix", `distribution: int_uniform, ${bounds}`)).to.deep.equal([]);
  });

  it("are right with a dot, and beyond 1", () => {
    expect(saidOf("dropout", "min: 0, max: 1.0")).to.deep.equal([]);
    expect(saidOf("temperature", "min: 1, max: 10")).to.deep.equal([]);
  });
});

describe("fractions", () => {
  for (const name of ["num_layers", "batch_size", "max_depth", "n_estimators", "epochs"]) {
    it(`are mentioned for ${name}, a count`, () => {
      expect(saidOf(name, "min: 1.0, max: 8.0")).to.deep.equal(["info fractions-of-a-count"]);
    });
  }

  for (const name of ["num_train_epochs", "step_size", "voxel_size", "lr_decay", "count_weight"]) {
    it(`are right for ${name}, which may be any number`, () => {
      expect(saidOf(name, "min: 1.0, max: 8.0")).to.deep.equal([]);
    });
  }

  it("are whole where q is, and only then", () => {
    const sizes = "distribution: q_log_uniform_values, min: 16, max: 256";
    expect(saidOf("batch_size", `${sizes}, q: 1`)).to.deep.equal([]);
    expect(saidOf("batch_size", sizes)).to.deep.equal(["info fractions-of-a-count"]);
  });
});

describe("steps", () => {
  it("leave enough to choose from", () => {
    expect(saidOf("x", "distribution: q_uniform, min: 0, max: 1, q: 0.1")).to.deep.equal([]);
    expect(saidOf("x", "distribution: q_uniform, min: 0, max: 1")).to.deep.equal([
      "warning rounding-leaves-few",
    ]);
    expect(saidOf("x", "distribution: q_beta, a: 1, b: 3, q: 1")).to.deep.equal([
      "warning rounding-leaves-few",
    ]);
  });

  it("may leave two on purpose", () => {
    expect(saidOf("width", "distribution: q_uniform, min: 32, max: 64, q: 32")).to.deep.equal([]);
  });

  it("stay within bounds that are multiples of them", () => {
    expect(saidOf("x", "distribution: q_uniform, min: 0.1, max: 0.7, q: 0.1")).to.deep.equal([]);
    expect(saidOf("x", "distribution: q_uniform, min: 1, max: 10, q: 4")).to.deep.equal([
      "info rounding-leaves-bounds",
    ]);
  });

  it("of exponents are not compared with bounds that are exponents", () => {
    expect(saidOf("x", "distribution: q_log_uniform, min: 3.5, max: 5.5, q: 8")).to.deep.equal([
      "hint log-uniform-exponents",
    ]);
  });
});
