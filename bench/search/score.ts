/** How far a run is from the optimum, and two contenders from each other. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type RandomStream, stream } from "../../src/space/random.js";
import { median, quantile } from "../statistics.js";
import { bestAfter, type Run } from "./runs.js";

const optima: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "optima.json"), "utf8"),
);

const longest = 100;

/** Runs by objective and contender, scored. */
export class Scores {
  readonly #runs = new Map<string, Run[]>();
  readonly #floors = new Map<string, number>();
  readonly objectives: readonly string[];

  constructor(runs: readonly Run[]) {
    this.objectives = [...new Set(runs.map(({ objective }) => objective))];
    for (const run of runs) {
      const key = keyOf(run.objective, run.contender, run.inFlight);
      this.#runs.set(key, [...(this.#runs.get(key) ?? []), run]);
    }
    for (const objective of this.objectives) {
      const random = this.runsOf(objective, "optuna-random").map((run) => regret(run, longest));
      // Below a thousandth of what chance reaches, better is no better.
      if (random.length > 0) this.#floors.set(objective, median(random) / 1000);
    }
  }

  runsOf(objective: string, contender: string, inFlight = 1): readonly Run[] {
    return this.#runs.get(keyOf(objective, contender, inFlight)) ?? [];
  }

  /** log10 of the floored regret after so many trials, by seed. */
  logRegrets(
    objective: string,
    { contender, inFlight = 1 }: Side,
    trials: number,
  ): ReadonlyMap<number, number> {
    const floor = this.#floors.get(objective) ?? Number.MIN_VALUE;
    const runs = this.runsOf(objective, contender, inFlight);
    return new Map(runs.map((run) => [run.seed, Math.log10(Math.max(regret(run, trials), floor))]));
  }

  /** The mean over the first `trials` trials of log10 of the floored regret, by seed. */
  areas(objective: string, side: Side, trials: number): ReadonlyMap<number, number> {
    const sums = new Map<number, number>();
    for (let count = 1; count <= trials; count += 1) {
      for (const [seed, each] of this.logRegrets(objective, side, count)) {
        sums.set(seed, (sums.get(seed) ?? 0) + each / trials);
      }
    }
    return sums;
  }

  medianRegret(objective: string, contender: string, trials: number): number {
    return median(this.runsOf(objective, contender).map((run) => regret(run, trials)));
  }
}

export interface Side {
  readonly contender: string;
  readonly inFlight?: number;
}

/** Values are rounded to six digits, so that one may lie a trifle below the optimum. */
function regret(run: Run, trials: number): number {
  const optimum = optima[run.objective.replace(/-noisy$/, "")];
  if (optimum === undefined) throw new Error(`No optimum is known of ${run.objective}.`);
  return Math.max(0, bestAfter(run, trials) - optimum);
}

function keyOf(objective: string, contender: string, inFlight: number): string {
  return [objective, contender, inFlight].join(" ");
}

/** By how much one side's logarithms exceed the other's on an objective. */
export interface Difference {
  readonly mean: number;
  /** Seed by seed, on the seeds that both have. */
  readonly pairs: readonly number[];
  /** Of the side that has fewer. */
  readonly seeds: number;
  /** Those of either side. */
  readonly allSeeds: readonly number[];
  /** As it might have come out: with these seeds, of which some come again and some are missing. */
  redrawn(seeds: readonly number[]): number;
}

/** Fewer pairs than this say less than all the runs of both sides do. */
const leastPairs = 3;

/** Undefined where one of them has no runs. */
export function difference(
  ours: ReadonlyMap<number, number>,
  theirs: ReadonlyMap<number, number>,
): Difference | undefined {
  if (ours.size === 0 || theirs.size === 0) return undefined;
  const paired = new Map(
    [...ours].flatMap(([seed, each]) => {
      const other = theirs.get(seed);
      return other === undefined ? [] : [[seed, each - other] as const];
    }),
  );
  const about = {
    pairs: [...paired.values()],
    seeds: Math.min(ours.size, theirs.size),
    allSeeds: [...new Set([...ours.keys(), ...theirs.keys()])],
  };
  if (paired.size >= leastPairs) {
    return { ...about, mean: meanOf(paired), redrawn: (seeds) => redrawnMean(paired, seeds) };
  }
  return {
    ...about,
    mean: meanOf(ours) - meanOf(theirs),
    redrawn: (seeds) => redrawnMean(ours, seeds) - redrawnMean(theirs, seeds),
  };
}

/** What a bootstrap of n seeds varies too little, by sqrt(1 - 1/n), is put back. */
function redrawnMean(values: ReadonlyMap<number, number>, seeds: readonly number[]): number {
  const center = meanOf(values);
  const drawn = seeds.flatMap((seed) => values.get(seed) ?? []);
  if (drawn.length === 0) return center;
  return center + (mean(drawn) - center) * Math.sqrt(values.size / Math.max(1, values.size - 1));
}

function meanOf(values: ReadonlyMap<number, number>): number {
  return mean([...values.values()]);
}

export interface Ratio {
  readonly ratio: number;
  /** 95 %. */
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;

/**
 * The geometric mean over objectives, and a bootstrap over objectives and seeds. The seeds are drawn
 * for all objectives together: from one seed come the same first configurations on all of a kind.
 */
export function geometricMean(differences: readonly Difference[]): Ratio {
  const source = stream("bench");
  const all = [...new Set(differences.flatMap(({ allSeeds }) => allSeeds))];
  const drawn = Array.from({ length: resamples }, () => {
    const seeds = all.map(() => pick(all, source) ?? 0);
    const again = differences.map(() => pick(differences, source));
    return mean(again.map((each) => each?.redrawn(seeds) ?? 0));
  });
  return {
    ratio: 10 ** mean(differences.map((each) => each.mean)),
    low: 10 ** quantile(drawn, 0.025),
    high: 10 ** quantile(drawn, 0.975),
  };
}

function pick<T>(values: readonly T[], source: RandomStream): T | undefined {
  return values[Math.floor(source.next() * values.length)];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** The share of pairs in which ours is better; equal ones count half. */
export function winRate(pairs: readonly number[]): number {
  return mean(pairs.map((each) => (each < 0 ? 1 : each === 0 ? 0.5 : 0)));
}
