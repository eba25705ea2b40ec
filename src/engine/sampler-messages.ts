/** What a conductor asks of the thread of its sampler, and what that answers. */
import type { Proposal } from "../search/sampler.js";
import type { HistoryChange } from "./history-change.js";

/** One at a time; the change is since the last request to the same thread. */
export type SamplerRequest = HistoryChange;

export type SamplerAnswer =
  | { readonly kind: "proposal"; readonly proposal: Proposal }
  /** A defect of ours; the thread lives on. */
  | { readonly kind: "failed"; readonly reason: string };
