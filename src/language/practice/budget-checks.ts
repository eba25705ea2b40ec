/** Whether the runs that a sweep may make are enough for what it searches. */
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf, numberOf, textOf, valueAt, visibleRange } from "../../sweep/tree.js";
import { enoughRunsFor, isFarTooMany, parametersFor, randomStart } from "./budget.js";
import type { Role } from "./family.js";
import type { Searched } from "./parameter-checks.js";
import type { PracticeProblem } from "./problem.js";
import { rankOf } from "./proposal.js";
import type { Context } from "./signs.js";
import { isSearched, type Swept } from "./swept.js";

/**
 * One configuration only, in lists of one. With constants alone a Bayesian search is an error, and a
 * random one repeats them on purpose.
 */
export function nothingSearched(
  { document: { root } }: ParsedSweep,
  parameters: readonly Swept[],
): readonly PracticeProblem[] {
  const entry = entryOf(root, "method");
  const method = textOf(entry?.value);
  if (entry === undefined || (method !== "bayes" && method !== "random")) return [];
  const isRepeated = valueAt(valueAt(root, "sweepdeck"), "repeats") !== undefined;
  if (isRepeated || numberOf(valueAt(root, "run_cap")) === 1) return [];
  const isAllConstant = parameters.every(({ distribution }) => distribution === "constant");
  if (isAllConstant || parameters.some(isSearched) || parameters.some(isUnfinished)) return [];
  return [{ code: "nothing-searched", severity: "hint", range: entry.value.range }];
}

/** An empty list is told of as such. */
function isUnfinished({ node }: Swept): boolean {
  const values = valueAt(node, "values");
  return values?.kind === "list" && values.items.length === 0;
}

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
