import { css } from "lit";

export const comparisonStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .bar {
    padding-left: 8px;
  }
  .crumb {
    color: var(--dim);
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .tabs {
    display: flex;
    gap: 4px;
    padding: 0 4px;
    height: 28px;
    border-bottom: 1px solid var(--line);
    flex: none;
  }
  .tab {
    position: relative;
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px;
    line-height: 27px;
    color: var(--vscode-panelTitle-inactiveForeground);
  }
  .tab[aria-selected="true"] {
    color: var(--vscode-panelTitle-activeForeground);
  }
  .tab[aria-selected="true"]::after {
    content: "";
    position: absolute;
    left: 8px;
    right: 8px;
    bottom: -1px;
    border-bottom: 1px solid var(--vscode-panelTitle-activeBorder);
  }
  :host-context(.vscode-high-contrast) .tab[aria-selected="true"]::after {
    border-bottom: 2px solid var(--vscode-contrastActiveBorder);
  }
  .count {
    min-width: 16px;
    padding: 0 4px;
    border-radius: 8px;
    font-size: 11px;
    line-height: 16px;
    text-align: center;
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
    outline: 1px solid var(--vscode-contrastBorder, transparent);
  }
  .panel {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  .waiting {
    padding: 24px 12px;
    margin: 0;
  }
  .table {
    flex: 1;
    min-height: 0;
    overflow: auto;
    outline: none;
  }
  .line {
    position: relative;
    display: grid;
    grid-template-columns: var(--columns);
    min-width: var(--least);
    height: var(--row);
    align-items: center;
    background: var(--bg);
  }
  .line > * {
    min-width: 0;
    padding: 0 8px 0 4px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .line:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .table:focus .line.active::after {
    content: "";
    position: absolute;
    inset: 0;
    pointer-events: none;
    border: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
  }
  .name {
    position: sticky;
    left: 0;
    align-self: stretch;
    display: flex;
    align-items: center;
    padding-left: 12px;
    background: inherit;
  }
  .name .icon {
    margin: 0 2px 0 0;
  }
  .indent {
    width: 18px;
    flex: none;
  }
  .guide {
    width: 8px;
    margin-left: 8px;
    align-self: stretch;
    flex: none;
    border-left: 1px solid var(--vscode-tree-indentGuidesStroke);
    opacity: 0.5;
  }
  .value {
    text-align: right;
  }
  .against {
    color: var(--dim);
    font-size: 12px;
  }
  .line.top {
    position: sticky;
    top: 0;
    z-index: 2;
    height: 44px;
    border-bottom: 1px solid var(--line);
    line-height: 18px;
  }
  .line.top .value {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
  }
  .line.top .value span {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .line.top .value small {
    max-width: 100%;
    font-size: 11px;
    line-height: 16px;
    color: var(--dim);
  }
  .line.top:hover,
  .line.section:hover {
    background: var(--bg);
  }
  .line.section {
    height: 28px;
    font-size: 11px;
    font-weight: 600;
    align-items: end;
  }
  .line.section .name {
    align-self: end;
    height: 20px;
    grid-column: 1 / -1;
  }
  .line.section small {
    margin-left: 8px;
    font-size: 11px;
    font-weight: 400;
    color: var(--dim);
  }
  .changed {
    display: inline-block;
    max-width: 100%;
    margin-right: -4px;
    padding: 2px 4px;
    line-height: 14px;
    vertical-align: middle;
    overflow: hidden;
    text-overflow: ellipsis;
    background: var(--vscode-diffEditor-insertedTextBackground, transparent);
    outline: 1px solid var(--vscode-diffEditor-insertedTextBorder, transparent);
    outline-offset: -1px;
  }
  .changed.gone {
    background: var(--vscode-diffEditor-removedTextBackground, transparent);
    outline-color: var(--vscode-diffEditor-removedTextBorder, transparent);
  }
  .folded.line {
    display: flex;
    height: 24px;
    margin-top: 8px;
    padding: 0 4px;
    font-size: 12px;
    color: var(--vscode-diffEditor-unchangedRegionForeground, var(--fg));
    background: var(--vscode-diffEditor-unchangedRegionBackground, var(--bg));
    border-block: 1px solid var(--line);
    cursor: pointer;
  }
  .folded > div {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .curves {
    flex: none;
    padding: 4px 12px 0;
    border-top: 1px solid var(--line);
  }
  .line-fourth {
    color: var(--vscode-charts-purple);
  }
  .line-fifth {
    color: var(--vscode-charts-red);
  }
`;
