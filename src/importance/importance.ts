/** What mattered in a study: the whole of it, from the results to the findings. */
import { stream } from "../space/random.js";
import { namesOf } from "../space/search-space.js";
import { type Decomposition, decompose, type Fraction } from "./fanova.js";
import { type Finding, findingsOf } from "./findings.js";
import { type Forest, growForest } from "./forest.js";
import { localImportance } from "./ped-anova.js";
import type { Results } from "./results.js";

export interface ParameterImportance {
  /** One, or those whose lists are read side by side. */
  readonly names: readonly string[];
  /** Of the variance over the whole space; the rest belongs to pairs, to more at once, and to noise. */
  readonly fraction: Fraction;
  /** Its share in what makes a trial one of the best tenth; all of them sum to 1. */
  readonly local: number;
}

export interface Importance {
  /** How many trials it is worked out from. */
  readonly trials: number;
  /** From the one that explains most. */
  readonly parameters: readonly ParameterImportance[];
  readonly findings: readonly Finding[];
  /** For curves, surfaces (`curveAlong`, `surfaceOver`) and pairs. */
  readonly forest: Forest;
  readonly decomposition: Decomposition;
}

/** With fewer trials there is no variance to speak of. */
export const leastTrials = 8;

/** The same for the same results; undefined for fewer than `leastTrials`, or where nothing varies. */
export function importanceOf(results: Results): Importance | undefined {
  const { axes, losses } = results;
  if (losses.length < leastTrials || axes.length === 0) return undefined;
  // Nothing here is a choice that a user would want another seed for.
  const draws = stream("importance");
  const forest = growForest(results, draws.fork("forest"));
  const decomposition = decompose(forest);
  const local = localImportance(results);
  const parameters = axes.map(({ dimension }, axis) => ({
    names: namesOf(dimension),
    fraction: decomposition.singles[axis] ?? { mean: 0, spread: 0 },
    local: local[axis] ?? 0,
  }));
  return {
    trials: losses.length,
    parameters: parameters.sort((a, b) => b.fraction.mean - a.fraction.mean),
    findings: findingsOf(results, forest, draws.fork("effects")),
    forest,
    decomposition,
  };
}
