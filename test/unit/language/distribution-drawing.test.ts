import { expect } from "chai";
import fc from "fast-check";
import { drawingOf } from "../../../src/language/distribution-drawing.js";
import { histogramOf } from "../../../src/language/histogram.js";
import { markdownImage } from "../../../src/language/svg.js";
import type { Distribution } from "../../../src/space/space.js";

const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const bounds = fc
  .tuple(bound, bound)
  .filter(([a, b]) => Math.abs(a - b) > 1e-6)
  .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
const exponents = fc
  .tuple(
    fc.double({ min: -20, max: 0, noNaN: true }),
    fc.double({ min: 0.1, max: 20, noNaN: true }),
  )
  .map(([min, max]) => ({ min, max }));
const positives = exponents.map(({ min, max }) => ({ min: Math.exp(min), max: Math.exp(max) }));
const q = fc.double({ min: 1e-3, max: 100, noNaN: true });
const spread = fc.record({ mu: bound, sigma: fc.double({ min: 1e-3, max: 1e3, noNaN: true }) });
const shapes = fc.record({
  a: fc.double({ min: 0.1, max: 20, noNaN: true }),
  b: fc.double({ min: 0.1, max: 20, noNaN: true }),
});

const distributions: fc.Arbitrary<Distribution> = fc.oneof(
  bounds.map((each) => ({ kind: "uniform" as const, ...each })),
  bounds.map(({ min, max }) => ({
    kind: "int_uniform" as const,
    min: Math.floor(min),
    max: Math.floor(min) + Math.ceil(max - min),
  })),
  positives.map((each) => ({ kind: "log_uniform_values" as const, ...each })),
  positives.map((each) => ({ kind: "inv_log_uniform_values" as const, ...each })),
  exponents.map((each) => ({ kind: "log_uniform" as const, ...each })),
  exponents.map((each) => ({ kind: "inv_log_uniform" as const, ...each })),
  fc.tuple(bounds, q).map(([each, step]) => ({ kind: "q_uniform" as const, ...each, q: step })),
  fc
    .tuple(positives, q)
    .map(([each, step]) => ({ kind: "q_log_uniform_values" as const, ...each, q: step })),
  spread.map((each) => ({ kind: "normal" as const, ...each })),
  shapes.map((each) => ({ kind: "beta" as const, ...each })),
  fc.tuple(shapes, q).map(([each, step]) => ({ kind: "q_beta" as const, ...each, q: step })),
  fc
    .array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1, maxLength: 20 })
    .map((values) => ({ kind: "categorical" as const, values })),
);

describe("the drawing of a distribution", () => {
  it("is whole and within its frame, whatever is drawn from", () => {
    const presets = fc.oneof(bound, fc.string(), fc.constant(undefined));
    fc.assert(
      fc.property(distributions, presets, (distribution, preset) => {
        const svg = drawingOf(distribution, { theme: "dark", default: preset });
        if (svg === undefined) return;
        expect(svg).not.to.match(/NaN|Infinity|undefined/);
        for (const [, x = ""] of svg.matchAll(/ x1?="([^"]*)"/g)) {
          expect(Number(x)).to.be.within(0, 320);
        }
        for (const [, height = ""] of svg.matchAll(/<rect[^>]* height="([^"]*)"/g)) {
          expect(Number(height)).to.be.within(0, 52);
        }
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);

  it("is the same each time", () => {
    const normal: Distribution = { kind: "normal", mu: 0, sigma: 1 };
    const draw = () => drawingOf(normal, { theme: "light" });
    expect(draw()).to.equal(draw());
  });

  it("is not made of a constant, nor where both bounds are one", () => {
    expect(drawingOf({ kind: "constant", value: 1 }, { theme: "any" })).to.equal(undefined);
    expect(drawingOf({ kind: "uniform", min: 1, max: 1 }, { theme: "any" })).to.equal(undefined);
  });

  it("names as many values as there is room for, and counts the rest", () => {
    const values = Array.from({ length: 11 }, (_, index) => `v${index}`);
    const svg = drawingOf({ kind: "categorical", values }, { theme: "dark" }) ?? "";
    expect(svg).to.include(">v7</text>");
    expect(svg).not.to.include(">v8</text>");
    expect(svg).to.include(">and 3 more</text>");
  });

  it("has colours of its own for each theme", () => {
    const uniform: Distribution = { kind: "uniform", min: 0, max: 1 };
    const drawn = (["light", "dark", "highContrast", "highContrastLight"] as const).map((theme) =>
      drawingOf(uniform, { theme }),
    );
    expect(new Set(drawn).size).to.equal(4);
  });

  it("is read aloud by its alternative text", () => {
    expect(markdownImage("<svg/>", "From 1 to 2 [all] alike")).to.match(
      /^!\[From 1 to 2 {2}all {2}alike\]\(data:image\/svg\+xml;base64,PHN2Zy8\+\)$/,
    );
  });
});

describe("the histogram of a distribution", () => {
  it("is as high everywhere where all values are alike", () => {
    const found = histogramOf({ kind: "log_uniform_values", min: 1e-4, max: 1 });
    if (found?.kind !== "numbers") throw new Error("no numbers");
    expect(found.scale).to.equal("log");
    expect([found.min, found.max]).to.deep.equal([1e-4, 1]);
    for (const height of found.heights) expect(height).to.be.above(0.95);
  });

  it("has a bar for each of a few steps, half as high at ends that rounding cuts", () => {
    const found = histogramOf({ kind: "q_uniform", min: 0, max: 100, q: 25 });
    if (found?.kind !== "numbers") throw new Error("no numbers");
    expect(found.heights.map((height) => Math.round(height * 2) / 2)).to.deep.equal([
      0.5, 1, 1, 1, 0.5,
    ]);
  });

  it("adds up values that are listed twice", () => {
    expect(histogramOf({ kind: "categorical", values: ["a", "b", "a"] })).to.deep.equal({
      kind: "choices",
      choices: [
        { value: "a", probability: 2 / 3 },
        { value: "b", probability: 1 / 3 },
      ],
    });
  });
});
