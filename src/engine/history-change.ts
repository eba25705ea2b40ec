/**
 * A study's history as messages to another thread: what has changed since the last one, so that ten
 * thousand trials are not copied for each suggestion.
 */
import type { History, Observation } from "../space/history.js";
import type { Configuration } from "../space/space.js";

export interface HistoryChange {
  readonly draws: number;
  /** How many observations there are now. */
  readonly count: number;
  readonly changed: readonly ChangedObservation[];
}

interface ChangedObservation {
  readonly at: number;
  /** Absent where it is that of the observation which stood there before. */
  readonly configuration?: Configuration;
  readonly rest: Omit<Observation, "configuration">;
}

/** An observation, or a configuration, that did not change must be the same object. */
export function changeOf(
  before: readonly Observation[],
  { draws, observations }: History,
): HistoryChange {
  const changed = observations.flatMap((observation, at) => {
    const known = before[at];
    if (known === observation) return [];
    const { configuration, ...rest } = observation;
    return [known?.configuration === configuration ? { at, rest } : { at, configuration, rest }];
  });
  return { draws, count: observations.length, changed };
}

/**
 * The history after a change; `before` are the observations that it is a change of. What did not
 * change is the same object again, since samplers keep what they worked out beside configurations.
 */
export function changed(before: readonly Observation[], change: HistoryChange): History {
  const observations = before.slice(0, change.count);
  for (const {
    at,
    rest,
    configuration = observations[at]?.configuration ?? {},
  } of change.changed) {
    observations[at] = { ...rest, configuration };
  }
  return { draws: change.draws, observations };
}
