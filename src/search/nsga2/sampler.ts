/**
 * NSGA-II: generations that evolve towards the Pareto front of several objectives, or the optimum of
 * one (Deb, Pratap, Agarwal & Meyarivan, 2002).
 *
 * Uniform crossover, and mutation that draws a parameter anew from its prior, as in Optuna, so that
 * every kind of parameter is bred alike. Parents win by front and crowding, as in the paper.
 */
import type { Dimension } from "../../space/dimension.js";
import { type RandomStream, stream } from "../../space/random.js";
import type { Point } from "../../space/search-space.js";
import type { Configuration } from "../../space/space.js";
import type { Evidence } from "../evidence.js";
import { placeFromPrior } from "../prior.js";
import { areSame, folded, isSamePoint, resultReader } from "../results.js";
import type { Sampler, SamplerSetup } from "../sampler.js";
import { configurationIdentity, untried } from "../untried.js";
import { joined, type Member, noPopulation, type Parent, tournament } from "./population.js";

export interface Nsga2Options {
  /** Trials in a generation. */
  readonly population?: number;
  /** How often two parents are crossed, rather than one copied. */
  readonly crossoverProbability?: number;
  /** How often a parameter is taken from the second parent. */
  readonly swappingProbability?: number;
  /** How often a parameter is drawn anew; undefined for once in a configuration on average. */
  readonly mutationProbability?: number | undefined;
}

const childrenTried = 100;

export function nsga2Sampler(setup: SamplerSetup, options: Nsga2Options = {}): Sampler {
  const { search, seed, initial } = setup;
  const { population = 50 } = options;
  const draws = stream(seed);
  const resultsOf = resultReader(setup, memberOf);
  const populationAfter = folded({
    beginning: noPopulation,
    next: (before, member: Member) => joined(before, member, population),
    isSame: (a, b) =>
      Object.is(a.violation, b.violation) &&
      areSame(a.losses, b.losses) &&
      isSamePoint(a.point, b.point),
  });
  return {
    name: "nsga2",
    ask: (history) => {
      const { parents } = populationAfter(resultsOf(history));
      const source = draws.fork(history.draws - initial.length);
      if (parents.length === 0) {
        const drawn = search.draw(source);
        return untried(search, history, drawn === undefined ? [] : [drawn], source);
      }
      const tried = new Set(
        history.observations.map(({ configuration }) => configurationIdentity(configuration)),
      );
      const children = childrenOf(setup, parents, options, source.fork("children"), tried);
      return untried(search, history, children, source);
    },
  };
}

/**
 * What was pruned, or misses a constraint without end, comes behind all others; a trial that failed
 * has no losses.
 */
function memberOf({ point, state, loss, losses, violation }: Evidence): Member {
  if (state === "complete") return { point, losses, violation };
  const isPruned = state === "pruned" && loss !== null;
  return { point, losses: isPruned ? [loss] : [], violation: Infinity };
}

/** Those that the constraints allow and that are not `tried`: a copy of a parent teaches nothing. */
function* childrenOf(
  { search }: SamplerSetup,
  parents: readonly Parent[],
  options: Nsga2Options,
  random: RandomStream,
  tried: ReadonlySet<string>,
): Generator<Configuration> {
  for (let again = 0; again < childrenTried; again += 1) {
    const point = childOf(search.dimensions, parents, options, random.fork(again));
    const child = search.configurationAt(point);
    if (search.allows(child) && !tried.has(configurationIdentity(child))) yield child;
  }
}

function childOf(
  dimensions: readonly Dimension[],
  parents: readonly Parent[],
  options: Nsga2Options,
  random: RandomStream,
): Point {
  const {
    crossoverProbability = 0.9,
    swappingProbability = 0.5,
    mutationProbability = 1 / Math.max(1, dimensions.length),
  } = options;
  const first = tournament(parents, random);
  const others = parents.filter((parent) => parent !== first);
  const isCrossed = random.next() < crossoverProbability;
  const second = isCrossed ? tournament(others, random) : undefined;
  return Float64Array.from(dimensions, (dimension, index) => {
    const isSwapped = random.next() < swappingProbability;
    const isMutated = random.next() < mutationProbability;
    const chance = random.next();
    const parent = isSwapped ? (second ?? first) : first;
    const gene = parent?.member.point[index] ?? Number.NaN;
    // What its parent did not have is drawn too: it may exist in the child.
    return isMutated || Number.isNaN(gene) ? placeFromPrior(dimension, chance) : gene;
  });
}
