/** A study as samplers are shown it: its trials by what the journal holds of them, and nothing else. */

import type { History, Observation, ObservationState } from "../space/history.js";
import { ownValue } from "../space/record.js";
import type { Trial, TrialState } from "./trial.js";

/** Optuna's key: a list of numbers, each of which is at most 0 where a constraint holds. */
export const constraintsAttribute = "constraints";

/** A trial that changes is another object, so an observation is made once for each. */
const observed = new WeakMap<Trial, Observation>();

/** Equal for equal lines of the journal, so that a study replays to the same suggestions. */
export function historyOf(trials: readonly Trial[]): History {
  const observations: Observation[] = [];
  for (const trial of trials) if (trial.state !== "waiting") observations.push(observe(trial));
  return { draws: drawsOf(trials), observations };
}

/** How many draws the trials are: one more than the last of them, for none is left out. */
export function drawsOf(trials: readonly Trial[]): number {
  let draws = 0;
  for (const { draw } of trials) if (draw !== null && draw >= draws) draws = draw + 1;
  return draws;
}

function observe(trial: Trial): Observation {
  const before = observed.get(trial);
  if (before !== undefined) return before;
  const { number, configuration, draw, ended, value, values, reports } = trial;
  const state = observedState(trial.state);
  const observation: Observation = {
    number,
    configuration,
    state,
    draw,
    ended,
    value: state === "stopped" ? null : value,
    values: state === "complete" && values.length > 1 ? values : [],
    violation: violationOf(trial),
    reports,
  };
  observed.set(trial, observation);
  return observation;
}

/** By how much constraints are missed in all. */
export function violationOf({ attributes }: Trial): number {
  const constraints = ownValue(attributes, constraintsAttribute);
  if (!Array.isArray(constraints)) return 0;
  return constraints.reduce<number>(
    (sum, each) => (typeof each === "number" ? sum + Math.max(0, each) : sum),
    0,
  );
}

/** Of one that has begun. */
export function observedState(state: TrialState): ObservationState {
  switch (state) {
    case "stopped":
    case "lost":
      // It was tried, and says nothing about its configuration.
      return "stopped";
    case "waiting":
    case "running":
      return "running";
    case "complete":
    case "pruned":
    case "failed":
      return state;
    default:
      return state satisfies never;
  }
}
