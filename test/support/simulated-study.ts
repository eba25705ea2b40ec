/** A study in memory: a sampler is asked, trials end in an order, and each result is seen. */
import type { Sampler } from "../../src/search/sampler.js";
import { begun, type History, type Observation } from "../../src/space/history.js";
import { stream } from "../../src/space/random.js";
import type { Configuration } from "../../src/space/space.js";

export type Outcome = Partial<
  Pick<Observation, "state" | "value" | "values" | "violation" | "reports">
>;

export interface SimulatedStudy {
  /** As it was after the last trial. */
  readonly history: History;
  /** What the sampler was shown before each draw. */
  readonly shown: readonly History[];
}

/** One of those in flight ends before the next is asked for, by chance; with one it is the last. */
export function simulated(
  sampler: Sampler,
  outcomeOf: (configuration: Configuration, number: number) => Outcome | number,
  { trials, inFlight = 1 }: { readonly trials: number; readonly inFlight?: number },
): SimulatedStudy {
  const observations: Observation[] = [];
  const shown: History[] = [];
  const running: number[] = [];
  let ended = 0;
  const end = (which: number) => {
    const [number = 0] = running.splice(which, 1);
    const before = observations[number];
    if (before === undefined) return;
    const outcome = outcomeOf(before.configuration, number);
    const given = typeof outcome === "number" ? { value: outcome } : outcome;
    observations[number] = { ...before, state: "complete", ended, ...given };
    ended += 1;
  };
  for (let number = 0; number < trials; number += 1) {
    const chance = stream("order").fork(number).next();
    if (running.length === inFlight) end(Math.floor(chance * inFlight));
    const history = { draws: number, observations: [...observations] };
    shown.push(history);
    const proposal = sampler.ask(history);
    if (proposal.kind === "exhausted") break;
    running.push(number);
    observations.push(begun(proposal.configuration, number));
  }
  while (running.length > 0) end(0);
  return { history: { draws: observations.length, observations }, shown };
}
