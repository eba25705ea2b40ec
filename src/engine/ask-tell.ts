/**
 * The samplers and stopping rules of a sweep for any program: it asks for configurations, tells what
 * came of them, and reports on the way. Lines in, answers out: no clock, no I/O.
 */
import { configurationsOf, type InitialConfiguration } from "../search/initial.js";
import type { Sampler } from "../search/sampler.js";
import { samplerFor } from "../search/sampler-for.js";
import { nest } from "../space/configuration.js";
import type { Observation, ObservationState } from "../space/history.js";
import type { Configuration } from "../space/space.js";
import type { Json } from "../space/value.js";
import type { Curve, CurvePoint, StoppingRule, StopReason } from "../stopping/rule.js";
import { stoppingRulesFor } from "../stopping/rules-for.js";
import { stopSentence } from "../stopping/sentence.js";
import { type Metric, objectivesOf, type Sweep } from "../sweep/sweep.js";
import { type AskTellProblem, askTellMessage } from "./ask-tell-messages.js";
import { type Outcome, type Request, requestIn } from "./ask-tell-requests.js";

export type Answer =
  | {
      readonly trials: readonly AskedTrial[];
      /** Why there are fewer than were asked for. */
      readonly end?: "run_cap" | "exhausted";
    }
  | { readonly ok: true }
  | {
      readonly stop: true;
      readonly as: "pruned" | "complete";
      readonly reason: StopReason;
      /** The reason, in words. */
      readonly why: string;
    }
  | { readonly error: string };

export interface AskedTrial {
  readonly number: number;
  /** Nested parameters as nested objects; without those that no condition lets exist. */
  readonly params: Readonly<Record<string, Json>>;
}

/** Answers a line; the answers to the same lines are the same. Whatever is wrong is an answer too. */
export type AskTell = (line: string) => Answer;

/** `initial`: complete; they come first. */
export function askTell(
  sweep: Sweep,
  seed: number,
  initial: readonly InitialConfiguration[] = [],
): AskTell {
  const study = new AskedStudy(sweep, samplerFor(sweep, seed, configurationsOf(initial)));
  return (line) => {
    const request = requestIn(line);
    const answer = "code" in request ? request : answerFrom(study, request);
    return "code" in answer ? { error: askTellMessage(answer) } : answer;
  };
}

/** A defect of a sampler or a rule must not cost the program what it has learnt so far. */
function answerFrom(study: AskedStudy, request: Request): Answer | AskTellProblem {
  try {
    return study.answer(request);
  } catch (error) {
    return { code: "defect", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A trial that was given out. */
interface Trial {
  readonly number: number;
  readonly configuration: Configuration;
  state: ObservationState;
  ended: number | null;
  value: number | null;
  values: readonly number[];
  /** Whether the program has said how it ended; one that was stopped here may not have been told yet. */
  isTold: boolean;
  /** By metric. */
  readonly curves: Map<string, CurvePoint[]>;
  /** What samplers are shown, until something changes. */
  observation: Observation | undefined;
}

class AskedStudy {
  readonly #sweep: Sweep;
  readonly #sampler: Sampler;
  readonly #rules: readonly StoppingRule[];
  readonly #objectives: readonly Metric[];
  readonly #trials: Trial[] = [];
  #ended = 0;

  constructor(sweep: Sweep, sampler: Sampler) {
    this.#sweep = sweep;
    this.#sampler = sampler;
    this.#rules = stoppingRulesFor(sweep);
    this.#objectives = objectivesOf(sweep);
  }

  answer(request: Request): Answer | AskTellProblem {
    switch (request.kind) {
      case "ask":
        return this.#ask(request.count);
      case "tell":
        return this.#tell(request.number, request.outcome);
      case "report":
        return this.#report(request);
      default:
        return request satisfies never;
    }
  }

  #ask(count: number): Answer | AskTellProblem {
    const asked: Trial[] = [];
    let end: "run_cap" | "exhausted" | undefined;
    while (asked.length < count && end === undefined) {
      const number = this.#trials.length + asked.length;
      if (number >= (this.#sweep.runCap ?? Infinity)) end = "run_cap";
      else {
        const observations = [...this.#trials, ...asked].map((trial) => this.#observe(trial));
        const proposal = this.#sampler.ask({ draws: number, observations });
        if (proposal.kind === "exhausted") end = "exhausted";
        else asked.push(begun(number, proposal.configuration));
      }
    }
    this.#trials.push(...asked);
    const trials = asked.map(({ number, configuration }) => {
      return { number, params: nest(this.#sweep.space, configuration) };
    });
    return end === undefined ? { trials } : { trials, end };
  }

  #tell(number: number, { state, values }: Outcome): Answer | AskTellProblem {
    const trial = this.#trials[number];
    if (trial === undefined) return { code: "unknown-trial", number, asked: this.#trials.length };
    if (trial.isTold) return { code: "told-before", number };
    const wanted = Math.max(1, this.#objectives.length);
    if (values.length !== wanted && (values.length > 0 || state === "complete")) {
      return { code: "wrong-count", given: values.length, names: this.#objectives.map(nameOf) };
    }
    trial.isTold = true;
    trial.observation = undefined;
    if (trial.ended === null) this.#end(trial, state);
    const [value] = values;
    if (value !== undefined) trial.value = value;
    trial.values = values.length > 1 ? values : [];
    return { ok: true };
  }

  #end(trial: Trial, state: ObservationState): void {
    trial.state = state;
    trial.ended = this.#ended;
    this.#ended += 1;
  }

  #report({ number, step, value, metric }: ReportRequest): Answer | AskTellProblem {
    const trial = this.#trials[number];
    if (trial === undefined) return { code: "unknown-trial", number, asked: this.#trials.length };
    if (trial.ended !== null) return { code: "report-after-end", number };
    const name = metric ?? this.#deciding;
    const points = trial.curves.get(name) ?? [];
    trial.curves.set(name, points);
    trial.observation = undefined;
    // A value that is no number has no count: it is there to be judged, and gone with the next.
    if (points.length > 0 && !Number.isFinite(points.at(-1)?.value)) points.pop();
    points.push({ count: points.length + 1, step, value });
    return this.#judge(trial, name) ?? { ok: true };
  }

  /** By the rules that look at a metric, in their order. */
  #judge(trial: Trial, metric: string): Answer | undefined {
    const rules = this.#rules.filter((rule) => (rule.metric ?? this.#deciding) === metric);
    if (rules.length === 0) return undefined;
    const others = this.#trials.filter((other) => other !== trial && other.curves.has(metric));
    const curves = others.map((other) => curveOf(other, metric));
    for (const rule of rules) {
      const verdict = rule.judge(curveOf(trial, metric), curves);
      if (verdict.kind === "continue") continue;
      trial.value = this.#reported(trial);
      this.#end(trial, verdict.as);
      return { stop: true, as: verdict.as, reason: verdict.why, why: stopSentence(verdict.why) };
    }
    return undefined;
  }

  /** The metric that a report without a name is of. */
  get #deciding(): string {
    return this.#objectives[0]?.name ?? "";
  }

  /** What the reports of a trial say of its objective, by the sweep's `metrics.value`. */
  #reported(trial: Trial): number | null {
    const finite = finitePoints(trial, this.#deciding).map((point) => point.value);
    const { goal } = this.#objectives[0] ?? { goal: "minimize" };
    if (finite.length === 0) return null;
    if (this.#sweep.deck.metrics.value === "last") return finite.at(-1) ?? null;
    return finite.reduce((a, b) => (goal === "maximize" ? Math.max(a, b) : Math.min(a, b)));
  }

  #observe(trial: Trial): Observation {
    const { number, configuration, state, ended, value, values } = trial;
    trial.observation ??= {
      number,
      configuration,
      state,
      draw: number,
      ended,
      value: state === "stopped" ? null : (value ?? this.#reported(trial)),
      values: state === "complete" ? values : [],
      violation: 0,
      reports: finitePoints(trial, this.#deciding).map((point) => [point.step, point.value]),
    };
    return trial.observation;
  }
}

type ReportRequest = Extract<Request, { kind: "report" }>;

function begun(number: number, configuration: Configuration): Trial {
  return {
    number,
    configuration,
    state: "running",
    ended: null,
    value: null,
    values: [],
    isTold: false,
    curves: new Map(),
    observation: undefined,
  };
}

function curveOf({ number, state, curves }: Trial, metric: string): Curve {
  return { trial: number, state, points: curves.get(metric) ?? [] };
}

function finitePoints({ curves }: Trial, metric: string): readonly CurvePoint[] {
  return (curves.get(metric) ?? []).filter(({ value }) => Number.isFinite(value));
}

function nameOf({ name }: Metric): string {
  return name;
}
