/** What every sampler owes to a study, whatever it searches by: inherited by the tests of each. */
import { expect } from "chai";
import type { Proposal, Sampler, SamplerSetup } from "../../src/search/sampler.js";
import { withoutInactive } from "../../src/space/condition.js";
import { identity } from "../../src/space/distribution.js";
import { boundsOf } from "../../src/space/expression/domain.js";
import type { History, Observation } from "../../src/space/history.js";
import { type SearchSpace, searchSpaceOf } from "../../src/space/search-space.js";
import type { Configuration, Distribution, Space } from "../../src/space/space.js";
import type { Json } from "../../src/space/value.js";
import { awkwardHistories, drawnFrom, observed } from "./sampler-histories.js";
import { awkwardSpaces } from "./sampler-spaces.js";

export interface SamplerCase {
  readonly make: (setup: SamplerSetup) => Sampler;
  /** A space that the sampler accepts, with no fewer than 12 configurations. */
  readonly space: Space;
  /** Which spaces it accepts; all of them, when absent. */
  readonly accepts?: (space: Space) => boolean;
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
    objectives: [loss("loss")],
    initial: [],
    budget: undefined,
    earlier: [],
    ...more,
  };
}

function loss(name: string): SamplerSetup["objectives"][number] {
  return { name, goal: "minimize", impute: "worst", imputeWhileRunning: "false" };
}

export function samplerContract(name: string, samplerCase: SamplerCase): void {
  const { make: from, space, accepts = () => true } = samplerCase;
  const make = (of: Space, seed: number) => from(setupOf(of, seed));
  const search = searchSpaceOf({ space });
  const searching = (of: SearchSpace, more: Partial<SamplerSetup> = {}) =>
    from(setupOf(of.space, 5, { search: of, ...more }));

  describe(`${name}, as every sampler`, () => {
    it("has a name", () => {
      expect(make(space, 1).name).to.not.equal("");
    });

    it("gives every parameter a value that its distribution can draw", () => {
      for (const configuration of proposals(make(space, 1), 12)) allowedIn(search, configuration);
    });

    it("gives the same configurations for the same seed and history", () => {
      expect(proposals(make(space, 7), 12)).to.deep.equal(proposals(make(space, 7), 12));
    });

    it("goes on after a restart as if there had been none", () => {
      const all = proposals(make(space, 7), 12);
      const observations = all.map((each, index) => observed(each, index));
      const resumed = all.map((_, draws) =>
        configurationOf(make(space, 7), { draws, observations: observations.slice(0, draws) }),
      );
      expect(resumed).to.deep.equal(all);
    });

    it("gives the same answer however often it is asked", () => {
      const sampler = make(space, 3);
      const observations = drawnFrom(search, 11).map((each, index) => observed(each, index));
      const history: History = { draws: 11, observations };
      const first = sampler.ask(history);
      sampler.ask({ draws: 5, observations: observations.slice(3) });
      expect(sampler.ask(history)).to.deep.equal(first);
    });

    it("depends on the values of a history alone: read back from JSON it gives the same", () => {
      const observations = awkwardHistories(search).get("every state") ?? [];
      const history: History = { draws: 11, observations };
      const text = JSON.stringify(history);
      const first = make(space, 3).ask(history);
      expect(JSON.stringify(history)).to.equal(text);
      expect(make(space, 3).ask(JSON.parse(text) as History)).to.deep.equal(first);
    });

    it("maximises as it minimises what is negated", () => {
      const observations = awkwardHistories(search).get("every state") ?? [];
      const negated = observations.map((each) => ({
        ...each,
        value: each.value === null ? null : -each.value,
        reports: each.reports.map(([step, value]) => [step, -value] as const),
      }));
      const maximising = from(
        setupOf(space, 3, { objectives: [{ ...loss("score"), goal: "maximize" }] }),
      );
      expect(maximising.ask({ draws: 11, observations: negated })).to.deep.equal(
        make(space, 3).ask({ draws: 11, observations }),
      );
    });

    for (const [kind, of] of awkwardSpaces) {
      if (!accepts(of.space)) continue;
      it(`searches ${kind}`, () => {
        const observations = awkwardHistories(of).get("scattered results") ?? [];
        const sampler = searching(of);
        for (const draws of [0, 1, 22, 23, 24]) {
          answered(of, draws, sampler.ask({ draws, observations: observations.slice(0, draws) }));
        }
      });
    }

    for (const kind of awkwardHistories(search).keys()) {
      it(`stands a history of ${kind}`, () => {
        for (const of of [
          search,
          ...within(accepts, "conditions", "steps, ordinary and logarithmic"),
        ]) {
          const observations = awkwardHistories(of).get(kind) ?? [];
          const draws = Math.min(observations.length, 11);
          answered(of, draws, searching(of).ask({ draws, observations }));
        }
      });
    }

    it("stands several objectives, none, and results of earlier studies", () => {
      const configurations = drawnFrom(search, 24);
      const observations = configurations.map((each, index) => observed(each, index));
      const two = observations.map((each) => ({ ...each, values: [each.value ?? 0, each.number] }));
      const none = observations.map((each) => ({ ...each, value: null, reports: [] }));
      const earlier = observations.map(({ configuration, value }) => ({
        configuration,
        values: [value ?? 0],
      }));
      const asked = [
        searching(search, { objectives: [loss("a"), { ...loss("b"), goal: "maximize" }] }).ask({
          draws: 11,
          observations: two,
        }),
        searching(search, { objectives: [] }).ask({ draws: 11, observations: none }),
        searching(search, { earlier }).ask({ draws: 0, observations: [] }),
      ];
      for (const proposal of asked) answered(search, 11, proposal);
    });

    for (const of of within(
      accepts,
      "conditions on a grid",
      "constraints on a grid",
      "lists side by side",
    )) {
      it(`tries all ${different(of)} configurations of a finite space before any comes again`, () => {
        const all = proposals(searching(of), different(of));
        for (const each of all) allowedIn(of, each);
        expect(new Set(all.map(identity)).size).to.equal(different(of));
      });
    }
  });
}

function within(accepts: (space: Space) => boolean, ...names: string[]): readonly SearchSpace[] {
  return names.flatMap((each) => {
    const search = awkwardSpaces.get(each);
    return search !== undefined && accepts(search.space) ? [search] : [];
  });
}

/** How many configurations a small space has, conditions and constraints counted. */
function different(search: SearchSpace): number {
  return new Set(drawnFrom(search, 600).map(identity)).size;
}

/** Asks as a study does: each proposal is observed before the next. */
export function proposals(sampler: Sampler, count: number): readonly Configuration[] {
  const observations: Observation[] = [];
  for (let draws = 0; draws < count; draws += 1) {
    const configuration = configurationOf(sampler, { draws, observations: [...observations] });
    observations.push(observed(configuration, draws));
  }
  return observations.map(({ configuration }) => configuration);
}

function configurationOf(sampler: Sampler, history: History): Configuration {
  const proposal = sampler.ask(history);
  if (proposal.kind === "exhausted") throw new Error(`exhausted after ${history.draws} draws`);
  return proposal.configuration;
}

/** Nothing may be left to try in a space of no more configurations than were drawn. */
function answered(search: SearchSpace, draws: number, proposal: Proposal): void {
  if (proposal.kind === "configuration") allowedIn(search, proposal.configuration);
  else expect(different(search)).to.be.at.most(draws);
}

/** Every parameter that its conditions allow is there, and no other, and the constraints hold. */
function allowedIn(search: SearchSpace, configuration: Configuration): void {
  const { parameters } = search.space;
  const expected = withoutInactive(
    Object.fromEntries(parameters.map((each) => [each.name, configuration[each.name] ?? null])),
    search.conditions,
  );
  expect(Object.keys(configuration)).to.have.members(Object.keys(expected));
  for (const { name: parameter, distribution } of parameters) {
    const value = configuration[parameter];
    if (value === undefined) continue;
    expect({ parameter, value, fits: fits(distribution, value) }).to.include({ fits: true });
  }
  expect(search.allows(configuration)).to.equal(true);
  expect(search.pointOf(configuration)).to.not.equal(undefined);
}

function fits(distribution: Distribution, value: Json): boolean {
  if (distribution.kind === "constant") return same(value, distribution.value);
  if (distribution.kind === "categorical") {
    return distribution.values.some((each) => same(each, value));
  }
  if (typeof value !== "number") return false;
  const { low, high } = boundsOf(distribution);
  const margin = "q" in distribution ? distribution.q / 2 : 0;
  if ("q" in distribution && !isStep(value, distribution.q)) return false;
  return (
    value >= low - margin &&
    value <= high + margin &&
    (distribution.kind !== "int_uniform" || value % 1 === 0)
  );
}

function isStep(value: number, q: number): boolean {
  return Math.abs(Math.round(value / q) * q - value) <= 1e-9 * q;
}

function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
