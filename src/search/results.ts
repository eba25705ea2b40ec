/** The results of a study as samplers of generations learn from them: one after the other, as they ended. */
import type { History, Observation } from "../space/history.js";
import type { Point } from "../space/search-space.js";
import { type Evidence, evidenceOf } from "./evidence.js";
import type { SamplerSetup } from "./sampler.js";

/**
 * What ended with something to learn from, in that order; results of earlier studies first. Nothing
 * of it changes with what ends afterwards: failed trials are not imputed from others.
 */
export function resultReader<Result>(
  setup: SamplerSetup,
  resultOf: (evidence: Evidence) => Result,
): (history: History) => readonly Result[] {
  const earlier = evidenceOf(setup, { draws: 0, observations: [] }).map(resultOf);
  const alone = { ...setup, earlier: [] };
  // What an observation is worth depends on nothing else, so it is worked out once.
  const known = new WeakMap<Observation, readonly Result[]>();
  const read = (observation: Observation) => {
    const before = known.get(observation);
    if (before !== undefined) return before;
    const results = evidenceOf(alone, { draws: 0, observations: [observation] })
      .filter(({ loss, state }) => loss !== null || state === "failed")
      .map(resultOf);
    known.set(observation, results);
    return results;
  };
  return ({ observations }) => {
    const ended = observations.filter((observation) => observation.ended !== null);
    ended.sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0));
    return [...earlier, ...ended.flatMap(read)];
  };
}

/** How the results of a study are folded into a state. */
export interface Folding<Result, State> {
  readonly beginning: State;
  next(state: State, result: Result): State;
  /** By value. */
  isSame(a: Result, b: Result): boolean;
}

/** Goes on from the results of the call before where these begin with them. */
export function folded<Result, State>({
  beginning,
  next,
  isSame,
}: Folding<Result, State>): (results: readonly Result[]) => State {
  let before: readonly Result[] = [];
  let state = beginning;
  return (results) => {
    const goesOn = before.every((result, index) => {
      const now = results[index];
      return result === now || (now !== undefined && isSame(result, now));
    });
    const from = goesOn ? before.length : 0;
    state = results.slice(from).reduce(next, goesOn ? state : beginning);
    before = results;
    return state;
  };
}

export function isSamePoint(a: Point, b: Point): boolean {
  return a.every((held, index) => Object.is(held, b[index]));
}

export function areSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, index) => Object.is(each, b[index]));
}
