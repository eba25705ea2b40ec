/** What a conductor asks of the thread of its sampler, and what that answers. */
import type { Proposal } from "../search/sampler.js";
import type { ChangedObservation } from "./history-change.js";

export type SamplerRequest =
  /** Since the last message; there is no answer to it. */
  | { readonly kind: "observed"; readonly changes: readonly ChangedObservation[] }
  /** On the first so many of the observations; one at a time. */
  | { readonly kind: "ask"; readonly draws: number; readonly count: number };

export type SamplerAnswer =
  | { readonly kind: "proposal"; readonly proposal: Proposal }
  /** A defect of ours; the thread lives on. */
  | { readonly kind: "failed"; readonly reason: string };
