/**
 * What stopping rules would have done to trials whose curves are known: a study with so many slots,
 * replayed report by report.
 */
import type { ObservationState } from "../space/history.js";
import { bestPoint, byGoal, type Measure } from "./curves.js";
import type { Curve, CurvePoint, StoppingRule, StopReason } from "./rule.js";

/** A trial that ran, and what it reported. */
export interface Recording {
  /** By metric. The list of the one that decides says how many reports there were. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** As the script calls them; 1, 2, 3 … where absent. */
  readonly steps?: readonly number[];
  /** What each report cost, in any unit; 1 each where absent. */
  readonly costs?: readonly number[];
  /** How it ended; only one that is complete may be the best. Complete where absent. */
  readonly ended?: Exclude<ObservationState, "running">;
}

export interface Replay {
  readonly recordings: readonly Recording[];
  /** The first that stops a trial decides. */
  readonly rules: readonly StoppingRule[];
  /** How many trials run at once, at least 1. */
  readonly slots: number;
  /** What decides which trial is best. */
  readonly measure: Measure;
  /** Which of a trial's values counts. */
  readonly value: "best" | "last";
}

export interface Stopped {
  /** From 0. */
  readonly row: number;
  readonly as: "pruned" | "complete";
  /** Its last, as the script calls it; a rule that looks again may go by an earlier one. */
  readonly step: number;
  readonly why: StopReason;
}

export interface Replayed {
  readonly reportsFull: number;
  readonly reportsSpent: number;
  readonly costFull: number;
  readonly costSpent: number;
  /** Null where no value is finite. */
  readonly bestFull: number | null;
  /** Of the trials that came to their end, else of all as far as they got. */
  readonly bestFound: number | null;
  /** In the order in which they were stopped. */
  readonly stopped: readonly Stopped[];
}

/**
 * Rows are taken in their order, whenever a slot is free; the next report is that of the trial whose
 * time has come first. At its last report a trial is not judged: nothing could be spared.
 */
export function replay(given: Replay): Replayed {
  const study = new Study(given);
  study.run();
  const { recordings } = given;
  const full = recordings.map((recording, row) => study.trialOf(recording, row));
  for (const trial of full) while (trial.reports < trial.length) trial.report();
  return {
    reportsFull: sum(full.map(({ reports }) => reports)),
    reportsSpent: sum(study.trials.map(({ reports }) => reports)),
    costFull: sum(full.map(({ cost }) => cost)),
    costSpent: sum(study.trials.map(({ cost }) => cost)),
    bestFull: bestOf(full, given),
    bestFound: bestOf(study.trials, given),
    stopped: study.stopped,
  };
}

class Study {
  readonly trials: ReplayedTrial[] = [];
  readonly stopped: Stopped[] = [];
  readonly #given: Replay;
  readonly #metrics: readonly string[];
  /** By metric, in the order in which trials were begun. */
  readonly #curves: ReadonlyMap<string, Curve[]>;
  #running: ReplayedTrial[] = [];

  constructor(given: Replay) {
    this.#given = given;
    const { rules, measure } = given;
    const metrics = new Set([measure.name, ...rules.map((rule) => rule.metric ?? measure.name)]);
    this.#metrics = [...metrics];
    this.#curves = new Map(this.#metrics.map((metric) => [metric, []]));
  }

  trialOf(recording: Recording, row: number): ReplayedTrial {
    return new ReplayedTrial(row, recording, this.#metrics, this.#given.measure.name);
  }

  run(): void {
    this.#fillSlots(0);
    for (;;) {
      const trial = this.#nextDue();
      if (trial === undefined) return;
      trial.report();
      if (trial.reports === trial.length) trial.end(trial.recording.ended ?? "complete");
      else this.#judge(trial, this.#given.rules);
      this.#judgeAgain(trial);
      this.#running = this.#running.filter(({ state }) => state === "running");
      this.#fillSlots(trial.clock);
    }
  }

  /** Those without a report take no slot. */
  #fillSlots(clock: number): void {
    const { recordings, slots } = this.#given;
    for (const [row, recording] of recordings.entries()) {
      if (row < this.trials.length) continue;
      if (this.#running.length >= slots) return;
      const trial = this.trialOf(recording, row);
      trial.startAt(clock);
      this.trials.push(trial);
      for (const [metric, curves] of this.#curves) curves.push(trial.curveOf(metric));
      if (trial.length > 0) this.#running.push(trial);
    }
  }

  #nextDue(): ReplayedTrial | undefined {
    return this.#running.reduce<ReplayedTrial | undefined>(
      (first, trial) => (first === undefined || trial.dueAt < first.dueAt ? trial : first),
      undefined,
    );
  }

  #judgeAgain(reporter: ReplayedTrial): void {
    const rules = this.#given.rules.filter(({ looksAgain }) => looksAgain);
    if (rules.length === 0) return;
    for (const trial of this.#running) {
      if (trial !== reporter && trial.reports > 0) this.#judge(trial, rules);
    }
  }

  #judge(trial: ReplayedTrial, rules: readonly StoppingRule[]): void {
    for (const rule of rules) {
      const metric = rule.metric ?? this.#given.measure.name;
      const curve = trial.curveOf(metric);
      const others = (this.#curves.get(metric) ?? []).filter((each) => each !== curve);
      const verdict = rule.judge(curve, others);
      if (verdict.kind === "continue") continue;
      trial.end(verdict.as);
      const { row, step } = trial;
      this.stopped.push({ row, as: verdict.as, step, why: verdict.why });
      return;
    }
  }
}

type Growing = { -readonly [K in keyof Curve]: Curve[K] } & { readonly points: CurvePoint[] };

class ReplayedTrial {
  readonly row: number;
  readonly recording: Recording;
  readonly length: number;
  reports = 0;
  cost = 0;
  clock = 0;
  readonly #curves: ReadonlyMap<string, Growing>;

  constructor(row: number, recording: Recording, metrics: readonly string[], deciding: string) {
    this.row = row;
    this.recording = recording;
    this.length = recording.values[deciding]?.length ?? 0;
    this.#curves = new Map(
      metrics.map((metric) => [metric, { trial: row, state: "running", points: [] }]),
    );
  }

  get state(): ObservationState {
    for (const { state } of this.#curves.values()) return state;
    return "running";
  }

  /** Of its last report, as the script calls it. */
  get step(): number {
    return this.recording.steps?.[this.reports - 1] ?? this.reports;
  }

  get dueAt(): number {
    return this.clock + this.#costOf(this.reports);
  }

  startAt(clock: number): void {
    this.clock = clock;
  }

  curveOf(metric: string): Growing {
    const curve = this.#curves.get(metric);
    if (curve === undefined) throw new Error(`no rule looks at ${metric}`);
    return curve;
  }

  report(): void {
    const index = this.reports;
    for (const [metric, { points }] of this.#curves) {
      const value = this.recording.values[metric]?.[index];
      if (value === undefined) continue;
      const last = points.at(-1);
      if (last !== undefined && !Number.isFinite(last.value)) points.pop();
      const count = (points.at(-1)?.count ?? 0) + 1;
      points.push({ count, step: this.recording.steps?.[index] ?? index + 1, value });
    }
    this.clock = this.dueAt;
    this.cost += this.#costOf(index);
    this.reports = index + 1;
  }

  end(state: ObservationState): void {
    for (const curve of this.#curves.values()) curve.state = state;
  }

  #costOf(index: number): number {
    return this.recording.costs?.[index] ?? 1;
  }
}

function bestOf(trials: readonly ReplayedTrial[], { measure, value }: Replay): number | null {
  const isWhole = ({ state, recording, reports, length }: ReplayedTrial) =>
    state === "complete" || (reports === length && (recording.ended ?? "complete") === "complete");
  const counted = (trial: ReplayedTrial): number | undefined => {
    const points = trial.curveOf(measure.name).points.filter((each) => Number.isFinite(each.value));
    return (value === "best" ? bestPoint(points, measure.goal) : points.at(-1))?.value;
  };
  const valuesOf = (some: readonly ReplayedTrial[]) =>
    some.map(counted).filter((each) => each !== undefined);
  const whole = valuesOf(trials.filter(isWhole));
  const counting = whole.length > 0 ? whole : valuesOf(trials);
  return counting.sort(byGoal(measure.goal))[0] ?? null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
