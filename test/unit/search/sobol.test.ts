import { execFileSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { sobolSampler } from "../../../src/search/sobol.js";
import {
  sobolDimensions,
  sobolSequence,
  unscrambledSobol,
} from "../../../src/search/sobol-sequence.js";
import { peerPython } from "../../support/peers.js";
import { proposals, samplerContract, setupOf } from "../../support/sampler-contract.js";
import { searchOf } from "../../support/sampler-spaces.js";

const pointsOf = (at: (index: number) => Float64Array, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => at(from + index));

describe("Sobol's sequence", () => {
  it("is SciPy's in every dimension that it has", () => {
    const program = `
import json
from scipy.stats import qmc
print(json.dumps(qmc.Sobol(${sobolDimensions}, scramble=False, bits=32).random(64).tolist()))`;
    const theirs = JSON.parse(execFileSync(peerPython(), ["-c", program], { encoding: "utf8" }));
    const ours = pointsOf(unscrambledSobol(sobolDimensions), 64).map((point) => [...point]);
    expect(sobolDimensions).to.be.at.least(64);
    expect(ours).to.deep.equal(theirs);
  }).timeout(120_000);

  it("stays a net when it is scrambled: each block of 2^m has one point in every 2^m-th of a dimension", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(9), fc.nat(20), (seed, exponent, block) => {
        const count = 2 ** exponent;
        const points = pointsOf(sobolSequence(40, seed), count, block * count);
        for (let dimension = 0; dimension < 40; dimension += 1) {
          const cells = new Set(points.map((point) => Math.floor((point[dimension] ?? 0) * count)));
          expect(cells.size).to.equal(count);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("fills every elementary box of the first two dimensions once, scrambled too", () => {
    const points = pointsOf(sobolSequence(2, "boxes"), 256);
    for (let wide = 0; wide <= 8; wide += 1) {
      const boxes = new Set(
        points.map(([x = 0, y = 0]) =>
          [Math.floor(x * 2 ** wide), Math.floor(y * 2 ** (8 - wide))].join(),
        ),
      );
      expect(boxes.size).to.equal(256);
    }
  });

  it("is uniform over the seeds, point by point and pair by pair", () => {
    const seeds = 4000;
    const cells = new Map<string, number>();
    for (let seed = 0; seed < seeds; seed += 1) {
      const [x = 0, y = 0] = sobolSequence(2, seed)(5);
      const cell = `${Math.floor(x * 4)},${Math.floor(y * 4)}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    const expected = seeds / 16;
    const chi = [...cells.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(cells.size).to.equal(16);
    // The 99.9th percentile with 15 degrees of freedom.
    expect(chi).to.be.below(37.7);
  });

  it("integrates better than random numbers do", () => {
    const count = 1024;
    const error = (seed: number) => {
      const points = pointsOf(sobolSequence(6, seed), count);
      const sum = points.reduce((all, point) => all + point.reduce((a, x) => a * 2 * x, 1), 0);
      return (sum / count - 1) ** 2;
    };
    const rms = Math.sqrt(
      pointsOf((seed) => Float64Array.of(error(seed)), 20).reduce((a, [e = 0]) => a + e, 0) / 20,
    );
    // Independent points: sqrt(((4/3)^6 - 1) / 1024).
    expect(rms).to.be.below(0.067 / 5);
  });

  it("differs from seed to seed, lies inside the cube, and goes on beyond its dimensions", () => {
    const many = sobolDimensions + 5;
    const points = pointsOf(sobolSequence(many, 1), 33);
    expect(points.every((point) => point.every((x) => x > 0 && x < 1))).to.equal(true);
    expect(points[3]).to.deep.equal(sobolSequence(many, 1)(3));
    expect(points[3]).to.not.deep.equal(sobolSequence(many, 2)(3));
    const beyond = points.map((point) => point[many - 1]);
    expect(new Set(beyond).size).to.equal(33);
    expect(() => unscrambledSobol(many)).to.throw(RangeError);
  });
});

const mixed = searchOf(`
  lr: {distribution: log_uniform_values, min: 0.001, max: 1}
  width: {values: [8, 16, 32, 64]}
  layers: {min: 1, max: 8}
  spread: {distribution: normal, mu: 0, sigma: 1}`);

samplerContract("Sobol search", {
  make: (setup) => sobolSampler(setup, { scramble: true }),
  space: mixed.space,
});
samplerContract("Sobol search, unscrambled", {
  make: (setup) => sobolSampler(setup, { scramble: false }),
  space: mixed.space,
});

describe("Sobol search", () => {
  it("has each value of a parameter equally often, and each tenth of a range", () => {
    for (const scramble of [true, false]) {
      const all = proposals(sobolSampler(setupOf(mixed.space, 4), { scramble }), 64);
      const counted = (name: string, of: (value: number) => number) => {
        const counts = new Map<number, number>();
        for (const each of all) {
          const cell = of(Number(each[name]));
          counts.set(cell, (counts.get(cell) ?? 0) + 1);
        }
        return new Set(counts.values());
      };
      // Unscrambled it begins at the second point, so that one may be missing.
      const slack = scramble ? 0 : 1;
      const evenly = (count: number) =>
        Array.from({ length: 2 * slack + 1 }, (_, at) => count - slack + at);
      expect(evenly(16)).to.include.members([...counted("width", Number)]);
      expect(evenly(8)).to.include.members([...counted("layers", Number)]);
      expect(evenly(16)).to.include.members([
        ...counted("lr", (lr) => Math.floor((Math.log10(lr) + 3) / 0.75)),
      ]);
    }
  });

  it("passes over what constraints forbid, in the order of the sequence", () => {
    const parameters = "\n  x: {min: 0.0, max: 1.0}\n  y: {min: 0.0, max: 1.0}";
    const free = searchOf(parameters);
    const bound = searchOf(`${parameters}\nsweepdeck: {constraints: ["x + y < 1"]}`);
    const make = (search: typeof free) =>
      sobolSampler(setupOf(search.space, 4, { search }), { scramble: true });
    const kept = proposals(make(free), 60).filter((each) => bound.allows(each));
    expect(kept.length).to.be.above(20);
    expect(proposals(make(bound), kept.length)).to.deep.equal(kept);
  });

  it("ends in chance where next to nothing is allowed", () => {
    const narrow = searchOf(
      '\n  x: {min: 1, max: 100000}\nsweepdeck: {constraints: ["x == 77777 or x == 3"]}',
    );
    const sampler = sobolSampler(setupOf(narrow.space, 4, { search: narrow }), { scramble: true });
    expect(proposals(sampler, 2).map(({ x }) => x)).to.have.members([3, 77777]);
  });
});
