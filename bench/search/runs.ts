/** What the contenders reached, read from files of results: one line a run. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Run {
  readonly contender: string;
  readonly objective: string;
  readonly seed: number;
  /** How many trials ran at once. */
  readonly inFlight: number;
  /** Processor time of all its suggestions. */
  readonly seconds: number;
  /** Each time that a trial was better than all before: after how many trials, and its true value. */
  readonly best: readonly (readonly [trials: number, value: number])[];
  readonly trials: number;
  /** Which version of ours it was. */
  readonly code: string;
}

/** As `run.py` writes it. */
interface Line extends Omit<Run, "best" | "trials" | "code"> {
  readonly true: readonly number[];
  readonly code?: string;
}

/** The results that are kept in the repository: those of the peers, and where they were made. */
interface KeptLine extends Omit<Run, "code"> {}

export const peersFile = path.join(import.meta.dirname, "peers.jsonl");

export function runsIn(file: string): readonly Run[] {
  return linesOf<Line>(file).map(({ true: values, code = "", ...line }) => ({
    ...line,
    code,
    best: improvements(values),
    trials: values.length,
  }));
}

export function keptRuns(): readonly Run[] {
  return linesOf<KeptLine>(peersFile).map((line) => ({ ...line, code: "" }));
}

/** The later of two runs of the same contender, objective, seed and number in flight. */
export function latest(runs: readonly Run[]): readonly Run[] {
  return [...new Map(runs.map((run) => [keyOf(run), run])).values()];
}

export function textOfKept(runs: readonly Run[]): string {
  const sorted = [...runs].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return sorted
    .map(({ code: _, ...run }) => `${JSON.stringify(run satisfies KeptLine)}\n`)
    .join("");
}

/** The best true value among the first so many trials. */
export function bestAfter({ best }: Run, trials: number): number {
  return best.findLast(([count]) => count <= trials)?.[1] ?? Number.POSITIVE_INFINITY;
}

function keyOf({ contender, objective, seed, inFlight }: Run): string {
  return [contender, objective, inFlight, String(seed).padStart(4, "0")].join(" ");
}

function improvements(values: readonly number[]): Run["best"] {
  const best: (readonly [number, number])[] = [];
  for (const [index, value] of values.entries()) {
    if (value < (best.at(-1)?.[1] ?? Number.POSITIVE_INFINITY)) best.push([index + 1, value]);
  }
  return best;
}

function linesOf<T>(file: string): readonly T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}
