import { expect } from "chai";
import { cholesky, dot, invert, solveLower, solveUpper } from "../../../../src/search/gp/matrix.js";
import { stream } from "../../../../src/space/random.js";

/** B Bᵀ + 1 of a random B: positive definite, both halves filled. */
function positiveDefinite(size: number, seed: number): Float64Array {
  const random = stream(seed);
  const b = Array.from({ length: size }, () =>
    Array.from({ length: size }, () => random.next() - 0.5),
  );
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    const product = (b[row] ?? []).reduce((sum, x, k) => sum + x * (b[column]?.[k] ?? 0), 0);
    return product + (row === column ? 1 : 0);
  });
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, row) => dot(a, row * x.length, x, 0, x.length));
}

describe("linear algebra of positive definite matrices", () => {
  it("decomposes a matrix as it is done by hand", () => {
    // [[4, 2], [2, 5]] = L Lᵀ with L = [[2, 0], [1, 2]].
    const a = Float64Array.of(4, 99, 2, 5);
    expect(cholesky(a, 2)).to.equal(true);
    expect([...a]).to.deep.equal([2, 99, 1, 2]);
  });

  it("sees where a matrix is not positive definite", () => {
    expect(cholesky(Float64Array.of(1, 0, 2, 1), 2)).to.equal(false);
    expect(cholesky(Float64Array.of(-1), 1)).to.equal(false);
    expect(cholesky(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, Number.NaN), 3)).to.equal(false);
  });

  for (const size of [1, 2, 3, 6, 7, 24, 31]) {
    it(`solves and inverts with ${size} rows, of even and of odd number`, () => {
      const a = positiveDefinite(size, size);
      const x = Float64Array.from({ length: size }, (_, i) => Math.cos(i));
      const l = a.slice();
      expect(cholesky(l, size)).to.equal(true);
      const solved = times(a, x);
      solveLower(l, solved, size);
      solveUpper(l, solved, size);
      for (const [i, each] of solved.entries()) expect(each).to.be.closeTo(x[i] ?? 0, 1e-12);

      const inverse = new Float64Array(size * size);
      invert(l, inverse, new Float64Array(size * size), size);
      for (let row = 0; row < size; row += 1) {
        const unit = new Float64Array(size);
        unit[row] = 1;
        solveLower(l, unit, size);
        solveUpper(l, unit, size);
        for (let column = 0; column <= row; column += 1) {
          expect(inverse[row * size + column]).to.be.closeTo(unit[column] ?? 0, 1e-12);
        }
      }
    });
  }

  it("works on the leading rows of a wider matrix", () => {
    const a = positiveDefinite(9, 1);
    const whole = a.slice();
    const part = a.slice();
    cholesky(whole, 9);
    cholesky(part, 5, 9);
    for (let row = 0; row < 5; row += 1) {
      for (let column = 0; column <= row; column += 1) {
        const at = row * 9 + column;
        expect(part[at]).to.be.closeTo(whole[at] ?? 0, 1e-14);
      }
    }
    expect(part.slice(9 * 5)).to.deep.equal(a.slice(9 * 5));
  });
});
