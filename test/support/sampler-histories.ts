/** What a study may have seen before its sampler is asked, each with what makes it hard. */
import type { Observation, ObservationState } from "../../src/space/history.js";
import { stream } from "../../src/space/random.js";
import type { SearchSpace } from "../../src/space/search-space.js";
import type { Configuration } from "../../src/space/space.js";

/** More than any sampler draws at random before it begins to model. */
const count = 24;

type Change = (index: number) => Partial<Observation>;

const value =
  (of: (index: number) => number | null): Change =>
  (index) => ({ value: of(index) });

const changes = {
  "scattered results": () => ({}),
  "one result": () => ({}),
  ties: value(() => 0.5),
  "ties but for one": value((index) => (index === 7 ? 0.25 : 0.5)),
  "NaN and infinities": value((index) => [Number.NaN, Infinity, -Infinity, index][index % 4] ?? 0),
  "nothing but NaN": value(() => Number.NaN),
  "huge and tiny values": value((index) => [1.7e308, -1.7e308, 5e-324, 1e200][index % 4] ?? 0),
  "values that differ in the last digit": value((index) => 1e9 + index * 2 ** -20),
  "nothing but failures": () => ({ state: "failed", value: null, reports: [] }),
  "nothing but running trials": () => running,
  "nothing but trials stopped by hand": () => ({ state: "stopped", value: null }),
  "pruned trials without a report": () => ({ state: "pruned", value: null, reports: [] }),
  "every state": (index) => states[index % states.length] ?? {},
  "broken outcome constraints": (index) => ({ violation: index % 3 }),
  "nothing but broken outcome constraints": (index) => ({ violation: 1 + (index % 2) }),
} as const satisfies Readonly<Record<string, Change>>;

const running: Partial<Observation> = { state: "running", ended: null, value: null, reports: [] };

const states: readonly Partial<Observation>[] = [
  {},
  { state: "failed", value: null },
  { state: "pruned", reports: [[1, 3]] },
  running,
  { state: "stopped" },
  { ...running, value: 0.1, reports: [[1, 0.1]] },
  {},
];

/** Observations of configurations drawn at random, by name. */
export function awkwardHistories(search: SearchSpace): ReadonlyMap<string, readonly Observation[]> {
  const drawn = drawnFrom(search, count);
  const histories = Object.entries(changes).map(
    ([name, change]) =>
      [
        name,
        drawn
          .slice(0, name === "one result" ? 1 : count)
          .map((configuration, index) => ({ ...observed(configuration, index), ...change(index) })),
      ] as const,
  );
  const [only = {}] = drawn;
  return new Map<string, readonly Observation[]>([
    ...histories,
    ["nothing", []],
    ["the same configuration again and again", drawn.map((_, index) => observed(only, index))],
    [
      "configurations of another space",
      drawn.map((_, index) => observed({ elsewhere: index }, index)),
    ],
    ["values outside the space", drawn.map((each, index) => observed(outside(each), index))],
  ]);
}

export function drawnFrom(search: SearchSpace, howMany: number): readonly Configuration[] {
  return Array.from(
    { length: howMany },
    (_, index) => search.draw(stream("drawn").fork(index)) ?? {},
  );
}

/** A complete trial with a result that its number decides. */
export function observed(
  configuration: Configuration,
  number: number,
  state: ObservationState = "complete",
): Observation {
  const result = stream(number).next();
  return {
    number,
    configuration,
    state,
    draw: number,
    ended: number,
    value: result,
    values: [],
    violation: 0,
    reports: [[1, result]],
  };
}

/** As after the file was edited, or as a user wrote an initial configuration. */
function outside(configuration: Configuration): Configuration {
  return Object.fromEntries(
    Object.entries(configuration).map(([name, each]) => [
      name,
      typeof each === "number" ? each * 2 + 1 : each,
    ]),
  );
}
