/** What the name of a metric says: on which data it is measured, and which way is better. */
import {
  changes,
  type Direction,
  directions,
  type Split,
  silencing,
  splits,
  trainedOn,
  turning,
} from "./metric-words.js";

export interface MetricFacts {
  readonly split: Split | "unknown";
  /** Whether the name itself says so, and not only the habit of libraries. */
  readonly isSplitNamed: boolean;
  /** Absent: the name does not say. */
  readonly goal?: "minimize" | "maximize";
  /** Whether the name can mean nothing else. */
  readonly isGoalClear: boolean;
  /** The word of the name that tells the goal: `accuracy`. */
  readonly word?: string;
  /** A clause, without a full stop. */
  readonly because: string;
}

export function metricFacts(name: string): MetricFacts {
  const words = wordsOf(name);
  const { split, isSplitNamed, splitBecause } = splitOf(name, words);
  const told = goalOf(words);
  const because = [splitBecause, told?.because ?? ""].filter((clause) => clause !== "");
  return {
    split,
    isSplitNamed,
    ...(told !== undefined && { goal: told.goal, word: told.word }),
    isGoalClear: told?.isClear ?? false,
    because: because.length === 0 ? "its name does not say" : because.join("; "),
  };
}

/** Those that a sweep should be judged by first: measured on validation data, with a clear direction. */
export function objectivesFirst(names: readonly string[]): readonly string[] {
  const badness = (name: string): number => {
    const { split, goal, isGoalClear } = metricFacts(name);
    const measured = { validation: 0, unknown: 10, test: 20, train: 30 }[split];
    return measured + (goal === undefined ? 5 : isGoalClear ? 0 : 1);
  };
  return names
    .map((name, index) => ({ name, index, badness: badness(name) }))
    .sort((a, b) => a.badness - b.badness || a.index - b.index)
    .map(({ name }) => name);
}

/** `metrics/mAP50-95(B)` is metrics, map, b; `valLoss` is val, loss. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/mAP|mIoU|IoU|nDCG/g, (abbreviation) => `_${abbreviation.toLowerCase()}`)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

interface SplitTold {
  readonly split: Split | "unknown";
  readonly isSplitNamed: boolean;
  readonly splitBecause: string;
}

function splitOf(name: string, words: readonly string[]): SplitTold {
  const named = (split: SplitTold["split"], splitBecause: string): SplitTold => ({
    split,
    isSplitNamed: split !== "unknown",
    splitBecause,
  });
  if (/^test-.+-mean$/.test(name))
    return named("validation", "xgb.cv calls its held-out fold test");
  if (/^validation_0\b/.test(name)) {
    return named("unknown", "XGBoost's first evaluation set may be the training data");
  }
  const word = words.findLast((each, index) => splits.has(each) && words[index - 1] !== "std");
  const split = word === undefined ? undefined : splits.get(word);
  if (split !== undefined) return named(split, `\`${word}\` says ${split} data`);
  const habit = trainedOn.find((each) => each.name.test(name.toLowerCase()));
  return habit === undefined
    ? named("unknown", "")
    : { split: "train", isSplitNamed: false, splitBecause: habit.because };
}

interface GoalTold {
  readonly goal: Direction["goal"];
  readonly isClear: boolean;
  readonly word: string;
  readonly because: string;
}

interface Match extends Direction {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

function goalOf(words: readonly string[]): GoalTold | undefined {
  const matches = matchesIn(words);
  const covered = (index: number): boolean =>
    matches.some(({ start, end }) => start <= index && index < end);
  const change = words.findLast((word) => changes.has(word));
  const changed = change === undefined ? undefined : changes.get(change);
  if (change !== undefined && changed !== undefined) {
    return told(changed, false, change);
  }
  if (words.some((word, index) => silencing.has(word) && !covered(index))) return undefined;
  const specific = matches.filter(({ weight }) => weight !== "generic");
  // The last word is what is measured: a reward_loss is a loss.
  const last = (specific.length > 0 ? specific : matches).at(-1);
  if (last === undefined) return undefined;
  const isTurned = words.slice(0, last.start).some((word) => turning.has(word));
  const goal = isTurned ? opposite(last.goal) : last.goal;
  const agrees = specific.every((each) => each.goal === last.goal);
  const isClear = last.weight === "clear" && (agrees || /^(loss|error)$/.test(last.word));
  return told(goal, isClear, isTurned ? `negative ${last.word}` : last.word);
}

function told(goal: Direction["goal"], isClear: boolean, word: string): GoalTold {
  const better = goal === "minimize" ? "lower" : "higher";
  return { goal, isClear, word, because: `\`${word}\` is better ${better}` };
}

function opposite(goal: Direction["goal"]): Direction["goal"] {
  return goal === "minimize" ? "maximize" : "minimize";
}

const longestPhrase = 3;

function matchesIn(words: readonly string[]): readonly Match[] {
  const matches: Match[] = [];
  for (let start = 0; start < words.length; start += 1) {
    const match = matchAt(words, start);
    if (match === undefined) continue;
    matches.push(match);
    start = match.end - 1;
  }
  return matches;
}

function matchAt(words: readonly string[], start: number): Match | undefined {
  for (let length = longestPhrase; length > 0; length -= 1) {
    const phrase = words.slice(start, start + length);
    if (phrase.length < length) continue;
    const word = phrase.join(" ");
    // `acc5`, `rouge2`, `map50` are accuracy, ROUGE and mAP at a number.
    const known = [word, word.replace(/\d+$/, "")].find((each) => directions.has(each));
    const direction = known === undefined ? undefined : directions.get(known);
    if (known !== undefined && direction !== undefined) {
      return { ...direction, word: known, start, end: start + length };
    }
  }
  return undefined;
}
