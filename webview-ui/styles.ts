/**
 * What all elements of the panel share. Colours come from `--vscode-*` alone, mixed or thinned,
 * never a literal; sizes are on a grid of four pixels.
 */
import { css } from "lit";

/** On the page's root, where every shadow tree inherits them. */
export const tokens = css`
  :root {
    --fg: var(--vscode-foreground);
    --bg: var(--vscode-editor-background);
    /* descriptionForeground is no quieter than foreground in Light Modern, so it is mixed: 5:1 or better, also on a hovered row. */
    --dim: color-mix(in srgb, var(--fg) 78%, var(--bg));
    --hair: color-mix(in srgb, var(--fg) 10%, transparent);
    --line: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    --number-font: var(--vscode-editor-font-family, monospace);
    --row: 22px;
    --band: 0.09;
    --spark-band: 0.11;
  }
  .vscode-high-contrast,
  .vscode-high-contrast-light {
    --dim: var(--fg);
    --hair: color-mix(in srgb, var(--fg) 30%, transparent);
    --band: 0.25;
    --spark-band: 0.25;
  }
  html,
  body {
    height: 100%;
    margin: 0;
    padding: 0;
    overflow: hidden;
    background: var(--vscode-editor-background);
  }
  html {
    /* Inherited: ::-webkit-scrollbar would be worked out for each element of each row. */
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
  }
`;

export const base = css`
  :host {
    font: var(--vscode-font-size, 13px) / 18px var(--vscode-font-family);
    color: var(--fg);
    box-sizing: border-box;
  }
  /* Not the pseudo-elements of all: each element of each row would have two more styles worked out. */
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none;
  }
  svg {
    display: block;
    flex: none;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    margin: 0;
    text-align: left;
    cursor: pointer;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .link {
    color: var(--vscode-textLink-foreground);
  }
  .link:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .link:focus-visible {
    outline-offset: 1px;
  }
  h2 {
    font-size: 11px;
    font-weight: 600;
    line-height: 24px;
    margin: 0;
  }
  h2 small {
    font-size: 11px;
    font-weight: 400;
    color: var(--dim);
    margin-left: 8px;
  }
  .number {
    font-family: var(--number-font);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .dim {
    color: var(--dim);
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 36px;
    padding: 0 8px 0 12px;
    flex: none;
  }
  .bar b {
    font-weight: 600;
    white-space: nowrap;
    max-width: 50%;
    overflow: hidden;
    text-overflow: ellipsis;
    flex: none;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 2px;
    margin-left: auto;
    flex: none;
  }
  .action {
    width: 22px;
    height: 22px;
    display: grid;
    place-items: center;
    border-radius: 5px;
    color: var(--vscode-icon-foreground);
  }
  .action:hover,
  .action[aria-expanded="true"] {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .actions vscode-button {
    margin-right: 6px;
    --button-padding-horizontal: 8px;
    --button-padding-vertical: 1px;
    font-size: 12px;
  }
  .actions vscode-button::part(control) {
    padding: 1px 8px;
    font-size: 12px;
    line-height: 18px;
  }
  :host-context(.vscode-high-contrast) vscode-button::part(control) {
    background: var(--bg);
  }
  .state {
    display: inline-grid;
    flex: none;
  }
  .state-running,
  .state-paused {
    color: var(--vscode-charts-blue);
  }
  .state-complete {
    color: var(--vscode-charts-green);
  }
  .state-pruned {
    color: var(--vscode-testing-iconSkipped);
  }
  .state-failed {
    color: var(--vscode-testing-iconFailed);
  }
  .state-out-of-memory {
    color: var(--vscode-charts-yellow);
  }
  .state-waiting {
    color: var(--vscode-testing-iconUnset);
  }
  .state-stopped {
    color: var(--vscode-charts-foreground);
  }
  .state-lost {
    color: var(--vscode-charts-orange);
  }
  @media (prefers-reduced-motion: no-preference) {
    .spin {
      animation: spin 1.5s linear infinite;
      transform-origin: center;
    }
  }
  :host-context(.vscode-reduce-motion) .spin {
    animation: none;
  }
  @keyframes spin {
    to {
      transform: rotate(360deg);
    }
  }
`;

export const chartStyles = css`
  .chart text {
    font: 11px var(--vscode-font-family);
    fill: var(--dim);
    font-variant-numeric: tabular-nums;
  }
  .chart .tick {
    font-family: var(--number-font);
  }
  .chart .strong {
    fill: var(--fg);
  }
  .chart .halo {
    paint-order: stroke;
    stroke: var(--bg);
    stroke-width: 4px;
  }
  .axis {
    stroke: var(--hair);
    shape-rendering: crispEdges;
  }
  .chart .band {
    fill: var(--vscode-charts-foreground);
    fill-opacity: var(--band);
  }
  .curve {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.25;
    stroke-linejoin: round;
  }
  .chart .curve {
    stroke-width: 1.5;
  }
`;
