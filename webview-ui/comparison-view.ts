/** Two to five trials side by side: what differs first, the differences of their metrics, their curves. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { ComparedRow, Comparison } from "../src/protocol.js";
import { overlayChart, scaleWords } from "./charts.js";
import { comparisonStyles } from "./comparison-styles.js";
import { action, icon, stateIcon } from "./icons.js";
import { keepOneTabStop, roveByArrows } from "./roving.js";
import { messageOf, type Store } from "./store.js";
import { base, chartStyles } from "./styles.js";

const tabs = ["Configuration", "Metrics", "Curves"] as const;
type Tab = (typeof tabs)[number];
const freshForMs = 1000;
/** The line behind the heads of the table and of its first section. */
const firstValue = 2;

export class ComparisonView extends LitElement {
  static override readonly styles = [base, chartStyles, comparisonStyles];
  static override readonly properties = {
    store: { attribute: false },
    revision: { attribute: false },
    comparison: { state: true },
    problem: { state: true },
    tab: { state: true },
    identicalOpen: { state: true },
    closed: { state: true },
  };

  declare store: Store;
  declare revision: number;
  declare comparison: Comparison | null;
  declare problem: string | null;
  declare tab: Tab;
  declare identicalOpen: boolean;
  /** Groups of nested parameters that are closed. */
  declare closed: ReadonlySet<string>;
  #askedFor = "";
  #askedAt = 0;
  #active = firstValue;
  readonly #resized = new ResizeObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.comparison = null;
    this.problem = null;
    this.tab = "Configuration";
    this.identicalOpen = false;
    this.closed = new Set();
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#back();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override focus(): void {
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    (find("[role=treegrid]") ?? find(".tab[aria-selected=true]"))?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("revision") || changed.has("store")) void this.#fetch();
  }

  protected override updated(changed: PropertyValues): void {
    // The table is what the reader came for, as soon as it is there; unless he is in another part of
    // the workbench, as when this page is restored.
    const arrived = changed.has("comparison") && changed.get("comparison") === null;
    if (arrived && document.hasFocus()) this.focus();
    this.#mark(this.#drawn);
    keepOneTabStop(this.renderRoot.querySelector(".actions"));
  }

  async #fetch(): Promise<void> {
    const { store } = this;
    const { compared } = store.page;
    const reports = compared.map(
      (trial) => store.table?.rows.reports[store.table.indexOf.get(trial) ?? -1] ?? 0,
    );
    const key = [store.view.study, ...compared, ...reports].join(" ");
    const other = this.comparison?.trials.map(({ trial }) => trial).join() !== compared.join();
    if (key === this.#askedFor || (!other && performance.now() - this.#askedAt < freshForMs))
      return;
    [this.#askedFor, this.#askedAt] = [key, performance.now()];
    try {
      const answer = await store.ask({ kind: "compare", trials: compared });
      if (answer.kind === "compare") [this.comparison, this.problem] = [answer.comparison, null];
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  override render(): TemplateResult {
    const { store, comparison } = this;
    const { compared } = store.page;
    return html`
      <header class="bar">
        ${action("back", "Back to the leaderboard (Escape)", () => this.#back())}
        <span class="crumb cut">${store.table?.header.name} ${icon("right")}</span>
        <b class="cut">Compare Trials ${compared.join(", ")}</b>
        <div class="actions" role="toolbar" aria-label="Comparison" @keydown=${roveByArrows}>
          ${action("swap", "Change baseline", () => this.#swap())}
          ${action("compare", "Open the first two in the diff editor", () => this.#openDiff())}
          ${action("copy", "Copy as table", () => comparison && store.act({ kind: "copyText", text: comparison.table }))}
        </div>
      </header>
      <div class="tabs" role="tablist" aria-label="Comparison" @keydown=${this.#onTabKey}>
        ${tabs.map((tab) => this.#tabButton(tab))}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-label=${this.tab} @keydown=${this.#onKey}>
        ${comparison === null ? html`<p class="waiting dim" role="status">${this.problem ?? "Comparing…"}</p>` : this.#panel(comparison)}
      </div>
    `;
  }

  #tabButton(tab: Tab): TemplateResult {
    const selected = this.tab === tab;
    const count = this.comparison?.differing.length ?? 0;
    return html`<button
      type="button"
      role="tab"
      class="tab"
      aria-selected=${selected ? "true" : "false"}
      aria-controls="panel"
      tabindex=${selected ? 0 : -1}
      @click=${() => this.#open(tab)}
    >${tab}${tab === "Configuration" && count > 0 ? html`<span class="count" title="${count} differ">${count}</span>` : nothing}</button>`;
  }

  #open(tab: Tab): void {
    this.tab = tab;
    this.#active = firstValue;
  }

  #panel(comparison: Comparison): TemplateResult {
    if (this.tab === "Curves") return this.#curves(comparison, this.clientHeight - 110);
    const metrics = this.#section("Metrics", "", comparison.metrics, true);
    const body =
      this.tab === "Metrics" ? metrics : [...metrics, ...this.#configuration(comparison)];
    const { columns, least } = columnWidths(comparison, this.clientWidth);
    return html`<div
        class="table"
        role="treegrid"
        aria-label="Differences"
        tabindex="0"
        .style=${`--columns:${columns};--least:${least}px`}
      >
        ${head(comparison)}${body}
      </div>
      ${this.tab === "Configuration" && this.clientHeight > 520 ? this.#curves(comparison, this.#heightLeft(comparison)) : nothing}`;
  }

  /** For the curves below the table: what it leaves, within bounds. */
  #heightLeft({ metrics, differing }: Comparison): number {
    const above = 170 + 22 * (metrics.length + differing.length);
    return Math.max(196, Math.min(360, this.clientHeight - above));
  }

  #configuration({ differing, identical }: Comparison): TemplateResult[] {
    const all = differing.length + identical.length;
    const none = html`<div class="line" role="row"><div class="name dim" role="gridcell">Every value is the same.</div></div>`;
    return [
      ...this.#section("Differs", `${differing.length} of ${all} values`, differing, false),
      ...(differing.length === 0 ? [none] : []),
      ...(identical.length === 0 ? [] : [this.#identical(identical)]),
    ];
  }

  #identical(rows: readonly ComparedRow[]): TemplateResult {
    const open = this.identicalOpen;
    return html`<div
        class="folded line"
        role="row"
        aria-level="1"
        aria-expanded=${open ? "true" : "false"}
        data-fold="identical"
        @click=${() => this.#toggleIdentical()}
      ><div role="gridcell" class="cut">${icon(open ? "down" : "right")}${rows.length} identical ${rows.length === 1 ? "value" : "values"}</div></div>
      ${open ? this.#lines(rows, false) : nothing}`;
  }

  #toggleIdentical(): void {
    this.identicalOpen = !this.identicalOpen;
  }

  #section(
    title: string,
    note: string,
    rows: readonly ComparedRow[],
    plain: boolean,
  ): TemplateResult[] {
    if (rows.length === 0) return [];
    return [
      html`<div class="line section" role="row" aria-level="1"><div class="name" role="rowheader">${title}${note === "" ? nothing : html`<small>${note}</small>`}</div></div>`,
      ...this.#lines(rows, plain),
    ];
  }

  /** Rows with a line for each group of nested parameters before its first. */
  #lines(rows: readonly ComparedRow[], plain: boolean): TemplateResult[] {
    const lines: TemplateResult[] = [];
    let group = "";
    for (const row of rows) {
      const path = row.group.join(".");
      if (path !== group && path !== "") lines.push(this.#groupLine(path, row.group));
      group = path;
      if (!this.closed.has(path) || path === "") lines.push(valueLine(row, plain));
    }
    return lines;
  }

  #groupLine(path: string, group: readonly string[]): TemplateResult {
    const open = !this.closed.has(path);
    return html`<div class="line" role="row" aria-level="2" aria-expanded=${open ? "true" : "false"} data-fold=${path} @click=${() => this.#toggleGroup(path)}>
      <div class="name" role="rowheader">${icon(open ? "down" : "right")}<span class="cut">${group.join(".")}</span></div>
    </div>`;
  }

  #toggleGroup(path: string): void {
    const closed = new Set(this.closed);
    if (!closed.delete(path)) closed.add(path);
    this.closed = closed;
  }

  #curves({ curves }: Comparison, height: number): TemplateResult {
    const header = this.store.table?.header;
    const field = this.store.table?.field ?? null;
    if (field === null || curves.every(({ steps }) => steps.length === 0)) {
      return html`<p class="waiting dim">None of these trials has reported a value${header?.objective ? ` of ${header.objective}` : ""}.</p>`;
    }
    return html`<section class="curves">
      <h2>${header?.objective}<small>${scaleWords(field)}</small></h2>
      ${overlayChart(curves, field, header?.objective ?? "", Math.max(320, this.clientWidth - 24), Math.max(120, height - 36))}
    </section>`;
  }

  #back(): void {
    this.store.changePage({ compared: [] });
  }

  /** The next trial becomes the baseline. */
  #swap(): void {
    const [first, ...rest] = this.store.page.compared;
    if (first !== undefined) this.store.changePage({ compared: [...rest, first] });
  }

  #openDiff(): void {
    const [left, right] = this.store.page.compared;
    if (left !== undefined && right !== undefined)
      this.store.act({ kind: "openDiff", trials: [left, right] });
  }

  readonly #onTabKey = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? tabs.length - 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    this.#open(tabs[(tabs.indexOf(this.tab) + by) % tabs.length] ?? "Configuration");
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(".tab[aria-selected=true]")?.focus(),
    );
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const lines = this.#drawn;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) this.#active = Math.max(0, Math.min(lines.length - 1, this.#active + by));
    const line = lines[this.#active];
    const expanded = line?.getAttribute("aria-expanded");
    const turns =
      event.key === "Enter" ||
      (event.key === "ArrowRight" && expanded === "false") ||
      (event.key === "ArrowLeft" && expanded === "true");
    if (turns && expanded !== null && expanded !== undefined) line?.click();
    else if (by === 0) return;
    event.preventDefault();
    this.#mark(lines);
    lines[this.#active]?.scrollIntoView({ block: "nearest" });
  };

  get #drawn(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".table .line")];
  }

  /** Names the active line for the screen reader. */
  #mark(lines: readonly HTMLElement[]): void {
    for (const [place, line] of lines.entries()) {
      line.id = `compared-${place}`;
      line.classList.toggle("active", place === this.#active);
    }
    const table = this.renderRoot.querySelector(".table");
    table?.setAttribute("aria-activedescendant", `compared-${this.#active}`);
  }
}

/** The advance of a digit of the numbers' font, and a bit for fonts that are wider. */
const digitWidth = 7.5;

/** Comfortable ones where there is room, else as wide as what is in them: a number is never cut. */
function columnWidths(
  { trials, metrics, differing, identical }: Comparison,
  room: number,
): { readonly columns: string; readonly least: number } {
  const others = trials.length - 1;
  const cells = [...metrics, ...differing, ...identical].flatMap((row) => row.cells);
  const needed = (texts: readonly string[], least: number, most: number): number => {
    const longest = Math.max(...texts.map(({ length }) => length));
    return Math.ceil(Math.min(most, Math.max(least, longest * digitWidth + 16)));
  };
  const widths = (name: number, first: number, value: number, against: number) => ({
    columns: `minmax(${name}px, 1fr) minmax(${first}px, 0.5fr) ${`${value}px ${against}px `.repeat(others)}12px`,
    least: name + first + (value + against) * others + 12,
  });
  const comfortable = widths(180, 176, 152, 88);
  if (comfortable.least <= room) return comfortable;
  const texts = cells.map(({ text }) => text);
  const value = needed(texts, 84, 152);
  const differences = cells.map(({ against }) => against);
  return widths(112, value, value, needed(differences, 48, 88));
}

function head(comparison: Comparison): TemplateResult {
  return html`<div class="line top" role="row">
    <div class="name" role="columnheader" aria-label="Value"></div>
    ${comparison.trials.map(
      (
        { trial, state, note },
        place,
      ) => html`<div class="value" role="columnheader"><span>${stateIcon(state)}Trial ${trial}</span><small class="cut" title=${note}>${note}</small></div>
        ${place === 0 ? nothing : html`<div role="columnheader" aria-label="Against the baseline"></div>`}`,
    )}
  </div>`;
}

function valueLine(row: ComparedRow, plain: boolean): TemplateResult {
  return html`<div class="line" role="row" aria-level=${row.group.length > 0 ? 3 : 2}>
    <div class="name" role="rowheader">${row.group.map(() => html`<i class="guide"></i>`)}<span class="indent"></span><span class="cut" title=${[...row.group, row.name].join(".")}>${row.name}</span></div>
    ${row.cells.map(({ text, exact, mark, against }, place) => {
      const marked = !plain && mark !== "same";
      const classes = classMap({ changed: marked, gone: mark === "gone" });
      const quotient = html`<div role="gridcell" class="against cut ${/^[×+−]/.test(against) ? "number" : ""}">${against}</div>`;
      return html`<div role="gridcell" class="value number"><span class=${classes} title=${exact}>${text}</span></div>${place === 0 ? nothing : quotient}`;
    })}
  </div>`;
}
