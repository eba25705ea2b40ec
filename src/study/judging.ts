/**
 * A study's stopping rules at work: each report of a running trial is judged as it comes, against
 * what is known of all others by then.
 */
import type { Curve, CurvePoint, StoppingRule } from "../stopping/rule.js";
import { extend, journaledCurve } from "./curves.js";
import type { FreshPoint } from "./pursuit.js";
import type { StopVerdict } from "./stop-intent.js";
import { type ComparesAt, KeptCounts } from "./thinning.js";
import type { Trial } from "./trial.js";

export interface JudgeOptions {
  /** The first that stops a trial decides. */
  readonly rules: readonly StoppingRule[];
  /** The metric that decides; undefined for a sweep without one, where rules must name theirs. */
  readonly objective: string | undefined;
  /**
   * What an ended trial has reported of a metric that the journal does not carry, from its own
   * files; none where they are gone.
   */
  readonly filed: (trial: Trial, metric: string) => readonly CurvePoint[];
}

interface Judged {
  readonly trial: Trial;
  /** By metric. */
  readonly curves: Map<string, CurvePoint[]>;
  /** A rule has stopped it, and its end is awaited. */
  isStopped: boolean;
}

/** What stands of a list that was made before. */
interface EndedCurves {
  readonly trials: readonly Trial[];
  readonly curves: readonly Curve[];
}

export class Judge {
  /** The metrics that rules look at, the objective among them where there is one. */
  readonly metrics: ReadonlySet<string>;
  /** Which of the objective's reports are compared. */
  readonly comparesAt: ComparesAt;
  readonly #options: JudgeOptions;
  readonly #kept: KeptCounts;
  readonly #running = new Map<number, Judged>();
  /** Of trials that have ended, by metric and number. */
  readonly #filed = new Map<string, Map<number, readonly CurvePoint[]>>();
  readonly #journaled = new WeakMap<Trial, Curve>();
  readonly #ended = new Map<string, EndedCurves>();
  /** Whether any trial has reported since the rules last looked again. */
  #hasNews = false;

  constructor(options: JudgeOptions) {
    const { rules, objective } = options;
    this.#options = options;
    const named = rules.flatMap(({ metric }) => metric ?? []);
    this.metrics = new Set(objective === undefined ? named : [objective, ...named]);
    const onObjective = rules.filter((rule) => this.#metricOf(rule) === objective);
    this.comparesAt = (count) => onObjective.some((rule) => rule.comparesAt(count));
    this.#kept = new KeptCounts(this.comparesAt);
  }

  join(trial: Trial, isStopped: boolean): void {
    this.#running.set(trial.number, { trial, curves: new Map(), isStopped });
    this.#ended.clear();
  }

  /** Its curves stay, for what the journal has not of them. */
  leave({ number }: Trial): void {
    const left = this.#running.get(number);
    this.#running.delete(number);
    this.#ended.clear();
    for (const [metric, points] of left?.curves ?? []) {
      if (metric !== this.#options.objective) this.#filedOf(metric).set(number, points);
    }
  }

  /** Takes in reports of a running trial without judging them: it has ended. */
  take({ number }: Trial, points: readonly FreshPoint[]): void {
    for (const fresh of points) this.#extend(number, fresh);
  }

  /**
   * Judges the fresh reports of running trials, those with the lowest counts first; `trials` are all
   * of the study. Each trial is in the answer once, at the first rule that stops it.
   */
  judge(
    fresh: ReadonlyMap<number, readonly FreshPoint[]>,
    trials: readonly Trial[],
  ): ReadonlyMap<number, StopVerdict> {
    const stops = new Map<number, StopVerdict>();
    if (this.#options.rules.length === 0) return stops;
    const judge = (number: number, rules: readonly StoppingRule[]) => {
      const verdict = this.#verdict(number, rules, trials);
      if (verdict !== undefined) stops.set(number, verdict);
    };
    const all = [...fresh].flatMap(([number, points]) =>
      points.map((point) => ({ number, point })),
    );
    // Trials that are read at once have reported at about the same time.
    all.sort((a, b) => a.point.point.count - b.point.point.count);
    for (const { number, point } of all) {
      this.#extend(number, point);
      // An earlier conductor has judged what is in the journal.
      if (!point.isKnown) judge(number, this.#rulesOn(point.metric));
    }
    if (!this.#hasNews) return stops;
    this.#hasNews = false;
    const again = this.#options.rules.filter(({ looksAgain }) => looksAgain);
    for (const number of this.#running.keys()) judge(number, again);
    return stops;
  }

  #verdict(
    number: number,
    rules: readonly StoppingRule[],
    trials: readonly Trial[],
  ): StopVerdict | undefined {
    const judged = this.#running.get(number);
    if (judged === undefined || judged.isStopped) return undefined;
    for (const rule of rules) {
      const metric = this.#metricOf(rule);
      const points = metric === undefined ? undefined : judged.curves.get(metric);
      if (metric === undefined || points === undefined) continue;
      const curve: Curve = { trial: number, state: "running", points };
      const verdict = rule.judge(curve, this.#others(number, metric, rule, trials));
      if (verdict.kind === "continue") continue;
      judged.isStopped = true;
      return { as: verdict.as, why: verdict.why };
    }
    return undefined;
  }

  #others(
    number: number,
    metric: string,
    rule: StoppingRule,
    trials: readonly Trial[],
  ): readonly Curve[] {
    const others = [...this.#endedCurves(metric, compares(rule), trials)];
    for (const [trial, { curves }] of this.#running) {
      if (trial === number) continue;
      others.push({ trial, state: "running", points: curves.get(metric) ?? [] });
    }
    return others;
  }

  /** Of all that this conductor does not follow; the same list for as long as the trials are the same. */
  #endedCurves(metric: string, isCompared: boolean, trials: readonly Trial[]): readonly Curve[] {
    const key = `${isCompared} ${metric}`;
    const before = this.#ended.get(key);
    if (before?.trials === trials) return before.curves;
    const curves: Curve[] = [];
    for (const trial of trials) {
      if (trial.state === "waiting" || this.#running.has(trial.number)) continue;
      const journaled = this.#journaledOf(trial);
      if (metric === this.#options.objective) curves.push(journaled);
      else {
        const points = isCompared ? this.#filedPoints(trial, metric) : [];
        curves.push({ ...journaled, points });
      }
    }
    this.#ended.set(key, { trials, curves });
    return curves;
  }

  #extend(number: number, { metric, point }: FreshPoint): void {
    const judged = this.#running.get(number);
    if (judged === undefined) return;
    const points = judged.curves.get(metric);
    if (points === undefined) judged.curves.set(metric, [point]);
    else extend(points, point);
    this.#hasNews = true;
  }

  #journaledOf(trial: Trial): Curve {
    const before = this.#journaled.get(trial);
    if (before !== undefined) return before;
    const curve = journaledCurve(trial, this.#kept);
    this.#journaled.set(trial, curve);
    return curve;
  }

  #filedPoints(trial: Trial, metric: string): readonly CurvePoint[] {
    const filed = this.#filedOf(metric);
    const before = filed.get(trial.number);
    if (before !== undefined) return before;
    const points = this.#options.filed(trial, metric);
    filed.set(trial.number, points);
    return points;
  }

  #filedOf(metric: string): Map<number, readonly CurvePoint[]> {
    const filed = this.#filed.get(metric) ?? new Map<number, readonly CurvePoint[]>();
    this.#filed.set(metric, filed);
    return filed;
  }

  #rulesOn(metric: string): readonly StoppingRule[] {
    return this.#options.rules.filter((rule) => this.#metricOf(rule) === metric);
  }

  #metricOf(rule: StoppingRule): string | undefined {
    return rule.metric ?? this.#options.objective;
  }
}

/** A rule that compares does so somewhere among so many reports. */
const comparingWithin = 1024;
const comparing = new WeakMap<StoppingRule, boolean>();

/** Whether a rule looks at other trials, for whose files must then be read. */
function compares(rule: StoppingRule): boolean {
  const before = comparing.get(rule);
  if (before !== undefined) return before;
  let does = false;
  for (let count = 1; count <= comparingWithin && !does; count += 1) does = rule.comparesAt(count);
  comparing.set(rule, does);
  return does;
}
