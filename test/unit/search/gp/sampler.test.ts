import { expect } from "chai";
import { gpSampler } from "../../../../src/search/gp/sampler.js";
import { randomSampler } from "../../../../src/search/random.js";
import type { Sampler, SamplerSetup } from "../../../../src/search/sampler.js";
import { begun, type History, type Observation } from "../../../../src/space/history.js";
import { searchSpaceOf } from "../../../../src/space/search-space.js";
import type { Configuration, Distribution, Space } from "../../../../src/space/space.js";
import { samplerContract, setupOf } from "../../../support/sampler-contract.js";

function spaceOf(distributions: Readonly<Record<string, Distribution>>): Space {
  return {
    parameters: Object.entries(distributions).map(([name, distribution]) => ({
      name,
      path: [name],
      distribution,
    })),
  };
}

const mixed = spaceOf({
  x: { kind: "uniform", min: 0, max: 1 },
  lr: { kind: "log_uniform_values", min: 1e-5, max: 1 },
  n: { kind: "int_uniform", min: 1, max: 9 },
  c: { kind: "categorical", values: ["a", "b", "c"] },
});

samplerContract("gp", { make: (setup) => gpSampler(setup), space: mixed });

type Loss = (configuration: Configuration) => number;

const mixedLoss: Loss = ({ x, lr, n, c }) =>
  (Number(x) - 0.83) ** 2 +
  0.1 * (Math.log10(Number(lr)) + 3.4) ** 2 +
  0.01 * (Number(n) - 7) ** 2 +
  (c === "b" ? 0 : 0.3);

const box = (dimensions: number, min: number, max: number) =>
  spaceOf(
    Object.fromEntries(
      Array.from(
        { length: dimensions },
        (_, i) => [`x${i}`, { kind: "uniform", min, max }] as const,
      ),
    ),
  );

const branin: Loss = ({ x0, x1 }) => {
  const [x, y] = [15 * Number(x0) - 5, 15 * Number(x1)];
  const bent = y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6;
  return bent ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887;
};

const corner: Loss = (configuration) =>
  Object.values(configuration).reduce<number>((sum, each) => sum + (1 - Number(each)) ** 1.5, 0);

interface Running {
  readonly trials: number;
  readonly inFlight?: number;
  readonly observe?: (observation: Observation) => Observation;
}

/** Of every trial the configuration; with several in flight the one that began first ends first. */
function study(sampler: Sampler, loss: Loss, running: Running): readonly Observation[] {
  const { trials, inFlight = 1, observe = (each) => each } = running;
  let observations: readonly Observation[] = [];
  for (let draws = 0; draws < trials; draws += 1) {
    observations = observations.map((each) =>
      each.ended === null && each.number <= draws - inFlight
        ? observe(completed(each, loss))
        : each,
    );
    const history: History = { draws, observations };
    const proposal = sampler.ask(history);
    if (proposal.kind === "exhausted") throw new Error("exhausted");
    observations = [...observations, begun(proposal.configuration, draws)];
  }
  return observations.map((each) => completed(each, loss));
}

function completed(observation: Observation, loss: Loss): Observation {
  if (observation.ended !== null) return observation;
  const value = loss(observation.configuration);
  const { number } = observation;
  return { ...observation, state: "complete", ended: number, value, reports: [[1, value]] };
}

function bestOf(observations: readonly Observation[]): number {
  return Math.min(...observations.map(({ value }) => value ?? Infinity));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function medianBest(
  make: (setup: SamplerSetup) => Sampler,
  space: Space,
  loss: Loss,
  running: Running,
): number {
  const seeds = [1, 2, 3];
  return median(seeds.map((seed) => bestOf(study(make(setupOf(space, seed)), loss, running))));
}

describe("the Gaussian process sampler", function () {
  // Whole studies, on machines that may be busy.
  this.timeout(20_000);
  const gp = (setup: SamplerSetup) => gpSampler(setup);
  const random = (setup: SamplerSetup) => randomSampler(setup);

  it("begins with the middle, and then spreads its first trials evenly", () => {
    const first = study(gpSampler(setupOf(mixed, 1)), mixedLoss, { trials: 6 });
    expect(first[0]?.configuration).to.deep.include({ x: 0.5, n: 5, c: "a" });
    expect(Math.log10(Number(first[0]?.configuration["lr"]))).to.be.closeTo(-2.5, 1e-9);
    const halves = first.slice(1, 5).map(({ configuration }) => Number(configuration["x"]) < 0.5);
    expect(halves.filter((isBelow) => isBelow)).to.have.length.within(1, 3);
  });

  for (const [name, space, loss, times] of [
    ["Branin's function", box(2, 0, 1), branin, 20],
    ["mixed parameters", mixed, mixedLoss, 20],
    ["a corner in six dimensions", box(6, 0, 1), corner, 20],
  ] as const) {
    it(`comes ${times} times as near to the optimum of ${name} as random search in 30 trials`, () => {
      const running = { trials: 30 };
      const ours = medianBest(gp, space, loss, running);
      expect(ours).to.be.below(medianBest(random, space, loss, running) / times);
    });
  }

  it("loses little with four trials in flight, and tries no point twice", () => {
    const running = { trials: 36, inFlight: 4 };
    const space = box(2, 0, 1);
    expect(medianBest(gp, space, branin, running)).to.be.below(0.05);
    const trials = study(gpSampler(setupOf(space, 4)), branin, running);
    const texts = trials.map(({ configuration }) => JSON.stringify(configuration));
    expect(new Set(texts).size).to.equal(trials.length);
  });

  it("needs no trials of its own where earlier studies tell enough", () => {
    const space = box(2, 0, 1);
    const past = study(gpSampler(setupOf(space, 9)), branin, { trials: 25 });
    const earlier = past.map(({ configuration, value }) => ({
      configuration,
      values: [value ?? 0],
    }));
    const warm = study(gpSampler(setupOf(space, 1, { earlier })), branin, { trials: 5 });
    const cold = study(gpSampler(setupOf(space, 1)), branin, { trials: 5 });
    expect(bestOf(warm)).to.be.below(bestOf(cold) / 10);
  });

  it("takes a pruned trial for no better than the rank it was stopped at", () => {
    // Curves rise: a value at step 1 is better than any at the end, which must not draw the search there.
    const observe = (each: Observation): Observation => {
      const end = each.value ?? 0;
      const isBad = Number(each.configuration["x0"]) < 0.6;
      const early = end - 2;
      return isBad
        ? { ...each, state: "pruned", value: early, reports: [[1, early]] }
        : {
            ...each,
            reports: [
              [1, early],
              [2, end],
            ],
          };
    };
    const loss: Loss = ({ x0, x1 }) => (0.9 - Number(x0)) ** 2 + (0.2 - Number(x1)) ** 2;
    const trials = study(gpSampler(setupOf(box(2, 0, 1), 2)), loss, { trials: 25, observe });
    const late = trials.slice(10).filter(({ configuration }) => Number(configuration["x0"]) > 0.6);
    expect(late.length).to.be.at.least(12);
    expect(Math.min(...late.map(({ configuration }) => loss(configuration)))).to.be.below(1e-3);
  });

  it("finds the best that outcome constraints allow", () => {
    // The best lies at x0 + x1 = 0.8, on the border of what is allowed.
    const loss: Loss = ({ x0, x1 }) => 2 - Number(x0) - Number(x1);
    const violation = ({ x0, x1 }: Configuration) => Math.max(0, Number(x0) + Number(x1) - 0.8);
    const observe = (each: Observation) => ({ ...each, violation: violation(each.configuration) });
    const trials = study(gpSampler(setupOf(box(2, 0, 1), 3)), loss, { trials: 30, observe });
    const allowed = trials.filter(({ configuration }) => violation(configuration) === 0);
    expect(bestOf(allowed)).to.be.within(1.2, 1.22);
  });

  it("finds the better of two families, each with parameters of its own", () => {
    const space = spaceOf({
      model: { kind: "categorical", values: ["tree", "net"] },
      depth: { kind: "int_uniform", min: 1, max: 20 },
      lr: { kind: "log_uniform_values", min: 1e-5, max: 1 },
    });
    const only = (parameter: string, value: string) => ({
      parameter,
      requirements: [{ parameter: "model", kind: "one-of" as const, values: [value] }],
    });
    const search = searchSpaceOf({ space, conditions: [only("depth", "tree"), only("lr", "net")] });
    const loss: Loss = ({ model, depth, lr }) =>
      model === "tree"
        ? 0.3 + 0.01 * (Number(depth) - 6) ** 2
        : 0.1 * (Math.log10(Number(lr)) + 3.7) ** 2;
    const trials = study(gpSampler(setupOf(space, 1, { search })), loss, { trials: 30 });
    expect(bestOf(trials)).to.be.below(0.01);
  });

  it("asks for the trials at the start that it is told to", () => {
    const asked = study(gpSampler(setupOf(mixed, 1), { startupTrials: 15 }), mixedLoss, {
      trials: 15,
    });
    const other = study(gpSampler(setupOf(mixed, 1), { startupTrials: 15 }), () => 1, {
      trials: 15,
    });
    const configurations = (trials: readonly Observation[]) =>
      trials.map((each) => each.configuration);
    expect(configurations(asked)).to.deep.equal(configurations(other));
  });
});
