/**
 * The decisions of population-based training: the worst of those that train side by side take over
 * the weights of one of the best, and a variation of its configuration (Jaderberg et al., "Population
 * based training of neural networks", 2017, section 4; when and for whom as in Ray Tune).
 *
 * Decisions alone: who acts on them needs checkpoints.
 */
import type { Dimension } from "../space/dimension.js";
import type { RandomStream } from "../space/random.js";
import { ownValue } from "../space/record.js";
import { namesOf, type SearchSpace } from "../space/search-space.js";
import type { Configuration } from "../space/space.js";
import { placeFromPrior } from "./prior.js";

export interface PbtOptions {
  /** Reports between two comparisons of a member with the others. */
  readonly interval: number;
  /** Reports before the first comparison. */
  readonly burnIn: number;
  /** The worst fraction, at most a half, which takes over from the best fraction. */
  readonly quantile: number;
  /** How often a parameter is drawn anew, rather than varied. */
  readonly resampleProbability: number;
  /** What a number is multiplied by when it is varied. */
  readonly factors: readonly number[];
}

/** A member of the population that is still training. */
export interface PbtMember {
  readonly member: number;
  /** At its last comparison, to be minimised; null before there was one. */
  readonly loss: number | null;
  readonly configuration: Configuration;
}

/** What becomes of one member, with all that decided: the shape that a journal keeps. */
export type PbtDecision =
  | { readonly kind: "keep"; readonly member: number; readonly why: PbtStanding | null }
  | {
      readonly kind: "take-over";
      readonly member: number;
      readonly donor: number;
      readonly why: PbtStanding & { readonly donorLoss: number; readonly donorRank: number };
      readonly from: Configuration;
      readonly to: Configuration;
      /** What was done to the donor's configuration. */
      readonly changes: readonly PbtChange[];
    };

/** Where a member stands; a decision without one was made about a member without a loss. */
export interface PbtStanding {
  readonly loss: number;
  /** From 1, the best first. */
  readonly rank: number;
  /** How many were compared. */
  readonly of: number;
  /** How many of the worst take over, and how many of the best give. */
  readonly taking: number;
}

export type PbtChange =
  | { readonly parameter: string; readonly kind: "drawn-anew" }
  | { readonly parameter: string; readonly kind: "multiplied"; readonly by: number }
  | { readonly parameter: string; readonly kind: "moved"; readonly by: -1 | 1 };

/**
 * Whether a member is to be compared now: `reports` is how many it has made, `last` how many it had
 * made at its last comparison (its donor's, once it has taken over; 0 before any).
 */
export function isReady(
  reports: number,
  last: number,
  { interval, burnIn }: Pick<PbtOptions, "interval" | "burnIn">,
): boolean {
  return reports >= burnIn && reports - last >= interval;
}

/** Of each member, in the order given. */
export function decisions(
  search: SearchSpace,
  population: readonly PbtMember[],
  options: PbtOptions,
  random: RandomStream,
): readonly PbtDecision[] {
  const ranked = rankedOf(population);
  const taking = takersAmong(ranked.length, options.quantile);
  return population.map((each): PbtDecision => {
    const { member, configuration: from } = each;
    const at = ranked.findIndex((other) => other.member === member);
    const loss = ranked[at]?.loss;
    if (loss === undefined) return { kind: "keep", member, why: null };
    const standing = { loss, rank: at + 1, of: ranked.length, taking };
    if (at < ranked.length - taking) return { kind: "keep", member, why: standing };
    const source = random.fork(member);
    const donorAt = Math.floor(source.fork("donor").next() * taking);
    const donor = ranked[donorAt];
    if (donor === undefined) return { kind: "keep", member, why: standing };
    const { configuration: to, changes } = explored(
      search,
      donor.configuration,
      options,
      source.fork("explore"),
    );
    const why = { ...standing, donorLoss: donor.loss, donorRank: donorAt + 1 };
    return { kind: "take-over", member, donor: donor.member, why, from, to, changes };
  });
}

interface Ranked extends PbtMember {
  readonly loss: number;
}

/** The best first; a member whose loss is not a number is not compared. */
function rankedOf(population: readonly PbtMember[]): readonly Ranked[] {
  const measured = population.flatMap(({ loss, ...rest }) =>
    loss === null || Number.isNaN(loss) ? [] : [{ ...rest, loss }],
  );
  return measured.sort((a, b) => compare(a.loss, b.loss) || a.member - b.member);
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The quantile, rounded up, and never more than half, so that nobody both gives and takes. */
function takersAmong(count: number, quantile: number): number {
  return Math.min(Math.ceil(count * quantile), Math.floor(count / 2));
}

const tries = 100;

/**
 * A variation of a configuration: each parameter is drawn anew with the probability for it, and
 * varied else: a number is multiplied by one of the factors, kept in its range and on its steps, a
 * choice moves to one of its neighbours and stays at the ends. What did not exist, and now does, is
 * drawn. Where no variation of a hundred keeps the constraints, it stays as it is.
 */
export function explored(
  search: SearchSpace,
  configuration: Configuration,
  options: Pick<PbtOptions, "resampleProbability" | "factors">,
  random: RandomStream,
): { readonly configuration: Configuration; readonly changes: readonly PbtChange[] } {
  const point = search.pointOf(configuration);
  if (point === undefined) return { configuration, changes: [] };
  for (let tried = 0; tried < tries; tried += 1) {
    const source = random.fork(tried);
    const moves = search.dimensions.map((dimension, index) =>
      moved(dimension, configuration, point[index] ?? Number.NaN, options, source.fork(index)),
    );
    const varied = search.configurationAt(moves.map(({ to }) => to));
    if (!search.allows(varied)) continue;
    const changes = moves
      .map(({ change }) => change)
      .filter(({ parameter }) => Object.hasOwn(varied, parameter));
    return { configuration: varied, changes };
  }
  return { configuration, changes: [] };
}

interface Move {
  /** What a point holds for the dimension. */
  readonly to: number;
  readonly change: PbtChange;
}

function moved(
  dimension: Dimension,
  configuration: Configuration,
  held: number,
  { resampleProbability, factors }: Pick<PbtOptions, "resampleProbability" | "factors">,
  random: RandomStream,
): Move {
  const [parameter = ""] = namesOf(dimension);
  const isRedrawn = random.next() < resampleProbability || Number.isNaN(held);
  const chance = random.next();
  if (isRedrawn) {
    return { to: placeFromPrior(dimension, chance), change: { parameter, kind: "drawn-anew" } };
  }
  if (dimension.kind === "numeric") {
    const by = factors[Math.floor(chance * factors.length)] ?? 1;
    // A place beyond the ends counts as the end.
    const to = dimension.placeOf(Number(ownValue(configuration, parameter)) * by);
    return { to, change: { parameter, kind: "multiplied", by } };
  }
  const by = chance < 0.5 ? -1 : 1;
  const order = orderOf(dimension.places, dimension.choices.length);
  const at = Math.min(order.length - 1, Math.max(0, order.indexOf(held) + by));
  return { to: order[at] ?? held, change: { parameter, kind: "moved", by } };
}

/** By value where choices have one, else as they are listed. */
function orderOf(places: readonly number[] | undefined, count: number): readonly number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  return places === undefined ? order : order.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
}
