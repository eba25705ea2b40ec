/**
 * Which trials TPE calls good: the split at a quantile of the losses.
 *
 * Single objective: Bergstra et al., "Algorithms for hyper-parameter optimization", 2011. With
 * constraints: Watanabe & Hutter, "c-TPE", 2023. Several objectives: Ozaki et al., "Multiobjective
 * tree-structured Parzen estimator", 2022. Pruned trials come after complete ones, those that got
 * further first, as in Optuna.
 */
import type { Evidence } from "../evidence.js";
import { frontsOf, type Losses } from "../pareto.js";
import { hypervolumeSubset } from "./hypervolume-subset.js";

export interface Split {
  /** Indexes into the evidence, ascending. */
  readonly below: readonly number[];
  readonly above: readonly number[];
}

/** How many of `count` trials are good: a tenth, for one objective at most 25. */
export function belowCount(count: number, objectives: number): number {
  const tenth = Math.ceil(0.1 * count);
  return objectives > 1 ? tenth : Math.min(tenth, 25);
}

/**
 * The `size` best: first complete trials that keep their outcome constraints, by loss, then pruned
 * ones, by their last step and its value, then those that break a constraint, by how much. What
 * still runs, or has no loss, is never good.
 */
export function splitAt(
  evidence: readonly Evidence[],
  size: number,
  signs: readonly number[],
): Split {
  const complete: number[] = [];
  const pruned: number[] = [];
  const infeasible: number[] = [];
  evidence.forEach((each, index) => {
    const isSeveral = signs.length > 1;
    if (each.state === "running" || each.state === "stopped") return;
    if (each.violation > 0) infeasible.push(index);
    else if (each.state === "pruned") {
      if (!isSeveral) pruned.push(index);
    } else if (isSeveral ? each.losses.length === signs.length : each.loss !== null) {
      complete.push(index);
    }
  });
  const below =
    signs.length > 1
      ? bestByFronts(evidence, complete, size)
      : smallest(complete, size, (index) => [evidence[index]?.loss ?? Infinity]);
  const scoreOf = (index: number) => prunedScore(evidence[index], signs[0] ?? 1);
  below.push(...smallest(pruned, size - below.length, scoreOf));
  below.push(
    ...smallest(infeasible, size - below.length, (index) => [
      evidence[index]?.violation ?? Infinity,
    ]),
  );
  const isBelow = new Set(below);
  const above: number[] = [];
  for (let index = 0; index < evidence.length; index += 1) {
    if (!isBelow.has(index)) above.push(index);
  }
  return { below: below.sort((a, b) => a - b), above };
}

/** Less is better: who got further comes first. */
function prunedScore(evidence: Evidence | undefined, sign: number): readonly number[] {
  const last = evidence?.observation?.reports.at(-1);
  if (last === undefined) return [1, 0];
  const [step, value] = last;
  return [-step, Number.isNaN(value) ? Infinity : value * sign];
}

/** The `size` least by their keys, equal ones in their order; one pass, since `size` is small. */
function smallest(
  indexes: readonly number[],
  size: number,
  keyOf: (index: number) => readonly number[],
): number[] {
  const kept: { readonly index: number; readonly key: readonly number[] }[] = [];
  if (size <= 0) return [];
  for (const index of indexes) {
    const key = keyOf(index);
    const last = kept.at(-1);
    if (kept.length === size && last !== undefined && !isLess(key, last.key)) continue;
    if (kept.length === size) kept.pop();
    let at = kept.length;
    while (at > 0 && isLess(key, kept[at - 1]?.key ?? [])) at -= 1;
    kept.splice(at, 0, { index, key });
  }
  return kept.map(({ index }) => index);
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, each] of a.entries()) {
    const other = b[at] ?? Infinity;
    if (each !== other) return each < other;
  }
  return false;
}

/** Whole fronts as long as they fit; of the one that does not, those that together dominate most. */
function bestByFronts(
  evidence: readonly Evidence[],
  complete: readonly number[],
  size: number,
): number[] {
  const rows: readonly Losses[] = complete.map((index) => evidence[index]?.losses ?? []);
  const chosen: number[] = [];
  for (const front of frontsOf(rows)) {
    const room = size - chosen.length;
    if (room <= 0) break;
    const fitting =
      front.length <= room
        ? front
        : hypervolumeSubset(
            front.map((row) => rows[row] ?? []),
            room,
          ).flatMap((at) => front[at] ?? []);
    chosen.push(...fitting);
  }
  return chosen.flatMap((row) => complete[row] ?? []);
}
