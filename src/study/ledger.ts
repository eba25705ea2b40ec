/** What the conductor writes down about its trials, and reads back of everybody's. */
import type { Closing } from "./closing.js";
import type { Order } from "./queue.js";
import type { Report, Trial } from "./trial.js";

export interface Ledger {
  /** Every trial of the study, by number, foreign ones included. */
  readonly trials: readonly Trial[];
  /** Takes in what others have appended. */
  refresh(): void;
  /** Journals a trial as running, durably, and learns its number. Throws `Overtaken` or `DiskFull`. */
  begin(order: Order, slot: string, atMs: number): Trial;
  /** Held back until `flush`, which is one write for all of them. */
  report(trial: Trial, reports: readonly Report[]): void;
  flush(): void;
  /** Journals the end of a trial with its reason, durably. */
  close(trial: Trial, closing: Closing, atMs: number): Trial;
  /** Notes that nothing can be said of a running trial from here. */
  markLost(trial: Trial): void;
}
