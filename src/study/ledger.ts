/** What the conductor writes down about its trials, and reads back of everybody's. */
import type { Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import type { Claim } from "./claim.js";
import type { Closing } from "./closing.js";
import type { ValueSource } from "./distributions.js";
import { encodeSpace, tried } from "./encoding.js";
import { objectiveAttribute } from "./folded-study.js";
import { trialAttribute } from "./folded-trial.js";
import { Journal, StudyDeleted, type TrialEnd } from "./journal.js";
import type { ObjectiveRule } from "./pursuit.js";
import { type Order, owedAttribute, requestAttribute, requestKey } from "./queue.js";
import { type Objective, objectivesOf, type Report, type Trial } from "./trial.js";

export interface Ledger extends Disposable {
  /** Every trial of the study, by number, foreign ones included. */
  readonly trials: readonly Trial[];
  /** Of how many bytes of the journal these are the trials. */
  readonly offset: number;
  /** Takes in what others have appended. */
  refresh(): void;
  /** Whether no other program writes; while one does, every write here throws `JournalBusy`. */
  isFree(): boolean;
  /** Resolves when it is free. */
  whenFree(): Promise<void>;
  /** Journals a trial as running, durably, and learns its number. Throws `Overtaken` or `DiskFull`. */
  begin(order: Order, slot: string, atMs: number): Trial;
  /** Held back until `flush`, which is one write for all of them. */
  report(trial: Trial, reports: readonly Report[]): void;
  flush(): void;
  /** Journals the end of a trial with its reason, durably. */
  close(trial: Trial, closing: Closing, atMs: number): Trial;
  /** Notes that nothing can be said of a running trial from here. */
  markLost(trial: Trial): void;
}

export interface LedgerOptions {
  readonly file: string;
  readonly name: string;
  readonly space: Space;
  /** What the sampler's draws are: a grid has other points than a distribution rounds to. */
  readonly values: ValueSource;
  readonly objective: ObjectiveRule | undefined;
  readonly claim: Claim;
}

/** Opens the journal of a study, and begins the study in it where a crash, or nobody, has. */
export function openLedger(options: LedgerOptions): Ledger {
  const { file, name, space, objective, claim } = options;
  const encoding = encodeSpace(space, options.values);
  const journal = Journal.open(file, {
    writer: `sweepdeck-${claim.number}`,
    fence: () => claim.assertHeld(),
  });
  let study = journal.fold.ours;
  if (study?.isDeleted) throw new StudyDeleted(study.name, file);
  const objectives = objectivesOf(objective ?? { name: "finished", goal: "minimize" });
  // At the first use, so that whoever has waited for a lock left behind finds it broken by then.
  const begun = () => {
    study ??= journal.createStudy({
      name,
      goals: objectives.map(({ goal }) => goal),
      metricNames: objectives.map((each) => each.name),
      attributes: { [objectiveAttribute]: objectiveJson(objective), ...encoding.attributes },
    });
    return study;
  };
  return {
    get trials() {
      begun().settle();
      return begun().trials;
    },
    get offset() {
      return journal.offset;
    },
    refresh: () => void journal.refresh(),
    isFree: () => journal.isFree(),
    whenFree: () => journal.whenFree(),
    begin: (order, slot, atMs) =>
      journal.createTrial(begun(), {
        encoded: encoding.toJournal(tried(encoding, order)),
        attributes: { ...attributesOf(order, begun().trials), [trialAttribute.slot]: slot },
        startedAtMs: atMs,
      }),
    report: (trial, reports) => {
      for (const [step, value] of reports) journal.report(trial.id, step, value);
    },
    flush: () => journal.flush(),
    close: (trial, closing, atMs) =>
      journal.finishTrial(trial.id, trialEnd(closing, atMs, objectives.length)),
    markLost: (trial) => journal.setTrialAttributes(trial.id, { [trialAttribute.state]: "lost" }),
    [Symbol.dispose]: () => journal[Symbol.dispose](),
  };
}

function attributesOf(order: Order, trials: readonly Trial[]): Record<string, Json> {
  const attributes: Record<string, Json> = {};
  const key = requestKey(order.request);
  if (order.draw !== null) attributes[trialAttribute.draw] = order.draw;
  if (order.seen !== null) attributes[trialAttribute.seen] = order.seen;
  if (order.initial !== null) attributes[trialAttribute.initial] = order.initial;
  if (key !== undefined) attributes[requestAttribute] = key;
  if (order.retryOf !== null) {
    attributes[trialAttribute.retryOf] = order.retryOf.number;
    // Optuna's own words for it: the first trial of the chain, and the chain.
    const chain = chainTo(order.retryOf, trials);
    attributes["failed_trial"] = chain[0] ?? order.retryOf.number;
    attributes["retry_history"] = chain;
  }
  return attributes;
}

/** The numbers of the trials that a repeat follows, oldest first. */
function chainTo(trial: Trial, trials: readonly Trial[]): number[] {
  const chain: number[] = [];
  for (let at: Trial | undefined = trial; at !== undefined; ) {
    chain.unshift(at.number);
    at = at.retryOf === null ? undefined : trials[at.retryOf];
  }
  return chain;
}

function trialEnd(closing: Closing, endedAtMs: number, objectives: number): TrialEnd {
  const attributes: Record<string, Json> = { ...closing.attributes };
  if (closing.reason !== null) attributes[trialAttribute.reason] = closing.reason;
  if (closing.owed !== null) attributes[owedAttribute] = closing.owed;
  const { state, value, others = [] } = closing;
  switch (state) {
    case "complete":
      return { state, values: value === null ? [] : [value, ...others], attributes, endedAtMs };
    case "pruned": {
      // Fewer values than objectives break Optuna's dashboard.
      const values = value === null || objectives > 1 ? null : [value];
      return { state, values, attributes, endedAtMs };
    }
    case "failed":
    case "stopped":
      return { state, attributes, endedAtMs };
    default:
      return state satisfies never;
  }
}

function objectiveJson(objective: ObjectiveRule | undefined): Json {
  return objective === undefined
    ? null
    : { ...ownJson(objective), value: objective.value, ...othersJson(objective) };
}

function ownJson({ name, goal }: Objective): { readonly [key: string]: Json } {
  return { name, goal };
}

function othersJson({ others = [] }: Objective): { readonly [key: string]: Json } {
  return others.length === 0 ? {} : { others: others.map(ownJson) };
}
