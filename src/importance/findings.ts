/** What a study's results say about its space, as data with the reasons. */
import type { RandomStream } from "../space/random.js";
import { namesOf } from "../space/search-space.js";
import { type Edge, edgeOf } from "./edge.js";
import { effectsOf } from "./effect.js";
import type { Forest } from "./forest.js";
import { curveAlong } from "./partial-dependence.js";
import type { Results } from "./results.js";

export type Finding =
  | ({ readonly kind: "edge" } & Edge)
  | {
      readonly kind: "no-effect";
      /** One, or those whose lists are read side by side. */
      readonly parameters: readonly string[];
      /** Of what the model explains: the parameter's part, and a shuffled copy's. */
      readonly share: number;
      readonly shadow: number;
      readonly trials: number;
    }
  /** There are too few trials to say whether there is a finding of this kind. */
  | {
      readonly kind: "too-few";
      readonly of: "edge" | "no-effect";
      readonly trials: number;
      readonly needed: number;
    };

const neededForEdges = 20;
/** A weak effect shows late: with fewer, half of the parameters that do matter would be called idle. */
const neededForEffects = 60;
const neededPerParameter = 5;

export function findingsOf(
  results: Results,
  forest: Forest,
  draws: RandomStream,
): readonly Finding[] {
  const { axes, losses } = results;
  const trials = losses.length;
  if (axes.length === 0) return [];
  const needed = Math.max(neededForEffects, neededPerParameter * axes.length);
  if (trials < neededForEdges) {
    return [
      { kind: "too-few", of: "edge", trials, needed: neededForEdges },
      { kind: "too-few", of: "no-effect", trials, needed },
    ];
  }
  // A parameter without effect has its best trials anywhere, an end included.
  const effects = effectsOf(results, draws);
  const edges = axes.flatMap((_, axis) => {
    if (effects[axis]?.isMeasurable !== true) return [];
    const edge = edgeOf(results, axis, curveAlong(results, forest, axis));
    return edge === undefined ? [] : [{ kind: "edge" as const, ...edge }];
  });
  if (trials < needed) return [...edges, { kind: "too-few", of: "no-effect", trials, needed }];
  const idle = axes.flatMap(({ dimension }, axis) => {
    const effect = effects[axis];
    if (effect === undefined || effect.isMeasurable) return [];
    const { share, shadow } = effect;
    return [{ kind: "no-effect" as const, parameters: namesOf(dimension), share, shadow, trials }];
  });
  return [...edges, ...idle];
}
