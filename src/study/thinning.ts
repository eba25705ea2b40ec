/**
 * Which of a trial's reports the journal carries: 200 at most, however long the curve, and where
 * trials are compared at certain reports, those too.
 *
 * Optuna copies the map of a trial's reports at each one it reads, so that a long curve makes a
 * study slow to open; the whole of it is in the trial's own files. What is kept depends on nothing
 * but the count of finite reports so far. So a trial that is read again from its start, by the next
 * conductor, keeps the same ones, and which of its reports a line of the journal was can be told
 * from the line's place among those of its trial.
 */

/** Whether trials are compared at their report of this count, from 1. */
export type ComparesAt = (count: number) => boolean;

/** With those that are no finite numbers, and one place for the last value, 200. */
const room = 190;
/** What is no finite number has no count, and is rarely of interest more than once. */
const oddRoom = 9;
/** So many more for the sake of comparisons. */
const comparingRoom = 200;
/** The first ones are all kept: most trials have no more. */
const dense = 100;
/** Then the stride doubles each time so many were kept: points lie evenly on a logarithmic axis. */
const keptPerStride = 6;

export class Thinning {
  readonly #counts: CountThinning;
  #odd = 0;

  constructor(comparesAt: ComparesAt = nowhere) {
    this.#counts = new CountThinning(comparesAt);
  }

  /** To be asked of every report, in order. */
  keeps(value: number): boolean {
    if (Number.isFinite(value)) return this.#counts.keepsNext();
    this.#odd += 1;
    return this.#odd <= oddRoom;
  }
}

/** The counts of the finite reports that the journal carries, by their order there. */
export class KeptCounts {
  readonly #counts: CountThinning;
  readonly #kept: number[] = [];
  #seen = 0;

  constructor(comparesAt: ComparesAt = nowhere) {
    this.#counts = new CountThinning(comparesAt);
  }

  /** Of the finite report that is the `index`-th, from 0; undefined where none is kept so late. */
  at(index: number): number | undefined {
    while (this.#kept.length <= index && this.#seen < countsAtMost) {
      this.#seen += 1;
      if (this.#counts.keepsNext()) this.#kept.push(this.#seen);
    }
    return this.#kept[index];
  }
}

const nowhere: ComparesAt = () => false;
/** Where every place is taken long since. */
const countsAtMost = 1_000_000;

class CountThinning {
  readonly #comparesAt: ComparesAt;
  #count = 0;
  #kept = 0;
  #next = 1;
  #comparing = 0;

  constructor(comparesAt: ComparesAt) {
    this.#comparesAt = comparesAt;
  }

  keepsNext(): boolean {
    this.#count += 1;
    if (this.#count >= this.#next && this.#kept < room) {
      this.#kept += 1;
      const doublings = Math.max(0, Math.ceil((this.#kept - dense + 1) / keptPerStride));
      this.#next = this.#count + 2 ** doublings;
      return true;
    }
    if (this.#comparing >= comparingRoom || !this.#comparesAt(this.#count)) return false;
    this.#comparing += 1;
    return true;
  }
}
