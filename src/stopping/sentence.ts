/** Why a trial was stopped, in the words of the table. */
import type { StopReason } from "./rule.js";

/**
 * For example `asha stopped it at step 9: val_loss 0.93 ranked 7th of 9, of whom the best 3 go on
 * (0.71 or better)`. For a trial that reached its target, `it reached …`.
 */
export function stopSentence(why: StopReason): string {
  const { rule, step } = why;
  if (rule === "target") return `it reached its target at step ${step}: ${targetWords(why)}`;
  return `${rule} stopped it at step ${step}: ${wordsOf(why)}`;
}

function wordsOf(why: StopReason): string {
  const { metric, value, details } = why;
  if (value === null) {
    return why.compared > 0
      ? `it has reported no finite ${metric} yet`
      : `${metric} is no finite number`;
  }
  const valued = `${metric} ${shown(value)}`;
  const bar = shown(why.threshold);
  switch (why.rule) {
    case "early_terminate":
    case "asha":
    case "hyperband":
      return halvingWords(why, valued);
    case "median":
      return `its best ${valued} is worse than the median of ${others(why)} there, ${bar}`;
    case "percentile":
      return `its best ${valued} is not among the best ${shown(details["percentile"])} % of ${others(why)} there (${bar} or better)`;
    case "wilcoxon":
      return `the mean ${valued} is worse than ${bar}, that of trial ${why.competitors[0]?.trial ?? "?"} (p = ${shown(details["pValue"])} over ${shown(details["shared"])} shared steps)`;
    case "patience":
      return `${valued} is the last of ${counted(details["patience"], "report")} without improvement on ${bar}, of step ${shown(details["since"])}`;
    case "plateau":
      return `${valued} has settled, with a standard deviation of ${shown(details["std"])}, below ${bar}`;
    case "divergence":
      return `${valued} is over ${shown(details["factor"])} times worse than its best, ${shown(details["best"])}`;
    case "threshold":
      return `${valued} is ${value < (why.threshold ?? value) ? "below" : "above"} ${bar}`;
    default:
      return why.threshold === null ? valued : `${valued}, held against ${bar}`;
  }
}

function targetWords({ metric, value, threshold }: StopReason): string {
  return `${metric} ${shown(value)}, where ${shown(threshold)} was wanted`;
}

function halvingWords({ rank, compared, threshold, details }: StopReason, valued: string): string {
  const place = rank === null ? valued : `${valued} ranked ${ordinal(rank)} of ${compared + 1}`;
  const passing = details["goingOn"];
  const going = passing === 1 ? "one goes" : `${passing} go`;
  const whom = passing === undefined ? "" : `, of whom the best ${going} on`;
  return `${place}${whom} (${shown(threshold)} or better)`;
}

function others({ compared }: StopReason): string {
  return compared === 1 ? "the other one" : `the ${compared} others`;
}

function counted(count: number | undefined, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${shown(count)} ${noun}s`;
}

/** To four digits. */
function shown(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : String(Number(value.toPrecision(4)));
}

function ordinal(rank: number): string {
  const [tens, ones] = [rank % 100, rank % 10];
  const isTeen = tens > 10 && tens < 14;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][ones] ?? "th");
  return `${rank}${ending}`;
}
