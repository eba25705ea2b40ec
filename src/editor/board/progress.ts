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

export function progressOf({
  trials,
  cap,
}: {
  /** By number. */
  readonly trials: readonly Trial[];
  readonly cap: number | null;
}): Progress {
  const firsts = new Map<number, Trial>();
  const latest = new Map<number, Trial>();
  const done = new Set<number>();
  for (const trial of trials) {
    const first = trial.retryOf === null ? trial : (firsts.get(trial.retryOf) ?? trial);
    firsts.set(trial.number, first);
    latest.set(first.number, trial);
    if (first.draw !== null && hasResult(trial)) done.add(first.number);
  }
  const standing = [...latest.values()];
  const count = (state: Trial["state"]) => standing.filter((trial) => trial.state === state).length;
  return {
    done: done.size,
    cap,
    completed: count("complete"),
    pruned: count("pruned"),
    stopped: count("stopped"),
    failures: standing.filter(({ state }) => state === "failed"),
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
