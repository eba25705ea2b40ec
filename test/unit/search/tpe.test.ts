import { expect } from "chai";
import type { EarlierResult, SamplerSetup } from "../../../src/search/sampler.js";
import { axisOf } from "../../../src/search/tpe/axis.js";
import { neighbourBandwidth } from "../../../src/search/tpe/kernels.js";
import { parzenEstimator } from "../../../src/search/tpe/parzen.js";
import { rowsKeeper } from "../../../src/search/tpe/rows.js";
import { type TpeOptions, tpeSampler } from "../../../src/search/tpe/sampler.js";
import type { Observation } from "../../../src/space/history.js";
import { stream } from "../../../src/space/random.js";
import type { SearchSpace } from "../../../src/space/search-space.js";
import type { Configuration } from "../../../src/space/space.js";
import { samplerContract, setupOf } from "../../support/sampler-contract.js";
import { drawnFrom, observed } from "../../support/sampler-histories.js";
import { awkwardSpaces, searchOf } from "../../support/sampler-spaces.js";

const defaults: TpeOptions = { startupTrials: 10, candidates: 24, constantLiar: true };

const mixed = searchOf(`
  x: {min: -5.0, max: 5.0}
  lr: {distribution: log_uniform_values, min: 0.00001, max: 1}
  layers: {min: 1, max: 8}
  width: {values: [256, 16, 64, 32]}
  optimizer: {values: [sgd, adam, lion]}`);

samplerContract("TPE", { make: (setup) => tpeSampler(setup, defaults), space: mixed.space });
samplerContract("TPE, parameter by parameter", {
  make: (setup) => tpeSampler(setup, { ...defaults, multivariate: false, startupTrials: 4 }),
  space: mixed.space,
});

const setupFor = (search: SearchSpace, seed: number, more: Partial<SamplerSetup> = {}) =>
  setupOf(search.space, seed, { search, ...more });

/** As a study does: the losses of what is asked are told before the next. */
function searched(
  search: SearchSpace,
  loss: (configuration: Configuration) => number,
  trials: number,
  options: Partial<TpeOptions> = {},
  more: Partial<SamplerSetup> = {},
): readonly Observation[] {
  const sampler = tpeSampler(setupFor(search, 3, more), { ...defaults, ...options });
  const observations: Observation[] = [];
  for (let draws = 0; draws < trials; draws += 1) {
    const proposal = sampler.ask({ draws, observations: [...observations] });
    if (proposal.kind === "exhausted") throw new Error("nothing is left");
    const { configuration } = proposal;
    observations.push({ ...observed(configuration, draws), value: loss(configuration) });
  }
  return observations;
}

const best = (observations: readonly Observation[]) =>
  Math.min(...observations.map(({ value }) => value ?? Infinity));

const share = (
  observations: readonly Observation[],
  isSo: (configuration: Configuration) => boolean,
) => observations.filter(({ configuration }) => isSo(configuration)).length / observations.length;

describe("TPE", () => {
  const bowl = ({ x, lr, layers, width, optimizer }: Configuration) =>
    (Number(x) - 1) ** 2 +
    (Math.log10(Number(lr)) + 3) ** 2 +
    (Number(layers) - 5) ** 2 / 4 +
    Math.log2(Number(width) / 64) ** 2 / 4 +
    (optimizer === "adam" ? 0 : 1);

  it("draws at random until there are results, then closes in on what is good", () => {
    const found = searched(mixed, bowl, 80);
    const random = searched(mixed, bowl, 80, { startupTrials: 80 });
    expect(found.slice(0, 10)).to.deep.equal(random.slice(0, 10));
    expect(found[10]).to.not.deep.equal(random[10]);
    expect(best(found)).to.be.below(best(random) / 4);
    expect(share(found.slice(40), ({ optimizer }) => optimizer === "adam")).to.be.above(0.7);
  });

  it("finds what must fit together where parameters are modelled together", () => {
    const plane = searchOf("\n  a: {min: 0.0, max: 1.0}\n  b: {min: 0.0, max: 1.0}");
    const ridge = ({ a, b }: Configuration) => Math.abs(Number(a) - Number(b));
    const mean = (observations: readonly Observation[]) =>
      observations.slice(60).reduce((sum, { value }) => sum + (value ?? 1), 0) / 60;
    const together = mean(searched(plane, ridge, 120));
    const apart = mean(searched(plane, ridge, 120, { multivariate: false }));
    expect(together).to.be.below(apart * 0.85);
  });

  it("models parameters one by one for several objectives, as Optuna does", () => {
    const objectives = ["a", "b"].map((name) => ({
      name,
      goal: "minimize" as const,
      impute: "worst" as const,
      imputeWhileRunning: "false" as const,
    }));
    const observations = drawnFrom(mixed, 30).map((each, index) => ({
      ...observed(each, index),
      values: [bowl(each), -bowl(each) * 0.5 + Number(each["x"])],
    }));
    const ask = (options: Partial<TpeOptions>) =>
      tpeSampler(setupFor(mixed, 3, { objectives }), { ...defaults, ...options }).ask({
        draws: 30,
        observations,
      });
    expect(ask({})).to.deep.equal(ask({ multivariate: false }));
    expect(ask({})).to.not.deep.equal(ask({ multivariate: true }));
  });

  it("keeps away from trials that still run", () => {
    const line = searchOf("\n  x: {min: 0.0, max: 1.0}");
    const ended = Array.from({ length: 30 }, (_, index) => ({
      ...observed({ x: index / 30 }, index),
      value: Math.abs(index / 30 - 0.5),
    }));
    const running = Array.from({ length: 8 }, (_, index) =>
      observed({ x: 0.48 + index * 0.006 }, 30 + index, "running"),
    ).map((each) => ({ ...each, value: null, ended: null, reports: [] }));
    const near = (constantLiar: boolean) => {
      const asked = Array.from({ length: 40 }, (_, seed) =>
        tpeSampler(setupFor(line, seed), { ...defaults, constantLiar }).ask({
          draws: 38,
          observations: [...ended, ...running],
        }),
      );
      return asked.filter(
        (each) =>
          each.kind === "configuration" && Math.abs(Number(each.configuration["x"]) - 0.5) < 0.025,
      ).length;
    };
    expect(near(true)).to.be.below(near(false) / 2);
  });

  it("learns what belongs to a branch from the trials that took it, and goes where it pays", () => {
    const tree = awkwardSpaces.get("conditions");
    if (tree === undefined) throw new Error("no such space");
    const loss = ({ model, lr, momentum, depth }: Configuration) => {
      if (model === "net") {
        return Math.abs(Math.log10(Number(lr)) + 1) + Math.abs(Number(momentum ?? 0) - 0.9);
      }
      return model === "tree" ? 1 + Number(depth) : 2;
    };
    const found = searched(tree, loss, 90);
    expect(share(found.slice(45), ({ model }) => model === "net")).to.be.above(0.6);
    expect(best(found)).to.be.below(0.15);
  });

  it("begins with the results of earlier studies", () => {
    const earlier: EarlierResult[] = drawnFrom(mixed, 60).map((configuration) => ({
      configuration,
      values: [bowl(configuration)],
    }));
    const warm = searched(mixed, bowl, 12, {}, { earlier });
    const cold = searched(mixed, bowl, 12);
    const mean = (all: readonly Observation[]) =>
      all.reduce((sum, { value }) => sum + (value ?? 0), 0) / all.length;
    expect(mean(warm)).to.be.below(mean(cold) / 2);
  });

  it("keeps away from where trials fail", () => {
    const line = searchOf("\n  x: {min: 0.0, max: 1.0}");
    const observations = Array.from({ length: 60 }, (_, index) => {
      const x = ((index * 37) % 60) / 60;
      return x < 0.5
        ? { ...observed({ x }, index, "failed"), value: null, reports: [] }
        : { ...observed({ x }, index), value: x };
    });
    const asked = Array.from({ length: 30 }, (_, seed) =>
      tpeSampler(setupFor(line, seed), defaults).ask({ draws: 60, observations }),
    );
    const failing = asked.filter(
      (each) => each.kind === "configuration" && Number(each.configuration["x"]) < 0.45,
    );
    expect(failing.length).to.be.below(5);
  });
});

describe("a Parzen estimator", () => {
  const axes = mixed.dimensions.map(axisOf);
  const points = drawnFrom(mixed, 7).flatMap((each) => mixed.pointOf(each) ?? []);
  const along = (columns: readonly number[]) =>
    parzenEstimator({
      axes: columns.flatMap((column) => axes[column] ?? []),
      columns,
      rows: rowsKeeper(axes)(points),
      members: [0, 1, 3, 4, 6],
      weights: Float64Array.of(1, 2, 1, 0.5, 1),
      bandwidth: neighbourBandwidth,
    });

  it("sums to 1 along each axis, and draws what it says", () => {
    for (const [column, axis] of axes.entries()) {
      const estimator = along([column]);
      const cells = cellsOf(axis);
      const masses = estimator
        .logDensities(cells.map(({ middle }) => Float64Array.of(middle)))
        .map(
          (log, index) => Math.exp(log) * (axis.kind === "line" ? (cells[index]?.width ?? 0) : 1),
        );
      expect(masses.reduce((sum, mass) => sum + mass, 0)).to.be.closeTo(1, 1e-4);
      const draws = stream("draws").fork(column);
      const samples = Array.from({ length: 4000 }, () => estimator.sample(draws)[0] ?? Number.NaN);
      let chi = 0;
      for (const [index, { middle, width }] of cells.entries()) {
        const seen = samples.filter((each) => Math.abs(each - middle) <= width / 2).length;
        const expected = (masses[index] ?? 0) * samples.length;
        chi += (seen - expected) ** 2 / Math.max(expected, 1);
      }
      // Five standard deviations above the mean of chi squared.
      expect(chi).to.be.below(cells.length + 5 * Math.sqrt(2 * cells.length));
    }
  });

  it("puts numbers of a list in their order, so that neighbours are alike", () => {
    const column = mixed.dimensions.findIndex(
      (each) => each.kind === "choice" && each.names[0] === "width",
    );
    const axis = axes[column];
    // 16, 32, 64, 256 are choices 1, 3, 2 and 0.
    expect([1, 3, 2, 0].map((index) => axis?.coordinateOf(index))).to.deep.equal([
      0.125, 0.375, 0.625, 0.875,
    ]);
    expect([0, 1, 2, 3].map((index) => axis?.placeOf(axis.coordinateOf(index)))).to.deep.equal([
      0, 1, 2, 3,
    ]);
  });

  it("keeps its rows in order as they grow, and when they are others", () => {
    const keeper = rowsKeeper(axes);
    const all = drawnFrom(mixed, 300).flatMap((each) => mixed.pointOf(each) ?? []);
    for (const size of [3, 4, 5, 120, 121, 300, 299, 40]) {
      const some = size === 299 ? all.slice(1) : all.slice(0, size);
      const grown = keeper(some);
      const fresh = rowsKeeper(axes)(some);
      expect(grown.coordinates).to.deep.equal(fresh.coordinates);
      for (const column of axes.keys()) {
        expect(grown.sorted(column)).to.deep.equal(fresh.sorted(column));
        const { coordinates } = grown.sorted(column);
        expect(coordinates).to.deep.equal(Float64Array.from(coordinates).sort());
      }
    }
  });
});

/** Where samples are counted: the values of stepped axes, and many slices of a line. */
function cellsOf(axis: ReturnType<typeof axisOf>) {
  if (axis.kind === "choice") {
    return axis.probabilities.map((_, index) => ({ middle: index, width: 0.5 }));
  }
  const slices = 400;
  const middles = Array.from({ length: slices }, (_, index) => (index + 0.5) / slices);
  if (axis.kind === "line") return middles.map((middle) => ({ middle, width: 1 / slices }));
  return [...new Set(middles.map((middle) => axis.cellAt(middle).middle))].map((middle) => ({
    middle,
    width: 1e-9,
  }));
}
