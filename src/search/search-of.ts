/** What a sweep may propose, as samplers and importance calculate with it. */
import { type SearchSpace, searchSpaceOf } from "../space/search-space.js";
import type { Sweep } from "../sweep/sweep.js";

export function searchOf({ space, deck }: Pick<Sweep, "space" | "deck">): SearchSpace {
  const { conditions, constraints, zip } = deck;
  const expressions = constraints.map(({ expression }) => expression);
  return searchSpaceOf({ space, conditions, constraints: expressions, zip });
}
