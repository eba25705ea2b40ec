/**
 * The leaderboard: an ARIA grid of which only the lines in sight exist.
 *
 * The grid keeps the focus itself and names the line that is active, so that a line may leave the
 * page while it scrolls without taking the focus with it.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { toggleStar, trialMenu } from "./commands.js";
import { followDrag } from "./drag.js";
import { ColumnLayout } from "./grid-columns.js";
import { type GridHands, type LineIntent, trialIntent } from "./grid-intents.js";
import { type Intent, intentOf } from "./grid-keys.js";
import {
  type Active,
  activeId,
  foldLine,
  headerLine,
  isSortable,
  type RowContext,
  trialLine,
} from "./grid-rows.js";
import { pageOf, type Range, rangeInSight, rowHeight, scrollToCell } from "./grid-scroll.js";
import { GridSelection } from "./grid-selection.js";
import { gridStyles } from "./grid-styles.js";
import { openMenu } from "./menu.js";
import { rowActions } from "./row-actions.js";
import type { Store } from "./store.js";
import { base, chartStyles } from "./styles.js";
import { type Line, lineAt, placeOf, stateOf, type Table } from "./table.js";

/** The reader came to a trial (`open`: and wants its details), or to none. */
export class TrialEvent extends CustomEvent<{
  readonly trial: number | null;
  readonly open: boolean;
}> {
  constructor(trial: number | null, open: boolean) {
    super("trial", { detail: { trial, open } });
  }
}

export class LeaderboardGrid extends LitElement {
  static override readonly styles = [base, chartStyles, gridStyles];
  static override readonly properties = {
    store: { attribute: false },
    revision: { attribute: false },
  };

  declare store: Store;
  /** Counted up with each change of the store. */
  declare revision: number;

  #active: Active = { place: 0, cell: -1 };
  #activeTrial: number | null = null;
  #hovered = -1;
  #range: Range = { first: 0, last: 40 };
  readonly #selection = new GridSelection(() => this.store);
  readonly #layout = new ColumnLayout();
  #known: Int32Array | undefined;
  readonly #resized = new ResizeObserver(() => this.#scrolled());

  readonly #hands: GridHands = {
    store: () => this.store,
    column: () => this.#layout.columns[this.#active.cell]?.id,
    toggleSelected: (trial) => this.#selection.toggle(trial, this.#active.place),
    openDetails: (trial) => this.dispatchEvent(new TrialEvent(trial, true)),
    openMenu: (trial) => {
      const box = this.renderRoot.querySelector(".row.active")?.getBoundingClientRect();
      this.#openMenu(trial, (box?.left ?? 0) + 80, box?.bottom ?? 0);
    },
  };

  get #table(): Table | null {
    return this.store.table;
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".grid");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.#layout.sheet);
    return root;
  }

  override focus(): void {
    this.#scroller?.focus();
  }

  /** Brings a trial into sight and makes it the active one. */
  show(trial: number): void {
    const table = this.#table;
    const place = table === null ? -1 : placeOf(table, trial);
    if (place < 0) return;
    this.#goTo({ place, cell: -1 });
  }

  protected override willUpdate(): void {
    const table = this.#table;
    if (table === null || table.lines === this.#known) return;
    this.#known = table.lines;
    this.#followTrial(table);
  }

  /** Lines moved: the active trial stays active where it stands now. */
  #followTrial(table: Table): void {
    const found = this.#activeTrial === null ? -1 : placeOf(table, this.#activeTrial);
    const place = found >= 0 ? found : Math.min(this.#active.place, table.lines.length - 1);
    this.#active = { ...this.#active, place: Math.max(this.#active.place < 0 ? -1 : 0, place) };
    this.#hovered = -1;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("revision")) this.#scrolled();
  }

  override render(): TemplateResult {
    const table = this.#table;
    if (table === null) return html``;
    const { view, page } = this.store;
    this.#layout.place(table.columns, page.widths, view.sort.column);
    const context: RowContext = {
      table,
      view,
      columns: this.#layout.columns,
      selected: new Set(view.selected),
      curve: (trial) => this.store.curve(trial),
    };
    return html`<div
      class=${classMap({ grid: true, gliding: this.store.motion === "glide" })}
      role="grid"
      tabindex="0"
      aria-label="Leaderboard"
      aria-rowcount=${table.lines.length + 1}
      aria-colcount=${this.#layout.columns.length}
      aria-multiselectable="true"
      aria-activedescendant=${activeId(this.#named(table))}
      @keydown=${this.#onKey}
      @click=${this.#onClick}
      @dblclick=${this.#onDoubleClick}
      @contextmenu=${this.#onContextMenu}
      @mouseover=${this.#onHover}
      @mouseleave=${this.#onLeave}
      @pointerdown=${this.#onPointerDown}
      @scroll=${this.#onScroll}
    >
      <div role="rowgroup" class="heads">${headerLine(context, this.#active)}</div>
      <div role="rowgroup" class="body" .style=${`height:${table.lines.length * rowHeight}px;width:${this.#layout.width}px`}>
        ${repeat(
          this.#placesDrawn(table),
          (place) => this.#keyOf(table, place),
          (place) => guard(this.#sources(context, place), () => this.#line(context, place)),
        )}
      </div>
    </div>`;
  }

  /** What is active by its id: a fold is one cell. */
  #named(table: Table): Active {
    const { place, cell } = this.#active;
    return lineAt(table, place)?.kind === "fold" ? { place, cell: -1 } : { place, cell };
  }

  #placesDrawn(table: Table): number[] {
    const { first } = this.#range;
    const last = Math.min(this.#range.last, table.lines.length - 1);
    const count = Math.max(0, last - first + 1);
    const places = Array.from({ length: count }, (_, more) => first + more);
    // What aria-activedescendant names must be there, in sight or not.
    const { place } = this.#active;
    if (place >= 0 && place < table.lines.length && (place < first || place > last))
      places.push(place);
    return places;
  }

  #keyOf(table: Table, place: number): string {
    const line = lineAt(table, place);
    return line?.kind === "trial" ? `trial:${line.trial}` : (line?.key ?? String(place));
  }

  #line(context: RowContext, place: number): TemplateResult | typeof nothing {
    const line = lineAt(context.table, place);
    if (line === undefined) return nothing;
    const hovered = place === this.#hovered;
    const shared = { place, active: this.#active, hovered };
    if (line.kind === "fold") return foldLine(line.fold, context.columns.length, shared);
    const isActive = place === this.#active.place;
    const actions =
      hovered || isActive ? rowActions(this.store, line.trial, context.columns.length) : nothing;
    return trialLine(context, line.index, { ...shared, actions });
  }

  /** What a line is drawn from: while it is the same, so is the line. */
  #sources(context: RowContext, place: number): unknown[] {
    const { table, columns, selected, curve } = context;
    const line = lineAt(table, place);
    if (line?.kind !== "trial") return [this.revision, place, this.#active, this.#hovered];
    const { trial, index } = line;
    const second = stateOf(table, index) === "running" ? Math.floor(Date.now() / 1000) : 0;
    const active = place === this.#active.place ? this.#active : null;
    const mine = [selected.has(trial), place === this.#hovered, active, curve(trial), second];
    return [table, columns, place, ...mine];
  }

  readonly #onScroll = (): void => {
    this.#scroller?.classList.toggle("scrolled", this.#scroller.scrollLeft > 0);
    if (this.#scroller !== null && this.#scroller.scrollTop > 0) this.store.hold();
    this.#scrolled();
  };

  #scrolled(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const range = rangeInSight(scroller);
    if (range.first === this.#range.first && range.last === this.#range.last) return;
    this.#range = range;
    this.requestUpdate();
  }

  #placeUnder(event: Event): number | undefined {
    const line = (event.target as Element).closest<HTMLElement>("[data-place]");
    return line === null ? undefined : Number(line.dataset["place"]);
  }

  readonly #onHover = (event: Event): void => {
    const place = this.#placeUnder(event) ?? -1;
    if (place === this.#hovered) return;
    this.#hovered = place;
    this.requestUpdate();
  };

  readonly #onLeave = (): void => {
    this.#hovered = -1;
    this.requestUpdate();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const { target } = event;
    if (!(target instanceof Element) || target.closest("button, .grip") !== null) return;
    const column = target.closest<HTMLElement>("[data-column]")?.dataset["column"];
    const place = this.#placeUnder(event);
    const line = this.#lineUnder(event);
    if (column !== undefined) {
      this.#sortBy(column);
    } else if (line?.kind === "trial" && target.closest("[data-cell=star]") !== null) {
      toggleStar(this.store, [line.trial]);
    } else if (line !== undefined && place !== undefined) {
      this.#clickLine(line, place, event);
      this.#goTo({ place, cell: -1 });
    }
  };

  #clickLine(line: Line, place: number, event: MouseEvent): void {
    if (line.kind === "fold") this.#selection.toggleFold(line.fold);
    else if (event.shiftKey) this.#selection.extendTo(place, this.#active.place);
    else if (event.ctrlKey || event.metaKey) this.#selection.toggle(line.trial, place);
    else this.#selection.only(line.trial, place);
  }

  readonly #onDoubleClick = (event: Event): void => {
    const line = this.#lineUnder(event);
    if (line?.kind === "trial") this.dispatchEvent(new TrialEvent(line.trial, true));
  };

  #lineUnder(event: Event): Line | undefined {
    const place = this.#placeUnder(event);
    return place === undefined || this.#table === null ? undefined : lineAt(this.#table, place);
  }

  readonly #onContextMenu = (event: MouseEvent): void => {
    const line = this.#lineUnder(event);
    if (line?.kind !== "trial") return;
    event.preventDefault();
    this.#goTo({ place: this.#placeUnder(event) ?? 0, cell: -1 });
    this.#openMenu(line.trial, event.clientX, event.clientY);
  };

  #openMenu(trial: number, x: number, y: number): void {
    this.store.hold();
    const showDetails = (): boolean => this.dispatchEvent(new TrialEvent(trial, true));
    openMenu(this, trialMenu(this.store, trial, showDetails), x, y);
  }

  /** Drags the edge of a column; a double click gives it back its own width. */
  readonly #onPointerDown = (event: PointerEvent): void => {
    const { target } = event;
    const id = target instanceof HTMLElement ? target.dataset["grip"] : undefined;
    const column = this.#layout.columns.find((each) => each.id === id);
    if (!(target instanceof HTMLElement) || id === undefined || column === undefined) return;
    followDrag(event, target, ({ x }) => {
      const width = Math.max(24, Math.round(column.width + x));
      this.store.changePage({ widths: { ...this.store.page.widths, [id]: width } });
    });
    target.addEventListener("dblclick", () => this.#forgetWidth(id), { once: true });
  };

  #forgetWidth(id: string): void {
    const { [id]: _, ...widths } = this.store.page.widths;
    this.store.changePage({ widths });
  }

  #sortBy(id: string): void {
    const column = this.#layout.columns.find((each) => each.id === id);
    if (column === undefined || !isSortable(column)) return;
    const { sort } = this.store.view;
    const again = sort.column === id;
    this.store.changeView({ sort: { column: id, descending: again && !sort.descending } });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const intent = intentOf(event);
    if (intent === undefined || this.#table === null) return;
    if (this.#carryOut(intent, this.#table)) event.preventDefault();
  };

  /** Whether the key did something. */
  #carryOut(intent: Intent, table: Table): boolean {
    const { place, cell } = this.#active;
    switch (intent.kind) {
      case "move":
        this.store.hold();
        this.#move(this.#target(intent.by, table), intent.extend);
        return true;
      case "cell":
        this.#turn(intent.by, place, cell, table);
        return true;
      case "select-all":
        this.#selection.all();
        return true;
      case "clear":
        return this.#selection.clear();
      default:
        this.#onLine(intent, lineAt(table, place));
        return true;
    }
  }

  /** To the next cell; a fold opens and closes instead. */
  #turn(by: -1 | 1, place: number, cell: number, table: Table): void {
    const line = lineAt(table, place);
    if (line?.kind === "fold") {
      if (line.fold.open !== (by === 1)) this.#selection.toggleFold(line.fold);
      return;
    }
    const first = place < 0 ? 0 : -1;
    this.#goTo({
      place,
      cell: Math.min(this.#layout.columns.length - 1, Math.max(first, cell + by)),
    });
  }

  #onLine(intent: LineIntent, line: Line | undefined): void {
    if (line?.kind === "trial") {
      trialIntent(intent, line.trial, this.#hands);
    } else if (intent.kind === "enter" || intent.kind === "select") {
      const column = this.#layout.columns[this.#active.cell];
      if (line?.kind === "fold") this.#selection.toggleFold(line.fold);
      else if (column !== undefined) this.#sortBy(column.id);
    }
  }

  #target(by: Extract<Intent, { kind: "move" }>["by"], table: Table): number {
    const { place } = this.#active;
    switch (by) {
      case "first":
        return 0;
      case "last":
        return table.lines.length - 1;
      case "page-up":
        return Math.max(0, place - pageOf(this.#scroller));
      case "page-down":
        return place + pageOf(this.#scroller);
      default:
        return place + by;
    }
  }

  #move(place: number, extend: boolean): void {
    const last = (this.#table?.lines.length ?? 0) - 1;
    const target = Math.max(-1, Math.min(last, place));
    if (extend && target >= 0) this.#selection.extendTo(target, this.#active.place);
    const { cell } = this.#active;
    this.#goTo({ place: target, cell: target < 0 ? Math.max(0, cell) : cell });
  }

  #goTo(active: Active): void {
    this.#active = active;
    const line = this.#table === null ? undefined : lineAt(this.#table, active.place);
    this.#activeTrial = line?.kind === "trial" ? line.trial : null;
    if (this.#scroller !== null) scrollToCell(this.#scroller, this.#layout.columns, active);
    this.requestUpdate();
    this.dispatchEvent(new TrialEvent(this.#activeTrial, false));
  }
}
