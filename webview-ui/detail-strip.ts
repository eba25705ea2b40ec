/** One trial closely: its curve, its exact parameters, its command, and where its files are. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { compareMost, type Details } from "../src/protocol.js";
import { curveChart } from "./charts.js";
import { actOn, compareTrials, stateOfTrial, stopTrials } from "./commands.js";
import { followDrag } from "./drag.js";
import { action, stateIcon } from "./icons.js";
import { keepOneTabStop, roveByArrows } from "./roving.js";
import { messageOf, type Store } from "./store.js";
import { base, chartStyles } from "./styles.js";

const least = 120;
/** How wide the curve may be: beside an editor the values need the room more. */
const chartLeast = 144;
const chartMost = 304;
/** While a trial runs, its details are asked for again after this. */
const freshForMs = 1000;

export class DetailStrip extends LitElement {
  static override readonly styles = [
    base,
    chartStyles,
    css`
      :host {
        position: relative;
        flex: none;
        display: flex;
        flex-direction: column;
        border-top: 1px solid var(--line);
        min-height: 0;
      }
      .sash {
        position: absolute;
        top: -3px;
        left: 0;
        right: 0;
        height: 6px;
        cursor: row-resize;
        z-index: 5;
      }
      .sash:hover,
      .sash:focus-visible {
        background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
        outline: none;
      }
      .bar {
        height: 32px;
      }
      .body {
        flex: 1;
        min-height: 0;
        overflow: auto;
        display: grid;
        grid-template-columns: minmax(240px, 304px) minmax(180px, 236px) minmax(0, 1fr);
        gap: 0 24px;
        padding: 0 12px 8px;
      }
      .values {
        display: grid;
        grid-template-columns: fit-content(60%) minmax(0, 1fr);
        gap: 0 16px;
        margin: 0;
        align-content: start;
        font-size: 12px;
        line-height: 16px;
      }
      .values dt,
      .values dd {
        margin: 0;
      }
      .values dd {
        unicode-bidi: isolate;
        text-align: right;
      }
      .values .apart {
        margin-top: 6px;
      }
      .code {
        margin: 0 0 8px;
        padding: 4px 8px;
        font: 12px / 16px var(--number-font);
        background: var(--vscode-textCodeBlock-background);
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 3px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        max-height: 90px;
        overflow: auto;
      }
      .command {
        white-space: normal;
      }
      .command span {
        display: inline-block;
        max-width: 100%;
        margin-right: 1ch;
      }
      .links {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        font-size: 12px;
      }
      @media (max-width: 820px) {
        .body {
          grid-template-columns: auto minmax(0, 1fr);
        }
        .side .code.command {
          display: none;
        }
        .side {
          grid-column: 1 / -1;
        }
      }
    `,
  ];
  static override readonly properties = {
    store: { attribute: false },
    revision: { attribute: false },
    trial: { attribute: false },
    details: { state: true },
    problem: { state: true },
  };

  declare store: Store;
  declare revision: number;
  declare trial: number | null;
  declare details: Details | null;
  declare problem: string | null;
  #askedFor = "";
  #askedAt = 0;
  readonly #resized = new ResizeObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.trial = null;
    this.details = null;
    this.problem = null;
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
    this.renderRoot.querySelector<HTMLElement>(".actions [tabindex='0']")?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("trial") || changed.has("revision")) void this.#fetch();
  }

  protected override updated(): void {
    keepOneTabStop(this.renderRoot.querySelector(".actions"));
    this.style.height = `${this.#height}px`;
  }

  get #height(): number {
    return Math.min(Math.max(least, this.store.page.detailHeight), window.innerHeight * 0.6);
  }

  /** Asks anew for another trial, and when the one shown has moved on. */
  async #fetch(): Promise<void> {
    const { trial, store } = this;
    const index = trial === null ? undefined : store.table?.indexOf.get(trial);
    if (trial === null || index === undefined) return;
    const key = [
      store.view.study,
      trial,
      stateOfTrial(store, trial),
      store.table?.rows.reports[index],
      store.table?.ranks[index],
    ].join(" ");
    const other = this.details?.trial !== trial;
    if (key === this.#askedFor || (!other && performance.now() - this.#askedAt < freshForMs))
      return;
    [this.#askedFor, this.#askedAt] = [key, performance.now()];
    try {
      const answer = await store.ask({ kind: "details", trial });
      if (answer.kind !== "details" || this.trial !== trial) return;
      [this.details, this.problem] = [answer.details, null];
    } catch (error) {
      if (this.trial === trial) this.problem = messageOf(error);
    }
  }

  override render(): TemplateResult {
    const { trial, details, problem } = this;
    if (trial === null)
      return html`<p class="bar dim">Select a trial to see its curve, its parameters and its command.</p>`;
    const shown = details?.trial === trial ? details : null;
    return html`
      <div
        class="sash"
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the details"
        aria-valuemin=${least}
        aria-valuemax=${Math.round(window.innerHeight * 0.6)}
        aria-valuenow=${Math.round(this.#height)}
        tabindex="0"
        @pointerdown=${this.#onSash}
        @keydown=${this.#onSashKey}
      ></div>
      <section aria-label="Trial ${trial}" class="bar">
        ${shown === null ? nothing : stateIcon(shown.state)}<b>Trial ${trial}</b>
        <span class="cut dim grow" title=${shown?.sentence ?? ""}>${problem ?? shown?.sentence ?? ""}</span>
        ${this.#actions(trial)}
      </section>
      ${shown === null ? nothing : this.#body(shown)}
    `;
  }

  #actions(trial: number): TemplateResult {
    const { store } = this;
    const { selected } = store.view;
    const running = stateOfTrial(store, trial) === "running";
    return html`<div class="actions" role="toolbar" aria-label="Trial ${trial}" @keydown=${roveByArrows}>
      ${
        selected.length >= 2 && selected.length <= compareMost
          ? html`<vscode-button appearance="secondary" @click=${() => compareTrials(store, selected)}>Compare ${selected.length} Selected</vscode-button>`
          : nothing
      }
      ${running ? action("stop", "Stop the trial", () => stopTrials(store, [trial])) : nothing}
      ${action("log", "Open log", () => actOn(store, "openLog", [trial]))}
      ${action("terminal", "Show terminal", () => actOn(store, "showTerminal", [trial]))}
      ${action("copy", "Copy configuration as YAML", () => actOn(store, "copyYaml", [trial]))}
      ${action("close", "Close details", () => store.changePage({ detailOpen: false }))}
    </div>`;
  }

  #body(details: Details): TemplateResult {
    const { store } = this;
    const { trial } = details;
    const one = (name: Parameters<typeof actOn>[1]) => (): void => actOn(store, name, [trial]);
    return html`<div class="body" tabindex="0" role="region" aria-label="Details of trial ${trial}">
      <div>${this.#chart(details)}</div>
      <dl class="values">
        ${details.parameters.map(({ name, text, exact }) => html`<dt class="dim cut" title=${name}>${name}</dt><dd class="number cut" title=${exact}>${text}</dd>`)}
        ${details.metrics.map(
          ({ name, text, exact }, place) =>
            html`<dt class="dim cut ${place === 0 ? "apart" : ""}" title=${name}>${name}</dt><dd class="number cut ${place === 0 ? "apart" : ""}" title=${exact}>${text}</dd>`,
        )}
      </dl>
      <div class="side">
        ${details.tail === null ? nothing : html`<pre class="code" tabindex="0" aria-label="Last lines of the log">${details.tail}</pre>`}
        ${details.command === null ? nothing : html`<div class="code command" role="group" tabindex="0" aria-label="Command">${argumentsOf(details.command)}</div>`}
        <div class="links">
          <button type="button" class="link" @click=${one("copyCommand")}>Copy Command</button>
          <button type="button" class="link" @click=${one("rerun")}>Run Again</button>
          <button type="button" class="link" @click=${one("openConfig")}>Open config.yaml</button>
          <button type="button" class="link" @click=${one("reveal")}>Reveal Trial Folder</button>
        </div>
      </div>
    </div>`;
  }

  #chart(details: Details): TemplateResult {
    const { table } = this.store;
    const { curve, state } = details;
    if (table?.field === undefined || table.field === null || curve.steps.length === 0) {
      return html`<p class="dim">No value of ${table?.header.objective ?? "the objective"} was reported.</p>`;
    }
    const objective = table.header.objective ?? "";
    const text =
      details.metrics.find(({ name }) => name === objective)?.text ??
      String(curve.counts?.value ?? "");
    return curveChart(
      curve,
      table.field,
      { objective, state, text },
      Math.round(Math.min(chartMost, Math.max(chartLeast, this.clientWidth * 0.44))),
      Math.max(96, this.#height - 42),
    );
  }

  readonly #onSash = (event: PointerEvent): void => {
    const { currentTarget } = event;
    if (!(currentTarget instanceof HTMLElement)) return;
    const from = this.#height;
    followDrag(event, currentTarget, ({ y }) => this.#resize(from - y));
  };

  readonly #onSashKey = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowUp" ? 16 : event.key === "ArrowDown" ? -16 : 0;
    if (by === 0) return;
    event.preventDefault();
    this.#resize(this.#height + by);
  };

  #resize(height: number): void {
    this.store.changePage({
      detailHeight: Math.round(Math.max(least, Math.min(window.innerHeight * 0.6, height))),
    });
  }
}

/** A command is broken between its arguments, not within them. */
function argumentsOf(command: string): TemplateResult[] {
  const found = command.match(/(?:[^\s'"]|'[^']*'?|"(?:[^"\\]|\\.)*"?)+/g) ?? [command];
  return found.map((argument) => html`<span>${argument}</span>`);
}
