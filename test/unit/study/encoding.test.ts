import { expect } from "chai";
import fc from "fast-check";
import { quantile } from "../../../src/space/distribution.js";
import { gridAt, gridSize, hasGrid } from "../../../src/space/grid.js";
import type { Configuration, Distribution, Parameter, Space } from "../../../src/space/space.js";
import type { Json } from "../../../src/space/value.js";
import { encodeSpace } from "../../../src/study/encoding.js";
import { parseJson, stringifyJson } from "../../../src/study/json.js";
import { decodeSpace } from "../../../src/study/space-json.js";
import { spaceOf } from "../../support/journals.js";

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, 1.5, "", "1", "true", Number.NaN, Infinity),
  // YAML's -0 is 0 to every reader, and to `identity`.
  fc.double().map((value) => (value === 0 ? 0 : value)),
  fc.string({ unit: "binary" }),
);
const json: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string(), scalar, { maxKeys: 3 }),
);

const ordered = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  )
  .map(([min, width]) => ({ min, max: min + width }));
const positive = fc
  .tuple(
    fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
    fc.double({ min: 1.001, max: 1e6, noNaN: true }),
  )
  .map(([min, factor]) => ({ min, max: min * factor }));
const exponents = fc
  .tuple(
    fc.double({ min: -20, max: 5, noNaN: true }),
    fc.double({ min: 0.01, max: 10, noNaN: true }),
  )
  .map(([min, width]) => ({ min, max: min + width }));
const step = fc.oneof(
  fc.constantFrom(1, 2, 0.1, 0.25, 1 / 3, 1e-3, 64),
  fc.double({ min: 1e-3, max: 10, noNaN: true }),
);
const spread = fc.record({
  mu: fc.double({ min: -5, max: 5, noNaN: true }),
  sigma: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 3, noNaN: true })),
});
const shape = fc.record({
  a: fc.double({ min: 0.5, max: 8, noNaN: true }),
  b: fc.double({ min: 0.5, max: 8, noNaN: true }),
});

const distribution: fc.Arbitrary<Distribution> = fc.oneof(
  json.map((value): Distribution => ({ kind: "constant", value })),
  fc
    .array(json, { minLength: 1, maxLength: 5 })
    .map((values): Distribution => ({ kind: "categorical", values })),
  fc
    .tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(1000))
    .map(([min, width]): Distribution => ({ kind: "int_uniform", min, max: min + width })),
  ordered.map((range): Distribution => ({ kind: "uniform", ...range })),
  fc.tuple(ordered, step).map(([range, q]): Distribution => ({ kind: "q_uniform", ...range, q })),
  fc
    .tuple(
      fc.constantFrom("log_uniform_values" as const, "inv_log_uniform_values" as const),
      positive,
    )
    .map(([kind, range]): Distribution => ({ kind, ...range })),
  fc
    .tuple(fc.constantFrom("log_uniform" as const, "inv_log_uniform" as const), exponents)
    .map(([kind, range]): Distribution => ({ kind, ...range })),
  fc
    .tuple(positive, step)
    .map(([range, q]): Distribution => ({ kind: "q_log_uniform_values", ...range, q })),
  fc
    .tuple(exponents, step)
    .map(([range, q]): Distribution => ({ kind: "q_log_uniform", ...range, q })),
  fc
    .tuple(fc.constantFrom("normal" as const, "log_normal" as const), spread)
    .map(([kind, parameters]): Distribution => ({ kind, ...parameters })),
  fc
    .tuple(fc.constantFrom("q_normal" as const, "q_log_normal" as const), spread, step)
    .map(([kind, parameters, q]): Distribution => ({ kind, ...parameters, q })),
  shape.map((parameters): Distribution => ({ kind: "beta", ...parameters })),
  fc
    .tuple(shape, step)
    .map(([parameters, q]): Distribution => ({ kind: "q_beta", ...parameters, q })),
);

const space: fc.Arbitrary<Space> = fc
  .uniqueArray(
    fc.tuple(
      fc.oneof(
        fc.string({ minLength: 1 }),
        fc.constantFrom("__proto__", "constructor", "a.b", "lr"),
      ),
      distribution,
    ),
    { maxLength: 6, selector: ([name]) => name },
  )
  .map((parameters) => ({
    parameters: parameters.map(
      ([name, of]): Parameter => ({ name, path: [name], distribution: of }),
    ),
  }));

const unit = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

function draw({ parameters }: Space, probability: number): Configuration {
  return Object.fromEntries(
    parameters.map(({ name, distribution: of }) => [name, quantile(of, probability)]),
  );
}

/** What Optuna would hand back: through the text of the file, by the distributions' own texts. */
function throughTheFile(from: Space, configuration: Configuration): Configuration {
  const encoding = encodeSpace(from);
  const { params, distributions, attributes } = encoding.toJournal(configuration);
  const written = parseJson(stringifyJson(attributes)) as Record<string, Json>;
  return encoding.fromJournal(params, distributions, written);
}

describe("the encoding of configurations", () => {
  it("brings every draw back exactly", () => {
    fc.assert(
      fc.property(space, unit, (from, probability) => {
        const drawn = encodeSpace(from).clip(draw(from, probability));
        expect(throughTheFile(from, drawn)).to.deep.equal(drawn);
      }),
    );
  });

  it("brings anything back exactly, also what the distributions cannot hold", () => {
    fc.assert(
      fc.property(space, fc.array(json, { maxLength: 6 }), (from, values) => {
        const odd = Object.fromEntries(
          from.parameters.map(({ name, distribution: of }, index) => [
            name,
            values[index] ?? quantile(of, 0.5),
          ]),
        );
        expect(throughTheFile(from, odd)).to.deep.equal(odd);
      }),
    );
  });

  it("keeps each draw inside the range that Optuna is told", () => {
    fc.assert(
      fc.property(space, unit, (from, probability) => {
        const encoding = encodeSpace(from);
        const drawn = encoding.clip(draw(from, probability));
        const { params, distributions } = encoding.toJournal(drawn);
        for (const [name, text] of Object.entries(distributions)) {
          const { low, high, choices, step: by, log } = JSON.parse(text).attributes;
          const value = params[name]!;
          if (choices !== undefined) {
            expect(value).to.be.within(0, choices.length - 1);
            continue;
          }
          const slack = (by ?? 0) * 1e-6;
          expect(value).to.be.within(low - slack, high + slack);
          expect(low).to.be.at.most(high);
          if (log) expect(low).to.be.greaterThan(0);
        }
      }),
    );
  });

  it("leaves a draw alone unless it is out of the range", () => {
    const of = spaceOf({ x: { kind: "normal", mu: 0, sigma: 1 } });
    const { clip } = encodeSpace(of);
    expect(clip({ x: 5.9 })).to.deep.equal({ x: 5.9 });
    expect(clip({ x: 7 }).x).to.be.within(5.99, 6);
    expect(clip({ x: "text" })).to.deep.equal({ x: "text" });
  });

  it("leaves the points of a grid alone", () => {
    fc.assert(
      fc.property(space, (from) => {
        fc.pre(
          from.parameters.every(({ distribution: of }) => hasGrid(of)) && gridSize(from) < 1e6,
        );
        const encoding = encodeSpace(from, "grid");
        for (const index of [0, Math.floor(gridSize(from) / 2), gridSize(from) - 1]) {
          const point = gridAt(from, index)!;
          expect(encoding.clip(point)).to.deep.equal(point);
        }
      }),
    );
  });

  it("is told again by the study's attributes", () => {
    fc.assert(
      fc.property(space, (from) => {
        const written = parseJson(stringifyJson(encodeSpace(from).attributes));
        expect(decodeSpace(written as Record<string, Json>)).to.deep.equal(from);
      }),
    );
  });

  it("takes attributes that are not ours for what they are", () => {
    expect(decodeSpace({})).to.equal(undefined);
    expect(decodeSpace({ "sweepdeck:space": [{ name: 1 }] })).to.equal(undefined);
  });

  it("leaves out what a configuration lacks, and puts no placeholder there", () => {
    const of = spaceOf({
      optimizer: { kind: "categorical", values: ["sgd", "adam"] },
      momentum: { kind: "uniform", min: 0, max: 1 },
    });
    const encoded = encodeSpace(of).toJournal({ optimizer: "adam" });
    expect(encoded.params).to.deep.equal({ optimizer: 1 });
    expect(throughTheFile(of, { optimizer: "adam" })).to.deep.equal({ optimizer: "adam" });
  });

  it("reads the choices of other writers by their own distributions", () => {
    const of = spaceOf({ layers: { kind: "categorical", values: [[16], [32, 32]] } });
    const text = (choices: Json) =>
      `{"name": "CategoricalDistribution", "attributes": {"choices": ${stringifyJson(choices)}}}`;
    const { fromJournal } = encodeSpace(of);
    expect(fromJournal({ layers: 0 }, { layers: text(["[32,32]", "[16]"]) })).to.deep.equal({
      layers: [32, 32],
    });
    expect(fromJournal({ layers: 1 }, { layers: text(["[16]", "[64]"]) })).to.deep.equal({
      layers: "[64]",
    });
    expect(fromJournal({ other: 0 }, { other: text(["a"]) })).to.deep.equal({ other: "a" });
  });
});
