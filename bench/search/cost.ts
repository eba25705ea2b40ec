/** What a suggestion costs in processor time, ours and Optuna's, in one run on the same history. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { samplerFor } from "../../src/search/sampler-for.js";
import type { Observation } from "../../src/space/history.js";
import { stream } from "../../src/space/random.js";
import { searchSpaceOf } from "../../src/space/search-space.js";
import { parseSweep } from "../../src/sweep/parse.js";
import type { Sweep } from "../../src/sweep/sweep.js";
import { searchPython } from "./python.js";
import { markdown } from "./tables.js";

interface Measured {
  readonly mean: number;
  readonly most: number;
}

/** Of each, how many trials are known, and how many suggestions are timed. */
const cases = [
  { sampler: "tpe", dimensions: 10, trials: 100, asks: 40 },
  { sampler: "tpe", dimensions: 10, trials: 1000, asks: 20 },
  { sampler: "tpe", dimensions: 10, trials: 10_000, asks: 8 },
  { sampler: "gp", dimensions: 4, trials: 25, asks: 12 },
  { sampler: "gp", dimensions: 4, trials: 50, asks: 12 },
  { sampler: "gp", dimensions: 4, trials: 100, asks: 12 },
] as const;

/** Ours alone: what must hold for any number of trials. */
const alone = [
  { sampler: "auto", dimensions: 10, trials: 100, asks: 12 },
  { sampler: "auto", dimensions: 10, trials: 300, asks: 12 },
  { sampler: "auto", dimensions: 10, trials: 1000, asks: 12 },
  { sampler: "auto", dimensions: 10, trials: 10_000, asks: 6 },
  { sampler: "cmaes", dimensions: 10, trials: 1000, asks: 12 },
] as const;

export function costs(): string {
  const theirs: readonly Measured[] = JSON.parse(
    execFileSync(
      searchPython(),
      [path.join(import.meta.dirname, "cost.py"), JSON.stringify(cases)],
      { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" } },
    ),
  );
  const beside = cases.map((each, index) => {
    const [own, peer] = [measured(each), theirs[index] ?? { mean: Number.NaN, most: 0 }];
    const ratio = (own.mean / peer.mean).toPrecision(2);
    return [...about(each), milliseconds(own), milliseconds(peer), ratio];
  });
  const more = alone.map((each) => [...about(each), milliseconds(measured(each)), "", ""]);
  const head = ["", "dimensions", "trials known", "ours, mean (most)", "Optuna's", "ratio"];
  return markdown(head, [...beside, ...more]);
}

type Case = (typeof cases)[number] | (typeof alone)[number];

function about({ sampler, dimensions, trials }: Case): readonly string[] {
  return [`\`${sampler}\``, String(dimensions), String(trials)];
}

function milliseconds({ mean, most }: Measured): string {
  const text = (seconds: number) => Number((seconds * 1000).toPrecision(2));
  return `${text(mean)} ms (${text(most)})`;
}

/** Not timed: what is compiled and loaded once has been by then. */
const warming = 10;

/** As in a study: a trial is told, the next is asked for. */
function measured({ sampler: type, dimensions, trials, asks }: Case): Measured {
  const sweep = sweepOf(type, dimensions);
  const sampler = samplerFor(sweep, 1);
  const search = searchSpaceOf({ space: sweep.space });
  const source = stream("cost");
  const observations: Observation[] = [];
  while (observations.length < trials - warming) {
    observe(observations, search.draw(source.fork(observations.length)) ?? {});
  }
  const seconds: number[] = [];
  for (let ask = -warming; ask < asks; ask += 1) {
    const before = process.cpuUsage();
    const proposal = sampler.ask({
      draws: observations.length,
      observations: [...observations],
    });
    const { user, system } = process.cpuUsage(before);
    if (ask >= 0) seconds.push((user + system) / 1e6);
    if (proposal.kind === "configuration") observe(observations, proposal.configuration);
  }
  return { mean: seconds.reduce((sum, each) => sum + each, 0) / asks, most: Math.max(...seconds) };
}

function sweepOf(type: string, dimensions: number): Sweep {
  const parameters = Array.from(
    { length: dimensions },
    (_, index) => `x${index}: {min: 0.0, max: 1.0}`,
  );
  const text = `{program: train.py, method: bayes, metric: {name: loss},
    parameters: {${parameters.join(", ")}}, sweepdeck: {sampler: {type: ${type}}}}`;
  const { sweep } = parseSweep(text);
  if (sweep === undefined) throw new Error(`There is no sampler ${type}.`);
  return sweep;
}

/** The distance from a corner of the cube, as `cost.py` has it too. */
function observe(observations: Observation[], configuration: Observation["configuration"]): void {
  const values = Object.values(configuration).map(Number);
  const value = values.reduce((sum, each) => sum + (each - 0.2) ** 2, 0);
  const number = observations.length;
  observations.push({
    number,
    configuration,
    state: "complete",
    draw: number,
    ended: number,
    value,
    values: [],
    violation: 0,
    reports: [],
  });
}
