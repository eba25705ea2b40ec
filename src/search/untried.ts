/** No configuration is tried twice, as long as there is another. */
import { listedValue } from "../space/dimension.js";
import { identity } from "../space/distribution.js";
import type { History } from "../space/history.js";
import type { RandomStream } from "../space/random.js";
import { cardinalityOf, type SearchSpace } from "../space/search-space.js";
import type { Configuration } from "../space/space.js";
import type { Proposal } from "./sampler.js";

const randomTries = 100;
/** A finite space of at most so many points is searched for what is left. */
const countable = 100_000;

const identities = new WeakMap<Configuration, string>();

/** The same text for the same values. */
export function configurationIdentity(configuration: Configuration): string {
  const before = identities.get(configuration);
  if (before !== undefined) return before;
  const made = identity(configuration);
  identities.set(configuration, made);
  return made;
}

/**
 * The first of `candidates` that was not tried; where all were, one from the prior; where it finds
 * none there, any that is left. When the whole space has been tried, configurations come again, as
 * they do in W&B; `exhausted` is where no constraint allows any.
 */
export function untried(
  search: SearchSpace,
  { observations }: History,
  candidates: Iterable<Configuration>,
  stream: RandomStream,
): Proposal {
  const tried = mayRepeat(search)
    ? new Set(observations.map(({ configuration }) => configurationIdentity(configuration)))
    : undefined;
  const isNew = (configuration: Configuration) =>
    tried?.has(configurationIdentity(configuration)) !== true;
  let again: Configuration | undefined;
  for (const configuration of candidates) {
    again ??= configuration;
    if (isNew(configuration)) return { kind: "configuration", configuration };
  }
  // Where as many were tried as there are, chance will hardly find what is left.
  const rounds = tried !== undefined && tried.size >= search.cardinality ? 1 : randomTries;
  for (let round = 0; round < rounds; round += 1) {
    const configuration = search.draw(stream.fork("prior").fork(round));
    if (configuration === undefined) break;
    again ??= configuration;
    if (isNew(configuration)) return { kind: "configuration", configuration };
  }
  const configuration = anyOf(search, isNew, stream.fork("left")) ?? again;
  return configuration === undefined
    ? { kind: "exhausted" }
    : { kind: "configuration", configuration };
}

/** Two draws from a continuum are never equal, unless its parameter does not exist in them. */
export function mayRepeat({ dimensions, conditions }: SearchSpace): boolean {
  const conditional = new Set(conditions.map(({ parameter }) => parameter));
  return dimensions.every(
    (dimension) =>
      dimension.kind === "choice" ||
      "q" in dimension.distribution ||
      dimension.cardinality < Infinity ||
      conditional.has(dimension.name),
  );
}

/** From a random place on, all around. */
function anyOf(
  search: SearchSpace,
  isNew: (configuration: Configuration) => boolean,
  stream: RandomStream,
): Configuration | undefined {
  if (search.cardinality > countable) return undefined;
  const start = Math.floor(stream.next() * search.cardinality);
  for (let count = 0; count < search.cardinality; count += 1) {
    const configuration = configurationNumber(search, (start + count) % search.cardinality);
    if (search.allows(configuration) && isNew(configuration)) return configuration;
  }
  return undefined;
}

function configurationNumber(search: SearchSpace, number: number): Configuration {
  let rest = number;
  const point = search.dimensions.map((dimension) => {
    const count = cardinalityOf(dimension);
    const index = rest % count;
    rest = Math.floor(rest / count);
    return dimension.kind === "choice" ? index : dimension.placeOf(listedValue(dimension, index));
  });
  return search.configurationAt(point);
}
