/**
 * Sobol search: configurations that fill the space evenly, whatever came before. What random search
 * leaves to chance, clusters and gaps, is spread out (Bergstra & Bengio 2012, section 5).
 */
import { stream } from "../space/random.js";
import type { Configuration } from "../space/space.js";
import type { Sampler, SamplerSetup } from "./sampler.js";
import { sobolDimensions, sobolSequence, unscrambledSobol } from "./sobol-sequence.js";
import { configurationIdentity, mayRepeat, untried } from "./untried.js";

export interface SobolOptions {
  /** Whether the seed shuffles the sequence. Without it, parameters beyond `sobolDimensions` are random. */
  readonly scramble: boolean;
}

/** So many points in a row that constraints forbid, or that came before, and the rest is left to chance. */
const pointsPassedOver = 2000;

export function sobolSampler(setup: SamplerSetup, { scramble }: SobolOptions): Sampler {
  const { search, seed, initial } = setup;
  const source = stream(seed).fork("sobol search");
  const configurationOf = allowedPoints(setup, pointsOf(setup, scramble));
  return {
    name: "sobol",
    ask: (history) => {
      const draw = Math.max(0, history.draws - initial.length);
      const configuration = configurationOf(draw);
      const candidates = configuration === undefined ? [] : [configuration];
      return untried(search, history, candidates, source.fork(draw));
    },
  };
}

function pointsOf(
  { search, seed }: SamplerSetup,
  scramble: boolean,
): (index: number) => Float64Array {
  const dimensions = search.dimensions.length;
  const scrambled = sobolSequence(dimensions, seed);
  if (scramble) return scrambled;
  const plain = unscrambledSobol(Math.min(dimensions, sobolDimensions));
  return (index) => {
    // The sequence begins at the origin, where quantiles may be infinite.
    const first = plain(index + 1);
    return dimensions === first.length
      ? first
      : Float64Array.of(...first, ...scrambled(index).slice(first.length));
  };
}

/** The points in their order, without those that constraints forbid, and each configuration once. */
function allowedPoints(
  { search }: SamplerSetup,
  pointAt: (index: number) => Float64Array,
): (draw: number) => Configuration | undefined {
  // What was found is kept, since the way to a point leads over all points before it.
  const found: Configuration[] = [];
  const seen = mayRepeat(search) ? new Set<string>() : undefined;
  let index = 0;
  let passedOver = 0;
  return (draw) => {
    while (found.length <= draw && passedOver < pointsPassedOver) {
      const configuration = search.quantileAt(pointAt(index));
      index += 1;
      passedOver += 1;
      const identity = seen === undefined ? "" : configurationIdentity(configuration);
      if (!search.allows(configuration) || seen?.has(identity) === true) continue;
      seen?.add(identity);
      found.push(configuration);
      passedOver = 0;
    }
    return found[draw];
  };
}
