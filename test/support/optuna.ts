/** What Optuna, and its dashboard's server, make of a journal. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Json } from "../../src/space/value.js";
import { parseJson } from "../../src/study/json.js";
import { peerPython } from "./peers.js";

export interface OptunaTrial {
  readonly number: number;
  readonly id: number;
  readonly state: "RUNNING" | "COMPLETE" | "PRUNED" | "FAIL" | "WAITING";
  readonly params: Readonly<Record<string, Json>>;
  /** Python's types of the parameters' values. */
  readonly types: Readonly<Record<string, string>>;
  readonly distributions: Readonly<
    Record<string, { readonly name: string } & Record<string, Json>>
  >;
  /** Whether Optuna finds each value inside its distribution. */
  readonly inside: Readonly<Record<string, boolean>>;
  readonly values: readonly number[] | null;
  readonly reports: readonly (readonly [number, number])[];
  readonly user: Readonly<Record<string, Json>>;
  readonly system: Readonly<Record<string, Json>>;
  /** Seconds since the epoch. */
  readonly started: number | null;
  readonly ended: number | null;
}

export interface OptunaStudy {
  readonly name: string;
  readonly id: number;
  readonly directions: readonly string[];
  readonly user: Readonly<Record<string, Json>>;
  readonly system: Readonly<Record<string, Json>>;
  readonly trials: readonly OptunaTrial[];
  /** HTTP statuses, how many trials were served, and whether the answer is JSON without NaN and Infinity. */
  readonly dashboard: {
    readonly listing: number;
    readonly study: number;
    readonly trials: number | null;
    readonly json: boolean;
  };
}

export interface OptunaView {
  readonly studies: readonly OptunaStudy[];
  /** What TPE suggests next, by study. */
  readonly asked: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** Warnings about distributions. */
  readonly complaints: readonly string[];
  /** What Optuna raised, where it could not open the file. */
  readonly error?: string;
}

/** One Python for all of the files, since starting it costs seconds. `ask` names studies that TPE is asked about. */
export function openInOptuna(
  requests: readonly { readonly file: string; readonly ask?: readonly string[] }[],
): readonly OptunaView[] {
  const script = path.join(import.meta.dirname, "inspect_journals.py");
  const input = requests.map(({ file, ask = [] }) => `${JSON.stringify({ file, ask })}\n`).join("");
  const run = spawnSync(peerPython(), [script], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => parseJson(line) as OptunaView);
}
