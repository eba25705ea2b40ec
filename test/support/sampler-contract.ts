/** What every sampler owes to a study, whatever it searches by: inherited by the tests of each. */
import { expect } from "chai";
import type { Sampler, SamplerSetup } from "../../src/search/sampler.js";
import { quantile } from "../../src/space/distribution.js";
import type { History, Observation } from "../../src/space/history.js";
import { stream } from "../../src/space/random.js";
import { searchSpaceOf } from "../../src/space/search-space.js";
import type { Configuration, Distribution, Space } from "../../src/space/space.js";
import type { Json } from "../../src/space/value.js";

export interface SamplerCase {
  readonly make: (setup: SamplerSetup) => Sampler;
  /** A space that the sampler accepts, with no fewer than 12 configurations. */
  readonly space: Space;
}

/** For a space alone: nothing holds between its parameters, and a loss is minimised. */
export function setupOf(
  space: Space,
  seed: number,
  more: Partial<SamplerSetup> = {},
): SamplerSetup {
  return {
    search: searchSpaceOf({ space }),
    seed,
    objectives: [{ name: "loss", goal: "minimize", impute: "worst", imputeWhileRunning: "false" }],
    initial: [],
    budget: undefined,
    earlier: [],
    ...more,
  };
}

export function samplerContract(name: string, { make: from, space }: SamplerCase): void {
  const make = (of: Space, seed: number) => from(setupOf(of, seed));
  describe(`${name}, as every sampler`, () => {
    it("has a name", () => {
      expect(make(space, 1).name).to.not.equal("");
    });

    it("gives every parameter a value that its distribution can draw", () => {
      for (const configuration of proposals(make(space, 1), 12)) {
        expect(Object.keys(configuration)).to.have.members(space.parameters.map((p) => p.name));
        for (const { name: parameter, distribution } of space.parameters) {
          const value = configuration[parameter] ?? null;
          expect({ parameter, value, fits: fits(distribution, value) }).to.include({ fits: true });
        }
      }
    });

    it("gives the same configurations for the same seed and history", () => {
      expect(proposals(make(space, 7), 12)).to.deep.equal(proposals(make(space, 7), 12));
    });

    it("goes on after a restart as if there had been none", () => {
      const all = proposals(make(space, 7), 12);
      const observed = all.map(observation);
      const resumed = all.map((_, draws) =>
        configurationOf(make(space, 7), { draws, observations: observed.slice(0, draws) }),
      );
      expect(resumed).to.deep.equal(all);
    });

    it("gives the same answer however often it is asked", () => {
      const sampler = make(space, 3);
      const history: History = { draws: 2, observations: [] };
      const first = sampler.ask(history);
      sampler.ask({ draws: 5, observations: [] });
      expect(sampler.ask(history)).to.deep.equal(first);
    });

    it("stands failed, pruned, running and foreign trials in its history", () => {
      const sampler = make(space, 3);
      const [first = {}] = proposals(sampler, 1);
      const observations = [
        { ...observation(first, 0), state: "failed" as const, value: null },
        { ...observation(first, 1), state: "pruned" as const },
        { ...observation(first, 2), state: "running" as const, value: null, reports: [] },
        { ...observation(first, 3), value: Number.NaN },
        { ...observation({}, 4), configuration: { elsewhere: "x" } },
      ];
      expect(sampler.ask({ draws: 3, observations }).kind).to.equal("configuration");
    });
  });
}

/** Asks as a study does: each proposal is observed before the next. */
export function proposals(sampler: Sampler, count: number): readonly Configuration[] {
  const made: Configuration[] = [];
  for (let draws = 0; draws < count; draws += 1) {
    made.push(configurationOf(sampler, { draws, observations: made.map(observation) }));
  }
  return made;
}

function configurationOf(sampler: Sampler, history: History): Configuration {
  const proposal = sampler.ask(history);
  if (proposal.kind === "exhausted") throw new Error(`exhausted after ${history.draws} draws`);
  return proposal.configuration;
}

function observation(configuration: Configuration, number: number): Observation {
  const value = stream(number).next();
  return {
    number,
    configuration,
    state: "complete",
    draw: number,
    ended: number,
    value,
    values: [],
    violation: 0,
    reports: [[1, value]],
  };
}

function fits(distribution: Distribution, value: Json): boolean {
  if (distribution.kind === "constant") return same(value, distribution.value);
  if (distribution.kind === "categorical") {
    return distribution.values.some((each) => same(each, value));
  }
  if (typeof value !== "number") return false;
  const least = Number(quantile(distribution, 1e-12));
  const most = Number(quantile(distribution, 1 - 1e-12));
  return (
    value >= least && value <= most && (distribution.kind !== "int_uniform" || value % 1 === 0)
  );
}

function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
