/** What a sweep will try, without a study: draw n depends on the seed and n alone. */
import { samplerFor } from "../search/sampler-for.js";
import type { Configuration } from "../space/space.js";
import type { Sweep } from "../sweep/sweep.js";

/** Fewer than `count` where the space is covered, or the cap reached, before. */
export function firstConfigurations(
  sweep: Sweep,
  seed: number,
  count: number,
): readonly Configuration[] {
  const sampler = samplerFor(sweep, seed);
  const configurations: Configuration[] = [];
  for (let draws = 0; draws < Math.min(count, sweep.runCap ?? count); draws += 1) {
    const proposal = sampler.ask({ draws, observations: [] });
    if (proposal.kind === "exhausted") break;
    configurations.push(proposal.configuration);
  }
  return configurations;
}
