/**
 * How far a study is: the one count behind the headline, the tree, the status bar and the lens.
 *
 * What is counted is the sampler's draws. A retry or a rerun is another attempt at a draw, so that
 * neither raises the total, and a draw whose trials were all stopped is not done.
 */
import type { Trial } from "../../study/trial.js";

export interface Progress {
  /** How many draws have ended with a result: completed, stopped early or failed. */
  readonly done: number;
  /** How many draws end the sweep; null where nothing does. */
  readonly cap: number | null;
  /** The trials that nobody has repeated, by how they ended. */
  readonly completed: number;
  readonly pruned: number;
  readonly stopped: number;
  readonly failures: readonly Trial[];
}

/** Headline, tree and status bar ask again for the same trials: another array when any of them changed. */
const counted = new WeakMap<readonly Trial[], Omit<Progress, "cap">>();

export function progressOf({
  trials,
  cap,
}: {
  /** By number. */
  readonly trials: readonly Trial[];
  readonly cap: number | null;
}): Progress {
  const counts = counted.get(trials) ?? countOf(trials);
  counted.set(trials, counts);
  return { ...counts, cap };
}

function countOf(trials: readonly Trial[]): Omit<Progress, "cap"> {
  // By the number of a trial: the first attempt, the last one, and whether one has a result.
  const firsts: Trial[] = [];
  const latest: Trial[] = [];
  const results: boolean[] = [];
  let done = 0;
  for (const trial of trials) {
    const first = trial.retryOf === null ? trial : (firsts[trial.retryOf] ?? trial);
    firsts[trial.number] = first;
    latest[first.number] = trial;
    if (first.draw === null || !hasResult(trial) || results[first.number]) continue;
    results[first.number] = true;
    done += 1;
  }
  const ended = { complete: 0, pruned: 0, stopped: 0 };
  const failures: Trial[] = [];
  // Numbers that are no first attempt's have none.
  latest.forEach((trial) => {
    const { state } = trial;
    if (state === "failed") failures.push(trial);
    else if (state === "complete" || state === "pruned" || state === "stopped") ended[state] += 1;
  });
  return {
    done,
    completed: ended.complete,
    pruned: ended.pruned,
    stopped: ended.stopped,
    failures,
  };
}

function hasResult({ state }: Trial): boolean {
  return state === "complete" || state === "pruned" || state === "failed";
}

/** `7 completed, 3 failed`: how the trials ended, those that were repeated left out. */
export function endedText({ completed, pruned, stopped, failures }: Progress): string {
  const parts = [
    [completed, "completed"],
    [pruned, "stopped early"],
    [failures.length, "failed"],
    [stopped, "stopped"],
  ] as const;
  return parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(", ");
}
