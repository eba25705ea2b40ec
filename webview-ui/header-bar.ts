/** The study in one line, its progress, and what can be done to it. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { type Header, type StudyAction, stateWords } from "../src/protocol.js";
import type { MenuItem } from "./commands.js";
import { action, type IconName, icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { keepOneTabStop, roveByArrows } from "./roving.js";
import type { Store } from "./store.js";
import { base } from "./styles.js";

const studyActions: Readonly<
  Record<StudyAction, { readonly icon: IconName; readonly label: string; readonly menu: string }>
> = {
  pause: { icon: "pause", label: "Pause: start no new trials", menu: "Pause Sweep" },
  resume: { icon: "resume", label: "Resume the sweep", menu: "Resume Sweep" },
  stopSweep: { icon: "stop", label: "Stop the sweep and its running trials", menu: "Stop Sweep…" },
  rerunFailed: { icon: "rerun", label: "Rerun failed trials", menu: "Rerun Failed Trials" },
  openSweep: { icon: "sweep", label: "Open the sweep file", menu: "Open Sweep File" },
  revealStudy: { icon: "more", label: "Reveal the study's folder", menu: "Reveal Study Folder" },
  exportCsv: { icon: "more", label: "Export as CSV", menu: "Export as CSV…" },
  runSweep: { icon: "resume", label: "Run the sweep", menu: "Run Sweep…" },
  newSweep: { icon: "more", label: "New sweep", menu: "New Sweep" },
};
const inToolbar: readonly StudyAction[] = ["pause", "resume", "stopSweep"];

export function studyLabel(name: StudyAction): string {
  return studyActions[name].menu;
}

export class HeaderBar extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        flex: none;
      }
      .progress {
        display: flex;
        gap: 1px;
        height: 4px;
        margin: 0 12px;
      }
      .progress i {
        min-width: 2px;
        background: currentColor;
      }
      .progress .state-waiting {
        background: var(--hair);
      }
      :host-context(.vscode-high-contrast) .progress .state-waiting {
        background: none;
        border: 1px solid var(--vscode-contrastBorder);
      }
      .fresh {
        height: 18px;
        padding: 0 8px;
        border-radius: 9px;
        font-size: 11px;
        white-space: nowrap;
        color: var(--vscode-badge-foreground);
        background: var(--vscode-badge-background);
        border: 1px solid var(--vscode-contrastBorder, transparent);
      }
      .away {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--dim);
        font-size: 12px;
        white-space: nowrap;
      }
      vscode-progress-ring {
        width: 14px;
        height: 14px;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
        margin: 8px 12px 0;
        padding: 4px 8px;
        border-radius: 3px;
        background: color-mix(in srgb, var(--fg) 6%, var(--bg));
        border: 1px solid var(--vscode-contrastBorder, transparent);
      }
      .notice .info {
        color: var(--vscode-editorInfo-foreground);
      }
      .notice .warning {
        color: var(--vscode-editorWarning-foreground);
      }
      .notice .error {
        color: var(--vscode-errorForeground);
      }
      .notice .link {
        white-space: nowrap;
      }
    `,
  ];
  static override readonly properties = {
    store: { attribute: false },
    revision: { attribute: false },
    bare: { type: Boolean },
  };

  declare store: Store;
  declare revision: number;
  /** Without the toolbar: the comparison has its own. */
  declare bare: boolean;

  protected override updated(): void {
    keepOneTabStop(this.renderRoot.querySelector(".actions"));
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(".actions [tabindex='0']")?.focus();
  }

  override render(): TemplateResult {
    const header = this.store.table?.header;
    if (header === undefined || header.study === "") return html``;
    return html`
      <header class="bar">
        <b title=${header.name}>${header.name}</b>
        <span class="cut dim grow">${this.#sentence(header)}</span>
        ${this.#freshButton(header)}
        ${this.store.silent ? html`<span class="away" role="status"><vscode-progress-ring aria-label="Reconnecting"></vscode-progress-ring>Reconnecting</span>` : nothing}
        <div class="actions" role="toolbar" aria-label="Study" @keydown=${roveByArrows}>
          ${inToolbar.filter((name) => header.actions.includes(name)).map((name) => action(studyActions[name].icon, studyActions[name].label, () => this.#do(name)))}
          ${action("columns", "Columns", ({ currentTarget }) => this.dispatchEvent(new CustomEvent("columns", { detail: currentTarget })), { expanded: false })}
          ${header.actions.includes("openSweep") ? action("sweep", studyActions.openSweep.label, () => this.#do("openSweep")) : nothing}
          ${action("more", "More actions", (event) => this.#openMore(header, event), { expanded: false })}
        </div>
      </header>
      ${progressBar(header)} ${this.#notice(header)} ${this.#complaint()}
    `;
  }

  #sentence(header: Header): (TemplateResult | string)[] {
    return header.sentence.map(({ text, trial }) =>
      trial === null
        ? text
        : html`<button type="button" class="link" @click=${() => this.dispatchEvent(new CustomEvent("goto", { detail: trial }))}>${text}</button>`,
    );
  }

  #freshButton({ fresh }: Header): TemplateResult | typeof nothing {
    if (fresh === 0) return nothing;
    return html`<button type="button" class="fresh" title="Show new trials and new ranks" @click=${() => this.store.applyNew()}>${fresh} new</button>`;
  }

  #notice({ notice }: Header): TemplateResult | typeof nothing {
    if (notice === null) return nothing;
    const { severity, text, action: offered } = notice;
    return html`<div class="notice" role=${severity === "error" ? "alert" : "note"}>
      <span class=${severity}>${icon(severity)}</span><span class="grow">${text}</span>
      ${offered === null ? nothing : html`<button type="button" class="link" @click=${() => this.#do(offered.action)}>${offered.label}</button>`}
    </div>`;
  }

  #complaint(): TemplateResult | typeof nothing {
    const { complaint } = this.store;
    if (complaint === null) return nothing;
    return html`<div class="notice" role="alert">
      <span class="warning">${icon("warning")}</span><span class="grow">${complaint}</span>
      ${action("close", "Close this message", () => this.store.complain(null))}
    </div>`;
  }

  #do(name: StudyAction): void {
    if (name === "rerunFailed") this.store.expectNew();
    this.store.act({ kind: "study", action: name });
  }

  #openMore(header: Header, { currentTarget }: MouseEvent): void {
    if (!(currentTarget instanceof HTMLElement)) return;
    const items: MenuItem[] = header.actions
      .filter((name) => !inToolbar.includes(name))
      .map((name) => ({ label: studyActions[name].menu, run: () => this.#do(name) }));
    const box = currentTarget.getBoundingClientRect();
    openMenu(currentTarget, items, box.right - 200, box.bottom + 2);
  }
}

function progressBar(header: Header): TemplateResult {
  const waiting = header.counts.find(({ state }) => state === "waiting")?.count ?? 0;
  const running = header.counts.find(({ state }) => state === "running")?.count ?? 0;
  const all = header.counts.reduce((sum, { count }) => sum + count, 0);
  return html`<div
    class="progress"
    role="progressbar"
    aria-label="Trials by state"
    aria-valuemin="0"
    aria-valuemax=${Math.max(1, all)}
    aria-valuenow=${all - waiting - running}
    aria-valuetext=${header.sentence.map(({ text }) => text).join("")}
  >
    ${header.progress.map(({ state, count }) => html`<i class="state-${state}" .style=${`flex:${count}`} title="${stateWords[state]}: ${count}"></i>`)}
  </div>`;
}
