/** Whether the runs that a sweep may make are enough for what it searches. */
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf, numberOf, visibleRange } from "../../sweep/tree.js";
import { enoughRunsFor, isFarTooMany, parametersFor, randomStart } from "./budget.js";
import type { Role } from "./family.js";
import type { Searched } from "./parameter-checks.js";
import type { PracticeProblem } from "./problem.js";
import { rankOf } from "./proposal.js";
import type { Context } from "./signs.js";

export function budgetProblems(
  { document: { root } }: ParsedSweep,
  searched: readonly Searched[],
  context: Context,
): readonly PracticeProblem[] {
  const entry = entryOf(root, "run_cap");
  const runs = numberOf(entry?.value);
  const { method } = context;
  if (entry === undefined || runs === undefined || runs < 1) return [];
  if (method !== "bayes" && method !== "random") return [];
  const range = visibleRange(entry);
  // The others are told that they should not be searched at all.
  const parameters = searched.filter(({ family }) => isForSearching(family?.role)).length;
  if (isFarTooMany(parameters, runs)) {
    const enough = enoughRunsFor(parameters);
    return [
      {
        code: "too-many-parameters",
        severity: "hint",
        range,
        parameters,
        runs,
        keep: mostImportant(searched, context, parametersFor(runs)),
        ...(enough !== undefined && { enough }),
      },
    ];
  }
  if (method !== "bayes" || runs > randomStart) return [];
  const enough = randomStart + 10 * Math.max(1, parameters);
  return [{ code: "run-cap-below-start-up", severity: "hint", range, runs, enough }];
}

function isForSearching(role: Role | undefined): boolean {
  return role === undefined || role === "search" || role === "trade-off";
}

function mostImportant(
  searched: readonly Searched[],
  context: Context,
  count: number,
): readonly string[] {
  return searched
    .flatMap(({ name }) => {
      const rank = rankOf(name, context);
      return rank === undefined ? [] : [{ name, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ name }) => name);
}
