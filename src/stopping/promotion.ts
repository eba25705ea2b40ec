/**
 * ASHA in its own form, with trials that pause at a rung and go on from a checkpoint (Li et al. 2020,
 * "A System for Massively Parallel Hyperparameter Tuning", algorithm 2). A pure decision, for those
 * who can pause: nothing is ever stopped, only left where it is.
 */
import { byGoal, type Goal, pointAt } from "./curves.js";
import type { Curve } from "./rule.js";

export interface Promotion {
  readonly trial: number;
  /** From which rung, in reports, to which; undefined leads to the end of the trial. */
  readonly from: number;
  readonly to: number | undefined;
}

/**
 * Which paused trial goes on when a slot is free; undefined where none may, and a new one begins.
 *
 * From the highest rung down: among the n trials that reached a rung the best floor(n/eta) may go on,
 * and of those the best that has not gone on yet does. A trial waits at the rung that it has reached
 * exactly, while it is `running` for the study and not in `busy`. `rungs` are ascending counts of
 * reports; equal values go by the order of the trials.
 */
export function promotionOf(
  curves: readonly Curve[],
  busy: ReadonlySet<number>,
  rungs: readonly number[],
  eta: number,
  goal: Goal,
): Promotion | undefined {
  const compare = byGoal(goal);
  for (const [index, from] of [...rungs.entries()].reverse()) {
    const reached = curves
      .flatMap((curve) => {
        const value = pointAt(curve, from)?.value;
        return value === undefined ? [] : [{ curve, value }];
      })
      .sort((a, b) => compare(a.value, b.value) || a.curve.trial - b.curve.trial);
    const best = reached.slice(0, Math.floor(reached.length / eta));
    const next = best.find(({ curve }) => waitsAt(curve, from) && !busy.has(curve.trial));
    if (next !== undefined) return { trial: next.curve.trial, from, to: rungs[index + 1] };
  }
  return undefined;
}

function waitsAt({ state, points }: Curve, rung: number): boolean {
  return state === "running" && points.at(-1)?.count === rung;
}
