/** Eigenvalues and eigenvectors of symmetric matrices. */

export interface Eigen {
  readonly values: Float64Array;
  /** Column k, of a matrix by rows, belongs to value k. */
  readonly vectors: Float64Array;
}

const sweeps = 60;

/**
 * By cyclic Jacobi rotations (Golub & Van Loan, "Matrix Computations", section 8.5): as accurate as
 * any, and of a size (a row for each parameter) where the faster methods do not pay. `matrix`, of
 * n rows one after the other, is left as it is.
 */
export function eigenOf(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const vectors = identityMatrix(n);
  for (let sweep = 0; sweep < sweeps && !isDiagonal(a, n); sweep += 1) {
    for (let p = 0; p < n - 1; p += 1) {
      for (let q = p + 1; q < n; q += 1) rotate(a, vectors, n, p, q);
    }
  }
  return { values: diagonalOf(a, n), vectors };
}

export function identityMatrix(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) matrix[i * n + i] = 1;
  return matrix;
}

export function diagonalOf(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => matrix[i * n + i] ?? 0);
}

/** To the last bit that could change an eigenvalue. */
function isDiagonal(a: Float64Array, n: number): boolean {
  for (let p = 0; p < n - 1; p += 1) {
    for (let q = p + 1; q < n; q += 1) {
      const scale = Math.sqrt(Math.abs((a[p * n + p] ?? 0) * (a[q * n + q] ?? 0)));
      if (Math.abs(a[p * n + q] ?? 0) > 1e-16 * scale) return false;
    }
  }
  return true;
}

/** Makes the entry at (p, q) zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const off = a[p * n + q] ?? 0;
  if (off === 0) return;
  const theta = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k += 1) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k += 1) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k += 1) turn(vectors, k * n + p, k * n + q, c, s);
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

function turn(matrix: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = matrix[i] ?? 0;
  const y = matrix[j] ?? 0;
  matrix[i] = c * x - s * y;
  matrix[j] = s * x + c * y;
}
