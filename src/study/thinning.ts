/**
 * Which of a trial's reports the journal carries: 200 at most, however long the curve.
 *
 * Optuna copies the map of a trial's reports at each one it reads, so that a long curve makes a
 * study slow to open; the whole of it is in the trial's own files. What is kept depends on nothing
 * but the count of reports so far, so that a trial that is read again from its start, by the next
 * conductor, keeps the same ones.
 */
import type { Report } from "./trial.js";

/** One place is left for the last value, which its owner adds when the trial ends. */
const room = 199;
/** The first ones are all kept: most trials have no more. */
const dense = 100;
/** Then the stride doubles each time so many were kept: points lie evenly on a logarithmic axis. */
const keptPerStride = 6;

export class Thinning {
  #seen = 0;
  #kept = 0;
  #next = 0;

  /** To be asked of every report, in order. */
  keeps(_report: Report): boolean {
    const index = this.#seen;
    this.#seen += 1;
    if (index < this.#next || this.#kept >= room) return false;
    this.#kept += 1;
    const doublings = Math.max(0, Math.ceil((this.#kept - dense + 1) / keptPerStride));
    this.#next = index + 2 ** doublings;
    return true;
  }
}
