/** Which columns are shown and pinned. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { ColumnSpec } from "../src/protocol.js";
import { isChecked } from "./controls.js";
import { icon } from "./icons.js";
import { popupStyles } from "./menu.js";
import type { Store } from "./store.js";
import { base } from "./styles.js";

const groups: readonly { readonly title: string; readonly has: (id: string) => boolean }[] = [
  { title: "Parameters", has: (id) => id.startsWith("parameter:") },
  { title: "Metrics", has: (id) => id.startsWith("metric:") },
  { title: "Trial", has: (id) => !id.includes(":") },
];

export class ColumnsMenu extends LitElement {
  static override readonly styles = [
    base,
    popupStyles,
    css`
      .popup {
        width: 280px;
        max-height: min(480px, calc(100vh - 56px));
        overflow: auto;
        padding: 4px 0 8px;
      }
      h2 {
        padding: 4px 12px 0;
      }
      .line {
        display: flex;
        align-items: center;
        height: 24px;
        padding: 0 8px 0 12px;
      }
      .line:hover,
      .line:focus-within {
        background: var(--vscode-list-hoverBackground);
      }
      .line vscode-checkbox {
        flex: 1;
        min-width: 0;
        margin: 0;
        overflow: hidden;
        white-space: nowrap;
      }
      .action[aria-pressed="false"] {
        opacity: 0;
      }
      .line:hover .action,
      .action:focus-visible {
        opacity: 1;
      }
      .action[aria-pressed="true"] {
        color: var(--vscode-inputOption-activeForeground);
        background: var(--vscode-inputOption-activeBackground);
        outline: 1px solid var(--vscode-inputOption-activeBorder, transparent);
        outline-offset: -1px;
      }
    `,
  ];
  static override readonly properties = {
    store: { attribute: false },
    revision: { attribute: false },
    shown: { state: true },
  };

  declare store: Store;
  declare revision: number;
  declare shown: boolean;
  #from: HTMLElement | null = null;

  constructor() {
    super();
    this.shown = false;
  }

  async open(from: HTMLElement): Promise<void> {
    this.#from = from;
    this.store.hold();
    this.shown = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("vscode-checkbox")?.focus();
  }

  close(): void {
    if (!this.shown) return;
    this.shown = false;
    this.#from?.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const { table, view } = this.store;
    if (!this.shown || table === null) return nothing;
    const box = this.#from?.getBoundingClientRect();
    const right = Math.max(4, window.innerWidth - (box?.right ?? 0));
    return html`<div class="popup" role="dialog" aria-label="Columns" tabindex="-1" .style=${`right:${right}px;top:${(box?.bottom ?? 32) + 2}px`} @keydown=${this.#onKey} @focusout=${this.#onFocusOut}>
      <div class="line"><vscode-checkbox ?checked=${view.onlyVarying} @change=${this.#onVarying}>Only parameters that vary</vscode-checkbox></div>
      ${groups.map(({ title, has }) => {
        const columns = table.columns.filter(({ id, optional }) => optional && has(id));
        return columns.length === 0
          ? nothing
          : html`<h2>${title}</h2>${columns.map((column) => this.#line(column))}`;
      })}
    </div>`;
  }

  #line(column: ColumnSpec): TemplateResult {
    const { view } = this.store;
    const pinned = view.pin.includes(column.id);
    const pin = pinned ? view.pin.filter((id) => id !== column.id) : [...view.pin, column.id];
    return html`<div class="line" title=${column.title}>
      <vscode-checkbox ?checked=${column.shown} @change=${(event: Event) => this.#show(column, isChecked(event))}>${column.title}</vscode-checkbox>
      <button
        type="button"
        class="action"
        aria-pressed=${pinned ? "true" : "false"}
        aria-label="Pin ${column.title}"
        title=${pinned ? "Unpin" : "Pin"}
        @click=${() => this.store.changeView({ pin })}
      >${icon("pin")}</button>
    </div>`;
  }

  #show(column: ColumnSpec, shown: boolean): void {
    if (shown === column.shown) return;
    this.store.changeView({ show: { ...this.store.view.show, [column.id]: shown } });
  }

  readonly #onVarying = (event: Event): void => {
    const onlyVarying = isChecked(event);
    if (onlyVarying === this.store.view.onlyVarying) return;
    const show = Object.entries(this.store.view.show).filter(
      ([id]) => !id.startsWith("parameter:"),
    );
    this.store.changeView({ onlyVarying, show: Object.fromEntries(show) });
  };

  readonly #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget)) return;
    if (relatedTarget !== null) this.shown = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const boxes = [...this.renderRoot.querySelectorAll<HTMLElement>("vscode-checkbox")];
      const at = boxes.findIndex((box) => box.matches(":focus-within"));
      boxes[(at + (event.key === "ArrowDown" ? 1 : boxes.length - 1)) % boxes.length]?.focus();
    }
  };
}
