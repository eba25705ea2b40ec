/** The filter box and a chip for each state that occurs. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type BoardState, stateWords } from "../src/protocol.js";
import { nameField, typedText } from "./controls.js";
import { icon } from "./icons.js";
import { keepOneTabStop, roveByArrows } from "./roving.js";
import type { Store } from "./store.js";
import { base } from "./styles.js";

/** A pause in typing. */
const settleMs = 120;

export class FilterBar extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        flex: none;
      }
      .filter {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 40px;
        padding: 0 12px;
      }
      vscode-text-field {
        flex: 1;
        min-width: 120px;
        --input-height: 24;
        --input-min-width: 120px;
      }
      vscode-text-field .icon {
        color: var(--vscode-icon-foreground);
      }
      .chips {
        display: flex;
        gap: 2px;
        flex: none;
      }
      .chip {
        position: relative;
        height: 22px;
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 0 6px 0 4px;
        border-radius: 3px;
        border: 1px solid transparent;
        white-space: nowrap;
        font-size: 12px;
      }
      .chip .number {
        color: var(--dim);
      }
      .chip:hover {
        background: var(--vscode-toolbar-hoverBackground);
        border-color: var(--vscode-contrastActiveBorder, transparent);
      }
      .chip[aria-pressed="true"] {
        background: var(--vscode-inputOption-activeBackground);
        border-color: var(--vscode-inputOption-activeBorder);
        color: var(--vscode-inputOption-activeForeground);
      }
      .chip[aria-pressed="true"] .number {
        color: inherit;
      }
      .problem {
        padding: 0 12px 8px;
        font-size: 12px;
        color: var(--vscode-errorForeground);
      }
      @media (max-width: 820px) {
        .word {
          position: absolute;
          clip-path: inset(50%);
        }
      }
    `,
  ];
  static override readonly properties = {
    store: { attribute: false },
    revision: { attribute: false },
  };

  declare store: Store;
  declare revision: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #typed: string | null = null;

  protected override updated(): void {
    keepOneTabStop(this.renderRoot.querySelector(".chips"));
    nameField(this.renderRoot.querySelector("vscode-text-field"), "Filter trials");
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("vscode-text-field")?.focus();
  }

  override render(): TemplateResult {
    const { table, view } = this.store;
    if (table === null) return html``;
    const { counts, filterProblem } = table.header;
    return html`<div class="filter" role="search">
        <vscode-text-field
          placeholder="Filter (e.g. lr:<1e-3 optimizer:sgd is:starred)"
          .value=${this.#typed ?? view.filter}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        ><span slot="end">${icon("filter")}</span></vscode-text-field>
        <div class="chips" role="toolbar" aria-label="States" @keydown=${roveByArrows}>
          ${repeat(
            counts.toSorted(
              (a, b) => Number(b.state === "running") - Number(a.state === "running"),
            ),
            ({ state }) => state,
            ({ state, count }) => this.#chip(state, count),
          )}
        </div>
      </div>
      ${filterProblem === null || this.#typed !== null ? nothing : html`<div class="problem" role="status">${filterProblem}</div>`}`;
  }

  #chip(state: BoardState, count: number): TemplateResult {
    const { states } = this.store.view;
    const pressed = states.includes(state);
    const next = pressed ? states.filter((each) => each !== state) : [...states, state];
    return html`<button
      type="button"
      class="chip"
      aria-pressed=${pressed ? "true" : "false"}
      title="${stateWords[state]}: ${count}"
      @click=${() => this.store.changeView({ states: next, holding: true })}
    ><span class="state state-${state}">${icon(state)}</span><span class="word">${stateWords[state]} </span><span class="number">${count}</span></button>`;
  }

  readonly #onInput = (event: Event): void => {
    this.#typed = typedText(event);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#apply(), settleMs);
  };

  #apply(): void {
    clearTimeout(this.#timer);
    if (this.#typed === null) return;
    this.store.changeView({ filter: this.#typed, holding: true });
    this.#typed = null;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      this.#typed = null;
      this.store.changeView({ filter: "" });
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      this.#apply();
      this.dispatchEvent(new CustomEvent("leave"));
    } else {
      return;
    }
    event.preventDefault();
  };
}
