/**
 * The page's state: the table as the host tells it, the view as the reader makes it, and what the
 * page alone knows (what is open, how wide). Elements read it, call its methods, and draw again
 * when it changes.
 */
import * as z from "zod/mini";
import {
  type Answer,
  type Ask,
  type BoardView,
  boardView,
  type Curve,
  type Delta,
  emptyView,
  type Snapshot,
} from "../src/protocol.js";
import type { Connection } from "./connection.js";
import { changedTable, placedTable, type Table, tableFrom } from "./table.js";

/** Rows glide to new places at most this often. */
const glideEveryMs = 1000;
/** Places that come this soon after the reader did something are the answer to it. */
const answerWithinMs = 1000;
const curvesEveryMs = 150;
const curvesAtOnce = 100;

const pageState = z.object({
  view: boardView,
  detailOpen: z.boolean(),
  /** The height of the detail strip, in pixels. */
  detailHeight: z.number(),
  /** Widths of columns that the reader dragged, in pixels. */
  widths: z.record(z.string(), z.number()),
  /** The trials being compared, baseline first; none: the leaderboard is shown. */
  compared: z.array(z.int()),
});
type PageState = z.infer<typeof pageState>;

type Places = Pick<Delta, "ranks" | "lines" | "folds">;

/** `reveal`: the host wants a trial to be seen. */
export type StoreEvent =
  | { readonly kind: "change" }
  | { readonly kind: "reveal"; readonly trial: number };

function restored(saved: unknown): PageState {
  const parsed = pageState.safeParse(saved);
  if (parsed.success) return parsed.data;
  return { view: emptyView(""), detailOpen: true, detailHeight: 184, widths: {}, compared: [] };
}

export class Store {
  table: Table | null = null;
  page: PageState;
  /** Whether the host has been silent for too long. */
  silent = false;
  /** How rows came to their places: those of the reader's own asking do not glide. */
  motion: "glide" | "jump" = "jump";
  /** A refusal, until the reader closes it. */
  complaint: string | null = null;
  announcement = "";

  readonly #connection: Connection;
  readonly #listeners: ((event: StoreEvent) => void)[] = [];
  readonly #curves = new Map<number, Curve>();
  readonly #wanted = new Set<number>();
  #expectsNew = false;
  #curvesTimer: ReturnType<typeof setTimeout> | undefined;
  #waiting: Places | null = null;
  #placesTimer: ReturnType<typeof setTimeout> | undefined;
  #glidedAt = 0;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.page = restored(connection.saved());
  }

  get view(): BoardView {
    return this.page.view;
  }

  subscribe(listener: (event: StoreEvent) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    this.#connection.start(
      {
        onSnapshot: (snapshot) => this.#takeSnapshot(snapshot),
        onDelta: (delta) => this.#takeDelta(delta),
        onReveal: (trial) => this.#tell({ kind: "reveal", trial }),
        onSilence: (silent) => {
          this.silent = silent;
          this.#changed();
        },
      },
      () => (this.view.study === "" ? null : this.view),
    );
  }

  changeView(change: Partial<BoardView>): void {
    const view = { ...this.view, ...change };
    if (JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.#askedAt = performance.now();
    this.page = { ...this.page, view };
    this.#connection.sendView(view);
    this.#saved();
  }

  changePage(change: Partial<Omit<PageState, "view">>): void {
    this.page = { ...this.page, ...change };
    this.#saved();
  }

  /** From now on new ranks wait behind "n new". */
  hold(): void {
    this.changeView({ holding: true });
  }

  applyNew(): void {
    this.changeView({ holding: false });
  }

  /** The reader asked for trials to run: the first of them shows once it is there, held order or not. */
  expectNew(): void {
    this.#expectsNew = true;
  }

  complain(message: string | null): void {
    this.complaint = message;
    this.#changed();
  }

  /** The curve of a trial as last sent; it is asked for where it is missing or out of date. */
  curve(trial: number): Curve | undefined {
    const { table } = this;
    const index = table?.indexOf.get(trial);
    const curve = this.#curves.get(trial);
    const reports = index === undefined ? 0 : (table?.rows.reports[index] ?? 0);
    if (reports > 0 && curve?.reports !== reports) this.#want(trial);
    return curve;
  }

  ask(ask: Ask): Promise<Answer> {
    return this.#connection.ask(ask);
  }

  /** Asks for something to be done; a refusal is shown to the reader. */
  act(ask: Ask): void {
    this.#connection.ask(ask).catch((error: unknown) => this.complain(messageOf(error)));
  }

  #want(trial: number): void {
    this.#wanted.add(trial);
    this.#curvesTimer ??= setTimeout(() => void this.#fetchCurves(), curvesEveryMs);
  }

  async #fetchCurves(): Promise<void> {
    const trials = [...this.#wanted].slice(-curvesAtOnce);
    this.#wanted.clear();
    try {
      const answer = await this.ask({ kind: "curves", trials });
      if (answer.kind === "curves") {
        for (const curve of answer.curves) this.#curves.set(curve.trial, curve);
      }
    } catch {
      // A row without its curve says so by itself, and asks again when it is drawn again.
    } finally {
      this.#curvesTimer = undefined;
      this.#changed();
    }
  }

  #takeSnapshot(snapshot: Snapshot): void {
    const { view } = snapshot;
    if (view.study !== this.view.study) {
      this.#curves.clear();
      this.page = { ...this.page, compared: [], widths: {} };
    }
    this.page = { ...this.page, view };
    this.#waiting = null;
    this.motion = "jump";
    this.table = tableFrom(snapshot);
    this.#saved();
  }

  #takeDelta(delta: Delta): void {
    if (this.table === null) return;
    this.announcement = delta.header.announcement ?? this.announcement;
    const known = this.table.rows.numbers.length;
    this.table = changedTable(this.table, delta);
    if (this.#expectsNew && this.table.rows.numbers.length > known) {
      this.#expectsNew = false;
      this.applyNew();
    }
    if (delta.lines !== null || delta.ranks !== null) this.#takePlaces(delta);
    this.#changed();
  }

  #takePlaces(delta: Delta): void {
    const { ranks, lines, folds } = this.#waiting ?? { ranks: null, lines: null, folds: [] };
    this.#waiting = {
      ranks: delta.ranks ?? ranks,
      lines: delta.lines ?? lines,
      folds: delta.lines === null ? folds : delta.folds,
    };
    const now = performance.now();
    if (now - this.#askedAt < answerWithinMs) {
      this.#applyPlaces("jump");
    } else {
      const due = this.#glidedAt + glideEveryMs - now;
      this.#placesTimer ??= setTimeout(() => this.#applyPlaces("glide"), Math.max(0, due));
    }
  }

  #applyPlaces(motion: "glide" | "jump"): void {
    clearTimeout(this.#placesTimer);
    this.#placesTimer = undefined;
    if (this.table === null || this.#waiting === null) return;
    this.table = placedTable(this.table, this.#waiting);
    this.#waiting = null;
    this.motion = motion;
    if (motion === "glide") this.#glidedAt = performance.now();
    this.#changed();
  }

  #saved(): void {
    this.#connection.save(this.page);
    this.#changed();
  }

  #changed(): void {
    this.#tell({ kind: "change" });
  }

  #tell(event: StoreEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
