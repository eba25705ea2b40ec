/**
 * Sobol's sequence: points that fill the unit cube evenly, however many of them are taken
 * (Sobol 1967, in the Gray code order of Antonov & Saleev 1979).
 *
 * Of any 2^m consecutive points that begin at a multiple of 2^m, each dimension has exactly one in
 * every interval of length 2^-m, and so has its scrambled twin (Owen, "Randomly permuted
 * (t,m,s)-nets and (t,s)-sequences", 1995), which is moreover uniform in expectation.
 */
import { stream } from "../space/random.js";
import { directions } from "./sobol-directions.js";

/** Beyond so many dimensions the remaining ones are plain random numbers. */
export const sobolDimensions = directions.length + 1;

const bits = 32;

/**
 * Point `index`, from 0, as numbers in the open interval (0, 1), scrambled by the seed: the digits
 * of each coordinate are permuted, each by a permutation that depends on all digits before it.
 */
export function sobolSequence(
  dimensions: number,
  seed: number | string,
): (index: number) => Float64Array {
  const source = stream(seed).fork("sobol");
  const net = netOf(Math.min(dimensions, sobolDimensions));
  const keys = net.map((_, dimension) => wordOf(source.fork(dimension).next()));
  return (index) => {
    const point = new Float64Array(dimensions);
    const gray = grayCode(index);
    for (const [dimension, numbers] of net.entries()) {
      const word = scrambled(coordinate(numbers, gray), keys[dimension] ?? 0);
      point[dimension] = (word + 0.5) / 2 ** bits;
    }
    if (dimensions > net.length) {
      const rest = source.fork("beyond").fork(index);
      for (let at = net.length; at < dimensions; at += 1) point[at] = rest.next();
    }
    return point;
  };
}

/** As it is in the books: the first point is the origin. For at most `sobolDimensions` dimensions. */
export function unscrambledSobol(dimensions: number): (index: number) => Float64Array {
  if (dimensions > sobolDimensions) {
    throw new RangeError(`Sobol's sequence has ${sobolDimensions} dimensions here.`);
  }
  const net = netOf(dimensions);
  return (index) => {
    const gray = grayCode(index);
    return Float64Array.from(net, (numbers) => coordinate(numbers, gray) / 2 ** bits);
  };
}

function grayCode(index: number): number {
  return (index ^ (index >>> 1)) >>> 0;
}

function coordinate(numbers: Uint32Array, gray: number): number {
  let word = 0;
  for (let rest = gray, at = 0; rest !== 0; rest >>>= 1, at += 1) {
    if (rest & 1) word ^= numbers[at] ?? 0;
  }
  return word >>> 0;
}

/** Of each dimension its direction numbers, the first bit of the index first. */
function netOf(dimensions: number): readonly Uint32Array[] {
  return Array.from({ length: dimensions }, (_, dimension) => directionNumbers(dimension));
}

/** The first dimension is van der Corput's sequence: its direction numbers are the powers of a half. */
function directionNumbers(dimension: number): Uint32Array {
  const [polynomial = 1, ...initial] = directions[dimension - 1] ?? [];
  const degree = initial.length;
  const numbers = new Uint32Array(bits);
  for (let at = 0; at < bits; at += 1) {
    if (degree === 0) numbers[at] = 2 ** (bits - 1 - at);
    else if (at < degree) numbers[at] = (initial[at] ?? 0) * 2 ** (bits - 1 - at);
    else {
      const first = numbers[at - degree] ?? 0;
      let word = first ^ (first >>> degree);
      for (let term = 1; term < degree; term += 1) {
        if ((polynomial >>> (degree - term)) & 1) word ^= numbers[at - term] ?? 0;
      }
      numbers[at] = word;
    }
  }
  return numbers;
}

/** Each binary digit is flipped or kept, by a hash of the digits before it. */
function scrambled(word: number, key: number): number {
  let result = word;
  for (let digit = 0; digit < bits; digit += 1) {
    const before = digit === 0 ? 0 : word >>> (bits - digit);
    // The leading 1 tells apart prefixes that differ only in their length.
    const prefix = digit === 0 ? 1 : before | (1 << digit);
    if (hash(prefix ^ key) & 1) result ^= 1 << (bits - 1 - digit);
  }
  return result >>> 0;
}

/** The finaliser "lowbias32" (Wellons, "Prospecting for hash functions", 2018). */
function hash(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

function wordOf(fraction: number): number {
  return Math.floor(fraction * 2 ** bits);
}
