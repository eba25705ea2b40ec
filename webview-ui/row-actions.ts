/** What can be done to a row without leaving it: over its last two cells, while it is pointed at. */
import { html, nothing, type TemplateResult } from "lit";
import { actOn, stateOfTrial, stopTrials } from "./commands.js";
import { action } from "./icons.js";
import type { Store } from "./store.js";

/** The same as in the row's menu, so that none is a tab stop. */
const quietly = { tabbable: false };

export function rowActions(store: Store, trial: number, columns: number): TemplateResult {
  const runs = stateOfTrial(store, trial) === "running";
  return html`<div
    class="over"
    role="gridcell"
    aria-colindex=${columns}
    aria-label="Actions"
  >
    ${runs ? action("stop", `Stop trial ${trial}`, () => stopTrials(store, [trial]), quietly) : nothing}
    ${action("log", "Open log (L)", () => actOn(store, "openLog", [trial]), quietly)}
    ${action("terminal", "Show terminal (T)", () => actOn(store, "showTerminal", [trial]), quietly)}
    ${action("copy", "Copy configuration (C)", () => actOn(store, "copyYaml", [trial]), quietly)}
  </div>`;
}
