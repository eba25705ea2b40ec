import { expect } from "chai";
import {
  decisions,
  explored,
  isReady,
  type PbtDecision,
  type PbtMember,
} from "../../../src/search/pbt.js";
import { stream } from "../../../src/space/random.js";
import type { SearchSpace } from "../../../src/space/search-space.js";
import type { Configuration } from "../../../src/space/space.js";
import { searchOf } from "../../support/sampler-spaces.js";

const search = searchOf(`
  lr: {distribution: log_uniform_values, min: 1.0e-4, max: 1.0e-1}
  layers: {min: 1, max: 12}
  batch: {values: [16, 64, 32, 128]}
  optimizer: {values: [sgd, adam, lion]}
  fixed: {value: 3}`);

const start: Configuration = { lr: 0.01, layers: 10, batch: 32, optimizer: "sgd", fixed: 3 };
const options = {
  interval: 5,
  burnIn: 0,
  quantile: 0.25,
  resampleProbability: 0.25,
  factors: [0.8, 1.2],
};

function population(losses: readonly (number | null)[]): readonly PbtMember[] {
  return losses.map((loss, member) => ({
    member,
    loss,
    configuration: { ...start, layers: member + 1 },
  }));
}

function decided(losses: readonly (number | null)[], quantile = 0.25, seed = 1) {
  return decisions(search, population(losses), { ...options, quantile }, stream(seed));
}

const takers = (all: readonly PbtDecision[]) =>
  all.filter(({ kind }) => kind === "take-over").map(({ member }) => member);

describe("when members of a population are compared", () => {
  it("is after the burn-in, and an interval after the last time", () => {
    const ready = (reports: number, last: number, burnIn = 0) =>
      isReady(reports, last, { interval: 5, burnIn });
    expect([ready(4, 0), ready(5, 0), ready(9, 5), ready(10, 5)]).to.deep.equal([
      false,
      true,
      false,
      true,
    ]);
    expect([ready(7, 0, 8), ready(8, 0, 8)]).to.deep.equal([false, true]);
  });
});

describe("who takes over from whom", () => {
  it("is the worst quantile from the best, rounded up, and never more than half", () => {
    const losses = [3, 9, 1, 7, 5];
    // ceil(5 / 4) is 2: of 1, 3, 5, 7, 9 the last two take from the first two.
    expect(takers(decided(losses))).to.deep.equal([1, 3]);
    expect(takers(decided(losses, 0.5))).to.deep.equal([1, 3]);
    expect(takers(decided(losses, 0.2))).to.deep.equal([1]);
    expect(takers(decided(losses, 0))).to.deep.equal([]);
    expect(takers(decided([4]))).to.deep.equal([]);
    expect(takers(decided([4, 2]))).to.deep.equal([0]);
  });

  it("leaves out of account who has no loss that is a number", () => {
    const all = decided([3, null, 1, Number.NaN, 5, Infinity]);
    expect(takers(all)).to.deep.equal([5]);
    expect(all[1]).to.deep.equal({ kind: "keep", member: 1, why: null });
  });

  it("is a donor drawn evenly among the best", () => {
    const donors = new Map<number, number>();
    for (let seed = 0; seed < 300; seed += 1) {
      for (const each of decided([1, 2, 3, 7, 8, 9], 0.5, seed)) {
        if (each.kind !== "take-over") continue;
        donors.set(each.donor, (donors.get(each.donor) ?? 0) + 1);
      }
    }
    expect([...donors.keys()].sort()).to.deep.equal([0, 1, 2]);
    for (const count of donors.values()) expect(count).to.be.within(250, 350);
  });

  it("is kept with all that decided", () => {
    const [, , last] = decided([1, 2, 9], 0.3);
    expect(last).to.deep.include({ kind: "take-over", member: 2, donor: 0 });
    expect(last?.why).to.deep.equal({
      loss: 9,
      rank: 3,
      of: 3,
      taking: 1,
      donorLoss: 1,
      donorRank: 1,
    });
    if (last?.kind !== "take-over") return;
    expect(last.from).to.deep.equal({ ...start, layers: 3 });
    expect(last.to).to.deep.equal(
      explored(search, { ...start, layers: 1 }, options, stream(1).fork(2).fork("explore"))
        .configuration,
    );
    expect(JSON.parse(JSON.stringify(last))).to.deep.equal(last);
  });
});

describe("a variation of a configuration", () => {
  const variations = (resampleProbability: number, from = start, of: SearchSpace = search) =>
    Array.from({ length: 2000 }, (_, seed) =>
      explored(of, from, { ...options, resampleProbability }, stream(seed)),
    );
  const share = (
    all: readonly { readonly configuration: Configuration }[],
    name: string,
    is: (value: unknown) => boolean,
  ) => all.filter(({ configuration }) => is(configuration[name])).length / all.length;

  it("multiplies numbers by one of the factors, each as often, and rounds whole numbers", () => {
    const all = variations(0);
    const near = (to: number) => (value: unknown) => Math.abs(Number(value) / to - 1) < 1e-9;
    expect(share(all, "lr", near(0.008))).to.be.closeTo(0.5, 0.05);
    expect(share(all, "lr", near(0.012))).to.be.closeTo(0.5, 0.05);
    expect(share(all, "layers", (value) => value === 8 || value === 12)).to.equal(1);
    expect(share(all, "fixed", (value) => value === 3)).to.equal(1);
  });

  it("moves choices to a neighbour: by value where they have one, as listed where not, and stays at the ends", () => {
    const all = variations(0);
    expect(share(all, "batch", (value) => value === 16)).to.be.closeTo(0.5, 0.05);
    expect(share(all, "batch", (value) => value === 64)).to.be.closeTo(0.5, 0.05);
    expect(share(all, "optimizer", (value) => value === "sgd")).to.be.closeTo(0.5, 0.05);
    expect(share(all, "optimizer", (value) => value === "adam")).to.be.closeTo(0.5, 0.05);
  });

  it("stays in the range", () => {
    const all = variations(0, { ...start, lr: 0.09, layers: 12 });
    const lrs = all.map(({ configuration }) => Number(configuration["lr"]));
    expect(Math.max(...lrs)).to.be.within(0.1 - 1e-9, 0.1);
    expect(Math.min(...lrs)).to.be.closeTo(0.072, 1e-9);
    expect(share(all, "layers", (value) => value === 12 || value === 10)).to.equal(1);
  });

  it("draws each parameter anew as often as it is asked to, from its prior", () => {
    const all = variations(0.25);
    const multiplied = (value: unknown) =>
      [0.008, 0.012].some((to) => Math.abs(Number(value) / to - 1) < 1e-9);
    expect(share(all, "lr", multiplied)).to.be.closeTo(0.75, 0.04);
    const anew = variations(1);
    // A decade of three.
    expect(share(anew, "lr", (value) => Number(value) < 0.001)).to.be.closeTo(1 / 3, 0.04);
    expect(share(anew, "optimizer", (value) => value === "lion")).to.be.closeTo(1 / 3, 0.04);
    const [first] = anew;
    expect(first?.changes.map(({ kind }) => kind)).to.deep.equal(Array(4).fill("drawn-anew"));
  });

  it("says what it did to each parameter", () => {
    for (const { configuration, changes } of variations(0).slice(0, 50)) {
      const lr = changes.find(({ parameter }) => parameter === "lr");
      expect(lr?.kind).to.equal("multiplied");
      if (lr?.kind === "multiplied") {
        expect(configuration["lr"]).to.be.closeTo(0.01 * lr.by, 1e-12);
      }
    }
  });

  it("keeps the constraints, and changes nothing where none is kept", () => {
    const bound = { ...search, allows: (each: Configuration) => Number(each["lr"]) > 0.01 };
    expect(share(variations(0, start, bound), "lr", (value) => Number(value) > 0.01)).to.equal(1);
    const never = { ...search, allows: () => false };
    expect(explored(never, start, options, stream(1))).to.deep.equal({
      configuration: start,
      changes: [],
    });
  });
});
