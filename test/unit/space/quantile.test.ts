import { expect } from "chai";
import fc from "fast-check";
import { cardinality, quantile } from "../../../src/space/distribution.js";
import type { Distribution } from "../../../src/space/space.js";
import { wandbQuantiles } from "../../support/wandb.js";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const bounds = fc
  .tuple(number(-1e4, 1e4), number(1e-3, 1e4))
  .map(([min, width]) => ({ min, max: min + width }));
const positiveBounds = fc
  .tuple(number(1e-12, 1e3), number(1.001, 1e9))
  .map(([min, factor]) => ({ min, max: min * factor }));
const exponents = fc
  .tuple(number(-20, 10), number(0.01, 10))
  .map(([min, width]) => ({ min, max: min + width }));
const q = fc.constantFrom(1, 2, 5, 0.1, 0.25, 3.7);
const bell = fc.record({ mu: number(-5, 5), sigma: number(0.01, 5) });
const shapes = fc.record({ a: number(0.05, 200), b: number(0.05, 200) });

const of = <K extends string, F extends object>(kind: K, fields: fc.Arbitrary<F>) =>
  fields.map((each) => ({ kind, ...each }));
const stepped = <F extends object>(fields: fc.Arbitrary<F>) =>
  fc.tuple(fields, q).map(([each, step]) => ({ ...each, q: step }));

const distribution: fc.Arbitrary<Distribution> = fc.oneof(
  of("uniform", bounds),
  of("q_uniform", stepped(bounds)),
  of("log_uniform_values", positiveBounds),
  of("inv_log_uniform_values", positiveBounds),
  of("q_log_uniform_values", stepped(positiveBounds)),
  of("log_uniform", exponents),
  of("inv_log_uniform", exponents),
  of("q_log_uniform", stepped(exponents)),
  of("normal", bell),
  of("log_normal", bell),
  of("q_normal", stepped(bell)),
  of("q_log_normal", stepped(bell)),
  of("beta", shapes),
  of("q_beta", stepped(shapes)),
  fc
    .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 5000 }))
    .map(([min, width]) => ({ kind: "int_uniform" as const, min, max: min + width })),
  fc
    .array(fc.integer(), { minLength: 1, maxLength: 9 })
    .map((values) => ({ kind: "categorical" as const, values })),
  fc.constantFrom([0.5, 0.5], [0.1, 0.2, 0.7], [0.25, 0.75], [0, 1]).map((probabilities) => ({
    kind: "categorical" as const,
    values: probabilities.map((_, index) => index),
    probabilities,
  })),
);

/** As a sweep file would have it. */
function configOf({ kind, ...fields }: Distribution): object {
  const name = "probabilities" in fields ? "categorical_w_probabilities" : kind;
  return { distribution: name, ...fields };
}

describe("quantiles", function () {
  this.timeout(120_000);

  it("are those of W&B's engine on the open interval, for every distribution", () => {
    const probability = fc.oneof(number(1e-6, 1 - 1e-6), fc.constantFrom(1e-9, 0.5, 1 - 1e-9));
    const cases = fc.sample(
      fc.tuple(distribution, fc.array(probability, { minLength: 8, maxLength: 8 })),
      { numRuns: 500, seed: 3 },
    );
    const theirs = wandbQuantiles(
      cases.map(([each, probabilities]) => ({ config: configOf(each), probabilities })),
    );
    for (const [index, [each, probabilities]] of cases.entries()) {
      for (const [place, u] of probabilities.entries()) {
        const expected = Number(theirs[index]?.[place]);
        const found = Number(quantile(each, u));
        const close = Math.abs(found - expected) <= 1e-9 * Math.max(Math.abs(expected), 1e-300);
        expect({ each, u, found, expected, close }).to.include({ close: true });
      }
    }
  });

  it("round to q without staying inside the bounds", () => {
    const stepsOfFour = { kind: "q_uniform", min: 1, max: 10, q: 4 } as const;
    expect([0.01, 0.5, 0.99].map((u) => quantile(stepsOfFour, u))).to.deep.equal([0, 4, 8]);
    expect(quantile({ kind: "q_uniform", min: 0, max: 11, q: 4 }, 0.99)).to.equal(12);
  });

  it("round halves to the even step, as NumPy does", () => {
    const halves = { kind: "q_uniform", min: 0, max: 4, q: 1 } as const;
    expect([0.125, 0.375, 0.625, 0.875].map((u) => quantile(halves, u))).to.deep.equal([
      0, 2, 2, 4,
    ]);
  });

  it("of integers reach both ends, each as often", () => {
    const dice = { kind: "int_uniform", min: 1, max: 6 } as const;
    const drawn = Array.from({ length: 600 }, (_, n) => quantile(dice, (n + 0.5) / 600));
    const counts = [1, 2, 3, 4, 5, 6].map((face) => drawn.filter((each) => each === face).length);
    expect(counts).to.deep.equal([100, 100, 100, 100, 100, 100]);
  });

  it("of a value without weight are never drawn, though the weights sum to a little under 1", () => {
    const weighted: Distribution = {
      kind: "categorical",
      values: ["never", "often", "rest", "nor this"],
      probabilities: [0, 0.6, 0.399_999, 0],
    };
    expect([1e-9, 0.59, 0.61, 1 - 1e-12].map((u) => quantile(weighted, u))).to.deep.equal([
      "often",
      "often",
      "rest",
      "rest",
    ]);
  });
});

describe("the number of values of a distribution", () => {
  it("counts what can be drawn", () => {
    expect(cardinality({ kind: "constant", value: 1 })).to.equal(1);
    expect(cardinality({ kind: "categorical", values: [1, 1, [1], [1], "1"] })).to.equal(3);
    expect(cardinality({ kind: "int_uniform", min: -1, max: 1 })).to.equal(3);
    expect(cardinality({ kind: "q_uniform", min: 1, max: 10, q: 4 })).to.equal(3);
    expect(cardinality({ kind: "q_beta", a: 2, b: 2, q: 0.25 })).to.equal(5);
    expect(cardinality({ kind: "uniform", min: 0, max: 1 })).to.equal(Infinity);
    expect(cardinality({ kind: "q_normal", mu: 0, sigma: 1, q: 1 })).to.equal(Infinity);
  });
});
