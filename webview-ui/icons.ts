/** Icons of 16 pixels with lines of one, drawn for this panel, and the nine states' own. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { type BoardState, stateWords } from "../src/protocol.js";

const circle = svg`<circle cx="8" cy="8" r="5.5"></circle>`;
const line = (d: string): SVGTemplateResult => svg`<path d=${d}></path>`;
const ringed = (d: string): SVGTemplateResult => svg`${circle}${line(d)}`;
const starPath =
  "m8 2.6 1.65 3.5 3.75.45-2.75 2.6.7 3.75L8 11.05 4.65 12.9l.7-3.75L2.6 6.55l3.75-.45z";

const shapes = {
  running: svg`<circle cx="8" cy="8" r="5.5" opacity=".3"></circle><path class="spin" d="M8 2.5A5.5 5.5 0 0 1 13.5 8" stroke-width="1.5"></path>`,
  complete: ringed("m5.4 8.1 1.9 1.9 3.4-3.8"),
  pruned: ringed("M5.4 8h5.2"),
  failed: ringed("m6 6 4 4m0-4-4 4"),
  "out-of-memory": line(
    "M4.5 4.5h7v7h-7zM6.5 4.5v-2m3 2v-2m-3 11v-2m3 2v-2m-5-5h-2m2 3h-2m11-3h-2m2 3h-2M8 6.5v3",
  ),
  stopped: ringed("M6 6h4v4H6z"),
  lost: ringed("M6.4 6.5a1.6 1.6 0 1 1 2.3 1.45c-.5.25-.7.5-.7 1.05m0 1.2v1"),
  paused: ringed("M6.5 5.8v4.4m3-4.4v4.4"),
  waiting: svg`<circle cx="8" cy="8" r="5.5" stroke-dasharray="1.7 1.755"></circle>`,
  star: line(starPath),
  starred: svg`<path d=${starPath} fill="currentColor"></path>`,
  pause: line("M4.5 3.5h2v9h-2zM9.5 3.5h2v9h-2z"),
  resume: line("M4.5 2.8v10.4L13 8z"),
  stop: line("M3.5 3.5h9v9h-9z"),
  more: svg`<g fill="currentColor" stroke="none"><circle cx="3.5" cy="8" r="1.05"></circle><circle cx="8" cy="8" r="1.05"></circle><circle cx="12.5" cy="8" r="1.05"></circle></g>`,
  sweep: line("M9.5 1.5h-6v13h9v-10zM9.5 1.5v3h3M5.5 8h2m-2 2.5h4m0-2.5h1"),
  filter: line("M2.5 4.5h11m-9 3.5h7m-5 3.5h3"),
  log: line("M2.5 3.5h11m-11 3h8m-8 3h11m-11 3h6"),
  terminal: line("M1.5 2.5h13v11h-13zM4 5.5 6.5 8 4 10.5m4 0h4"),
  copy: line("M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"),
  right: line("m6 3.5 4.5 4.5L6 12.5"),
  down: line("m3.5 6 4.5 4.5L12.5 6"),
  back: line("M13.5 8h-11m4.5-4.5L2.5 8 7 12.5"),
  close: line("m3.5 3.5 9 9m0-9-9 9"),
  ascending: line("M8 12.5v-9M4.5 7 8 3.5 11.5 7"),
  descending: line("M8 3.5v9M4.5 9 8 12.5 11.5 9"),
  warning: line("M8 2.5 14 13.5H2zM8 6.5V10m0 1.2v1"),
  error: ringed("M8 5v3.7m0 1.2v1.1"),
  info: ringed("M8 7.5V11m0-6v1"),
  compare: line("M1.5 3.5h5v9h-5zM9.5 3.5h5v9h-5zM3 6.5h2m6 0h2m-2 3h2"),
  swap: line("M2.5 5.5h10m-3-3 3 3-3 3M13.5 10.5h-10m3-3-3 3 3 3"),
  rerun: line("M13 8a5 5 0 1 1-1.5-3.5M13.5 2.5v3h-3"),
  columns: line("M2.5 3.5h11v9h-11zM6.5 3.5v9m3-9v9"),
  pin: line("M5.5 2.5h5m-4 0v4l-2 2.5h7l-2-2.5v-4M8 9v4.5"),
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof shapes;

export function icon(name: IconName, classes = ""): TemplateResult {
  return html`<svg class="icon ${classes}" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">${shapes[name]}</svg>`;
}

/** A state by colour, shape and word together. */
export function stateIcon(state: BoardState): TemplateResult {
  return html`<span class="state state-${state}" role="img" title=${stateWords[state]} aria-label=${stateWords[state]}>${icon(state)}</span>`;
}

/** An icon button of a toolbar. `press` gets the event, so that menus know where to open. */
export function action(
  name: IconName,
  label: string,
  press: (event: MouseEvent) => void,
  more: { readonly tabbable?: boolean; readonly expanded?: boolean } = {},
): TemplateResult {
  return html`<button
    type="button"
    class="action"
    title=${label}
    aria-label=${label}
    aria-expanded=${ifDefined(more.expanded)}
    aria-haspopup=${ifDefined(more.expanded === undefined ? undefined : "true")}
    tabindex=${more.tabbable === false ? -1 : 0}
    @click=${press}
  >${icon(name)}</button>`;
}
