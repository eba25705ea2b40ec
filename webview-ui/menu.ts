/** A menu of commands at a place, as the workbench's own: arrows, letters, Escape, a click elsewhere. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { MenuItem } from "./commands.js";
import { base } from "./styles.js";

export const popupStyles = css`
  .popup {
    position: fixed;
    z-index: 20;
    padding: 4px;
    border-radius: 5px;
    color: var(--vscode-menu-foreground, var(--fg));
    background: var(--vscode-menu-background, var(--bg));
    border: 1px solid var(--vscode-menu-border, var(--vscode-widget-border, var(--vscode-contrastBorder, var(--line))));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    outline: none;
  }
`;

export class PopupMenu extends LitElement {
  static override readonly styles = [
    base,
    popupStyles,
    css`
      .item {
        display: flex;
        align-items: center;
        gap: 24px;
        width: 100%;
        height: 24px;
        padding: 0 12px;
        border-radius: 3px;
        white-space: nowrap;
      }
      .item:focus {
        color: var(--vscode-menu-selectionForeground, var(--fg));
        background: var(--vscode-menu-selectionBackground, transparent);
        outline: 1px solid var(--vscode-menu-selectionBorder, transparent);
        outline-offset: -1px;
      }
      .key {
        margin-left: auto;
        opacity: 0.8;
      }
    `,
  ];
  static override readonly properties = { items: { attribute: false } };

  declare items: readonly MenuItem[];
  #place = "";
  #from: HTMLElement | null = null;

  constructor() {
    super();
    this.items = [];
  }

  /** Opens with its corner there, or as near as the window allows; the focus goes back to `from`. */
  async open(items: readonly MenuItem[], x: number, y: number, from: HTMLElement): Promise<void> {
    this.items = items;
    this.#from = from;
    this.#place = `left:${x}px;top:${y}px`;
    this.requestUpdate();
    await this.updateComplete;
    const box = this.renderRoot.querySelector(".popup")?.getBoundingClientRect();
    if (box === undefined) return;
    const left = Math.max(4, Math.min(x, window.innerWidth - box.width - 4));
    const top = Math.max(4, Math.min(y, window.innerHeight - box.height - 4));
    this.#place = `left:${left}px;top:${top}px`;
    this.requestUpdate();
    await this.updateComplete;
    this.#buttons.find((button) => !button.disabled)?.focus();
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>(".item")];
  }

  close(): void {
    if (this.items.length === 0) return;
    this.items = [];
    this.#from?.focus();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.items.length === 0) return nothing;
    return html`<div class="popup" role="menu" .style=${this.#place} @keydown=${this.#onKey} @focusout=${this.#onFocusOut}>
      ${this.items.map(
        (item) => html`<button
          type="button"
          class="item"
          role="menuitem"
          tabindex="-1"
          ?disabled=${item.disabled === true}
          @click=${() => this.#run(item)}
          @mouseenter=${({ currentTarget }: MouseEvent) => currentTarget instanceof HTMLElement && currentTarget.focus()}
        ><span>${item.label}</span>${item.key === undefined ? nothing : html`<span class="key" aria-hidden="true">${item.key}</span>`}</button>`,
      )}
    </div>`;
  }

  #run(item: MenuItem): void {
    this.close();
    item.run();
  }

  readonly #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget)) return;
    this.items = [];
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const enabled = this.#buttons.filter((button) => !button.disabled);
    const at = enabled.findIndex((button) => button.matches(":focus"));
    const next = nextPlace(event.key, at, enabled, ({ textContent }) => textContent ?? "");
    if (next !== undefined) enabled[next]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else if (event.key !== "Enter" && event.key !== " ") return;
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== " ") event.preventDefault();
  };
}

function nextPlace<Item>(
  key: string,
  at: number,
  items: readonly Item[],
  text: (item: Item) => string,
): number | undefined {
  const count = items.length;
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default: {
      if (key.length !== 1 || key === " ") return undefined;
      const order = items.map((_, place) => (at + 1 + place) % count);
      return order.find((place) => {
        const item = items[place];
        return item !== undefined && text(item).trim().toLowerCase().startsWith(key.toLowerCase());
      });
    }
  }
}

/** Opens the page's one menu; the focus goes back to `from` when it closes. */
export function openMenu(
  from: HTMLElement,
  items: readonly MenuItem[],
  x: number,
  y: number,
): void {
  const menu = document.querySelector<PopupMenu>("sweepdeck-menu");
  void menu?.open(items, x, y, from);
}
