/** The trials that run: started, adopted, followed, ended. */
import path from "node:path";
import type { CurvePoint } from "../stopping/rule.js";
import { type Closing, closeTrial, type Ended, interruptedReason } from "./closing.js";
import type { ConductOptions } from "./conduct-options.js";
import { filedCurve } from "./curves.js";
import type { AttemptPlace, AttemptStatus, Slot, StopIntent } from "./executor.js";
import { Judge } from "./judging.js";
import { lastLines, newestAttempt, type Pursuit, pursue, stopIntentOf } from "./pursuit.js";
import { type Order, type Queue, repeatOf, repeatsBefore } from "./queue.js";
import { intentOf } from "./stop-intent.js";
import type { Report, Trial } from "./trial.js";

interface Member {
  readonly trial: Trial;
  readonly pursuit: Pursuit;
  readonly watch: Disposable;
  /** Undefined where it runs in a slot that this conductor does not have. */
  slot: number | undefined;
  memoryReadAtMs: number;
  /** Whether it was seen to run: its files must then be there until it ends. */
  hasRun: boolean;
}

/** What happened to end a trial, for those who count failures and wait for targets. */
export interface Ending {
  readonly trial: Trial;
  readonly closing: Closing;
  readonly lastLines: readonly string[];
}

const memoryEveryMs = 2000;
const shownLines = 8;

export class Company {
  readonly #options: ConductOptions;
  readonly #queue: Queue;
  readonly #hint: () => void;
  readonly #judge: Judge;
  readonly #members = new Map<number, Member>();
  /** Journaled as running, and not started yet: they go first. */
  readonly #unstarted: Trial[] = [];

  constructor(options: ConductOptions, queue: Queue, hint: () => void) {
    this.#options = options;
    this.#queue = queue;
    this.#hint = hint;
    this.#judge = new Judge({
      rules: options.rules.stopping,
      objective: options.rules.objective?.name,
      filed: (trial, metric) => this.#filed(trial, metric),
    });
  }

  /** How many trials are not at their end. */
  get size(): number {
    return this.#members.size + this.#unstarted.length;
  }

  /** How many trials are journaled as running and have not been started. */
  get unstarted(): number {
    return this.#unstarted.length;
  }

  /** Takes up what an earlier conductor left running; called once, before the first turn. */
  adopt(): void {
    const { ledger, executor } = this.#options;
    for (const trial of ledger.trials) {
      // A running trial without a slot is a foreign writer's: its own program ends it.
      if (trial.state !== "running" || trial.slot === null) continue;
      const attempt = newestAttempt(this.#directoryOf(trial));
      const place = this.#placeOf(trial, attempt);
      const isToStart = attempt === 0 || executor.withdraw(place);
      if (isToStart && stopIntentOf(place) === undefined) {
        this.#unstarted.push(trial);
        continue;
      }
      const status = executor.status(place);
      if (status.state === "unknown") ledger.markLost(trial);
      else this.#join(trial, place, slotOf(status), "trial-adopted");
    }
  }

  /** The slots where a trial may start now, in their order. */
  freeSlots(): readonly Slot[] {
    const { executor } = this.#options;
    const retired = executor.retired();
    const taken = new Set([...this.#members.values()].map((member) => member.slot));
    return executor.slots.filter((slot) => !retired.has(slot.index) && !taken.has(slot.index));
  }

  /** Reads what the running trials have measured, judges it, and closes those that have ended. */
  follow(nowMs: number): readonly Ending[] {
    const { ledger, executor } = this.#options;
    const endings: Ending[] = [];
    // The status comes first: whatever an ended attempt printed is then there to be read.
    const followed = [...this.#members.values()].map((member) => ({
      member,
      status: executor.status(member.pursuit.place),
    }));
    const running = followed.filter(({ status }) => isUnderWay(status));
    this.#read(running.map(({ member }) => member));
    for (const { member, status } of followed) {
      switch (status.state) {
        case "ended":
        case "gone":
          endings.push(this.#close(member, status, nowMs));
          break;
        case "withdrawn":
          if (stopIntentOf(member.pursuit.place) !== undefined) {
            endings.push(this.#close(member, status, nowMs));
          } else {
            this.#leaveMember(member);
            this.#unstarted.push(member.trial);
          }
          break;
        case "unknown":
          ledger.markLost(member.trial);
          this.#leaveMember(member);
          break;
        case "unclaimed":
          if (member.hasRun) {
            const why = "its folder was deleted while it ran";
            endings.push(this.#close(member, { state: "gone", why }, nowMs));
          } else this.#watchUnclaimed(member);
          break;
        case "starting":
        case "running":
          member.hasRun = true;
          this.#hold(member, nowMs);
          break;
        default:
          status satisfies never;
      }
    }
    return endings;
  }

  /** Journals the order as a running trial; `startWaiting` starts it. */
  enlist(order: Order, slot: Slot, nowMs: number): void {
    this.#unstarted.push(this.#options.ledger.begin(order, slot.name, nowMs));
    this.#queue.taken(order);
  }

  /** Starts the first of those that are journaled and not started. */
  async startWaiting(slot: Slot): Promise<void> {
    const trial = this.#unstarted[0];
    if (trial === undefined) return;
    await this.#launch(trial, slot);
    this.#unstarted.shift();
  }

  /** Has every trial ended; those that never started are closed at once. */
  stopAll(intent: StopIntent, nowMs: number): readonly Ending[] {
    for (const member of this.#members.values()) {
      this.#options.executor.stop(member.pursuit.place, intent);
    }
    const endings = this.#unstarted.map((trial) => this.#closeUnstarted(trial, intent, nowMs));
    this.#unstarted.length = 0;
    return endings;
  }

  /** Closes those that cannot be started; a resumed study runs them again. */
  failUnstarted(reason: string, nowMs: number): void {
    for (const trial of this.#unstarted) {
      const closing: Closing = {
        state: "failed",
        value: null,
        reason,
        owed: "interrupted",
        attributes: {},
      };
      this.#journalEnd(trial, closing, nowMs);
    }
    this.#unstarted.length = 0;
  }

  /** False when no such trial runs. */
  stopOne(number: number, intent: StopIntent, nowMs: number): boolean {
    const member = this.#members.get(number);
    if (member !== undefined) {
      this.#options.executor.stop(member.pursuit.place, intent);
      return true;
    }
    const index = this.#unstarted.findIndex((trial) => trial.number === number);
    const trial = this.#unstarted[index];
    if (trial === undefined) return false;
    this.#closeUnstarted(trial, intent, nowMs);
    this.#unstarted.splice(index, 1);
    return true;
  }

  /** Stops watching; the trials run on. */
  disband(): void {
    for (const member of this.#members.values()) member.watch[Symbol.dispose]();
    this.#members.clear();
  }

  async #launch(trial: Trial, slot: Slot): Promise<void> {
    const place = this.#placeOf(trial, newestAttempt(this.#directoryOf(trial)) + 1);
    const { executor } = this.#options;
    await executor.launch(slot, { ...place, configuration: trial.configuration });
    this.#join(trial, place, slot.index, "trial-started");
  }

  #join(
    trial: Trial,
    place: AttemptPlace,
    slot: number | undefined,
    type: "trial-started" | "trial-adopted",
  ): void {
    const { rules, executor, openReader, onEvent } = this.#options;
    const pursuit = pursue(place, {
      objective: rules.objective,
      metrics: this.#judge.metrics,
      comparesAt: this.#judge.comparesAt,
      journaled: trial.journaled.length,
      openReader,
    });
    this.#judge.join(trial, stopIntentOf(place)?.verdict !== undefined);
    const watch = executor.watch(place, this.#hint);
    // It may have ended before the watch began.
    this.#hint();
    this.#members.set(trial.number, {
      trial,
      pursuit,
      watch,
      slot,
      memoryReadAtMs: 0,
      hasRun: false,
    });
    const name = executor.slots.find(({ index }) => index === slot)?.name ?? trial.slot;
    onEvent({ type, trial: trial.number, slot: name, configuration: trial.configuration });
  }

  /**
   * A verdict is on disk before the reports that it was reached by are journaled: whoever finds them
   * there need not judge them again.
   */
  #read(members: readonly Member[]): void {
    const read = members.map((member) => ({ member, reading: member.pursuit.read() }));
    const fresh = new Map(read.map(({ member, reading }) => [member.trial.number, reading.points]));
    for (const [number, verdict] of this.#judge.judge(fresh, this.#options.ledger.trials)) {
      const member = this.#members.get(number);
      if (member !== undefined) this.#end(member.pursuit.place, intentOf(verdict));
    }
    for (const { member, reading } of read) this.#journal(member, reading.reports);
  }

  #journal({ trial }: Member, reports: readonly Report[]): void {
    if (reports.length === 0) return;
    this.#options.ledger.report(trial, reports);
    for (const [step, value] of reports) {
      this.#options.onEvent({ type: "report", trial: trial.number, step, value });
    }
  }

  #filed(trial: Trial, metric: string): readonly CurvePoint[] {
    const attempt = newestAttempt(this.#directoryOf(trial));
    if (trial.slot === null || attempt === 0) return [];
    return filedCurve(this.#options.openReader(this.#placeOf(trial, attempt)), metric);
  }

  /** Holds a running trial to the limits on its time and memory. */
  #hold(member: Member, nowMs: number): void {
    const { rules, executor } = this.#options;
    const { trialTimeMs, trialMemoryMiB } = rules.limits;
    const { place } = member.pursuit;
    const ranMs = nowMs - (member.trial.startedAtMs ?? nowMs);
    if (trialTimeMs !== undefined && ranMs > trialTimeMs) {
      this.#limit(place, `ran longer than the limit of ${trialTimeMs / 1000} s a trial`);
    }
    if (trialMemoryMiB === undefined || nowMs - member.memoryReadAtMs < memoryEveryMs) return;
    member.memoryReadAtMs = nowMs;
    const memoryMiB = executor.memoryMiB(place);
    if (memoryMiB !== undefined && memoryMiB > trialMemoryMiB) {
      this.#limit(
        place,
        `took ${Math.round(memoryMiB)} MiB, over the limit of ${trialMemoryMiB} MiB`,
      );
    }
  }

  #limit(place: AttemptPlace, reason: string): void {
    this.#end(place, { mode: "interrupt", by: "limits", reason });
  }

  /** Who wished it first, and why, stays. */
  #end(place: AttemptPlace, intent: StopIntent): void {
    if (stopIntentOf(place) === undefined) this.#options.executor.stop(place, intent);
  }

  /** Its slot was retired before it began: it goes back, unless its runner was first after all. */
  #watchUnclaimed(member: Member): void {
    const { executor } = this.#options;
    if (member.slot === undefined || !executor.retired().has(member.slot)) return;
    if (!executor.withdraw(member.pursuit.place)) return;
    this.#leaveMember(member);
    this.#unstarted.push(member.trial);
  }

  #close(member: Member, status: Ended["status"], nowMs: number): Ending {
    const { place } = member.pursuit;
    const { reports, points } = member.pursuit.readToEnd();
    this.#judge.take(member.trial, points);
    this.#journal(member, reports);
    const lines = lastLines(place, shownLines);
    const closing = closeTrial({
      status,
      intent: stopIntentOf(place),
      measured: member.pursuit.measured(),
      ...this.#wanted(),
      lastLine: lines.at(-1),
    });
    const atMs = status.state === "ended" ? status.endedAtMs : nowMs;
    const ending = { ...this.#journalEnd(member.trial, closing, atMs), lastLines: lines };
    // Last, so that a journal which could not be written to finds the trial here in the next turn.
    this.#leaveMember(member);
    return ending;
  }

  #closeUnstarted(trial: Trial, intent: StopIntent, nowMs: number): Ending {
    const closing = closeTrial({
      status: { state: "withdrawn" },
      intent: { ...intent, atMs: nowMs },
      measured: { value: null, last: null, reports: 0, finite: 0, metrics: {} },
      ...this.#wanted(),
      lastLine: undefined,
    });
    return this.#journalEnd(trial, closing, nowMs);
  }

  #journalEnd(trial: Trial, verdict: Closing, atMs: number): Ending {
    const { ledger, onEvent } = this.#options;
    const closing = this.#isOwed(trial, verdict) ? verdict : { ...verdict, owed: null };
    const closed = ledger.close(trial, closing, atMs);
    // What is interrupted with its sweep is for the next conductor to run again.
    if (closing.owed !== null && closing.owed !== "interrupted") this.#queue.add(repeatOf(closed));
    const { state, reason } = closing;
    const { value } = closed;
    const seconds = trial.startedAtMs === null ? null : Math.round(atMs - trial.startedAtMs) / 1000;
    onEvent({ type: "trial-ended", trial: trial.number, state, value, reason, seconds });
    return { trial: closed, closing, lastLines: [] };
  }

  /** A failure is tried again as often as the sweep says; a trial that vanished, once in any case. */
  #isOwed(trial: Trial, closing: Closing): boolean {
    const { ledger, rules } = this.#options;
    const repeats = repeatsBefore(trial, ledger.trials);
    switch (closing.owed) {
      case null:
        return false;
      case "interrupted":
        return true;
      case "retry":
        return repeats < rules.retries;
      case "vanished":
        return repeats < Math.max(1, rules.retries);
      default:
        return closing.owed satisfies never;
    }
  }

  #wanted(): Pick<Ended, "objective" | "others" | "outcomes"> {
    const { objective, outcomes = [] } = this.#options.rules;
    return {
      objective: objective?.name,
      others: (objective?.others ?? []).map(({ name }) => name),
      outcomes,
    };
  }

  #leaveMember(member: Member): void {
    member.watch[Symbol.dispose]();
    this.#judge.leave(member.trial);
    this.#members.delete(member.trial.number);
  }

  #directoryOf(trial: Trial): string {
    return trialDirectory(this.#options.directory, trial.number);
  }

  #placeOf(trial: Trial, attempt: number): AttemptPlace {
    return { trial: trial.number, attempt, trialDirectory: this.#directoryOf(trial) };
  }
}

/** A trial's folder is named by its number, four digits at least. */
export function trialDirectory(studyDirectory: string, number: number): string {
  return path.join(studyDirectory, "trials", String(number).padStart(4, "0"));
}

/** The wish that a sweep writes for all its trials when it is interrupted. */
export function interruption(mode: StopIntent["mode"], by: string): StopIntent {
  return { mode, by, reason: interruptedReason };
}

function isUnderWay({ state }: AttemptStatus): boolean {
  return state === "starting" || state === "running";
}

function slotOf(status: AttemptStatus): number | undefined {
  return status.state === "starting" || status.state === "running" ? status.slot : undefined;
}
