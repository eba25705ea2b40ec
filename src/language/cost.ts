/** How many trials a sweep makes, and how long they will take by what earlier studies took. */
import { searchGridSize } from "../space/search-grid.js";
import { searchedBy } from "../sweep/search-space.js";
import type { Sweep } from "../sweep/sweep.js";
import type { Past } from "./surroundings.js";

/** Infinity where nothing ends the sweep; retries come on top. */
export function trialsOf(sweep: Sweep): number {
  const grid = sweep.method === "grid" ? searchGridSize(searchedBy(sweep)) : Infinity;
  return Math.min(grid, sweep.runCap ?? Infinity);
}

/** `≈ 2 h 10 min on 2 slots`, or of a single trial where nothing ends the sweep; empty without a past. */
export function costInWords(sweep: Sweep, past: Past | undefined): string {
  const seconds = past?.secondsPerTrial;
  if (past === undefined || seconds === undefined) return "";
  const { parallel } = sweep.deck.slots;
  const slots = parallel === "auto" ? Math.max(1, past.slots) : parallel;
  const trials = trialsOf(sweep);
  if (trials === Infinity) return `≈ ${duration(seconds)} a trial`;
  // The last round may leave slots idle.
  const total = Math.ceil(trials / slots) * seconds;
  return `≈ ${duration(total)}${slots === 1 ? "" : ` on ${slots} slots`}`;
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

/** To two units, or to one where there are ten of it: `2 h 10 min`, `47 min`, `45 s`. */
export function duration(seconds: number): string {
  const at = units.findIndex(([, size]) => seconds >= size);
  const [larger, unit, smaller] = [units[at - 1], units[at], units[at + 1]];
  if (unit === undefined) return "1 s";
  const [name, size] = unit;
  const [smallerName, step] = smaller === undefined || seconds >= 10 * size ? unit : smaller;
  const rounded = Math.round(seconds / step) * step;
  // 59 min and 59.9 s are an hour.
  if (larger !== undefined && rounded >= larger[1]) return duration(rounded);
  const rest = (rounded % size) / step;
  return `${Math.floor(rounded / size)} ${name}${rest === 0 ? "" : ` ${rest} ${smallerName}`}`;
}
