/**
 * One board and its page: answers what the page asks, and tells it what changed.
 *
 * Changes are coalesced: at most one delta is unacknowledged, live ones are a quarter of a second
 * apart, and none is sent while the page cannot be seen. What the reader did is answered at once.
 */
import {
  type Answer,
  type Ask,
  type BoardView,
  emptyView,
  type HostMessage,
  heartbeatMs,
  pageMessage,
} from "../../protocol.js";
import type { BoardHost, TrialFiles } from "./boardHost.js";
import { createBoard, noStudy } from "./boardModel.js";
import type { BoardRow } from "./boardRows.js";
import { compare, detailsOf } from "./comparison.js";
import { curveOf, sparklinePoints } from "./curves.js";

const liveEveryMs = 250;
/** The time that is left moves without any trial having changed. */
const refreshEveryMs = 5000;

/** The panel's end of the line. */
export interface Page {
  post(message: HostMessage): void;
  readonly visible: boolean;
  copyText(text: string): Promise<void>;
}

export class BoardSession {
  readonly #host: BoardHost;
  readonly #page: Page;
  readonly #hostId: string;
  readonly #board;
  readonly #subscription: { dispose(): unknown };
  readonly #heart: ReturnType<typeof setInterval>;
  #key: string;
  #view: BoardView;
  #ready = false;
  #unacknowledged: number | null = null;
  #sentAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is to be sent: `at-once` answers the reader. */
  #due: "nothing" | "live" | "at-once" = "nothing";
  #revealing: number | null = null;

  /** `hostId` names this instance of the extension host: another one has another. */
  constructor(host: BoardHost, page: Page, hostId: string, key: string) {
    this.#host = host;
    this.#page = page;
    this.#hostId = hostId;
    this.#key = key;
    this.#view = emptyView(key);
    this.#board = createBoard(hostId);
    this.#subscription = host.onDidChange((changed) => {
      if (changed === this.#key) this.#want("live");
    });
    this.#heart = setInterval(() => this.#beat(), heartbeatMs);
  }

  get key(): string {
    return this.#key;
  }

  /** Another study in the same page. */
  show(key: string): void {
    if (key === this.#key) return;
    this.#key = key;
    this.#view = emptyView(key);
    if (this.#ready) this.#sendSnapshot();
  }

  /** Shows a trial to the reader, as soon as the page is there. */
  reveal(trial: number): void {
    this.#revealing = trial;
    this.#flushReveal();
  }

  /** A page that is hidden is destroyed; when it is shown again, it says `ready` again. */
  visibilityChanged(): void {
    if (!this.#page.visible) this.#ready = false;
  }

  dispose(): void {
    clearInterval(this.#heart);
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  /** Takes what the page posted; what is not of the protocol is not answered. */
  receive(message: unknown): void {
    const parsed = pageMessage.safeParse(message);
    if (!parsed.success) return;
    const { data } = parsed;
    switch (data.type) {
      case "ready":
        if (data.view?.study === this.#key) this.#view = data.view;
        this.#ready = true;
        this.#sendSnapshot();
        this.#flushReveal();
        break;
      case "ack":
        if (data.version !== this.#unacknowledged) break;
        this.#unacknowledged = null;
        if (this.#due !== "nothing") this.#schedule();
        break;
      case "view":
        if (data.view.study !== this.#key) break;
        this.#view = data.view;
        this.#want("at-once");
        break;
      case "request":
        void this.#answer(data.id, data.ask);
        break;
      default:
        data satisfies never;
    }
  }

  #beat(): void {
    if (!this.#page.visible) return;
    this.#page.post({ type: "heartbeat", host: this.#hostId });
    if (Date.now() - this.#sentAt >= refreshEveryMs) this.#want("live");
  }

  #want(due: "live" | "at-once"): void {
    if (this.#due !== "at-once") this.#due = due;
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#ready || !this.#page.visible || this.#unacknowledged !== null) return;
    clearTimeout(this.#timer);
    const wait = this.#due === "at-once" ? 0 : Math.max(0, this.#sentAt + liveEveryMs - Date.now());
    this.#timer = setTimeout(() => this.#sendDelta(), wait);
  }

  #sendSnapshot(): void {
    this.#due = "nothing";
    const study = this.#host.study(this.#key);
    const now = Date.now();
    this.#send(
      study === undefined
        ? noStudy(this.#hostId, this.#key !== "", now)
        : this.#board.snapshot(study, this.#view, now),
    );
  }

  #sendDelta(): void {
    if (!this.#page.visible || this.#unacknowledged !== null) return;
    const study = this.#host.study(this.#key);
    if (study === undefined) {
      this.#sendSnapshot();
      return;
    }
    this.#due = "nothing";
    const message = this.#board.delta(study, this.#view, Date.now());
    this.#sentAt = Date.now();
    if (message !== null) this.#send(message);
  }

  #send(message: Extract<HostMessage, { version: number }>): void {
    this.#sentAt = Date.now();
    this.#unacknowledged = message.version;
    this.#page.post(message);
  }

  #flushReveal(): void {
    if (!this.#ready || this.#revealing === null) return;
    this.#page.post({ type: "reveal", host: this.#hostId, trial: this.#revealing });
    this.#revealing = null;
  }

  async #answer(id: number, ask: Ask): Promise<void> {
    const host = this.#hostId;
    try {
      const answer = await this.#do(ask);
      this.#page.post({ type: "reply", host, id, ok: true, answer });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#page.post({ type: "refusal", host, id, message });
    }
  }

  async #do(ask: Ask): Promise<Answer> {
    const key = this.#key;
    switch (ask.kind) {
      case "curves":
        return { kind: "curves", curves: this.#rows(ask.trials).map(sparklineOf) };
      case "details":
        return this.#details(ask.trial);
      case "compare":
        return this.#compare(ask.trials);
      case "act":
        await this.#host.actOnTrials(key, ask.action, ask.trials);
        return { kind: "done" };
      case "study":
        await this.#host.actOnStudy(key === "" ? undefined : key, ask.action);
        return { kind: "done" };
      case "star":
        await this.#host.star(key, ask.trials, ask.starred);
        return { kind: "done" };
      case "openDiff":
        await this.#host.openDiff(key, ...ask.trials);
        return { kind: "done" };
      case "copyText":
        await this.#page.copyText(ask.text);
        return { kind: "done" };
      default:
        return ask satisfies never;
    }
  }

  #rows(trials: readonly number[]): BoardRow[] {
    return trials.flatMap((trial) => this.#board.row(trial) ?? []);
  }

  async #details(trial: number): Promise<Answer> {
    const files = await this.#host.trialFiles(this.#key, trial);
    const [row] = this.#rows([trial]);
    const looking = this.#board.looking(Date.now());
    if (row === undefined || looking === undefined) {
      throw new Error(`Trial ${trial} is not in this study any more.`);
    }
    return { kind: "details", details: detailsOf(row, files, looking) };
  }

  async #compare(trials: readonly number[]): Promise<Answer> {
    const files = new Map<number, TrialFiles>();
    for (const trial of trials) files.set(trial, await this.#host.trialFiles(this.#key, trial));
    const rows = this.#rows(trials);
    const looking = this.#board.looking(Date.now());
    if (rows.length < 2 || looking === undefined) {
      throw new Error("Of these trials fewer than two are in this study: select others.");
    }
    this.#host.noteCompared();
    return { kind: "compare", comparison: compare(rows, files, looking) };
  }
}

function sparklineOf(row: BoardRow): ReturnType<typeof curveOf> {
  return curveOf(row, sparklinePoints, row.trial.reports);
}
