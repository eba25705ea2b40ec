/** Which trials are selected, and from where a range reaches. */
import type { Fold } from "../src/protocol.js";
import type { Store } from "./store.js";

export class GridSelection {
  readonly #store: () => Store;
  /** The place of the line that a range starts at. */
  #anchor: number | null = null;

  constructor(store: () => Store) {
    this.#store = store;
  }

  only(trial: number, place: number): void {
    this.#anchor = place;
    this.#select([trial]);
  }

  toggle(trial: number, place: number): void {
    this.#anchor = place;
    const { selected } = this.#store().view;
    const without = selected.filter((each) => each !== trial);
    this.#select(without.length < selected.length ? without : [...selected, trial]);
  }

  /** From where the last selection was made, else from `from`. */
  extendTo(place: number, from: number): void {
    const start = this.#anchor ?? from;
    this.#anchor = start;
    this.#select(this.#trialsBetween(Math.min(start, place), Math.max(start, place) + 1));
  }

  all(): void {
    this.#select(this.#trialsBetween(0, Number.POSITIVE_INFINITY));
  }

  /** Takes back the selection, then the filter; whether there was anything to take back. */
  clear(): boolean {
    const store = this.#store();
    const { selected, filter, states } = store.view;
    if (selected.length > 0) store.changeView({ selected: [] });
    else if (filter !== "" || states.length > 0) store.changeView({ filter: "", states: [] });
    else return false;
    return true;
  }

  toggleFold({ trials, open }: Fold): void {
    if (trials.length === 0) return;
    const members = new Set(trials);
    const others = this.#store().view.opened.filter((trial) => !members.has(trial));
    this.#store().changeView({ opened: open ? others : [...others, ...trials], holding: true });
  }

  #trialsBetween(from: number, to: number): number[] {
    const { table } = this.#store();
    const codes = Array.from(table?.lines.slice(Math.max(0, from), to) ?? []);
    return codes.flatMap((code) => (code < 0 ? [] : (table?.rows.numbers[code] ?? [])));
  }

  #select(selected: number[]): void {
    this.#store().changeView({ selected, holding: true });
  }
}
