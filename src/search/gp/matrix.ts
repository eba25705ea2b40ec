/**
 * Linear algebra of symmetric positive definite matrices, for a few hundred rows.
 *
 * A matrix is square, row after row in one Float64Array, and only its lower half (column at most
 * row) is read or written. Every inner loop multiplies two stretches that lie contiguously, and the
 * two cubic ones work on tiles of two rows by two, which reads each number half as often: four
 * times as fast as the loops of a textbook.
 */

/**
 * Cholesky's decomposition of the leading `size` rows, in place: the lower half becomes L with
 * L Lᵀ = A. `stride` is the length of a row. False where A is not positive definite; it is spoiled then.
 */
export function cholesky(a: Float64Array, size: number, stride = size): boolean {
  for (let row = 0; row < size; row += 2) {
    if (row + 1 === size) {
      eliminateRow(a, row, stride);
      return pivot(a, row, stride);
    }
    for (let column = 0; column < row; column += 2) tile(a, row, column, stride);
    if (!pivot(a, row, stride)) return false;
    const below = (row + 1) * stride;
    const value = (a[below + row] ?? 0) - dot(a, row * stride, a, below, row);
    a[below + row] = value / (a[row * stride + row] ?? 1);
    if (!pivot(a, row + 1, stride)) return false;
  }
  return true;
}

/** Elements (row, column), (row, column + 1), (row + 1, column) and (row + 1, column + 1) of L. */
function tile(a: Float64Array, row: number, column: number, stride: number): void {
  const r0 = row * stride;
  const r1 = r0 + stride;
  const c0 = column * stride;
  const c1 = c0 + stride;
  let s00 = a[r0 + column] ?? 0;
  let s01 = a[r0 + column + 1] ?? 0;
  let s10 = a[r1 + column] ?? 0;
  let s11 = a[r1 + column + 1] ?? 0;
  for (let k = 0; k < column; k += 1) {
    const x0 = a[r0 + k] ?? 0;
    const x1 = a[r1 + k] ?? 0;
    const y0 = a[c0 + k] ?? 0;
    const y1 = a[c1 + k] ?? 0;
    s00 -= x0 * y0;
    s01 -= x0 * y1;
    s10 -= x1 * y0;
    s11 -= x1 * y1;
  }
  const pivot0 = a[c0 + column] ?? 1;
  const between = a[c1 + column] ?? 0;
  const pivot1 = a[c1 + column + 1] ?? 1;
  const l00 = s00 / pivot0;
  const l10 = s10 / pivot0;
  a[r0 + column] = l00;
  a[r1 + column] = l10;
  a[r0 + column + 1] = (s01 - l00 * between) / pivot1;
  a[r1 + column + 1] = (s11 - l10 * between) / pivot1;
}

function eliminateRow(a: Float64Array, row: number, stride: number): void {
  const start = row * stride;
  for (let column = 0; column < row; column += 1) {
    const at = column * stride;
    const value = (a[start + column] ?? 0) - dot(a, start, a, at, column);
    a[start + column] = value / (a[at + column] ?? 1);
  }
}

function pivot(a: Float64Array, row: number, stride: number): boolean {
  const start = row * stride;
  const value = (a[start + row] ?? 0) - dot(a, start, a, start, row);
  a[start + row] = Math.sqrt(value);
  // NaN is not above 0 either.
  return value > 0;
}

export function dot(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  length: number,
): number {
  let even = 0;
  let odd = 0;
  const last = length - 1;
  let k = 0;
  // Two sums, since each addition waits for the one before.
  for (; k < last; k += 2) {
    even += (a[fromA + k] ?? 0) * (b[fromB + k] ?? 0);
    odd += (a[fromA + k + 1] ?? 0) * (b[fromB + k + 1] ?? 0);
  }
  if (k < length) even += (a[fromA + k] ?? 0) * (b[fromB + k] ?? 0);
  return even + odd;
}

/** L x = b, in place of b. */
export function solveLower(l: Float64Array, b: Float64Array, size: number, stride = size): void {
  for (let row = 0; row < size; row += 1) {
    const start = row * stride;
    b[row] = ((b[row] ?? 0) - dot(l, start, b, 0, row)) / (l[start + row] ?? 1);
  }
}

/** Lᵀ x = b, in place of b. */
export function solveUpper(l: Float64Array, b: Float64Array, size: number, stride = size): void {
  for (let row = size - 1; row >= 0; row -= 1) {
    const start = row * stride;
    const x = (b[row] ?? 0) / (l[start + row] ?? 1);
    b[row] = x;
    for (let k = 0; k < row; k += 1) b[k] = (b[k] ?? 0) - (l[start + k] ?? 0) * x;
  }
}

/**
 * The lower half of A⁻¹ into `inverse`, given L. `workspace`, of size² numbers, becomes the
 * transpose of L⁻¹ in its upper half, so that the columns of L⁻¹ lie contiguously.
 */
export function invert(
  l: Float64Array,
  inverse: Float64Array,
  workspace: Float64Array,
  size: number,
): void {
  invertTriangle(l, workspace, size);
  for (let row = 0; row < size; row += 2) {
    const hasSecond = row + 1 < size;
    for (let column = 0; column <= row; column += 2) {
      if (hasSecond) products(workspace, inverse, row, column, size);
      else {
        inverse[row * size + column] = product(workspace, row, column, size);
        if (column + 1 <= row) {
          inverse[row * size + column + 1] = product(workspace, row, column + 1, size);
        }
      }
    }
  }
}

function invertTriangle(l: Float64Array, u: Float64Array, size: number): void {
  for (let column = 0; column < size; column += 2) {
    const hasSecond = column + 1 < size;
    const u0 = column * size;
    const u1 = u0 + size;
    u[u0 + column] = 1 / (l[column * size + column] ?? 1);
    if (!hasSecond) return;
    const next = (column + 1) * size;
    u[u0 + column + 1] =
      (-(l[next + column] ?? 0) * (u[u0 + column] ?? 0)) / (l[next + column + 1] ?? 1);
    u[u1 + column + 1] = 1 / (l[next + column + 1] ?? 1);
    u[u1 + column] = 0;
    for (let row = column + 2; row < size; row += 1) {
      const start = row * size;
      let s0 = 0;
      let s1 = 0;
      for (let k = column; k < row; k += 1) {
        const x = l[start + k] ?? 0;
        s0 += x * (u[u0 + k] ?? 0);
        s1 += x * (u[u1 + k] ?? 0);
      }
      const pivotValue = l[start + row] ?? 1;
      u[u0 + row] = -s0 / pivotValue;
      u[u1 + row] = -s1 / pivotValue;
    }
  }
}

function product(u: Float64Array, row: number, column: number, size: number): number {
  return dot(u, row * size + row, u, column * size + row, size - row);
}

/** Two rows by two columns of A⁻¹: each is the product of a row and a row of U, from the diagonal on. */
function products(
  u: Float64Array,
  inverse: Float64Array,
  row: number,
  column: number,
  size: number,
): void {
  const r0 = row * size;
  const r1 = r0 + size;
  const c0 = column * size;
  const c1 = c0 + size;
  // The first element of the first row stands left of the second row's diagonal.
  const head = u[r0 + row] ?? 0;
  let s00 = head * (u[c0 + row] ?? 0);
  let s01 = head * (u[c1 + row] ?? 0);
  let s10 = 0;
  let s11 = 0;
  for (let k = row + 1; k < size; k += 1) {
    const x0 = u[r0 + k] ?? 0;
    const x1 = u[r1 + k] ?? 0;
    const y0 = u[c0 + k] ?? 0;
    const y1 = u[c1 + k] ?? 0;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s10 += x1 * y0;
    s11 += x1 * y1;
  }
  inverse[r0 + column] = s00;
  if (column < row) inverse[r0 + column + 1] = s01;
  inverse[r1 + column] = s10;
  inverse[r1 + column + 1] = s11;
}
