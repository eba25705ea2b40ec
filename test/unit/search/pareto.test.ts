import { expect } from "chai";
import fc from "fast-check";
import {
  constrainedFrontsOf,
  crowdingDistances,
  dominates,
  frontsOf,
  hypervolume,
} from "../../../src/search/pareto.js";
import { stream } from "../../../src/space/random.js";
import { askPython } from "../../support/ask-python.js";

const losses = (objectives: number) =>
  fc.array(fc.tuple(...Array.from({ length: objectives }, () => fc.integer({ min: 0, max: 6 }))), {
    minLength: 1,
    maxLength: 30,
  });

describe("Pareto dominance", () => {
  it("asks for better somewhere and worse nowhere", () => {
    expect(dominates([1, 2], [1, 3])).to.equal(true);
    expect(dominates([1, 2], [1, 2])).to.equal(false);
    expect(dominates([1, 3], [2, 2])).to.equal(false);
  });

  it("takes what is not a number for the worst, and two of them for equal", () => {
    expect(dominates([1, 9], [1, Number.NaN])).to.equal(true);
    expect(dominates([Number.NaN, 1], [Infinity, 1])).to.equal(false);
    expect(dominates([Number.NaN, 1], [Number.NaN, 2])).to.equal(true);
  });
});

describe("fronts", () => {
  it("are peeled off one after the other", () => {
    const rows = [
      [1, 5],
      [2, 6],
      [3, 3],
      [4, 4],
      [5, 1],
      [6, 6],
      [3, 3],
    ];
    // By hand: (2,6) lies behind (1,5), (4,4) behind (3,3), and (6,6) behind (4,4) and (2,6).
    expect(frontsOf(rows)).to.deep.equal([[0, 2, 4, 6], [1, 3], [5]]);
  });

  it("put into each front what only the fronts before it dominate", () => {
    for (const objectives of [1, 2, 3, 4]) {
      fc.assert(
        fc.property(losses(objectives), (rows) => {
          expect(frontsOf(rows)).to.deep.equal(peeled(rows));
        }),
      );
    }
  });

  it("rank broken constraints behind kept ones, by how far they are broken", () => {
    const members = [
      { losses: [9, 9], violation: 0 },
      { losses: [0, 0], violation: 2 },
      { losses: [1, 1], violation: 0.5 },
      { losses: [1, 2], violation: 0.5 },
      { losses: [8, 8], violation: 0 },
    ];
    expect(constrainedFrontsOf(members)).to.deep.equal([[4], [0], [2, 3], [1]]);
  });

  it("of ten thousand rows of two objectives are sorted without comparing all pairs", () => {
    let reads = 0;
    const draws = stream(1);
    const rows = Array.from({ length: 10_000 }, () => {
      const row = [draws.next(), draws.next()];
      return new Proxy(row, {
        get: (target, key) => {
          reads += 1;
          return Reflect.get(target, key);
        },
      });
    });
    frontsOf(rows);
    // All pairs would read 100 million rows.
    expect(reads).to.be.below(5_000_000);
  });
});

function peeled(rows: readonly (readonly number[])[]): number[][] {
  const fronts: number[][] = [];
  let left = rows.map((_, index) => index);
  while (left.length > 0) {
    const front = left.filter(
      (index) => !left.some((other) => dominates(rows[other] ?? [], rows[index] ?? [])),
    );
    fronts.push(front);
    left = left.filter((index) => !front.includes(index));
  }
  return fronts;
}

describe("crowding distance", () => {
  it("adds the gaps between neighbours, each over its range", () => {
    const front = [
      [0, 10],
      [1, 6],
      [4, 2],
      [10, 0],
    ];
    // (4 - 0)/10 + (10 - 2)/10 and (10 - 1)/10 + (6 - 0)/10.
    const [first, second, third, fourth] = crowdingDistances(front);
    expect([first, fourth]).to.deep.equal([Infinity, Infinity]);
    expect(second).to.be.closeTo(1.2, 1e-12);
    expect(third).to.be.closeTo(1.5, 1e-12);
  });

  it("is a number where all are equal or some infinite", () => {
    expect(crowdingDistances([[1, 1]])).to.deep.equal([Infinity]);
    const distances = crowdingDistances([
      [Infinity, 1],
      [Infinity, 2],
      [Infinity, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(distances.some(Number.isNaN)).to.equal(false);
  });
});

describe("hypervolume", () => {
  it("of one row is a box, and of rows beyond the reference nothing", () => {
    expect(hypervolume([[1, 2, 3]], [4, 4, 4])).to.equal(3 * 2 * 1);
    expect(hypervolume([[5, 1]], [4, 4])).to.equal(0);
    expect(hypervolume([[4, 1]], [4, 4])).to.equal(0);
    expect(hypervolume([], [4, 4])).to.equal(0);
    expect(hypervolume([[1], [3]], [4])).to.equal(3);
  });

  it("of a staircase counts what overlaps once", () => {
    const stairs = [
      [1, 3],
      [2, 2],
      [3, 1],
      [3, 3],
      [2, 2],
    ];
    expect(hypervolume(stairs, [4, 4])).to.equal(3 + 2 + 1);
  });

  it("of a plane of points in three objectives approaches its closed form", () => {
    // Points i + j + k = n - 1 of an n-grid dominate all cells with i + j + k >= n - 1.
    const n = 8;
    const rows: number[][] = [];
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; i + j < n; j += 1) rows.push([i, j, n - 1 - i - j]);
    }
    let cells = 0;
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        for (let k = 0; k < n; k += 1) cells += i + j + k >= n - 1 ? 1 : 0;
      }
    }
    expect(hypervolume(rows, [n, n, n])).to.equal(cells);
  });

  it("is Optuna's, in two to four objectives", () => {
    const draws = stream(5);
    const cases = [2, 3, 4].map((objectives) => ({
      rows: Array.from({ length: 25 }, () => Array.from({ length: objectives }, draws.next)),
      reference: Array.from({ length: objectives }, () => 0.9),
    }));
    const theirs = askPython(
      [
        "import numpy",
        "from optuna._hypervolume import compute_hypervolume",
        "def volume(case):",
        "    rows, reference = numpy.array(case['rows']), numpy.array(case['reference'])",
        "    return float(compute_hypervolume(rows[(rows < reference).all(axis=1)], reference))",
        "answer = [volume(case) for case in question]",
      ].join("\n"),
      cases,
    );
    const ours = cases.map(({ rows, reference }) => hypervolume(rows, reference).toFixed(9));
    expect(ours).to.deep.equal(numbers(theirs).map((volume) => volume.toFixed(9)));
  });
});

function numbers(answer: unknown): readonly number[] {
  return Array.isArray(answer) ? answer.map(Number) : [];
}
