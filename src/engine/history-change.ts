/**
 * A study's history as messages to another thread: what has changed since the last one, so that ten
 * thousand trials are not copied for each suggestion.
 */
import type { Observation } from "../space/history.js";
import type { Configuration } from "../space/space.js";

export interface ChangedObservation {
  readonly at: number;
  /** Absent where it is that of the observation which stood there before. */
  readonly configuration?: Configuration;
  readonly rest: Omit<Observation, "configuration">;
}

/** An observation, or a configuration, that did not change must be the same object. */
export function changesBetween(
  before: readonly Observation[],
  after: readonly Observation[],
): readonly ChangedObservation[] {
  const changes: ChangedObservation[] = [];
  for (const [at, observation] of after.entries()) {
    const known = before[at];
    if (known === observation) continue;
    const { configuration, ...rest } = observation;
    const isKnown = known?.configuration === configuration;
    changes.push(isKnown ? { at, rest } : { at, configuration, rest });
  }
  return changes;
}

/**
 * The observations after changes. What did not change is the same object again, since samplers keep
 * what they worked out beside configurations.
 */
export function withChanges(
  before: readonly Observation[],
  changes: readonly ChangedObservation[],
): readonly Observation[] {
  const observations = [...before];
  for (const { at, rest, configuration = before[at]?.configuration ?? {} } of changes) {
    observations[at] = { ...rest, configuration };
  }
  return observations;
}
