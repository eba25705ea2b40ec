/** What practice would do otherwise with a sweep: a handful of findings at most. */
import type { ParsedSweep } from "../../sweep/parse.js";
import type { Surroundings } from "../surroundings.js";
import { budgetProblems, nothingSearched } from "./budget-checks.js";
import { contextOf } from "./context.js";
import { metricProblems } from "./metric-checks.js";
import { parameterProblems, type Searched } from "./parameter-checks.js";
import type { PracticeProblem } from "./problem.js";
import { familyOf } from "./recognition.js";
import { isSearched, parametersOf } from "./swept.js";

/** More advice than this is not read. */
const handful = 5;

/** The weightiest, in the order of the text. */
export function practiceProblemsOf(
  parsed: ParsedSweep,
  around: Surroundings,
): readonly PracticeProblem[] {
  const context = contextOf(parsed, around);
  const parameters = parametersOf(parsed.document.root);
  const searched: readonly Searched[] = parameters.filter(isSearched).map((swept) => {
    const family = familyOf(swept.name, context);
    return { ...swept, ...(family !== undefined && { family }) };
  });
  return [
    ...metricProblems(parsed, around),
    ...nothingSearched(parsed, parameters),
    ...budgetProblems(parsed, searched, context),
    ...parameterProblems(parsed, searched, context),
  ]
    .slice(0, handful)
    .sort((a, b) => a.range.start - b.range.start);
}
