/** A hyperband rule in words: how many trials it lets go how far. */

import { bandsOf } from "../sweep/hyperband-bands.js";
import type { Hyperband } from "../sweep/sweep.js";
import { paragraphs } from "./describe.js";
import { type Rung, scheduleOf } from "./schedule.js";

/** More bands than this are not named. */
const bandsNamed = 5;

/** `27 trials: 10 go on after 3 reports, 4 after 9`; empty where the rule is not whole. */
export function scheduleInShort(rule: Hyperband, trials: number): string {
  const bands = bandsOf(rule);
  if (bands.length === 0) return "";
  if (!Number.isFinite(trials)) {
    return `Stops trials at ${bandsInWords(bands)} reports, about 1 in ${rule.eta} goes on`;
  }
  const rungs = scheduleOf(rule, trials);
  const [first, ...more] = rungs;
  if (first === undefined) return `Stops none of ${trials} trials`;
  const rest = more.slice(0, bandsNamed - 1).map(({ reports, goOn }) => `${goOn} after ${reports}`);
  const tail = more.length > bandsNamed - 1 ? ", …" : "";
  const others = rest.length === 0 ? "" : `, ${rest.join(", ")}`;
  return `${trials} trials: ${first.goOn} go on after ${first.reports} reports${others}${tail}`;
}

/** `27 → 10 → 4 → 2 → 1`; empty where none is stopped. */
export function survivorsInShort(rule: Hyperband, trials: number): string {
  if (!Number.isFinite(trials)) return "";
  const rungs = scheduleOf(rule, trials);
  return [rungs[0]?.reach, ...rungs.map(({ goOn }) => goOn)]
    .filter((count) => count !== undefined)
    .join(" → ");
}

/** Markdown; empty where the rule is not whole. */
export function scheduleMarkdown(rule: Hyperband, trials: number): string {
  const bands = bandsOf(rule);
  if (bands.length === 0) return "";
  const compared = rule.strict
    ? "the value at the band itself is compared"
    : "the best value so far is compared";
  const intro = `Bands at ${bandsInWords(bands)} reported values of the metric; ${compared}.`;
  if (!Number.isFinite(trials)) {
    return paragraphs([
      intro,
      `Of n trials at a band, n/${rule.eta} rounded down and one more go on.`,
    ]);
  }
  const rungs = scheduleOf(rule, trials);
  if (rungs.length === 0) return paragraphs([intro, `Of ${trials} trials it stops none.`]);
  return paragraphs([
    intro,
    table(rungs),
    "This holds when all run side by side. One after another, each is compared with those before it alone, so more may go on, and later ones fewer.",
    trials <= 3
      ? "So few trials are cut hard: one is stopped as soon as a second is there to compare."
      : "",
  ]);
}

function table(rungs: readonly Rung[]): string {
  const rows = rungs.map(({ reports, reach, goOn }) => `| ${reports} | ${reach} | ${goOn} |`);
  return ["| Reports | Trials get there | Go on |", "|---:|---:|---:|", ...rows].join("\n");
}

function bandsInWords(bands: readonly number[]): string {
  const more = bands.length > bandsNamed;
  const shown = more ? bands.slice(0, 3) : bands;
  const last = shown.at(-1);
  if (more) return `${shown.join(", ")} …`;
  return shown.length < 2 ? String(last) : `${shown.slice(0, -1).join(", ")} and ${String(last)}`;
}
