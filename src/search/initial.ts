/**
 * Initial configurations: what a study tries first, before its sampler is asked.
 *
 * They are completed once, when the study is made, and kept with it: what a script's defaults were
 * on that day decides, not what they are when the study is taken up again.
 */
import { withoutInactive } from "../space/condition.js";
import { sample } from "../space/configuration.js";
import { identity } from "../space/distribution.js";
import { type RandomStream, stream } from "../space/random.js";
import { ownValue, recordFrom } from "../space/record.js";
import { searchGrid, searchGridSize } from "../space/search-grid.js";
import type { SearchSpace } from "../space/search-space.js";
import type { Configuration } from "../space/space.js";
import type { Json } from "../space/value.js";
import { searchedBy } from "../sweep/search-space.js";
import type { Sweep } from "../sweep/sweep.js";
import { gridIndexes } from "./grid.js";
import type { Sampler } from "./sampler.js";

/** Where a value comes from: written in the sweep, the script's default, or drawn. */
export type ValueOrigin = "sweep" | "script" | "drawn";

export interface KnownValue {
  readonly value: Json;
  readonly origin: Exclude<ValueOrigin, "drawn">;
}

/** What is known of an initial configuration before anything is drawn, by parameter. */
export type KnownValues = Readonly<Record<string, KnownValue>>;

export interface InitialConfiguration {
  /** One value for each parameter that exists by its conditions, inside its range or not. */
  readonly configuration: Configuration;
  /** Of each of its values. */
  readonly origins: Readonly<Record<string, ValueOrigin>>;
}

/**
 * Draws what is not known, by the seed and the place in the list alone; on a grid it is as in the
 * first point. Equal ones are tried once.
 */
export function completeInitial(
  sweep: Sweep,
  known: readonly KnownValues[],
  seed: number,
): readonly InitialConfiguration[] {
  const search = searchedBy(sweep);
  // A branch of its own: what the sampler draws afterwards is what it would draw without these.
  const draws = stream(seed).fork("initial");
  const first = searchesGrid(sweep) ? searchGrid(search).at(0) : undefined;
  const complete = known.map((each, index) =>
    completed(search, each, { ...drawnFor(search, draws.fork(index)), ...first }),
  );
  const identities = complete.map(({ configuration }) => identity(configuration));
  return complete.filter(
    ({ configuration }, index) => identities.indexOf(identity(configuration)) === index,
  );
}

/** For every parameter a value, whether it will exist or not; together as constraints and lists side by side allow. */
function drawnFor(search: SearchSpace, draws: RandomStream): Configuration {
  return { ...sample(search.space, draws), ...search.draw(draws) };
}

function completed(
  { space, conditions }: SearchSpace,
  known: KnownValues,
  drawn: Configuration,
): InitialConfiguration {
  const values = space.parameters.map(({ name }) => {
    const { value, origin } = ownValue(known, name) ?? {
      value: ownValue(drawn, name) ?? null,
      origin: "drawn" as const,
    };
    return { name, value, origin };
  });
  const configuration = withoutInactive(
    recordFrom(values.map(({ name, value }) => [name, value] as const)),
    conditions,
  );
  const there = values.filter(({ name }) => Object.hasOwn(configuration, name));
  return {
    configuration,
    origins: recordFrom(there.map(({ name, origin }) => [name, origin] as const)),
  };
}

export function configurationsOf(
  initial: readonly InitialConfiguration[],
): readonly Configuration[] {
  return initial.map(({ configuration }) => configuration);
}

/** Gives `initial` before the sampler is asked for anything. */
export function initialFirst(sampler: Sampler, initial: readonly Configuration[]): Sampler {
  if (initial.length === 0) return sampler;
  return {
    ...sampler,
    ask: (history) => {
      const { draws } = history;
      const configuration = initial[draws];
      return configuration === undefined
        ? sampler.ask(history)
        : { kind: "configuration", configuration, initial: draws };
    },
  };
}

/** How many configurations a sweep tries, its cap aside; Infinity for one without an end. */
export function countOf(sweep: Sweep, initial: readonly Configuration[]): number {
  if (!searchesGrid(sweep)) return Infinity;
  const search = searchedBy(sweep);
  const passedOver = initial.length === 0 ? [] : gridIndexes(searchGrid(search), initial);
  return searchGridSize(search) + initial.length - passedOver.length;
}

function searchesGrid({ deck, method }: Sweep): boolean {
  return (deck.sampler.type ?? method) === "grid";
}
