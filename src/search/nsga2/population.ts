/**
 * The population of NSGA-II: who of parents and children survives, and who becomes a parent (Deb,
 * Pratap, Agarwal & Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II", 2002).
 */
import type { RandomStream } from "../../space/random.js";
import type { Point } from "../../space/search-space.js";
import { type Constrained, constrainedFrontsOf, crowdingDistances } from "../pareto.js";

/** Without losses where a trial failed: it counts in its generation, and is nobody's parent. */
export interface Member extends Constrained {
  readonly point: Point;
}

export interface Parent {
  readonly member: Member;
  /** Of its front; 0 for the best. */
  readonly front: number;
  readonly crowding: number;
}

export interface Population {
  /** Survivors of all generations that are complete, at most as many as a generation has. */
  readonly parents: readonly Parent[];
  /** Results of the generation that is being tried. */
  readonly generation: readonly Member[];
}

export const noPopulation: Population = { parents: [], generation: [] };

/** A generation is complete with its `size`-th result, whoever was drawn when. */
export function joined(
  { parents, generation }: Population,
  member: Member,
  size: number,
): Population {
  const grown = [...generation, member];
  if (grown.length < size) return { parents, generation: grown };
  const all = [...parents.map(({ member: parent }) => parent), ...grown];
  return {
    parents: survivors(
      all.filter(({ losses }) => losses.length > 0),
      size,
    ),
    generation: [],
  };
}

/** Front by front; of the last one that has no room for all, those that are least crowded. */
export function survivors(members: readonly Member[], size: number): readonly Parent[] {
  const chosen: Parent[] = [];
  for (const [front, indexes] of constrainedFrontsOf(members).entries()) {
    if (chosen.length >= size) break;
    const own = indexes.flatMap((index) => members[index] ?? []);
    const distances = crowdingDistances(own.map(({ losses }) => losses));
    const parents = own.map((member, index) => ({
      member,
      front,
      crowding: distances[index] ?? 0,
    }));
    parents.sort((a, b) => b.crowding - a.crowding || 0);
    chosen.push(...parents.slice(0, size - chosen.length));
  }
  return chosen;
}

/** The better of two that are drawn: of the better front, or of the same one the less crowded. */
export function tournament(parents: readonly Parent[], random: RandomStream): Parent | undefined {
  const draw = () => parents[Math.floor(random.next() * parents.length)];
  const first = draw();
  const second = draw();
  if (first === undefined || second === undefined) return first;
  if (first.front !== second.front) return first.front < second.front ? first : second;
  return second.crowding > first.crowding ? second : first;
}
