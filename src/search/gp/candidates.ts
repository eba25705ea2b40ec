/** Points to weigh: spread over the space, and around the best that are known. */
import type { RandomStream } from "../../space/random.js";
import type { Point } from "../../space/search-space.js";
import { sobolSequence } from "../sobol-sequence.js";
import { type Encoding, filled, pointAt } from "./encoding.js";
import type { Box } from "./maximize.js";

const redrawn = 0.15;

/** `count` points, evenly spread; a space without dimensions has none. */
export function spread(encoding: Encoding, count: number, random: RandomStream): readonly Point[] {
  const sequence = sobolSequence(encoding.choices.length, seedFrom(random));
  return Array.from({ length: count }, (_, index) => pointAt(encoding, sequence(index)));
}

/** All points of a small finite space. */
export function everyPoint({ search, choices }: Encoding): readonly Point[] {
  const values = search.dimensions.map((dimension, index) =>
    dimension.kind === "choice"
      ? (choices[index] ?? [])
      : Array.from(
          { length: dimension.cardinality },
          (_, at) => (at + 0.5) / dimension.cardinality,
        ),
  );
  return values
    .reduce<readonly (readonly number[])[]>(
      (points, each) => points.flatMap((point) => each.map((value) => [...point, value])),
      [[]],
    )
    .map((point) => Float64Array.from(point));
}

/** As `spread`, within a box and with the choices of a point. */
export function spreadIn(
  encoding: Encoding,
  { lower, upper }: Box,
  around: Point,
  count: number,
  random: RandomStream,
): readonly Point[] {
  const sequence = sobolSequence(encoding.choices.length, seedFrom(random));
  return Array.from({ length: count }, (_, at) => {
    const uniform = sequence(at);
    return filled(encoding, around, random.fork(at)).map((place, index) => {
      if ((encoding.choices[index] ?? []).length > 0) return place;
      const low = lower[index] ?? 0;
      return low + (uniform[index] ?? 0) * ((upper[index] ?? 1) - low);
    });
  });
}

function seedFrom(random: RandomStream): number {
  return Math.floor(random.next() * 2 ** 32);
}

export interface Perturbing {
  readonly encoding: Encoding;
  readonly centres: readonly Point[];
  /** Standard deviations, in units of the range; each perturbation takes one of them. */
  readonly deviations: readonly number[];
  readonly box: Box;
}

/** Each moves about two coordinates, or half of them where there are many, of one of the centres. */
export function perturbed(
  { encoding, centres, deviations, box }: Perturbing,
  count: number,
  random: RandomStream,
): readonly Point[] {
  if (centres.length === 0) return [];
  return Array.from({ length: count }, (_, index) => {
    const centre = centres[index % centres.length] ?? new Float64Array();
    const point = filled(encoding, centre, random);
    const deviation = deviations[Math.floor(random.next() * deviations.length)] ?? 0.1;
    const moved = Math.min(1, Math.max(2, point.length / 2) / point.length);
    const atLeast = Math.floor(random.next() * point.length);
    return point.map((place, dimension) => {
      const isMoved = random.next() < moved || dimension === atLeast;
      const choices = encoding.choices[dimension] ?? [];
      if (choices.length === 0) {
        return isMoved ? shifted(encoding, place, deviation, box, dimension, random) : place;
      }
      return random.next() < redrawn
        ? (choices[Math.floor(random.next() * choices.length)] ?? place)
        : place;
    });
  });
}

function shifted(
  { search }: Encoding,
  place: number,
  deviation: number,
  { lower, upper }: Box,
  index: number,
  random: RandomStream,
): number {
  const dimension = search.dimensions[index];
  const by = deviation * normal(random);
  const step = dimension?.kind === "numeric" ? 1 / dimension.cardinality : 0;
  // A move that would stay on its step goes to the next one.
  const move = Math.abs(by) < step ? Math.sign(by) * step : by;
  return reflected(place + move, lower[index] ?? 0, upper[index] ?? 1);
}

function reflected(place: number, low: number, high: number): number {
  const within = place < low ? 2 * low - place : place > high ? 2 * high - place : place;
  return Math.min(high, Math.max(low, within));
}

/** Box & Muller, "A note on the generation of random normal deviates" (1958). */
function normal(random: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
