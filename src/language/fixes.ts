/** Quick fixes: for each problem the changes that cure it, as far as its own data says which. */
import type { ParsedSweep } from "../sweep/parse.js";
import type { ProblemFacts, SweepProblem } from "../sweep/problem.js";
import { deckFixers } from "./deck-fixes.js";
import { type Fix, type Fixers, fixesBy } from "./fixes/fix.js";
import { parameterFixes } from "./fixes/parameter.js";
import { ruleFixes } from "./fixes/rule.js";
import { shapeFixes } from "./fixes/shape.js";
import { yamlFixes } from "./fixes/yaml.js";

export type { Fix } from "./fixes/fix.js";

const fixers: Fixers<ProblemFacts> = {
  ...yamlFixes,
  ...shapeFixes,
  ...parameterFixes,
  ...ruleFixes,
  ...deckFixers,
};

/** The best first; none where only the user can know. */
export function fixesFor(parsed: ParsedSweep, problem: SweepProblem): readonly Fix[] {
  return fixesBy(fixers, parsed, problem);
}
