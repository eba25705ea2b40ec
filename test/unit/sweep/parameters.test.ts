import { expect } from "chai";
import { messageOf } from "../../../src/sweep/messages.js";
import { factsOf, said, sweepOf, withParameters } from "../../support/said.js";

const distributionOf = (text: string) =>
  sweepOf(withParameters(`x: ${text}`)).space.parameters[0]?.distribution;
const saidOf = (text: string) => said(withParameters(`x: ${text}`));

describe("a parameter without distribution", () => {
  it("is a choice where it has values", () => {
    expect(distributionOf("{values: [1, a, null]}")).to.deep.equal({
      kind: "categorical",
      values: [1, "a", null],
    });
  });

  it("is a weighted choice where it has probabilities too", () => {
    expect(distributionOf("{values: [a, b], probabilities: [0.25, 0.75]}")).to.deep.equal({
      kind: "categorical",
      values: ["a", "b"],
      probabilities: [0.25, 0.75],
    });
  });

  it("is a constant where it has a value, whatever it is", () => {
    expect(distributionOf("{value: [1, {a: no}]}")).to.deep.equal({
      kind: "constant",
      value: [1, { a: false }],
    });
    expect(distributionOf("{value: null}")).to.deep.equal({ kind: "constant", value: null });
  });

  it("is of whole numbers where both bounds are, and continuous where one has a dot", () => {
    expect(distributionOf("{min: 1, max: 10}")).to.include({ kind: "int_uniform" });
    expect(distributionOf("{min: 1.0, max: 10}")).to.include({ kind: "uniform" });
    expect(distributionOf("{min: 1, max: 10.}")).to.include({ kind: "uniform" });
    expect(distributionOf("{min: 1e-4, max: 1}")).to.include({ kind: "uniform", min: 1e-4 });
  });

  it("cannot have q, mu, sigma, a or b: they need to be told apart", () => {
    expect(saidOf("{min: 1, max: 10, q: 2}")).to.deep.equal(["error parameter-unclear «x»"]);
    expect(saidOf("{mu: 0, sigma: 1}")).to.deep.equal(["error parameter-unclear «x»"]);
    expect(
      factsOf(withParameters("x: {min: 1, max: 10, q: 2}"), "parameter-unclear").candidates,
    ).to.include.members(["q_uniform", "q_log_uniform_values"]);
    expect(
      factsOf(withParameters("x: {mu: 0, q: 1}"), "parameter-unclear").candidates,
    ).to.deep.equal(["q_normal", "q_log_normal"]);
    expect(factsOf(withParameters("x: {a: 1}"), "parameter-unclear").candidates).to.deep.equal([
      "beta",
    ]);
  });

  it("says nothing when it is empty, and too much with value and values", () => {
    expect(saidOf("{}")).to.deep.equal(["error parameter-unclear «x»"]);
    expect(saidOf("{value: 1, values: [1, 2]}")).to.deep.equal([
      "error parameter-unclear «values»",
    ]);
  });

  it("must be a map, and is shown the way from what it is", () => {
    const suggestion = (text: string) =>
      factsOf(withParameters(`x: ${text}`), "parameter-not-a-map").suggestion;
    expect(suggestion("0.1")).to.equal("value: 0.1");
    expect(suggestion("[a, b]")).to.equal('values: ["a","b"]');
    expect(saidOf("")).to.deep.equal(["error parameter-not-a-map «x»"]);
  });

  it("is told of the parameters: that a group needs", () => {
    expect(said(withParameters("adam:", "  lr: {min: 0.1, max: 1.0}"))).to.deep.equal([
      "error group-without-parameters «adam»",
    ]);
  });

  it("is told of a key that is nearly one", () => {
    expect(saidOf("{vlaues: [1, 2]}")).to.deep.equal(["error unknown-key «vlaues»"]);
    expect(factsOf(withParameters("x: {vlaues: [1]}"), "unknown-key").closest).to.equal("values");
  });
});

describe("a distribution", () => {
  it("gives its defaults to what is left out", () => {
    expect(distributionOf("{distribution: normal}")).to.deep.equal({
      kind: "normal",
      mu: 0,
      sigma: 1,
    });
    expect(distributionOf("{distribution: q_beta}")).to.deep.equal({
      kind: "q_beta",
      a: 1,
      b: 1,
      q: 1,
    });
    expect(distributionOf("{distribution: q_uniform, min: 0, max: 5}")).to.include({ q: 1 });
  });

  it("takes whole numbers for bounds where it is named uniform", () => {
    expect(distributionOf("{distribution: uniform, min: 1, max: 10}")).to.deep.equal({
      kind: "uniform",
      min: 1,
      max: 10,
    });
  });

  it("of whole numbers takes none that is written as a fraction", () => {
    expect(saidOf("{distribution: int_uniform, min: 1.0, max: 5}")).to.deep.equal([
      "error integer-wanted «1.0»",
    ]);
    expect(saidOf("{distribution: int_uniform, min: 1.5, max: 5}")).to.deep.equal([
      "error not-whole «1.5»",
    ]);
  });

  it("that does not exist is compared with those that do", () => {
    const text = withParameters("x: {distribution: log_unifrom_values, min: 1, max: 2}");
    expect(said(text)).to.deep.equal(["error unknown-value «log_unifrom_values»"]);
    expect(factsOf(text, "unknown-value").closest).to.equal("log_uniform_values");
    expect(saidOf("{distribution: q_inv_log_uniform, min: 1, max: 2}")).to.have.length(1);
  });

  it("misses its bounds at its own name", () => {
    expect(saidOf("{distribution: uniform, min: 1}")).to.deep.equal(["error missing-key «x»"]);
    expect(factsOf(withParameters("x: {min: 1}"), "missing-key").key).to.equal("max");
  });

  it("has no keys but its own", () => {
    expect(saidOf("{distribution: normal, min: 0, max: 1}")).to.deep.equal([
      "error unknown-key «min»",
      "error unknown-key «max»",
    ]);
    expect(saidOf("{values: [1], min: 0}")).to.deep.equal(["error unknown-key «min»"]);
  });

  it("of logarithms of values starts above 0", () => {
    for (const name of ["log_uniform_values", "q_log_uniform_values", "inv_log_uniform_values"]) {
      expect(saidOf(`{distribution: ${name}, min: 0, max: 1}`)).to.deep.equal([
        "error out-of-bounds «0»",
      ]);
    }
  });

  it("takes no q of 0 and no negative sigma or shape", () => {
    expect(saidOf("{distribution: q_uniform, min: 0, max: 1, q: 0}")).to.deep.equal([
      "error out-of-bounds «0»",
    ]);
    expect(saidOf("{distribution: normal, sigma: -1}")).to.deep.equal(["error out-of-bounds «-1»"]);
    expect(saidOf("{distribution: beta, a: -1}")).to.deep.equal(["error out-of-bounds «-1»"]);
  });

  it("takes no sigma or shape of 0 either, for which W&B draws NaN", () => {
    expect(saidOf("{distribution: log_normal, sigma: 0}")).to.deep.equal(["error no-spread «0»"]);
    expect(saidOf("{distribution: q_beta, b: 0}")).to.deep.equal(["error no-spread «0»"]);
  });

  it("takes only finite numbers", () => {
    expect(saidOf("{min: 0.0, max: .inf}")).to.deep.equal(["error not-finite «.inf»"]);
    expect(saidOf("{distribution: normal, mu: .nan}")).to.deep.equal(["error not-finite «.nan»"]);
  });

  it("takes no text, truth value or quoted number for a number", () => {
    expect(saidOf("{min: '1e-4', max: 0.1}")).to.deep.equal(["error wrong-type «'1e-4'»"]);
    expect(saidOf("{min: true, max: 2}")).to.deep.equal(["error wrong-type «true»"]);
    expect(saidOf("{min: 1.0, max: }")).to.deep.equal(["error wrong-type «max»"]);
  });

  it("has a min below its max, in groups too", () => {
    expect(saidOf("{min: 3, max: 3}")).to.deep.equal(["error min-not-below-max «3»"]);
    expect(said(withParameters("g:", "  parameters:", "    x: {min: 2.5, max: 1}"))).to.deep.equal([
      "error min-not-below-max «2.5»",
    ]);
    expect(
      factsOf(withParameters("g: {parameters: {x: {min: 2, max: 1}}}"), "min-not-below-max").name,
    ).to.equal("g.x");
  });

  it("of weighted values has as many weights as values, none negative, summing to 1", () => {
    expect(saidOf("{values: [a, b], probabilities: [1]}")).to.deep.equal([
      "error probabilities-count «[1]»",
    ]);
    expect(saidOf("{values: [a, b], probabilities: [0.5, 0.6]}")).to.deep.equal([
      "error probabilities-sum «[0.5, 0.6]»",
    ]);
    expect(saidOf("{values: [a, b], probabilities: [1.5, -0.5]}")).to.deep.equal([
      "error out-of-bounds «-0.5»",
    ]);
    expect(saidOf("{values: [a, b, c], probabilities: [0.333333, 0.333333, 0.333333]}")).to.be
      .empty;
  });

  it("of values has at least one", () => {
    expect(saidOf("{values: []}")).to.deep.equal(["error too-few «[]»"]);
    expect(saidOf("{values: 3}")).to.deep.equal(["error wrong-type «3»"]);
  });
});

describe("log_uniform", () => {
  const facts = (min: string, max: string, name = "log_uniform") =>
    factsOf(
      withParameters(`x: {distribution: ${name}, min: ${min}, max: ${max}}`),
      "log-uniform-exponents",
    );

  it("keeps its meaning, natural exponents, with a warning that says what it samples", () => {
    const text = withParameters("x: {distribution: log_uniform, min: -9.2, max: 0}");
    expect(said(text)).to.deep.equal(["hint log-uniform-exponents «log_uniform»"]);
    expect(sweepOf(text).space.parameters[0]?.distribution).to.deep.equal({
      kind: "log_uniform",
      min: -9.2,
      max: 0,
    });
    expect(facts("-9.2", "0").sampledFrom).to.be.closeTo(1.01e-4, 1e-6);
  });

  it("is suspected of values between 0 and 1, and of powers of ten", () => {
    expect(facts("1.0e-5", "0.01").looksLike).to.equal("values");
    expect(messageOf(facts("1.0e-5", "0.01"))).to.equal(
      "log_uniform takes natural exponents, so this samples from e^0.00001 to e^0.01: 1.00001 to 1.01005. For 0.00001 to 0.01 use log_uniform_values.",
    );
    expect(facts("-5", "-1").looksLike).to.equal("base-10");
    expect(facts("-9.21", "-2.3").looksLike).to.equal("exponents");
    expect(facts("2", "6", "q_log_uniform").looksLike).to.equal("exponents");
  });

  it("has an inverse, whose bounds are those of the inverse's logarithm", () => {
    const { sampledFrom, sampledTo, replacement } = facts("1", "2", "inv_log_uniform");
    expect(sampledFrom).to.be.closeTo(Math.exp(-2), 1e-12);
    expect(sampledTo).to.be.closeTo(Math.exp(-1), 1e-12);
    expect(replacement).to.equal("inv_log_uniform_values");
  });
});

describe("the names of parameters", () => {
  it("are words that do not start with a digit, with dots and hyphens", () => {
    expect(said(withParameters("a.b-c_D1: {value: 1}", "_x: {value: 1}"))).to.be.empty;
    expect(said(withParameters("1st: {value: 1}"))).to.deep.equal(["error parameter-name «1st»"]);
    expect(said(withParameters("a b: {value: 1}"))).to.deep.equal(["error parameter-name «a b»"]);
  });

  it("are text: on, no and 3 are not", () => {
    expect(said(withParameters("on: {value: 1}"))).to.deep.equal(["error key-not-text «on»"]);
    expect(said(withParameters("3: {value: 1}"))).to.deep.equal(["error key-not-text «3»"]);
    expect(said(withParameters("'on': {value: 1}", "y: {value: 2}"))).to.be.empty;
  });

  it("of groups are joined by dots, by slashes where a name with dots would clash", () => {
    const { space } = sweepOf(
      withParameters(
        "a.b: {value: 1}",
        "a: {parameters: {b: {value: 2}, c: {value: 3}}}",
        "__proto__: {value: 4}",
      ),
    );
    expect(space.parameters.map(({ name, path }) => [name, path])).to.deep.equal([
      ["a.b", ["a.b"]],
      ["a/b", ["a", "b"]],
      ["a.c", ["a", "c"]],
      ["__proto__", ["__proto__"]],
    ]);
  });
});
