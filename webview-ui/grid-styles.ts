import { css } from "lit";

export const gridStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
    border-top: 1px solid var(--line);
  }
  .grid {
    flex: 1;
    min-height: 0;
    overflow: auto;
    position: relative;
    outline: none;
    scroll-padding-top: 25px;
  }
  .body {
    position: relative;
    min-width: 100%;
  }
  .head,
  .row {
    --ground: var(--bg);
    display: grid;
    min-width: 100%;
    background: var(--ground);
  }
  .heads {
    position: sticky;
    top: 0;
    z-index: 4;
    width: max-content;
    min-width: 100%;
  }
  .head {
    height: 25px;
    border-bottom: 1px solid var(--line);
    font-size: 11px;
    color: var(--dim);
  }
  .row {
    position: absolute;
    left: 0;
    top: 0;
    width: 100%;
    height: var(--row);
    contain: strict;
    cursor: default;
  }
  .gliding .row {
    transition: transform 150ms ease-out;
  }
  @media (prefers-reduced-motion: reduce) {
    .gliding .row {
      transition: none;
    }
  }
  :host-context(.vscode-reduce-motion) .gliding .row {
    transition: none;
  }
  .cell {
    position: relative;
    display: flex;
    align-items: center;
    min-width: 0;
    padding: 0 6px 0 4px;
    white-space: nowrap;
    grid-row: 1;
  }
  .cell > span {
    unicode-bidi: isolate;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .cell.wide {
    grid-column-end: span 2;
  }
  .cell.right {
    justify-content: flex-end;
  }
  .cell.centre {
    justify-content: center;
    padding: 0;
  }
  .head .cell.sortable {
    cursor: pointer;
  }
  .head .cell.sortable:hover,
  .head .cell.sorted {
    color: var(--fg);
  }
  .head .cell .icon {
    width: 12px;
    margin-right: -3px;
  }
  .grip {
    position: absolute;
    right: -3px;
    top: 0;
    bottom: 0;
    width: 7px;
    cursor: col-resize;
    z-index: 2;
  }
  .grip:hover {
    background: linear-gradient(
      to right,
      transparent 3px,
      var(--vscode-sash-hoverBorder, var(--vscode-focusBorder)) 3px,
      var(--vscode-sash-hoverBorder, var(--vscode-focusBorder)) 4px,
      transparent 4px
    );
  }
  /* Only where they have to stay: each cell that sticks is a layer of its own. */
  .scrolled .pin {
    position: sticky;
    z-index: 1;
    /* Over the page's own ground, for a theme's may be translucent; and not "inherit", with which
       no two cells share a style and scrolling works each out. */
    background: linear-gradient(var(--ground) 0 0), var(--bg);
  }
  .scrolled .edge {
    border-right: 1px solid var(--line);
  }
  .row.hover {
    --ground: var(--vscode-list-hoverBackground);
  }
  .row.quiet {
    color: var(--dim);
  }
  .row .dim {
    color: var(--dim);
  }
  .row.selected {
    --ground: var(--vscode-list-inactiveSelectionBackground, var(--bg));
  }
  .grid:focus .row.selected {
    --ground: var(--vscode-list-activeSelectionBackground, var(--bg));
    color: var(--vscode-list-activeSelectionForeground, var(--fg));
    --dim: color-mix(
      in srgb,
      var(--vscode-list-activeSelectionForeground, var(--fg)) 80%,
      var(--vscode-list-activeSelectionBackground, var(--bg))
    );
  }
  .grid:focus .row.selected .state,
  .grid:focus .row.selected .spark,
  .grid:focus .row.selected .spark.running .curve,
  .grid:focus .row.selected .spark.running circle {
    color: inherit;
  }
  :host-context(.vscode-high-contrast) .grid .row.selected {
    --dim: var(--fg);
  }
  /* Frames, since an outline would lie under the pinned cells. */
  .row.selected::after {
    content: "";
    position: absolute;
    inset: 0;
    z-index: 3;
    pointer-events: none;
    border: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  .grid:focus .row.active:not(.by-cell)::after {
    content: "";
    position: absolute;
    inset: 0;
    z-index: 3;
    pointer-events: none;
    border: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
  }
  .grid:focus .cell.active {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
  .star {
    display: grid;
    opacity: 0;
    color: var(--dim);
  }
  .star.on,
  .row.hover .star,
  .row.active .star {
    opacity: 1;
  }
  .star.on {
    color: inherit;
  }
  .spark {
    color: var(--fg);
  }
  .row.quiet .spark {
    color: var(--dim);
  }
  .spark.running .curve,
  .spark.running circle {
    color: var(--vscode-charts-blue);
  }
  .spark .band {
    fill: currentColor;
    fill-opacity: var(--spark-band);
  }
  /* Where a value sits in its range: a hairline and a mark, on the parameter's own scale. */
  .range::after {
    content: "";
    position: absolute;
    left: 10px;
    right: 6px;
    bottom: 2px;
    height: 1px;
    background: var(--hair);
  }
  .range i {
    position: absolute;
    bottom: 1px;
    width: 3px;
    height: 3px;
    left: calc(10px + (100% - 19px) * var(--at));
    background: currentColor;
    opacity: 0.6;
  }
  .progress i {
    position: absolute;
    left: 8px;
    right: 6px;
    bottom: 1px;
    height: 2px;
    background: var(--hair);
  }
  .progress i::after {
    content: "";
    display: block;
    height: 2px;
    width: calc(100% * var(--at));
    background: var(--vscode-charts-blue);
  }
  .over {
    position: sticky;
    right: 0;
    z-index: 3;
    grid-row: 1;
    display: flex;
    align-items: center;
    justify-content: flex-end;
    justify-self: end;
    padding-right: 8px;
    height: calc(var(--row) - 1px);
    background: linear-gradient(var(--ground) 0 0), var(--bg);
  }
  .row:not(.hover) .over {
    visibility: hidden;
  }
  .grid:focus-visible .row.active .over {
    visibility: visible;
  }
  .over::before {
    content: "";
    position: absolute;
    right: 100%;
    top: 0;
    bottom: 0;
    width: 4px;
    background: var(--ground);
    mask: linear-gradient(to right, transparent, black);
  }
  /* Beside an editor every column is needed; the details and the menu have the same actions. */
  @media (max-width: 600px) {
    .over {
      display: none;
    }
  }
  .over .action {
    width: 20px;
    height: 20px;
    color: inherit;
  }
  .fold {
    grid-column: 1 / -1;
    position: sticky;
    left: 0;
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 0 12px 0 22px;
    color: var(--dim);
    width: fit-content;
    max-width: 100%;
  }
  .fold .twisty {
    display: grid;
  }
  .fold .unseen {
    visibility: hidden;
  }
  .note {
    padding: 32px 24px;
    text-align: center;
  }
  .note p {
    margin: 0 0 12px;
  }
`;
