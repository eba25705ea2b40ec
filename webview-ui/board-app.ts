/** The page: the header, the filter, the leaderboard and the details, or a comparison. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Header } from "../src/protocol.js";
import type { ColumnsMenu } from "./columns-menu.js";
import type { FilterBar } from "./filter-bar.js";
import { studyLabel } from "./header-bar.js";
import type { LeaderboardGrid, TrialEvent } from "./leaderboard-grid.js";
import type { Store, StoreEvent } from "./store.js";
import { base } from "./styles.js";
import { placeOf } from "./table.js";

/** The regions that F6 goes through. */
const regions = [
  "sweepdeck-header",
  "sweepdeck-filter",
  "sweepdeck-grid",
  "sweepdeck-detail",
  "sweepdeck-comparison",
];

export class BoardApp extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100vh;
        min-width: 0;
        background: var(--bg);
      }
      main {
        display: contents;
      }
      .empty {
        flex: 1;
        display: grid;
        place-content: center;
        padding: 0 24px 12vh;
      }
      .empty p {
        margin: 0 0 4px;
        max-width: 600px;
        line-height: 20px;
      }
      .empty div {
        display: flex;
        gap: 8px;
        margin-top: 16px;
      }
      .unheard {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
    `,
  ];
  static override readonly properties = {
    store: { attribute: false },
    revision: { state: true },
    trial: { state: true },
  };

  declare store: Store;
  declare revision: number;
  /** The trial that the details are about. */
  declare trial: number | null;
  #comparing = false;

  constructor() {
    super();
    this.revision = 0;
    this.trial = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.store.subscribe((event) => this.#onStore(event));
    this.store.start();
    document.addEventListener("keydown", this.#onKey);
    window.addEventListener("focus", this.#onFocus);
    // The time of running trials goes on between deltas.
    setInterval(
      () => this.store.table?.header.actions.includes("stopSweep") && this.revision++,
      1000,
    );
  }

  #onStore(event: StoreEvent): void {
    this.revision++;
    if (event.kind === "reveal") void this.#reveal(event.trial);
  }

  async #reveal(trial: number): Promise<void> {
    if (this.store.page.compared.length > 0) this.store.changePage({ compared: [] });
    const { table, view } = this.store;
    if (table !== null && placeOf(table, trial) < 0) {
      const fold = table.folds.find(({ trials }) => trials.includes(trial));
      this.store.changeView({
        filter: "",
        states: [],
        opened: [...view.opened, ...(fold?.trials ?? [])],
      });
    }
    this.store.changeView({ selected: [trial], holding: true });
    this.trial = trial;
    await this.updateComplete;
    this.#grid?.show(trial);
  }

  protected override updated(): void {
    const comparing = this.store.page.compared.length >= 2;
    if (this.#comparing && !comparing) void this.#backToRows();
    this.#comparing = comparing;
  }

  /** The rows were taken away by the comparison, and with them the place of the keyboard. */
  async #backToRows(): Promise<void> {
    const grid = this.#grid;
    await grid?.updateComplete;
    if (this.trial !== null) grid?.show(this.trial);
    if (document.hasFocus()) grid?.focus();
  }

  get #grid(): LeaderboardGrid | null {
    return this.renderRoot.querySelector<LeaderboardGrid>("sweepdeck-grid");
  }

  override render(): TemplateResult {
    const { store, revision } = this;
    const header = store.table?.header;
    return html`<main>
        ${header === undefined ? nothing : store.page.compared.length >= 2 ? this.#comparison() : this.#leaderboard(header)}
      </main>
      <sweepdeck-columns .store=${store} .revision=${revision}></sweepdeck-columns>
      <div class="unheard" role="status" aria-live="polite">${store.announcement}</div>`;
  }

  #comparison(): TemplateResult {
    return html`<sweepdeck-comparison .store=${this.store} .revision=${this.revision}></sweepdeck-comparison>`;
  }

  #leaderboard(header: Header): TemplateResult {
    const { store, revision } = this;
    return html`
      <sweepdeck-header .store=${store} .revision=${revision} @columns=${this.#onColumns} @goto=${this.#onGoTo}></sweepdeck-header>
      ${header.empty === null ? this.#rows() : emptyStudy(header, header.empty, store)}
    `;
  }

  #rows(): TemplateResult {
    const { store, revision } = this;
    const nobody = store.table?.lines.length === 0;
    return html`
      <sweepdeck-filter .store=${store} .revision=${revision} @leave=${() => this.#grid?.focus()}></sweepdeck-filter>
      ${nobody ? noMatch(store) : html`<sweepdeck-grid .store=${store} .revision=${revision} @trial=${this.#onTrial}></sweepdeck-grid>`}
      ${
        store.page.detailOpen && this.trial !== null && !nobody
          ? html`<sweepdeck-detail .store=${store} .revision=${revision} .trial=${this.trial}></sweepdeck-detail>`
          : nothing
      }
    `;
  }

  readonly #onColumns = ({ detail }: CustomEvent<HTMLElement>): void => {
    void this.renderRoot.querySelector<ColumnsMenu>("sweepdeck-columns")?.open(detail);
  };

  readonly #onGoTo = ({ detail }: CustomEvent<number>): void => {
    void this.#reveal(detail);
  };

  readonly #onTrial = ({ detail }: TrialEvent): void => {
    if (detail.trial !== null) this.trial = detail.trial;
    if (detail.open) this.store.changePage({ detailOpen: true });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.#used(event)) event.preventDefault();
    // VS Code listens at the window: a key that did something here would do something there, too.
    if (event.defaultPrevented) event.stopPropagation();
  };

  #used(event: KeyboardEvent): boolean {
    const inField = event.composedPath().some((target) => target instanceof HTMLInputElement);
    const find =
      (event.key === "f" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !inField);
    if (find) this.renderRoot.querySelector<FilterBar>("sweepdeck-filter")?.focus();
    return find || (event.key === "F6" && this.#nextRegion(event.shiftKey));
  }

  /** Whether there is one: behind the last, the key goes to the next part of the workbench. */
  #nextRegion(back: boolean): boolean {
    const here = regions.flatMap((name) => this.renderRoot.querySelector<HTMLElement>(name) ?? []);
    const at = here.findIndex((region) => region.matches(":focus-within"));
    const next = here[at < 0 && back ? here.length - 1 : at + (back ? -1 : 1)];
    next?.focus();
    return next !== undefined;
  }

  /** Who comes to the page by keys, and to nothing in it, comes for the rows. */
  readonly #onFocus = (): void => {
    if (document.activeElement !== document.body) return;
    this.renderRoot.querySelector<HTMLElement>("sweepdeck-grid, sweepdeck-comparison")?.focus();
  };
}

function emptyStudy(header: Header, lines: readonly string[], store: Store): TemplateResult {
  const offered =
    header.study === "" ? header.actions : header.actions.filter((name) => name === "resume");
  return html`<div class="empty">
    ${lines.map((line) => html`<p>${line}</p>`)}
    <div>
      ${offered.map(
        (name, place) => html`<vscode-button
          appearance=${place === 0 ? "primary" : "secondary"}
          @click=${() => store.act({ kind: "study", action: name })}
        >${studyLabel(name)}</vscode-button>`,
      )}
    </div>
  </div>`;
}

function noMatch(store: Store): TemplateResult {
  return html`<div class="empty">
    <p>No trial matches the filter.</p>
    <div>
      <vscode-button appearance="secondary" @click=${() => store.changeView({ filter: "", states: [] })}>Clear Filter</vscode-button>
    </div>
  </div>`;
}
