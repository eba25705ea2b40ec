import { expect } from "chai";
import type { Finding } from "../../../src/importance/findings.js";
import { importanceOf } from "../../../src/importance/importance.js";
import { resultsOf } from "../../../src/importance/results.js";
import { findingSentence } from "../../../src/importance/sentences.js";
import type { Configuration, Distribution } from "../../../src/space/space.js";
import { measured, resultsAt, spaceOf, unit } from "../../support/measured-spaces.js";

type Value = (configuration: Configuration, noise: number) => number;

function findings(
  distributions: Readonly<Record<string, Distribution>>,
  count: number,
  valueAt: Value,
  goal: "minimize" | "maximize" = "minimize",
): readonly Finding[] {
  return importanceOf(resultsAt(spaceOf(distributions), count, valueAt, goal))?.findings ?? [];
}

function edgeOf(distribution: Distribution, valueAt: Value, goal?: "minimize" | "maximize") {
  const found = findings({ p: distribution }, 100, valueAt, goal);
  return found.find((each) => each.kind === "edge");
}

describe("the finding that the best lie at the edge of a range", () => {
  it("counts the best trials near the end, and proposes a decade more on a logarithmic scale", () => {
    const lr: Distribution = { kind: "log_uniform_values", min: 1e-5, max: 0.1 };
    const found = edgeOf(lr, ({ p }) => -Math.log10(Number(p)));
    expect(found).to.deep.include({ parameter: "p", end: "upper", best: 10, bound: 0.1 });
    expect(found?.near).to.be.within(6, 10);
    expect(found?.from).to.be.closeTo(0.1 ** 1.4, 1e-9);
    expect(found?.proposed).to.equal(1);
  });

  it("finds the lower end of what is maximized", () => {
    const found = edgeOf({ kind: "uniform", min: 10, max: 30 }, ({ p }) => -Number(p), "maximize");
    expect(found).to.deep.include({ end: "lower", bound: 10, from: 12, proposed: 0 });
  });

  const falling: Value = ({ p }) => -Number(p);
  const rising: Value = ({ p }) => Number(p);

  it("proposes whole numbers, steps and the next of a list", () => {
    expect(edgeOf({ kind: "int_uniform", min: 1, max: 9 }, falling)?.proposed).to.equal(13);
    const quantised: Distribution = { kind: "q_uniform", min: 0, max: 400, q: 50 };
    expect(edgeOf(quantised, falling)?.proposed).to.equal(600);
    expect(edgeOf({ kind: "categorical", values: [16, 64, 128, 32] }, falling)?.proposed).to.equal(
      256,
    );
    expect(edgeOf({ kind: "categorical", values: [10, 20, 30, 40] }, falling)?.proposed).to.equal(
      50,
    );
  });

  it("proposes nothing beyond a natural end", () => {
    const atZero = edgeOf(unit, rising);
    expect(atZero).to.deep.include({ end: "lower", bound: 0, proposed: undefined });
    expect(edgeOf(unit, falling)).to.deep.include({ end: "upper", proposed: undefined });
    expect(edgeOf({ kind: "int_uniform", min: 1, max: 9 }, rising)?.proposed).to.equal(undefined);
  });

  it("is silent where the best lie inside, where only one lies at the edge, and where there is no end", () => {
    expect(edgeOf(unit, ({ p }) => (Number(p) - 0.5) ** 2)).to.equal(undefined);
    const search = spaceOf({ p: unit });
    const inside = measured(search, 99, ({ p }) => (Number(p) - 0.5) ** 2);
    const lucky = [...inside, { number: 99, configuration: { p: 1 }, value: -10 }];
    expect(
      importanceOf(resultsOf(search, lucky, "minimize"))?.findings.filter(
        ({ kind }) => kind === "edge",
      ),
    ).to.deep.equal([]);
    expect(edgeOf({ kind: "normal", mu: 0, sigma: 1 }, rising)).to.equal(undefined);
    expect(edgeOf({ kind: "categorical", values: ["a", "b", "c"] }, rising)).to.equal(undefined);
  });

  it("is silent where the parameter does nothing, even if the sampler sits at its end", () => {
    const search = spaceOf({ x: unit, idle: unit });
    const crowded = measured(search, 100, ({ x }) => (Number(x) - 0.5) ** 2).map((each) => ({
      ...each,
      configuration: {
        ...each.configuration,
        idle: 0.9 + Number(each.configuration["idle"]) / 10,
      },
    }));
    const found = importanceOf(resultsOf(search, crowded, "minimize"))?.findings ?? [];
    expect(found.filter(({ kind }) => kind === "edge")).to.deep.equal([]);
  });
});

describe("the finding that a parameter has no measurable effect", () => {
  const space: Readonly<Record<string, Distribution>> = {
    lr: { kind: "log_uniform_values", min: 1e-5, max: 0.1 },
    kind: { kind: "categorical", values: ["a", "b", "c"] },
    idle: unit,
    noop: { kind: "categorical", values: [1, 2, 3, 4] },
  };
  const value: Value = ({ lr, kind }, noise) =>
    (Math.log10(Number(lr)) + 3) ** 2 + (kind === "b" ? 1 : 0) + noise / 2;

  const idle = (found: readonly Finding[]) =>
    found.flatMap((each) => (each.kind === "no-effect" ? each.parameters : []));

  it("names those that do nothing, and none that does something", () => {
    expect(idle(findings(space, 300, value))).to.have.members(["idle", "noop"]);
  });

  it("does not name parameters that matter only together", () => {
    const found = findings(
      { a: unit, b: unit, c: unit },
      300,
      ({ a, b }) => (Number(a) - 0.5) * (Number(b) - 0.5),
    );
    expect(idle(found)).to.not.include("a");
    expect(idle(found)).to.not.include("b");
  });

  it("is silent on too few trials, and says how many are needed", () => {
    expect(findings(space, 19, value)).to.deep.equal([
      { kind: "too-few", of: "edge", trials: 19, needed: 20 },
      { kind: "too-few", of: "no-effect", trials: 19, needed: 60 },
    ]);
    const some = findings(space, 59, value);
    expect(some).to.deep.include({ kind: "too-few", of: "no-effect", trials: 59, needed: 60 });
    expect(idle(some)).to.deep.equal([]);
  });
});

describe("importance of a study", () => {
  it("puts first what explains most, and is the same each time", () => {
    const results = resultsAt(
      spaceOf({ a: unit, b: unit }),
      80,
      ({ a, b }) => Number(a) + 3 * Number(b),
    );
    const first = importanceOf(results);
    expect(first?.parameters.map(({ names }) => names)).to.deep.equal([["b"], ["a"]]);
    expect(first?.trials).to.equal(80);
    const again = importanceOf(results);
    expect(again?.parameters).to.deep.equal(first?.parameters);
    expect(again?.findings).to.deep.equal(first?.findings);
  });

  it("is undefined for too few trials, and for a space in which nothing varies", () => {
    expect(importanceOf(resultsAt(spaceOf({ a: unit }), 7, () => 1))).to.equal(undefined);
    const fixed = spaceOf({ a: { kind: "constant", value: 1 } });
    expect(importanceOf(resultsAt(fixed, 50, (_, noise) => noise))).to.equal(undefined);
  });
});

describe("findings in words", () => {
  it("say what is, then what to do", () => {
    const edge = {
      kind: "edge",
      parameter: "lr",
      end: "upper",
      bound: 0.1,
      near: 8,
      best: 10,
      from: 0.0398107,
      proposed: 1,
    } as const;
    expect(findingSentence(edge, "loss")).to.equal(
      "8 of the 10 best trials have lr above 0.0398, at the upper end of its range (0.1): the best may lie beyond. Try up to 1.",
    );
    expect(findingSentence({ ...edge, from: 0.1, proposed: undefined }, "loss")).to.equal(
      "8 of the 10 best trials have lr at 0.1, at the upper end of its range, and that end is a natural one.",
    );
    expect(
      findingSentence(
        { kind: "no-effect", parameters: ["seed"], share: 0.01, shadow: 0.02, trials: 90 },
        "loss",
      ),
    ).to.equal(
      "seed has no measurable effect on loss in 90 trials: a shuffled parameter would look as important. Fix seed, and the rest is searched better.",
    );
    expect(
      findingSentence({ kind: "too-few", of: "no-effect", trials: 20, needed: 60 }, "loss"),
    ).to.equal(
      "Whether a parameter has no effect can be said from 60 completed trials on; there are 20.",
    );
  });
});
