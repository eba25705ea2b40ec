/**
 * The conductor: asks the sampler, has trials started, reads what they measure, closes them.
 *
 * It is a loop over files. A turn looks at what the requests, the attempts and the journal say and
 * does what follows; events and watchers only make the next turn come sooner. So a turn may be
 * repeated, come late, or be the first of a new process, and the study is the same.
 */
import { noImprovement, noImprovementSentence } from "../stopping/no-improvement.js";
import { Overtaken } from "./claim.js";
import { Company, type Ending, interruption } from "./company.js";
import type { ConductOptions } from "./conduct-options.js";
import type { Outcome } from "./events.js";
import { LaunchProblem, type Slot, type StopIntent } from "./executor.js";
import { removeAbandonedParts } from "./files.js";
import { historyOf } from "./history.js";
import { JournalBusy } from "./lock.js";
import { type Destination, headingOf, ifPossible, outcomeOf } from "./outcome.js";
import { startTimeOf } from "./process.js";
import { ordersOf, Queue, requestAttribute, requestKey } from "./queue.js";
import {
  type Answer,
  answerRequest,
  namesTrials,
  pendingRequests,
  type Queueing,
  type Request,
  removeRequest,
  sweepAnswers,
  watchRequests,
} from "./requests.js";
import { activeMsOf, readState, type StudyState, writeState } from "./state.js";

export interface Conductor {
  /** Settles when this conductor has ended: rejects only on what nobody foresaw. */
  readonly ended: Promise<Outcome>;
  /** Has the next turn come at once; those who left a request in this process call it. */
  nudge(): void;
  /** Lets go of the study, with its trials running on and its runners waiting for the next conductor. */
  leave(): Promise<Outcome>;
}

const turnEveryMs = 250;
/** Between two turns, so that a script which prints without end does not keep us busy without end. */
const restMs = 10;
const beatEveryMs = 1000;
const flushEveryMs = 100;

export function conduct(options: ConductOptions): Conductor {
  const loop = new Loop(options);
  const ended = loop.run();
  return {
    ended,
    nudge: () => loop.nudge(),
    leave: () => {
      loop.leave("the study was let go");
      return ended;
    },
  };
}

class Loop {
  readonly #options: ConductOptions;
  readonly #queue: Queue;
  readonly #company: Company;
  /** By the clock that nobody sets. */
  readonly #startedAtMs = performance.now();
  readonly #activeBeforeMs: number;
  #destination: Destination | undefined;
  #leaving: string | undefined;
  /** How the trials are to be ended, until they have been told. */
  #interruption: StopIntent | undefined;
  #failuresInARow = 0;
  #flushedAtMs = 0;
  /** Resolves the wait between two turns; undefined while a turn is under way. */
  #wake: (() => void) | undefined;
  #hinted = false;

  constructor(options: ConductOptions) {
    this.#options = options;
    this.#activeBeforeMs = activeMsOf(options.directory);
    this.#queue = new Queue(options.proposer, options.rules.cap, () => this.nudge());
    this.#company = new Company(options, this.#queue, () => this.nudge());
  }

  nudge(): void {
    this.#hinted = true;
    this.#wake?.();
  }

  leave(reason: string): void {
    this.#leaving ??= reason;
    this.nudge();
  }

  async run(): Promise<Outcome> {
    const beat = setInterval(() => this.#beat(), beatEveryMs);
    let requests: Disposable | undefined;
    try {
      requests = watchRequests(this.#options.directory, () => this.nudge());
      return await this.#turns();
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome !== undefined) return await this.#end(outcome);
      // What nobody foresaw ends this conductor, and must not keep the next one from the study.
      await ifPossible(() => this.#options.claim.release());
      throw error;
    } finally {
      clearInterval(beat);
      requests?.[Symbol.dispose]();
      this.#company.disband();
      this.#options.proposer[Symbol.dispose]();
    }
  }

  async #turns(): Promise<Outcome> {
    this.#options.claim.assertHeld();
    this.#beat();
    this.#setOut();
    let outcome = await this.#untilFree();
    if (outcome === undefined) this.#begin();
    while (outcome === undefined) {
      outcome = await this.#turnUnlessBusy();
      if (outcome === undefined) await this.#rest();
    }
    return this.#end(outcome);
  }

  /** Knows and says where the study is heading: for this, the journal need not be free. */
  #setOut(): void {
    const { as, name, directory, executor, onEvent, rules } = this.#options;
    this.#destination = as === "adopt" ? headingOf(readState(directory)) : undefined;
    if (this.#destination === undefined) this.#writeState("running", "");
    if (this.#destination?.state === "interrupted") {
      this.#interruption = interruption("interrupt", this.#destination.reason);
    }
    onEvent({
      type: "started",
      study: name,
      dir: directory,
      slots: executor.slots.map((slot) => slot.name),
      cap: rules.cap ?? null,
    });
  }

  #begin(): void {
    const { directory, ledger } = this.#options;
    removeAbandonedParts(directory, (pid) => startTimeOf(pid) !== undefined);
    sweepAnswers(directory, Date.now());
    ledger.refresh();
    this.#queue.restore(ledger.trials);
    this.#company.adopt();
  }

  /**
   * Waits for the journal, whose lock stands for half a minute where its holder was killed. Who asks
   * for something waits for seconds: so what names no trial is carried out meanwhile.
   */
  async #untilFree(): Promise<Outcome | undefined> {
    const { claim, directory, ledger } = this.#options;
    while (!ledger.isFree()) {
      this.#hinted = false;
      const nowMs = Date.now();
      claim.assertHeld();
      for (const request of pendingRequests(directory)) {
        if (!namesTrials(request)) this.#answer(request, nowMs);
      }
      if (this.#leaving !== undefined) return { state: "left", reason: this.#leaving };
      await this.#rest();
    }
    return undefined;
  }

  /** A journal that others are writing to for long is no reason to end: the next turn does what this one could not. */
  async #turnUnlessBusy(): Promise<Outcome | undefined> {
    try {
      return await this.#turn();
    } catch (error) {
      if (!(error instanceof JournalBusy)) throw error;
      return this.#untilFree();
    }
  }

  async #turn(): Promise<Outcome | undefined> {
    this.#hinted = false;
    const nowMs = Date.now();
    this.#options.claim.assertHeld();
    this.#options.ledger.refresh();
    for (const request of pendingRequests(this.#options.directory)) {
      if (request.kind === "rerun" || request.kind === "run") this.#queueRequested(request);
      else this.#answer(request, nowMs);
    }
    this.#interrupt(nowMs);
    const endings = this.#company.follow(nowMs);
    for (const ending of endings) this.#judge(ending);
    if (endings.length > 0) this.#checkImprovement();
    if (this.#leaving !== undefined) return { state: "left", reason: this.#leaving };
    this.#checkTime();
    await this.#fillSlots(nowMs);
    if (nowMs - this.#flushedAtMs >= flushEveryMs) {
      this.#flushedAtMs = nowMs;
      this.#options.ledger.flush();
    }
    return this.#company.size === 0 ? this.#destination : undefined;
  }

  async #fillSlots(nowMs: number): Promise<void> {
    try {
      for (const slot of this.#company.freeSlots()) {
        if (this.#company.unstarted === 0 && !this.#enlistNext(slot, nowMs)) return;
        await this.#company.startWaiting(slot);
      }
    } catch (error) {
      if (!(error instanceof LaunchProblem)) throw error;
      this.#company.failUnstarted(error.message, nowMs);
      this.#head({ state: "paused", because: "launch", reason: error.message });
    }
    this.#checkSlots(nowMs);
  }

  /** False when no trial is to be added now. */
  #enlistNext(slot: Slot, nowMs: number): boolean {
    if (this.#destination !== undefined) return false;
    const { trials, offset } = this.#options.ledger;
    const next = this.#queue.next(trials, offset);
    if (next.kind === "order") {
      this.#company.enlist(next.order, slot, nowMs);
      return true;
    }
    if (next.kind === "asked") return false;
    // A failure among the trials that still run may yet owe another run.
    if (this.#company.size === 0) {
      const why = next.why === "cap" ? "the cap is reached" : "every configuration has been tried";
      this.#head({ state: "finished", reason: why });
    }
    return false;
  }

  #checkSlots(nowMs: number): void {
    const { executor } = this.#options;
    const retired = executor.retired();
    if (executor.slots.some((slot) => !retired.has(slot.index))) return;
    const reason = [...new Set(retired.values())].join("; ");
    this.#company.failUnstarted(reason, nowMs);
    this.#head({ state: "paused", because: "slots", reason: `no slot is left: ${reason}` });
  }

  #checkTime(): void {
    const { totalTimeMs } = this.#options.rules.limits;
    if (totalTimeMs === undefined || this.#activeMs() < totalTimeMs) return;
    const reason = `the limit of ${totalTimeMs / 1000} s for the whole sweep is reached`;
    this.#head({ state: "finished", reason });
  }

  /** Counts failures, and sees whether the target is reached. */
  #judge({ trial, closing, lastLines }: Ending): void {
    const { objective, target, limits } = this.#options.rules;
    // A trial that a rule has stopped did what it was asked for as long as it had a value.
    if (closing.state === "pruned" && closing.value !== null) this.#failuresInARow = 0;
    if (closing.state === "complete") {
      this.#failuresInARow = 0;
      if (target === undefined || closing.value === null || objective === undefined) return;
      const reached =
        objective.goal === "maximize" ? closing.value >= target : closing.value <= target;
      if (reached) {
        const reason = `trial ${trial.number} reached the target of ${target}`;
        this.#head({ state: "finished", reason });
      }
    } else if (closing.state === "failed") {
      this.#failuresInARow += 1;
      if (this.#failuresInARow < limits.failures) return;
      const log = lastLines.length === 0 ? "" : `\n${lastLines.join("\n")}`;
      const reason = `${this.#failuresInARow} trials failed in a row; the last: ${closing.reason}${log}`;
      this.#head({ state: "paused", because: "failures", reason });
    }
  }

  #checkImprovement(): void {
    const { objective, limits } = this.#options.rules;
    if (objective === undefined || limits.noImprovement === undefined) return;
    const { observations } = historyOf(this.#options.ledger.trials);
    const found = noImprovement(observations, limits.noImprovement, objective.goal);
    if (found !== undefined) {
      this.#head({ state: "finished", reason: noImprovementSentence(found) });
    }
  }

  /** An interruption outranks everything else that the study may be heading for. */
  #head(destination: Destination): void {
    if (this.#destination !== undefined && destination.state !== "interrupted") return;
    this.#destination = destination;
    const { state, reason } = destination;
    // Before it is reached: whoever looks sees where the study is heading, and so does the next
    // conductor if this one dies on the way.
    if (state !== "finished") this.#writeState(state, reason);
    this.#options.onEvent({ type: "draining", to: state, reason });
  }

  #answer(request: Exclude<Request, Queueing>, nowMs: number): void {
    const { directory } = this.#options;
    const answer = this.#apply(request, nowMs);
    answerRequest(directory, { id: request.id, ...answer });
    removeRequest(directory, request.id);
    sweepAnswers(directory, nowMs);
  }

  #apply(request: Exclude<Request, Queueing>, nowMs: number): Omit<Answer, "id"> {
    switch (request.kind) {
      case "stop":
        this.#head({ state: "interrupted", reason: `stopped by ${request.by}` });
        this.#interruption = interruption(request.mode, request.by);
        return { ok: true, message: "the trials are being stopped" };
      case "pause":
        this.#head({ state: "paused", because: "asked", reason: `paused by ${request.by}` });
        return { ok: true, message: "no new trials are started" };
      case "resume":
        return this.#resume();
      case "stop-trial": {
        const intent = { mode: request.mode, by: request.by, reason: `stopped by ${request.by}` };
        return this.#company.stopOne(request.trial, intent, nowMs)
          ? { ok: true, message: `trial ${request.trial} is being stopped` }
          : { ok: false, message: `trial ${request.trial} is not running` };
      }
      case "extend":
        this.#queue.cap = request.cap;
        this.#writeState("running", "");
        return { ok: true, message: `the sweep ends after ${request.cap} trials` };
      case "handover":
        this.leave(`handed over to ${request.by}`);
        return { ok: true, message: "the study is released" };
      default:
        return request satisfies never;
    }
  }

  #interrupt(nowMs: number): void {
    if (this.#interruption === undefined) return;
    this.#company.stopAll(this.#interruption, nowMs);
    this.#interruption = undefined;
  }

  #resume(): Omit<Answer, "id"> {
    if (this.#destination?.state === "interrupted") {
      return { ok: false, message: "the sweep is being stopped: resume it when it has ended" };
    }
    this.#destination = undefined;
    this.#failuresInARow = 0;
    this.#writeState("running", "");
    this.#options.onEvent({ type: "going-on" });
    return { ok: true, message: "the sweep goes on" };
  }

  /** The request stays until each of its trials is in the journal: a crash between loses none and repeats none. */
  #queueRequested(request: Extract<Request, Queueing>): void {
    const { directory, ledger } = this.#options;
    const keys = new Set(ledger.trials.map((trial) => trial.attributes[requestAttribute]));
    const queued = new Set(this.#queue.waiting.map((order) => requestKey(order.request)));
    let missing = 0;
    let isNew = true;
    ordersOf(request, ledger.trials).forEach((order) => {
      const key = requestKey(order.request);
      if (keys.has(key)) return;
      missing += 1;
      if (queued.has(key)) isNew = false;
      else this.#queue.add(order);
    });
    if (missing === 0) removeRequest(directory, request.id);
    if (missing === 0 || !isNew) return;
    if (this.#destination?.state === "finished") this.#destination = undefined;
    answerRequest(directory, { id: request.id, ok: true, message: `${missing} trials are queued` });
  }

  #activeMs(): number {
    return this.#activeBeforeMs + performance.now() - this.#startedAtMs;
  }

  #writeState(state: StudyState["state"], reason: string): void {
    const activeMs = this.#activeMs();
    const { cap } = this.#queue;
    const own = cap === undefined || cap === this.#options.rules.sweepCap ? {} : { cap };
    writeState(this.#options.directory, { state, reason, activeMs, ...own });
  }

  /** A full disk, or another conductor, must not end the process from within a timer. */
  #beat(): void {
    try {
      this.#options.claim.beat(this.#activeMs());
    } catch {
      this.nudge();
    }
  }

  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, restMs));
    if (this.#hinted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, turnEveryMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  async #end(outcome: Outcome): Promise<Outcome> {
    if (outcome.state === "overtaken") return this.#yield(outcome);
    try {
      await this.#conclude(outcome);
      return outcome;
    } catch (error) {
      // At the last moment, too, another may take over.
      if (!(error instanceof Overtaken)) throw error;
      return this.#yield({ state: "overtaken", reason: error.message });
    }
  }

  /** Another conducts: what runs is the other's, and nothing is written. */
  async #yield(outcome: Outcome): Promise<Outcome> {
    await this.#options.executor.close("leave");
    return outcome;
  }

  /**
   * On a full disk each of these may fail, and none of them is missed: the state is found from the
   * files, runners end by themselves, and a conductor whose process is gone has released its claim.
   */
  async #conclude({ state, reason }: Outcome): Promise<void> {
    const { claim, executor, ledger } = this.#options;
    // Who waits to be handed the study reads the last reports again from the files of the trials.
    if (state !== "left") await ledger.whenFree();
    await ifPossible(() => ledger.flush());
    // A study that is let go is heading where it was, as its state says already.
    if (state !== "left" && state !== "overtaken") {
      await ifPossible(() => this.#writeState(state, reason));
    }
    const isLeft = state === "left" || this.#company.size > 0;
    await ifPossible(() => executor.close(isLeft ? "leave" : "end"));
    await ifPossible(() => claim.release());
  }
}
