/**
 * The rows of the board: one per trial, in the order of their numbers, kept as columns.
 *
 * `sync` finds what changed by object identity, since a trial that has not changed is the same
 * object: 10,000 comparisons, microseconds.
 */
import { type BoardState, boardStates } from "../../protocol.js";
import { isFinished, type Trial } from "../../study/trial.js";

export interface BoardRow {
  readonly trial: Trial;
  readonly state: BoardState;
  /** The objective's value; NaN while there is none, and in a sweep without a metric. */
  readonly value: number;
  /** How long it ran; NaN while it runs and where it is not known. */
  readonly seconds: number;
  /** The last step it reported; NaN before the first. */
  readonly step: number;
  readonly slot: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly starred: boolean;
  readonly note: string;
}

export function rowOf(trial: Trial, starred: boolean, hasObjective: boolean): BoardRow {
  const state = boardStateOf(trial);
  return {
    trial,
    state,
    value: hasObjective && trial.value !== null ? trial.value : Number.NaN,
    seconds: secondsOf(trial),
    step: trial.reports.at(-1)?.[0] ?? Number.NaN,
    slot: trial.slot,
    metrics: metricsOf(trial),
    starred,
    note: noteOf(trial, state),
  };
}

export function boardStateOf(trial: Trial): BoardState {
  if (trial.state === "failed" && /out of memory|outofmemory/i.test(trial.reason ?? "")) {
    return "out-of-memory";
  }
  if (trial.state === "running" && trial.attributes["sweepdeck:state"] === "paused")
    return "paused";
  return trial.state;
}

export function stateCode(state: BoardState): number {
  return boardStates.indexOf(state);
}

function secondsOf(trial: Trial): number {
  if (trial.startedAtMs === null || trial.endedAtMs === null) return Number.NaN;
  return (trial.endedAtMs - trial.startedAtMs) / 1000;
}

/** The last value of each metric the script reported besides the objective. */
function metricsOf(trial: Trial): Readonly<Record<string, number>> {
  const metrics = trial.attributes["sweepdeck:metrics"];
  if (typeof metrics !== "object" || metrics === null || Array.isArray(metrics)) return {};
  return Object.fromEntries(
    Object.entries(metrics).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    ),
  );
}

function noteOf(trial: Trial, state: BoardState): string {
  const step = trial.reports.at(-1)?.[0];
  if (state === "pruned") return step === undefined ? "stopped" : `step ${step}`;
  if (state === "running") return "starting";
  return isFinished(trial.state) && state !== "complete" ? (trial.reason ?? "") : "";
}

/** The rows after a change, and the indices of those that differ from before; null: all of them. */
export function syncRows(
  before: readonly BoardRow[],
  trials: readonly Trial[],
  starred: ReadonlySet<number>,
  hasObjective: boolean,
): { readonly rows: BoardRow[]; readonly changed: number[] | null } {
  const rows = before.slice();
  const changed: number[] = [];
  for (const [index, trial] of trials.entries()) {
    const row = before[index];
    const star = starred.has(trial.number);
    if (row?.trial === trial && row.starred === star) continue;
    if (row !== undefined && row.trial.number !== trial.number) {
      return {
        rows: trials.map((each) => rowOf(each, starred.has(each.number), hasObjective)),
        changed: null,
      };
    }
    rows[index] = rowOf(trial, star, hasObjective);
    changed.push(index);
  }
  if (trials.length >= before.length) return { rows, changed };
  return { rows: rows.slice(0, trials.length), changed: null };
}
