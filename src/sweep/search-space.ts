/** What a sweep searches: its space, with what its `sweepdeck:` block says between parameters. */
import { type SearchSpace, searchSpaceOf } from "../space/search-space.js";
import type { Sweep } from "./sweep.js";

const spaces = new WeakMap<Sweep, SearchSpace>();

/** The same object for the same sweep. */
export function searchedBy(sweep: Sweep): SearchSpace {
  const known = spaces.get(sweep);
  if (known !== undefined) return known;
  const { space, deck } = sweep;
  const constraints = deck.constraints.map(({ expression }) => expression);
  const made = searchSpaceOf({ space, conditions: deck.conditions, constraints, zip: deck.zip });
  spaces.set(sweep, made);
  return made;
}
