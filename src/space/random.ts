/**
 * Seeded random numbers that can be addressed.
 *
 * A stream is a point in a tree: `stream(7).fork(12).fork("lr")` gives the same numbers whatever
 * was drawn from its parents before, so draw n of a study depends on the seed and n alone, and a
 * study resumed after a crash goes on with the configurations it would have had.
 *
 * The generator is xoshiro128** (Blackman & Vigna, "Scrambled linear pseudorandom number
 * generators", 2021); keys are mixed with the finaliser of MurmurHash3 (Appleby).
 */

export interface RandomStream {
  /** The next number of this stream, in the open interval (0, 1), with 52 random bits. */
  next(): number;
  /** A stream of its own, whatever was drawn from this one. */
  fork(label: number | string): RandomStream;
}

type Key = readonly [number, number, number, number];

const root: Key = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const golden = 0x9e3779b9;

export function stream(seed: number | string): RandomStream {
  return streamAt(derive(root, seed));
}

function streamAt(key: Key): RandomStream {
  let [a, b, c, d] = key;
  const next32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  return {
    next: () => {
      const high = next32() >>> 6;
      const low = next32() >>> 6;
      // Half a step up: neither 0 nor 1, where quantile functions have no value, can come out.
      return (high * 2 ** 26 + low + 0.5) / 2 ** 52;
    },
    fork: (label) => streamAt(derive(key, label)),
  };
}

function derive(key: Key, label: number | string): Key {
  let [a, b, c, d] = key;
  for (const word of wordsOf(label)) {
    a = mix(a ^ mix(word + golden));
    b = mix(b ^ mix(a + word));
    c = mix(c ^ mix(b + word));
    d = mix(d ^ mix(c + word));
    a = mix(a + d);
  }
  // xoshiro stays at zero for ever if it starts there.
  return (a | b | c | d) === 0 ? root : [a, b, c, d];
}

/** The type comes first, so that 1 and "1" are different labels. */
function wordsOf(label: number | string): number[] {
  if (typeof label === "string") {
    return [
      0,
      label.length,
      ...Array.from({ length: label.length }, (_, i) => label.charCodeAt(i)),
    ];
  }
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, label === 0 ? 0 : label);
  return [1, bits.getUint32(0), bits.getUint32(4)];
}

function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
