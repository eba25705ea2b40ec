/**
 * What is to be tried next: configurations that are owed (retries, reruns), then the sampler's draws.
 *
 * The queue is never written down. What is owed stands in the journal, on the trial that owes it,
 * and in the requests that are kept until their trials are there.
 */
import type { Sampler } from "../search/sampler.js";
import type { History, Observation, ObservationState } from "../space/history.js";
import type { Configuration } from "../space/space.js";
import type { Request } from "./requests.js";
import type { Trial, TrialState } from "./trial.js";

/** A trial that is to be. */
export interface Order {
  readonly configuration: Configuration;
  /** Which of the sampler's draws it is; null for what the sampler was not asked for. */
  readonly draw: number | null;
  /** Which of the sweep's initial configurations it is; null for all others. */
  readonly initial: number | null;
  /** The trial that it repeats. */
  readonly retryOf: Trial | null;
  /** The request that asked for it, and its place in that request. */
  readonly request: { readonly id: string; readonly index: number } | null;
}

export type NextOrder =
  | { readonly kind: "order"; readonly order: Order }
  /** The cap is reached, or the space is covered. */
  | { readonly kind: "nothing left"; readonly why: "cap" | "covered" };

export const owedAttribute = "sweepdeck:owed";
export const requestAttribute = "sweepdeck:request";

export class Queue {
  readonly #waiting: Order[] = [];
  #draws = 0;

  constructor(
    readonly sampler: Sampler,
    /** The number of draws at which the sweep ends; undefined for a sweep without an end. */
    public cap: number | undefined,
  ) {}

  /** Rebuilds what the journal says is owed; called once, when a study is taken up. */
  restore(trials: readonly Trial[]): void {
    const repeated = new Set(trials.map((trial) => trial.retryOf));
    this.#draws = trials.reduce(
      (draws, trial) => (trial.draw === null ? draws : Math.max(draws, trial.draw + 1)),
      0,
    );
    for (const trial of trials) {
      if (trial.attributes[owedAttribute] !== undefined && !repeated.has(trial.number)) {
        this.add(repeatOf(trial));
      }
    }
  }

  get draws(): number {
    return this.#draws;
  }

  get waiting(): readonly Order[] {
    return this.#waiting;
  }

  add(order: Order): void {
    this.#waiting.push(order);
  }

  /** The next order, which stays at the head of the queue until `taken`: a failed write may ask again. */
  next(trials: readonly Trial[]): NextOrder {
    const waiting = this.#waiting[0];
    if (waiting !== undefined) return { kind: "order", order: waiting };
    if (this.cap !== undefined && this.#draws >= this.cap) {
      return { kind: "nothing left", why: "cap" };
    }
    const proposal = this.sampler.ask(historyOf(trials, this.#draws));
    if (proposal.kind === "exhausted") return { kind: "nothing left", why: "covered" };
    const { configuration, initial = null } = proposal;
    return {
      kind: "order",
      order: { configuration, draw: this.#draws, initial, retryOf: null, request: null },
    };
  }

  taken(order: Order): void {
    if (order.draw === null) this.#waiting.shift();
    else this.#draws = order.draw + 1;
  }
}

/** How a trial names the request that asked for it. */
export function requestKey(request: Order["request"]): string | undefined {
  return request === null ? undefined : `${request.id}#${request.index}`;
}

export function repeatOf(trial: Trial, request: Order["request"] = null): Order {
  const { configuration, initial } = trial;
  return { configuration, draw: null, initial, retryOf: trial, request };
}

/** How many times the configuration of a trial has been tried again before it. */
export function repeatsBefore(trial: Trial, trials: readonly Trial[]): number {
  let repeats = 0;
  for (let at = trial.retryOf; at !== null; at = trials[at]?.retryOf ?? null) repeats += 1;
  return repeats;
}

function historyOf(trials: readonly Trial[], draws: number): History {
  const observations: Observation[] = [];
  for (const trial of trials) {
    const state = observedState(trial.state);
    if (state === undefined) continue;
    const { number, configuration, draw, value, reports } = trial;
    observations.push({
      number,
      configuration,
      state,
      draw,
      ended: null,
      value,
      values: [],
      violation: 0,
      reports,
    });
  }
  return { draws, observations };
}

function observedState(state: TrialState): ObservationState | undefined {
  switch (state) {
    case "waiting":
    case "stopped":
    case "lost":
      // A trial that the user ended says nothing about its configuration.
      return undefined;
    case "running":
    case "complete":
    case "pruned":
    case "failed":
      return state;
    default:
      return state satisfies never;
  }
}

/** The trials that a request asks for, each with its place in it; those of unknown numbers are left out. */
export function ordersOf(
  request: Extract<Request, { kind: "rerun" | "run" }>,
  trials: readonly Trial[],
): readonly Order[] {
  if (request.kind === "run") {
    return request.configurations.map((configuration, index) => ({
      configuration,
      draw: null,
      initial: null,
      retryOf: null,
      request: { id: request.id, index },
    }));
  }
  return request.trials.flatMap((number, index) => {
    const trial = trials[number];
    return trial === undefined ? [] : [repeatOf(trial, { id: request.id, index })];
  });
}
