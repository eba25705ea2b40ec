/** What an attempt has measured so far: the value that counts, and every metric beside it. */
import type { Measured } from "./closing.js";
import type { ObjectiveRule } from "./pursuit.js";
import type { Report } from "./trial.js";

type Metrics = Readonly<Record<string, number>>;

export class Tally {
  readonly #objective: ObjectiveRule | undefined;
  /** The last value of every metric. */
  readonly #metrics: Record<string, number> = {};
  /** The same at the step of the report that counts, so that values of one step stand together. */
  #counted:
    | { readonly step: number | undefined; readonly metrics: Record<string, number> }
    | undefined;
  #reports = 0;
  #finite = 0;
  #best: number | null = null;
  #last: number | null = null;
  #lastFinite: number | null = null;

  constructor(objective: ObjectiveRule | undefined) {
    this.#objective = objective;
  }

  /** The report of the objective among them, if there is one. A step that has no name is numbered. */
  take(step: number | undefined, values: Metrics): Report | undefined {
    Object.assign(this.#metrics, values);
    // What a script prints of a step may come in several lines.
    if (step !== undefined && this.#counted?.step === step) {
      Object.assign(this.#counted.metrics, values);
    }
    const value = this.#objective === undefined ? undefined : values[this.#objective.name];
    if (value === undefined) return undefined;
    const report: Report = [step ?? this.#reports, value];
    this.#reports += 1;
    if (!Number.isNaN(value)) this.#count(step, value);
    return report;
  }

  measured(): Measured {
    return {
      value: this.#objective?.value === "last" ? this.#last : this.#best,
      last: this.#lastFinite,
      reports: this.#reports,
      finite: this.#finite,
      // What came only later, such as a size that is printed once at the end, is as it was last.
      metrics: { ...this.#metrics, ...this.#counted?.metrics },
    };
  }

  #count(step: number | undefined, value: number): void {
    this.#last = value;
    if (Number.isFinite(value)) {
      this.#finite += 1;
      this.#lastFinite = value;
    }
    const isBest = this.#best === null || this.#isBetter(value, this.#best);
    if (isBest) this.#best = value;
    if (isBest || this.#objective?.value === "last") {
      this.#counted = { step, metrics: { ...this.#metrics } };
    }
  }

  #isBetter(value: number, than: number): boolean {
    return this.#objective?.goal === "maximize" ? value > than : value < than;
  }
}
