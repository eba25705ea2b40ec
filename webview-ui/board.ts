/** The entry of the page: defines the elements and puts the board in its place. */
import { BoardApp } from "./board-app.js";
import { ColumnsMenu } from "./columns-menu.js";
import { ComparisonView } from "./comparison-view.js";
import { connect } from "./connection.js";
import { defineControls } from "./controls.js";
import { DetailStrip } from "./detail-strip.js";
import { FilterBar } from "./filter-bar.js";
import { HeaderBar } from "./header-bar.js";
import { LeaderboardGrid } from "./leaderboard-grid.js";
import { PopupMenu } from "./menu.js";
import { Store } from "./store.js";
import { tokens } from "./styles.js";

if (tokens.styleSheet !== undefined) document.adoptedStyleSheets.push(tokens.styleSheet);

defineControls();
customElements.define("sweepdeck-menu", PopupMenu);
customElements.define("sweepdeck-columns", ColumnsMenu);
customElements.define("sweepdeck-header", HeaderBar);
customElements.define("sweepdeck-filter", FilterBar);
customElements.define("sweepdeck-grid", LeaderboardGrid);
customElements.define("sweepdeck-detail", DetailStrip);
customElements.define("sweepdeck-comparison", ComparisonView);
customElements.define("sweepdeck-board", BoardApp);

const board = document.createElement("sweepdeck-board");
if (board instanceof BoardApp) board.store = new Store(connect());
document.body.append(board, document.createElement("sweepdeck-menu"));
