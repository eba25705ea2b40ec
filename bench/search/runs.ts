/** What the contenders reached, read from files of results: one line a run. */
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { peerVersions } from "./python.js";

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

/** A run of a peer, as it is kept in the repository. */
type KeptLine = Omit<Run, "code">;

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
  const [, ...lines] = linesOf<KeptLine>(peersFile);
  return lines.map((line) => ({ ...line, code: "" }));
}

/** The later of two runs of the same contender, objective, seed and number in flight. */
export function latest(runs: readonly Run[]): readonly Run[] {
  return [...new Map(runs.map((run) => [keyOf(run), run])).values()];
}

/** Of each contender those of the version that was run last. */
export function ofLastVersions(runs: readonly Run[]): readonly Run[] {
  const last = new Map(runs.map(({ contender, code }) => [contender, code]));
  return runs.filter(({ contender, code }) => last.get(contender) === code);
}

/** The first line says where the runs were made, and with what. */
export function textOfKept(runs: readonly Run[]): string {
  const made = { machine: cpus()[0]?.model.trim(), versions: peerVersions() };
  const sorted = [...runs].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const lines = sorted.map(({ code: _, ...run }): KeptLine => run);
  return [made, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
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
