/** Quick fixes: for each problem the changes that cure it, as far as its own data says which. */
import type { ParsedSweep, SweepDocument } from "../sweep/parse.js";
import type { ProblemCode, ProblemFacts, SweepProblem } from "../sweep/problem.js";
import type { TextRange } from "../sweep/tree.js";
import { deckFixers } from "./deck-fixes.js";
import type { Fix, Fixer as FixerOf, Fixers } from "./fixes/fix.js";
import { parameterFixes } from "./fixes/parameter.js";
import { ruleFixes } from "./fixes/rule.js";
import { shapeFixes } from "./fixes/shape.js";
import { yamlFixes } from "./fixes/yaml.js";

export type { Fix } from "./fixes/fix.js";

/** Of one code. */
export type Fixer<C extends ProblemCode> = FixerOf<Extract<ProblemFacts, { code: C }>>;

const fixers: Fixers<ProblemFacts> = {
  ...yamlFixes,
  ...shapeFixes,
  ...parameterFixes,
  ...ruleFixes,
  ...deckFixers,
};

/** The best first; none where only the user can know. */
export function fixesFor({ document }: ParsedSweep, problem: SweepProblem): readonly Fix[] {
  const fixer = fixers[problem.code] as
    | ((
        facts: ProblemFacts,
        range: TextRange,
        document: SweepDocument,
      ) => readonly (Fix | undefined)[])
    | undefined;
  const fixes = fixer?.(problem, problem.range, document) ?? [];
  return fixes.filter((fix) => fix !== undefined);
}
