/**
 * What is to be tried next: configurations that are owed (retries, reruns), then the sampler's draws.
 *
 * The queue is never written down. What is owed stands in the journal, on the trial that owes it,
 * and in the requests that are kept until their trials are there.
 */
import type { Proposal } from "../search/sampler.js";
import type { Configuration } from "../space/space.js";
import { drawsOf, historyOf } from "./history.js";
import type { Proposer } from "./proposer.js";
import type { Request } from "./requests.js";
import type { Trial } from "./trial.js";

/** A trial that is to be. */
export interface Order {
  readonly configuration: Configuration;
  /** Which of the sampler's draws it is; null for what the sampler was not asked for. */
  readonly draw: number | null;
  /** Of how many bytes of the journal the sampler was shown the trials; null where it was not asked. */
  readonly seen: number | null;
  /** Which of the sweep's initial configurations it is; null for all others. */
  readonly initial: number | null;
  /** The trial that it repeats. */
  readonly retryOf: Trial | null;
  /** The request that asked for it, and its place in that request. */
  readonly request: { readonly id: string; readonly index: number } | null;
}

export type NextOrder =
  | { readonly kind: "order"; readonly order: Order }
  /** The sampler is thinking: the hint comes when it has answered. */
  | { readonly kind: "asked" }
  /** The cap is reached, or the space is covered. */
  | { readonly kind: "nothing left"; readonly why: "cap" | "covered" };

export const owedAttribute = "sweepdeck:owed";
export const requestAttribute = "sweepdeck:request";

export class Queue {
  readonly #waiting: Order[] = [];
  readonly #proposer: Proposer;
  readonly #hint: () => void;
  #isAsked = false;
  #suggestion: Suggestion | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    proposer: Proposer,
    /** The number of draws at which the sweep ends; undefined for a sweep without an end. */
    public cap: number | undefined,
    /** Called when `next` has become worth asking again. */
    hint: () => void,
  ) {
    this.#proposer = proposer;
    this.#hint = hint;
  }

  /** Rebuilds what the journal says is owed; called once, when a study is taken up. */
  restore(trials: readonly Trial[]): void {
    const repeated = new Set(trials.map((trial) => trial.retryOf));
    for (const trial of trials) {
      if (trial.attributes[owedAttribute] !== undefined && !repeated.has(trial.number)) {
        this.add(repeatOf(trial));
      }
    }
  }

  get waiting(): readonly Order[] {
    return this.#waiting;
  }

  add(order: Order): void {
    this.#waiting.push(order);
  }

  /**
   * The next order, which stays at the head of the queue until `taken`: a failed write may ask
   * again. `offset` is of how many bytes of the journal these are the trials.
   */
  next(trials: readonly Trial[], offset: number): NextOrder {
    const waiting = this.#waiting[0];
    if (waiting !== undefined) return { kind: "order", order: waiting };
    const draw = drawsOf(trials);
    if (this.cap !== undefined && draw >= this.cap) return { kind: "nothing left", why: "cap" };
    const suggestion = this.#suggest(trials, draw, offset);
    if (suggestion === undefined) return { kind: "asked" };
    const { proposal, seen } = suggestion;
    if (proposal.kind === "exhausted") return { kind: "nothing left", why: "covered" };
    const { configuration, initial = null } = proposal;
    return {
      kind: "order",
      order: { configuration, draw, seen, initial, retryOf: null, request: null },
    };
  }

  taken(order: Order): void {
    if (order.draw === null) this.#waiting.shift();
    else this.#suggestion = undefined;
  }

  /** Undefined while it is being thought about. What comes in meanwhile is for the next one to see. */
  #suggest(trials: readonly Trial[], draw: number, seen: number): Suggestion | undefined {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#isAsked) return undefined;
    if (this.#suggestion?.draw === draw) return this.#suggestion;
    const proposal = this.#proposer.propose(historyOf(trials));
    if (!(proposal instanceof Promise)) {
      this.#suggestion = { draw, seen, proposal };
      return this.#suggestion;
    }
    this.#isAsked = true;
    proposal
      .then(
        (answer) => {
          this.#suggestion = { draw, seen, proposal: answer };
        },
        (error: unknown) => {
          this.#failure = { error };
        },
      )
      .finally(() => {
        this.#isAsked = false;
        this.#hint();
      });
    return undefined;
  }
}

/** What a sampler answered for a draw, and of how many bytes of the journal. */
interface Suggestion {
  readonly draw: number;
  readonly seen: number;
  readonly proposal: Proposal;
}

/** How a trial names the request that asked for it. */
export function requestKey(request: Order["request"]): string | undefined {
  return request === null ? undefined : `${request.id}#${request.index}`;
}

export function repeatOf(trial: Trial, request: Order["request"] = null): Order {
  const { configuration, initial } = trial;
  return { configuration, draw: null, seen: null, initial, retryOf: trial, request };
}

/** How many times the configuration of a trial has been tried again before it. */
export function repeatsBefore(trial: Trial, trials: readonly Trial[]): number {
  let repeats = 0;
  for (let at = trial.retryOf; at !== null; at = trials[at]?.retryOf ?? null) repeats += 1;
  return repeats;
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
      seen: null,
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
