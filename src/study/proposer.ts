/** Who proposes configurations to a conductor: a sampler in this thread, or one in another. */
import type { Proposal, Sampler } from "../search/sampler.js";
import type { History } from "../space/history.js";

export interface Proposer extends Disposable {
  /**
   * At once, or later where that may take so long that a turn must not wait for it. Asked again
   * only when it has answered.
   */
  propose(history: History): Proposal | Promise<Proposal>;
}

/** For samplers that answer at once. */
export function proposerHere(sampler: Sampler): Proposer {
  return { propose: (history) => sampler.ask(history), [Symbol.dispose]: () => {} };
}
