import { expect } from "chai";
import fc from "fast-check";
import { fromOptuna } from "../../../../src/language/conversions/from-optuna.js";
import { noteMessage } from "../../../../src/language/conversions/notes.js";
import { readOptunaSpace, toOptuna } from "../../../../src/language/conversions/optuna.js";
import { quantile } from "../../../../src/space/distribution.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { askPython } from "../../../support/ask-python.js";
import { yaml } from "../../../support/cursor.js";
import { sweepOf, withParameters } from "../../../support/said.js";

const spaceIn = (...lines: readonly string[]) => toOptuna(sweepOf(withParameters(...lines)).space);
const float = (low: number, high: number, log = false, step: number | null = null) => ({
  name: "FloatDistribution",
  attributes: { low, high, log, step },
});
const int = (low: number, high: number, log = false, step = 1) => ({
  name: "IntDistribution",
  attributes: { low, high, log, step },
});
const choice = (...choices: readonly unknown[]) => ({
  name: "CategoricalDistribution",
  attributes: { choices },
});

describe("a sweep as a search space of Optuna", () => {
  it("carries ranges, logarithms, whole numbers, choices and constants", () => {
    const { space, notes } = spaceIn(
      "lr: {distribution: log_uniform_values, min: 1.0e-5, max: 0.1}",
      "dropout: {min: 0.0, max: 0.5}",
      "layers: {min: 1, max: 8}",
      "optimizer: {values: [adam, sgd, null, true]}",
      "epochs: {value: 10}",
      "wd: {distribution: log_uniform, min: -2, max: 0}",
    );
    expect(space).to.deep.equal({
      lr: float(1e-5, 0.1, true),
      dropout: float(0, 0.5),
      layers: int(1, 8),
      optimizer: choice("adam", "sgd", null, true),
      epochs: choice(10),
      wd: float(Math.exp(-2), 1, true),
    });
    expect(notes).to.deep.equal([]);
  });

  it("says of each parameter what is lost", () => {
    const { space, notes } = spaceIn(
      "act: {values: [relu, gelu], probabilities: [0.7, 0.3]}",
      "sizes: {values: [[64, 64], [128]]}",
      "q: {distribution: q_uniform, min: 0, max: 1, q: 0.1}",
      "width: {distribution: q_log_uniform_values, min: 32, max: 1024, q: 32}",
      "bell: {distribution: normal, mu: 1, sigma: 0.1}",
      "share: {distribution: beta, a: 2, b: 5}",
      "model: {parameters: {depth: {min: 1, max: 3}}}",
    );
    expect(space["sizes"]).to.deep.equal(choice("[64,64]", "[128]"));
    expect(space["q"]).to.deep.equal(float(0, 1, false, 0.1));
    expect(space["width"]).to.deep.equal(int(32, 1024, true));
    expect(space["share"]).to.deep.equal(float(0, 1));
    expect(space["model.depth"]).to.deep.equal(int(1, 3));
    expect(notes.map(({ code }) => code)).to.deep.equal([
      ...["weights", "values-as-text", "ends-as-often", "step-lost", "shape-lost", "shape-lost"],
      "nested-name",
    ]);
    expect(notes.map(noteMessage)).to.include.members([
      "`act`: the probabilities are lost, all values are alike.",
      "`bell`: normal became a range from 0.7674 to 1.233, all of it alike.",
    ]);
  });
});

describe("a search space of Optuna as a sweep", () => {
  it("reads like one that was written by hand", () => {
    const space = {
      lr: float(1e-5, 0.1, true),
      dropout: float(0, 1),
      layers: int(1, 8),
      width: int(16, 1024, true),
      heads: int(2, 8, false, 2),
      odd: int(1, 9, false, 4),
      optimizer: choice("adam", "no", 0.5),
      "1st try": choice(3),
    };
    const reading = readOptunaSpace(JSON.stringify(space));
    if (reading.kind !== "space") throw new Error(reading.detail);
    const { text, notes } = fromOptuna(reading.space);
    expect(text).to.equal(yaml`
      method: random
      parameters:
        lr:
          distribution: log_uniform_values
          min: 1.0e-5
          max: 0.1
        dropout:
          distribution: uniform
          min: 0.0
          max: 1.0
        layers:
          min: 1
          max: 8
        width:
          distribution: q_log_uniform_values
          min: 16
          max: 1024
          q: 1
        heads:
          distribution: q_uniform
          min: 2
          max: 8
          q: 2
        odd:
          values: [1, 5, 9]
        optimizer:
          values: [adam, "no", 0.5]
        _1st_try:
          value: 3
    `);
    expect(notes.map(({ code }) => code)).to.deep.equal(["ends-as-often", "listed", "renamed"]);
  });

  it("knows the distributions of Optuna before version 3", () => {
    const read = readOptunaSpace(
      '{"a": {"name": "LogUniformDistribution", "attributes": {"low": 0.1, "high": 1}},' +
        '"b": {"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 3}}}',
    );
    const space = read.kind === "space" ? read.space : {};
    const { parameters } = sweepOf(fromOptuna(space).text).space;
    expect(parameters.map(({ distribution }) => distribution.kind)).to.deep.equal([
      "log_uniform_values",
      "int_uniform",
    ]);
  });

  it("says what cannot be read, and where", () => {
    const read = (text: string) => readOptunaSpace(text);
    expect(read("{")).to.include({ kind: "unreadable", where: "" });
    expect(read("[]")).to.include({ kind: "unreadable" });
    expect(read('{"lr": {"name": "Gaussian", "attributes": {}}}')).to.include({ where: "lr" });
    const lacking = read('{"lr": {"name": "FloatDistribution", "attributes": {"low": 1}}}');
    expect(lacking).to.include({ where: "lr" }).and.have.property("detail").that.includes("high");
  });
});

describe("from Optuna to a sweep and back", () => {
  const name = fc.stringMatching(/^[a-z][a-z_.-]{0,6}$/);
  const number = fc.integer({ min: 1, max: 1000 }).map((value) => value / 8);
  const range = (low: fc.Arbitrary<number>) => fc.tuple(low, low).filter(([a, b]) => a < b);
  const whole = fc.integer({ min: 1, max: 5000 });
  const scalar = fc.oneof(
    fc.constantFrom<unknown>("adam", "no", "1e-3", "", "a: b", "#", null, true, 0.5, 3),
    fc.string(),
  );
  const distribution = fc.oneof(
    fc.tuple(range(number), fc.boolean()).map(([[low, high], log]) => float(low, high, log)),
    fc.tuple(range(whole), fc.boolean()).map(([[low, high], log]) => int(low, high, log)),
    fc
      .tuple(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(2, 5),
      )
      .map(([first, count, step]) => int(first * step, (first + count) * step, false, step)),
    fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }).map((choices) => choice(...choices)),
  );
  const anySpace = fc.dictionary(name, distribution, {
    minKeys: 1,
    maxKeys: 5,
    noNullPrototype: true,
  });

  it("nothing changes", function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(anySpace, (space) => {
        const read = readOptunaSpace(JSON.stringify(space));
        if (read.kind !== "space") throw new Error(read.detail);
        const { text } = fromOptuna(read.space);
        const { sweep, problems } = parseSweep(text);
        if (sweep === undefined) throw new Error(`${text}${JSON.stringify(problems)}`);
        expect(toOptuna(sweep.space).space, text).to.deep.equal(space);
      }),
      { numRuns: 200 },
    );
  });

  it("Optuna reads what is written, and finds each draw of the sweep inside", function () {
    this.timeout(60_000);
    const sweep = sweepOf(
      withParameters(
        "lr: {distribution: log_uniform_values, min: 1.0e-5, max: 0.1}",
        "inv: {distribution: inv_log_uniform_values, min: 1.0e-5, max: 0.1}",
        "dropout: {min: 0.0, max: 0.5}",
        "layers: {min: 1, max: 8}",
        "optimizer: {values: [adam, sgd, null]}",
        "epochs: {value: 10}",
        "q: {distribution: q_uniform, min: 0.05, max: 1, q: 0.1}",
        "heads: {distribution: q_uniform, min: 1, max: 17, q: 4}",
        "width: {distribution: q_log_uniform_values, min: 32, max: 1024, q: 32}",
        "eps: {distribution: q_log_uniform_values, min: 0.1, max: 10, q: 0.1}",
        "exp: {distribution: log_uniform, min: -9, max: -2}",
        "share: {distribution: beta, a: 2, b: 5}",
        "steps: {distribution: q_beta, a: 2, b: 5, q: 0.25}",
        "half: {distribution: q_normal, mu: 5, sigma: 2, q: 0.5}",
      ),
    );
    const { space } = toOptuna(sweep.space);
    const cases = sweep.space.parameters.map(({ name: parameter, distribution: of }) => ({
      distribution: JSON.stringify(space[parameter]),
      // The outermost of what has no bounds is left out of an approximation.
      draws: [0.02, 0.25, 0.5, 0.75, 0.98].map((at) => quantile(of, at)),
    }));
    const inside = askPython(
      [
        "from optuna.distributions import json_to_distribution",
        "answer = []",
        "for case in question:",
        "    d = json_to_distribution(case['distribution'])",
        "    answer.append([d._contains(d.to_internal_repr(x)) for x in case['draws']])",
      ].join("\n"),
      cases,
    ) as readonly (readonly boolean[])[];
    for (const [index, { distribution: written, draws }] of cases.entries()) {
      expect(inside[index], `${written} ${JSON.stringify(draws)}`).to.deep.equal(
        draws.map(() => true),
      );
    }
  });
});
