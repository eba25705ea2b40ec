/** What a sweep will try, without a study: draw n depends on the seed and n alone. */
import { configurationsOf, type InitialConfiguration } from "../search/initial.js";
import type { EarlierResult } from "../search/sampler.js";
import { samplerFor } from "../search/sampler-for.js";
import { begun, type Observation } from "../space/history.js";
import type { Configuration } from "../space/space.js";
import type { Sweep } from "../sweep/sweep.js";

export interface Previewed {
  readonly configuration: Configuration;
  /** Whether it is one of the sweep's `initial` ones. */
  readonly isInitial: boolean;
}

/**
 * Fewer than `count` where the space is covered, or the cap reached, before. `initial`: complete;
 * `earlier`: what a study made now would begin with.
 */
export function firstConfigurations(
  sweep: Sweep,
  seed: number,
  count: number,
  initial: readonly InitialConfiguration[],
  earlier: readonly EarlierResult[] = [],
): readonly Previewed[] {
  const sampler = samplerFor(sweep, seed, configurationsOf(initial), earlier);
  const previewed: Previewed[] = [];
  const observations: Observation[] = [];
  for (let draws = 0; draws < Math.min(count, sweep.runCap ?? count); draws += 1) {
    const proposal = sampler.ask({ draws, observations });
    if (proposal.kind === "exhausted") break;
    const { configuration } = proposal;
    previewed.push({ configuration, isInitial: proposal.initial !== undefined });
    observations.push(begun(configuration, draws));
  }
  return previewed;
}
